"""Whom a freed time fits, who comes first, and how long it is kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.evaluation import Calendar, Hold, Rules, Wish
from app.domain.waiting import (
    OFFER_LASTS,
    OFFER_LEAST,
    DayPart,
    Wanted,
    first_fit,
    fitting,
    kept_until,
    places,
)
from tests.unit.calendars import DAY, NEW_YORK, NOW, calendar, lesson, ny

ME, RIVAL = 3, 4
HOUR = timedelta(hours=1)
NOTICE = Rules(notice=2 * HOUR)
NEXT = DAY + timedelta(days=1)


def fit(given: Calendar, part: DayPart = DayPart.ANY, **more: Any) -> datetime | None:
    moment = more.pop("now", NOW)
    wanted = Wanted(more.pop("first", DAY), more.pop("last", DAY), part)
    passed = more.pop("passed", ())
    wish = Wish(None, more.pop("minutes", 60), ME, **more)
    return first_fit(given, wish, wanted, now=moment, passed=passed)


@pytest.mark.parametrize(
    ("part", "start"),
    [
        (DayPart.ANY, ny(9)),
        (DayPart.MORNING, ny(9)),
        (DayPart.AFTERNOON, ny(12)),
        (DayPart.EVENING, None),
    ],
)
def test_the_first_start_in_the_part_of_the_day(part: DayPart, start: datetime | None) -> None:
    assert fit(calendar(), part) == start


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ((0, 0), DayPart.MORNING),
        ((11, 45), DayPart.MORNING),
        ((12, 0), DayPart.AFTERNOON),
        ((16, 45), DayPart.AFTERNOON),
        ((17, 0), DayPart.EVENING),
        ((23, 45), DayPart.EVENING),
    ],
)
def test_every_start_is_in_one_part_of_the_day(clock: tuple[int, int], part: DayPart) -> None:
    taking = [each for each in DayPart if Wanted(DAY, DAY, each).takes(ny(*clock), NEW_YORK)]

    assert taking == [DayPart.ANY, part]


def test_days_are_those_of_the_instructor() -> None:
    late = datetime(2027, 1, 16, 4, 59, tzinfo=UTC)  # the 15th, a minute to midnight in New York

    assert Wanted(DAY, DAY).takes(late, NEW_YORK)
    assert not Wanted(NEXT, NEXT).takes(late, NEW_YORK)


def test_the_one_evaluation_decides() -> None:
    full = calendar(lessons=[lesson(ny(9), 420), lesson(ny(16))])
    freed = calendar(lessons=[lesson(ny(9), 420)])
    held = calendar(lessons=[lesson(ny(9), 420)], holds=[Hold(ny(16), ny(17), NOW + HOUR, RIVAL)])

    assert fit(full) is None
    assert fit(freed) == ny(16)
    assert fit(freed, minutes=90) is None
    assert fit(freed, student_busy=[(ny(16, 30), ny(18))]) is None
    assert fit(freed, is_service_active=False) is None
    assert fit(freed, offered_minutes=(30,)) is None
    assert fit(held) is None
    assert fit(held, now=NOW + HOUR) == ny(16)


def test_what_was_let_pass_is_not_offered_again() -> None:
    given = calendar()
    passed = [(ny(9), ny(10))]

    assert fit(given, passed=passed) == ny(10)
    assert fit(given, passed=[*passed, (ny(10), ny(17))]) is None


def test_days_that_have_passed_do_not_count() -> None:
    assert fit(calendar(), now=ny(8, day=16), last=NEXT) == ny(9, day=16)
    assert fit(calendar(), now=ny(8, day=16)) is None


def test_all_that_fits_is_told_in_order() -> None:
    given = calendar(lessons=[lesson(ny(9), 360)])
    found = list(fitting(given, Wish(None, 60, ME), Wanted(DAY, NEXT), now=NOW))

    assert found[:6] == [*(ny(15, 15 * n) for n in range(5)), ny(9, day=16)]


@pytest.mark.parametrize(
    ("ahead", "rules", "kept"),
    [
        (timedelta(days=1), Rules(), OFFER_LASTS),
        (timedelta(minutes=20), Rules(), timedelta(minutes=20)),
        (2 * HOUR + timedelta(minutes=20), NOTICE, timedelta(minutes=20)),
        (3 * HOUR, NOTICE, OFFER_LASTS),
        (
            2 * HOUR + timedelta(minutes=20),
            Rules(needs_approval=True),
            timedelta(minutes=20) - timedelta.resolution,
        ),
    ],
)
def test_a_time_is_kept_half_an_hour_and_never_into_the_notice(
    ahead: timedelta, rules: Rules, kept: timedelta
) -> None:
    assert kept_until(NOW + ahead, rules, NOW) == NOW + kept


def test_while_it_is_kept_it_can_be_booked() -> None:
    given = calendar(rules=NOTICE)
    for minutes in range(61):
        now = ny(6) + timedelta(minutes=minutes)
        start = fit(given, DayPart.MORNING, now=now)
        if start is None:
            continue
        until = kept_until(start, given.rules, now) - timedelta.resolution
        assert until - now >= OFFER_LEAST - timedelta.resolution
        wish = Wish(None, 60, ME)
        assert start in fitting(given, wish, Wanted(DAY, DAY), now=until)


@pytest.mark.parametrize(
    ("part", "last_minute"),
    [
        (DayPart.MORNING, ny(12)),
        (DayPart.AFTERNOON, ny(17)),
        (DayPart.EVENING, ny(24)),
        (DayPart.ANY, ny(24)),
    ],
)
def test_a_wish_is_over_when_no_start_is_left(part: DayPart, last_minute: datetime) -> None:
    wanted = Wanted(DAY - timedelta(days=3), DAY, part)
    tick = timedelta(seconds=1)

    assert not wanted.is_over(NEW_YORK, Rules(), last_minute - tick)
    assert wanted.is_over(NEW_YORK, Rules(), last_minute)
    assert wanted.is_over(NEW_YORK, NOTICE, last_minute - 2 * HOUR)
    assert not wanted.is_over(NEW_YORK, NOTICE, last_minute - 2 * HOUR - tick)


@pytest.mark.parametrize(
    ("ahead", "place"),
    [
        ([], (1, 1)),
        ([(DAY, DAY, DayPart.ANY)], (1, 2)),
        ([(DAY, NEXT, DayPart.MORNING), (DAY, NEXT, DayPart.ANY)], (3, 3)),
        ([(DAY, NEXT, DayPart.EVENING)], (1, 1)),
        ([(NEXT + timedelta(days=1), NEXT + timedelta(days=9), DayPart.ANY)], (1, 1)),
    ],
)
def test_only_who_may_want_the_same_time_stands_ahead(
    ahead: list[tuple[date, date, DayPart]], place: tuple[int, int]
) -> None:
    others = [Wanted(*each) for each in ahead]

    assert places(Wanted(DAY, NEXT, DayPart.MORNING), others, DAY) == place


def test_days_gone_by_do_not_make_a_place_worse() -> None:
    others = [Wanted(DAY, DAY)]

    assert places(Wanted(DAY, NEXT), others, DAY) == (1, 2)
    assert places(Wanted(DAY, NEXT), others, NEXT) == (1, 1)
    assert places(Wanted(DAY, NEXT), others, NEXT + timedelta(days=5)) == (1, 1)
