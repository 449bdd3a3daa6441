"""Weeks run from Monday to Sunday, over the ends of months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput, NotAMonday
from app.domain.week import FIRST_MONDAY, LAST_MONDAY, Week

MONDAY = date(2026, 12, 28)


@given(st.dates(FIRST_MONDAY, LAST_MONDAY))
def test_every_day_lies_in_the_week_that_contains_it(day: date) -> None:
    week = Week.containing(day)

    assert week.monday.weekday() == 0
    assert day in week.days
    assert (len(week.days), week.days[-1]) == (7, week.last)


@pytest.mark.parametrize("offset", range(1, 7))
def test_only_a_monday_starts_a_week(offset: int) -> None:
    with pytest.raises(NotAMonday):
        Week.starting(MONDAY + timedelta(days=offset))


def test_a_week_over_new_year_is_one_week() -> None:
    week = Week.starting(MONDAY)

    assert (week.last, week.iso_name) == (date(2027, 1, 3), "2026-W53")


@given(st.dates(FIRST_MONDAY + timedelta(7), LAST_MONDAY - timedelta(7)))
def test_next_and_previous_undo_each_other(day: date) -> None:
    week = Week.containing(day)

    assert week.next.previous == week == week.previous.next
    assert week.next.monday - week.previous.last == timedelta(days=8)


def test_weeks_end_where_the_calendar_of_the_platform_ends() -> None:
    assert Week(FIRST_MONDAY).previous == Week(FIRST_MONDAY)
    assert Week(LAST_MONDAY).next == Week(LAST_MONDAY)


@pytest.mark.parametrize("day", [date.min, date.max, FIRST_MONDAY - timedelta(days=1)])
def test_days_too_far_away_have_no_week(day: date) -> None:
    with pytest.raises(InvalidInput):
        Week.containing(day)


@pytest.mark.parametrize(
    "monday", [FIRST_MONDAY - timedelta(days=7), LAST_MONDAY + timedelta(days=7)]
)
def test_mondays_too_far_away_start_no_week(monday: date) -> None:
    with pytest.raises(InvalidInput):
        Week.starting(monday)
