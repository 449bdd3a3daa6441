"""The lesson lengths a service offers, stored as ``30,45,60``."""

from collections.abc import Iterable

from app.domain.limits import (
    DURATION_DEFAULT_MINUTES,
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
)


def parse_durations(stored: str | None, override: int | None) -> tuple[int, ...]:
    """Minutes on offer, shortest first; the override, else 60, where no list is stored.

    Adopted overrides that no lesson may have count as none.
    """
    if stored:
        return tuple(sorted({int(part) for part in stored.split(",")}))
    if override is not None and DURATION_MIN_MINUTES <= override <= DURATION_MAX_MINUTES:
        return (override,)
    return (DURATION_DEFAULT_MINUTES,)


def write_durations(minutes: Iterable[int]) -> str:
    """The stored form, shortest first."""
    return ",".join(str(each) for each in sorted(set(minutes)))
