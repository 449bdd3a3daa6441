"""Months of the calendar."""

from datetime import date, timedelta

import pytest

from app.domain.months import Month


def test_a_month_knows_its_days_and_its_neighbours() -> None:
    december = Month(2026, 12)

    assert (december.first, december.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (december.previous, december.next) == (Month(2026, 11), Month(2027, 1))
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month.containing(date(2026, 12, 31)) == december
    assert december.name == "2026-12"


def test_whole_weeks_cover_every_month() -> None:
    month = Month(2024, 1)
    for _ in range(60):
        days = [day for week in month.weeks for day in week]
        assert {len(week) for week in month.weeks} == {7}
        assert {week[0].weekday() for week in month.weeks} == {0}
        assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
        assert all(month.first <= week[-1] and week[0] <= month.last for week in month.weeks)
        assert month.first in days
        assert month.last in days
        month = month.next


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-12",
        "2026-12-01",
        "١٩٢٦-١٢",
        "1899-12",
        "2200-01",
        "2026/12",
        "-026-12\n",
        "2026-+1",
        "²026-12",
        "9" * 5000,
    ],
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert Month.parsed(text) is None


def test_a_month_is_read_as_it_is_written() -> None:
    assert Month.parsed("2026-12") == Month(2026, 12)
