"""Parts of a day: a part counts when a lesson can begin in it."""

from datetime import date

import pytest

from app.domain.day_parts import DayParts
from app.domain.time_range import TimeRange
from app.domain.zones import span, zone

DAY = date(2026, 12, 2)


def parts(*hours: tuple[float, float], shortest: int = 60, day: date = DAY) -> DayParts:
    tz = zone("America/New_York")
    spans = [span(tz, day, TimeRange(int(a * 60), int(b * 60))) for a, b in hours]
    return DayParts.of(spans, day, tz, shortest=shortest)


def told(found: DayParts) -> str:
    flags = (found.morning, found.afternoon, found.evening)
    return "".join(letter for letter, is_so in zip("mae", flags, strict=True) if is_so)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([], ""),
        ([(9, 10)], "m"),
        ([(11.75, 12.75)], "m"),
        ([(11, 13)], "ma"),
        ([(11.25, 12.75)], "m"),
        ([(12, 13)], "a"),
        ([(16.75, 17.75)], "a"),
        ([(16, 18)], "ae"),
        ([(17, 18)], "e"),
        ([(0, 24)], "mae"),
        ([(9, 10), (18, 20)], "me"),
    ],
)
def test_a_part_counts_when_a_lesson_can_begin_in_it(hours, expected):
    assert told(parts(*hours)) == expected


def test_a_shorter_lesson_can_begin_later():
    assert told(parts((11.25, 12.75), shortest=30)) == "ma"


def test_free_hours_are_added_up():
    assert parts((9, 10), (11, 17.25)).hours == 7.25


def test_a_short_day_has_the_hours_that_it_really_has():
    assert parts((0, 6), day=date(2027, 3, 14)).hours == 5
    assert parts((0, 6), day=date(2026, 11, 1)).hours == 7
