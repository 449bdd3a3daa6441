"""Stretches of one day: what is a range, and how ranges join, part and are validated."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidRange, InvalidWindow
from app.domain.limits import WINDOWS_PER_DAY_MAX
from app.domain.time_range import TimeRange, clock_time, merge, minute_of, open_windows, subtract

RANGES = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: TimeRange(*pair)),
    max_size=8,
)


def minutes_in(ranges: list[TimeRange] | tuple[TimeRange, ...]) -> set[int]:
    return {minute for each in ranges for minute in range(each.start, each.end)}


@pytest.mark.parametrize(("start", "end"), [(0, 0), (600, 600), (600, 540), (-1, 60), (0, 1441)])
def test_a_range_lies_within_one_day_and_has_length(start: int, end: int) -> None:
    with pytest.raises(InvalidRange):
        TimeRange(start, end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (time(9), time(17), TimeRange(540, 1020)),
        (time(22), time(0), TimeRange(1320, 1440)),
        (time(0), time(0), TimeRange(0, 1440)),
        (time(9, 0, 1), time(10), TimeRange(541, 600)),
        (time(9, 0, 0, 1), time(10, 0, 59), TimeRange(541, 600)),
        (time(0, 0, 30), time(23, 59, 59, 999999), TimeRange(1, 1439)),
    ],
)
def test_stored_times_become_minutes_and_fractions_fall_to_the_inside(
    start: time, end: time, expected: TimeRange
) -> None:
    assert TimeRange.between(start, end) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (time(9), time(9)),
        (time(10), time(9)),
        (time(9, 0, 1), time(9, 1)),
        (time(23, 59, 30), time(0)),
        (time(9), time(0, 0, 30)),
    ],
)
def test_stored_times_without_length_are_refused(start: time, end: time) -> None:
    with pytest.raises(InvalidRange):
        TimeRange.between(start, end)


def test_midnight_as_an_end_is_stored_as_zero() -> None:
    evening = TimeRange(1320, 1440)

    assert (evening.minutes, evening.start_time, evening.end_time) == (120, time(22), time(0))


@given(st.integers(0, 1439))
def test_minutes_and_clock_times_agree(minute: int) -> None:
    assert minute_of(clock_time(minute)) == minute


def test_touching_and_overlapping_ranges_merge() -> None:
    merged = merge([TimeRange(600, 660), TimeRange(540, 600), TimeRange(630, 645)])

    assert merged == (TimeRange(540, 660),)


def test_ranges_with_a_minute_between_stay_apart() -> None:
    assert merge([TimeRange(601, 660), TimeRange(540, 600)]) == (
        TimeRange(540, 600),
        TimeRange(601, 660),
    )


@given(RANGES)
def test_merging_keeps_every_minute_and_leaves_gaps_between(ranges: list[TimeRange]) -> None:
    merged = merge(ranges)

    assert minutes_in(merged) == minutes_in(ranges)
    assert all(left.end < right.start for left, right in pairwise(merged))


@given(RANGES, RANGES)
def test_subtracting_leaves_exactly_the_minutes_outside_all_holes(
    ranges: list[TimeRange], holes: list[TimeRange]
) -> None:
    left = subtract(ranges, holes)

    assert minutes_in(left) == minutes_in(ranges) - minutes_in(holes)
    assert list(left) == sorted(left)


def test_a_day_with_a_lesson_leaves_both_sides() -> None:
    assert subtract([TimeRange(540, 1020)], [TimeRange(600, 660)]) == (
        TimeRange(540, 600),
        TimeRange(660, 1020),
    )


def test_a_hole_that_only_touches_takes_nothing() -> None:
    assert subtract([TimeRange(540, 600)], [TimeRange(600, 660), TimeRange(480, 540)]) == (
        TimeRange(540, 600),
    )


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(541, 600, "quarter hour"), (540, 601, "quarter hour"), (540, 555, "at least 30 minutes")],
)
def test_windows_off_the_quarter_hour_or_too_short_are_refused(
    start: int, end: int, said: str
) -> None:
    with pytest.raises(InvalidWindow, match=said):
        open_windows([TimeRange(start, end)])


def test_windows_are_judged_after_they_merge() -> None:
    assert open_windows([TimeRange(540, 555), TimeRange(555, 570)]) == (TimeRange(540, 570),)


def test_a_whole_day_can_be_open() -> None:
    assert open_windows([TimeRange(0, 1440)]) == (TimeRange(0, 1440),)


def test_a_day_holds_only_so_many_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert WINDOWS_PER_DAY_MAX * 45 > 1440  # so many of the least length do not fit today

    monkeypatch.setattr("app.domain.time_range.WINDOWS_PER_DAY_MAX", 2)

    assert len(open_windows([TimeRange(0, 30), TimeRange(45, 75)])) == 2
    with pytest.raises(InvalidWindow, match="at most 2 windows"):
        open_windows([TimeRange(0, 30), TimeRange(45, 75), TimeRange(90, 120)])
