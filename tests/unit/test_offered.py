"""A start is offered exactly when booking it would succeed, also where clocks jump."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import TimeDoesNotExist
from app.domain.evaluation import (
    Calendar,
    Hold,
    Lesson,
    Rules,
    Wish,
    evaluate,
    free_spans,
    offered_starts,
)
from app.domain.time_range import TimeRange, merge
from app.domain.zones import day_span, local_date, locate, resolve, zone
from tests.unit.calendars import DAY, NOW, calendar, lesson, ny

QUARTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
JUMPS = [
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
    ("Europe/London", date(2027, 3, 28)),
    ("Europe/London", date(2027, 10, 31)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("Africa/Casablanca", date(2027, 3, 14)),
    ("Africa/Casablanca", date(2027, 2, 7)),
    ("America/Havana", date(2027, 3, 14)),  # skips the hour after midnight
    ("America/Havana", date(2027, 11, 7)),  # repeats the hour after midnight
    ("Africa/Cairo", date(2027, 10, 28)),  # repeats the hour before midnight
    ("Asia/Kathmandu", date(2027, 3, 14)),  # quarter-hour offset, never jumps
    ("Pacific/Apia", date(2027, 3, 14)),
]
jumps = pytest.mark.parametrize(("name", "day"), JUMPS, ids=str)
few = settings(max_examples=15)


@st.composite
def hours(draw: st.DrawFn) -> tuple[TimeRange, ...]:
    """One day's open hours as they are saved; mostly in the night, where clocks jump."""
    starts = draw(st.lists(st.integers(0, 95) | st.integers(0, 16), max_size=4))
    lengths = draw(st.lists(st.integers(2, 40), min_size=4, max_size=4))
    pairs = zip(starts, lengths, strict=False)
    return merge(TimeRange(start * 15, min(start + size, 96) * 15) for start, size in pairs)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Rules, list[tuple[TimeRange, ...]], list[tuple[int, ...]]]:
    """Rules, the hours of three days, and lessons by quarter, length and buffer."""
    rules = Rules(
        notice=timedelta(hours=draw(st.sampled_from([0, 2, 24]))),
        horizon_days=draw(st.sampled_from([1, 2, 60])),
        buffer=timedelta(minutes=draw(st.sampled_from([0, 10, 15, 60]))),
    )
    windows = draw(st.lists(hours(), min_size=3, max_size=3))
    kept = st.tuples(
        st.integers(-8, 3 * 96), st.sampled_from([30, 50, 60, 240]), st.sampled_from([0, 45])
    )
    return rules, windows, draw(st.lists(kept, max_size=4))


def made(
    name: str,
    day: date,
    rules: Rules,
    windows: Sequence[Sequence[TimeRange]],
    taken: Sequence[tuple[int, ...]],
    days_off: frozenset[date] = frozenset(),
) -> Calendar:
    """A calendar of the day of a jump and its neighbours."""
    midnight = day_span(zone(name), day - timedelta(days=1))[0]
    lessons = [
        lesson(midnight + quarter * QUARTER, minutes, buffer=buffer, booking_id=number)
        for number, (quarter, minutes, buffer) in enumerate(sorted(taken))
    ]
    open_on = {day + timedelta(days=at - 1): each for at, each in enumerate(windows)}
    return Calendar(zone(name), rules, open_on, days_off, lessons)


def days_of(calendar: Calendar) -> list[date]:
    return sorted(calendar.windows)


def every_quarter(calendar: Calendar) -> list[datetime]:
    days = days_of(calendar)
    first, last = day_span(calendar.zone, days[0])[0], day_span(calendar.zone, days[-1])[1]
    return [first + number * QUARTER for number in range((last - first) // QUARTER)]


@jumps
@few
@given(
    situation=situations(),
    minutes=st.sampled_from([30, 45, 60, 240]),
    quarter=st.integers(-200, 96),
    who=st.sampled_from([(None, None), (4, None), (5, 0)]),
)
def test_a_start_is_offered_if_and_only_if_it_can_be_booked(
    name: str, day: date, situation: tuple, minutes: int, quarter: int, who: tuple
) -> None:
    off = frozenset({day + timedelta(days=1)} if quarter % 5 == 0 else ())
    given = made(name, day, *situation, off)
    now = day_span(given.zone, day)[0] + quarter * QUARTER + timedelta(seconds=quarter % 3)
    hold = Hold(now + 8 * QUARTER, now + 12 * QUARTER, now + QUARTER, 4)
    given = replace(given, holds=[hold])
    student, moving = who
    busy = [(now + 40 * QUARTER, now + 44 * QUARTER)]
    wish = Wish(None, minutes, student, busy, moving=moving)

    offered = list(offered_starts(given, wish, days_of(given), now=now))

    bookable = [
        start
        for start in every_quarter(given)
        if not evaluate(given, replace(wish, starts_at=start), now=now)
    ]
    assert offered == bookable


@jumps
@few
@given(windows=hours(), minutes=st.sampled_from([30, 60, 240]))
def test_what_is_offered_exists_on_its_day_and_lasts_its_real_minutes(
    name: str, day: date, windows: tuple[TimeRange, ...], minutes: int
) -> None:
    given = made(name, day, Rules(horizon_days=3650), [windows] * 3, ())
    now = datetime(2027, 1, 1, tzinfo=UTC)

    for start in offered_starts(given, Wish(None, minutes), [day], now=now):
        shown = start.astimezone(given.zone)
        moment = resolve(given.zone, day, shown.hour * 60 + shown.minute)
        opens, closes = day_span(given.zone, day)
        assert start in (moment.first, moment.second)
        assert opens <= start < start + minutes * MINUTE <= closes


def test_a_start_that_does_not_exist_is_never_offered() -> None:
    name, day = JUMPS[0]
    given = made(name, day, Rules(horizon_days=365), [[TimeRange(90, 240)]] * 3, ())

    offered = offered_starts(given, Wish(None, 60), [day], now=NOW)

    shown = [f"{start.astimezone(given.zone):%H:%M%z}" for start in offered]
    assert shown == ["01:30-0500", "01:45-0500", "03:00-0400"]
    with pytest.raises(TimeDoesNotExist):
        locate(given.zone, day, 135)


def test_both_passes_of_a_repeated_hour_are_offered() -> None:
    name, day = JUMPS[1]
    given = made(name, day, Rules(horizon_days=365), [[TimeRange(60, 120)]] * 3, ())

    offered = offered_starts(given, Wish(None, 30), [day], now=NOW)

    shown = [f"{start.astimezone(given.zone):%H:%M%z}" for start in offered]
    assert shown == [
        "01:00-0400",
        "01:15-0400",
        "01:30-0400",
        "01:45-0400",
        "01:00-0500",
        "01:15-0500",
        "01:30-0500",
    ]


def test_windows_that_meet_in_a_repeated_hour_offer_nothing_twice() -> None:
    name, day = JUMPS[1]
    windows = [TimeRange(0, 90), TimeRange(105, 180)]  # to the second 1:30, from the first 1:45
    given = made(name, day, Rules(horizon_days=365), [windows] * 3, ())

    offered = list(offered_starts(given, Wish(None, 60), [day], now=NOW))
    free = list(free_spans(given, day, now=NOW, shortest=60))

    assert offered == sorted(set(offered))
    assert free == [(offered[0], offered[0] + timedelta(hours=4))]


@jumps
@few
@given(situation=situations(), shortest=st.sampled_from([30, 60]), quarter=st.integers(-200, 96))
def test_free_spans_are_free_from_start_to_end(
    name: str, day: date, situation: tuple, shortest: int, quarter: int
) -> None:
    given = made(name, day, *situation)
    now = day_span(given.zone, day)[0] + quarter * QUARTER

    spans = [
        span
        for each in days_of(given)
        for span in free_spans(given, each, now=now, shortest=shortest)
    ]

    for start, end in spans:
        assert evaluate(given, Wish(start, shortest), now=now) == ()
        last = start + (end - start - shortest * MINUTE) // QUARTER * QUARTER
        assert evaluate(given, Wish(last, shortest), now=now) == ()
        assert not any(
            start < kept.blocked_until and kept.starts_at < end for kept in given.lessons
        )
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@jumps
@few
@given(situation=situations(), quarter=st.integers(-200, 96))
def test_every_bookable_start_lies_in_a_free_span(
    name: str, day: date, situation: tuple, quarter: int
) -> None:
    given = made(name, day, *situation)
    now = day_span(given.zone, day)[0] + quarter * QUARTER

    for start in offered_starts(given, Wish(None, 30), days_of(given), now=now):
        spans = free_spans(given, local_date(given.zone, start), now=now, shortest=30)
        assert any(opens <= start < start + 30 * MINUTE <= closes for opens, closes in spans)


def spans(given: Calendar, *, now: datetime = NOW, shortest: int = 30) -> list[str]:
    """Free time of the day as the clock shows it."""
    found = free_spans(given, DAY, now=now, shortest=shortest)
    return [
        "-".join(f"{edge.astimezone(given.zone):%H:%M}" for edge in (start, end))
        for start, end in found
    ]


def test_a_lesson_from_10_to_11_leaves_9_to_10_and_11_to_17() -> None:
    assert spans(calendar(lessons=[lesson(ny(10))])) == ["09:00-10:00", "11:00-17:00"]


def test_a_buffer_is_taken_out_on_both_sides() -> None:
    rules = Rules(buffer=timedelta(minutes=15))

    assert spans(calendar(rules=rules, lessons=[lesson(ny(10))])) == ["09:00-09:45", "11:15-17:00"]


def test_what_is_too_short_for_a_lesson_is_not_free() -> None:
    busy: list[Lesson] = [lesson(ny(9, 30)), lesson(ny(10, 45), booking_id=2)]

    assert spans(calendar(lessons=busy)) == ["09:00-09:30", "11:45-17:00"]
    assert spans(calendar(lessons=busy), shortest=60) == ["11:45-17:00"]


def test_notice_and_odd_minutes_move_a_free_span_to_the_next_quarter() -> None:
    rules = Rules(notice=timedelta(hours=2))

    assert spans(calendar(rules=rules), now=ny(10, 1)) == ["12:15-17:00"]
    assert spans(calendar(rules=rules), now=ny(14, 45)) == []


def test_nothing_is_free_on_a_day_off_beyond_the_horizon_or_with_a_closed_account() -> None:
    assert spans(calendar(days_off=frozenset({DAY}))) == []
    assert spans(calendar(rules=Rules(horizon_days=4))) == []
    assert spans(calendar(rules=Rules(horizon_days=5))) == ["09:00-17:00"]
    assert spans(calendar(rules=Rules(is_active=False))) == []


def test_a_hold_is_not_free_until_it_expires() -> None:
    held = calendar(holds=[Hold(ny(9), ny(12), NOW + MINUTE, 4)])

    assert spans(held) == ["12:00-17:00"]
    assert spans(held, now=NOW + MINUTE) == ["09:00-17:00"]
