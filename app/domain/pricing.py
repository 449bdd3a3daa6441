"""What a lesson costs."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def price(rate: Decimal, minutes: int) -> Decimal:
    """Hourly rate for real elapsed minutes, rounded half up to cents."""
    return (rate * minutes / 60).quantize(CENT, ROUND_HALF_UP)
