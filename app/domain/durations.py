"""The lesson lengths a service offers, stored as ``30,45,60``."""

from collections.abc import Iterable

from app.domain.limits import DURATION_DEFAULT_MINUTES


def parse_durations(stored: str | None, override: int | None) -> tuple[int, ...]:
    """Minutes on offer, shortest first; the override, else 60, where no list is stored."""
    if stored:
        return tuple(sorted({int(part) for part in stored.split(",")}))
    return (override or DURATION_DEFAULT_MINUTES,)


def write_durations(minutes: Iterable[int]) -> str:
    """The stored form, shortest first."""
    return ",".join(str(each) for each in sorted(set(minutes)))
