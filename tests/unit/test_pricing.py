"""A price is the hourly rate for real minutes, in whole cents, halves rounded up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.durations import parse_durations, write_durations
from app.domain.pricing import price


@pytest.mark.parametrize(
    ("rate", "minutes", "expected"),
    [
        ("60.00", 60, "60.00"),
        ("60.00", 45, "45.00"),
        ("50.00", 50, "41.67"),
        ("0.01", 30, "0.01"),  # half a cent goes up
        ("0.03", 30, "0.02"),  # 1.5 cents: up, and not to the even neighbour's 2
        ("0.05", 30, "0.03"),  # 2.5 cents: half-even would say 2
        ("0.01", 29, "0.00"),
        ("33.33", 45, "25.00"),
        ("1000", 240, "4000.00"),
        ("49.99", 90, "74.99"),  # 74.985
    ],
)
def test_a_price_is_rounded_half_up_to_cents(rate: str, minutes: int, expected: str) -> None:
    found = price(Decimal(rate), minutes)

    assert str(found) == expected


@given(st.decimals("0.01", "1000", places=2), st.integers(30, 240))
def test_a_price_is_within_half_a_cent_of_the_exact_amount(rate: Decimal, minutes: int) -> None:
    assert abs(price(rate, minutes) - rate * minutes / 60) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("stored", "override", "expected"),
    [
        ("60", None, (60,)),
        ("90,30,60,30", 45, (30, 60, 90)),
        ("30, 45", None, (30, 45)),
        (None, 45, (45,)),
        ("", 45, (45,)),
        (None, None, (60,)),
    ],
)
def test_lesson_lengths_are_the_list_else_the_override_else_an_hour(
    stored: str | None, override: int | None, expected: tuple[int, ...]
) -> None:
    assert parse_durations(stored, override) == expected


def test_lesson_lengths_are_stored_shortest_first() -> None:
    assert write_durations([90, 30, 60, 30]) == "30,60,90"
