"""Rows that know only the wall clock get their instants from PostgreSQL itself."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import IntegrityError

from app.domain.errors import UnknownZone
from app.domain.references import ALPHABET, LENGTH
from app.models import guards
from app.models.booking import Booking
from app.models.instructor import InstructorProfile
from tests.integration.lessons import ADA, HOUR, KIM, SAM, TEN, populated

pytestmark = pytest.mark.parametrize(
    "database_kind", ["postgresql"], indirect=True, scope="session"
)  # SQLite has no foreign writer


@pytest.fixture
def foreign(database_url: str) -> Iterator[Connection]:
    """Another program's connection to PostgreSQL, the only database that has foreign writers."""
    engine = populated(database_url)
    with engine.begin() as connection:
        yield connection


def original_insert(connection: Connection, day: str, start: str, end: str, **changes: Any) -> Any:
    """What the original application writes, and what the database makes of it."""
    values = {"student": SAM, "day": day, "start": start, "end": end, "minutes": 60, **changes}
    key = connection.execute(
        text(
            "INSERT INTO bookings (student_id, instructor_id, service_id, booking_date,"
            " start_time, end_time, service_name, hourly_rate, total_price, duration_minutes)"
            f" VALUES (:student, {ADA}, {ADA}, :day, :start, :end, 'Piano', 60, 60, :minutes)"
            " RETURNING id"
        ),
        values,
    ).scalar_one()
    return row_of(connection, key)


def row_of(connection: Connection, key: int) -> Any:
    return connection.execute(select(Booking.__table__).where(Booking.id == key)).one()


def test_a_foreign_row_gets_everything_we_need(foreign: Connection) -> None:
    row = original_insert(foreign, "2026-12-10", "10:00", "11:00")

    assert (row.starts_at, row.ends_at, row.blocked_until) == (TEN, TEN + HOUR, TEN + HOUR)
    assert row.time_zone == "America/New_York"
    assert re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", row.reference)
    assert (row.overlap_ok, row.sequence) == (False, 0)


def test_no_two_foreign_rows_get_one_reference(foreign: Connection) -> None:
    rows = [
        original_insert(foreign, f"2026-12-{day}", "10:00", "11:00").reference
        for day in range(10, 30)
    ]

    assert len(set(rows)) == 20
    assert len({letter for reference in rows for letter in reference}) > 16  # more than hex


def test_without_a_zone_of_his_own_an_instructor_has_the_platforms(foreign: Connection) -> None:
    with foreign.begin_nested() as undone:
        guards.install(foreign, fallback_zone="Europe/London")
        foreign.execute(update(InstructorProfile).values(time_zone=None))

        row = original_insert(foreign, "2026-12-10", "10:00", "11:00")
        undone.rollback()

    assert (row.time_zone, row.starts_at.hour) == ("Europe/London", 10)


def test_a_fallback_that_is_no_zone_is_refused(foreign: Connection) -> None:
    with pytest.raises(UnknownZone):
        guards.install(foreign, fallback_zone="x'; DROP TABLE bookings; --")


@pytest.mark.parametrize(
    ("zone", "day", "start", "end", "begins", "ends"),
    [
        ("America/New_York", "2026-11-01", "01:30", "01:45", "01T05:30", "01T05:45"),
        ("America/New_York", "2026-11-01", "00:30", "02:30", "01T04:30", "01T07:30"),
        ("America/New_York", "2026-03-08", "02:30", "03:30", "08T07:30", "08T08:30"),
        ("America/New_York", "2026-07-04", "23:00", "00:00", "05T03:00", "05T04:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:40", "01:55", "04T14:40", "04T14:55"),
        ("Antarctica/Troll", "2026-10-25", "01:30", "02:30", "24T23:30", "25T00:30"),
        ("Asia/Kathmandu", "2026-06-01", "10:00", "11:00", "01T04:15", "01T05:15"),
    ],
    ids=["repeated", "over the fold", "gap", "midnight", "half hour fold", "two hours", "quarter"],
)
def test_a_foreign_rows_wall_clock_is_understood(
    foreign: Connection, zone: str, day: str, start: str, end: str, begins: str, ends: str
) -> None:
    foreign.execute(update(InstructorProfile).values(time_zone=zone))

    row = original_insert(foreign, day, start, end)

    assert row.starts_at == datetime.fromisoformat(f"{day[:8]}{begins}+00:00")
    assert row.ends_at == datetime.fromisoformat(f"{day[:8]}{ends}+00:00")
    assert row.time_zone == zone


def test_a_foreign_row_keeps_the_instructors_buffer(foreign: Connection) -> None:
    foreign.execute(update(InstructorProfile).values(buffer_time_minutes=15))

    row = original_insert(foreign, "2026-12-10", "10:00", "11:00")

    assert row.blocked_until == TEN + 1.25 * HOUR


def test_a_foreign_overlap_is_refused(foreign: Connection) -> None:
    original_insert(foreign, "2026-12-10", "10:00", "11:00")

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR), foreign.begin_nested():
        original_insert(foreign, "2026-12-10", "10:30", "11:30", student=KIM)


def test_a_foreign_change_of_the_wall_clock_moves_the_instants(foreign: Connection) -> None:
    row = original_insert(foreign, "2026-12-10", "10:00", "11:00")

    foreign.execute(text("UPDATE bookings SET start_time = '12:00', end_time = '13:00'"))

    assert row_of(foreign, row.id).starts_at == TEN + 2 * HOUR


def test_a_foreign_change_of_anything_else_leaves_the_instants(foreign: Connection) -> None:
    row = original_insert(foreign, "2026-12-10", "10:00", "11:00")
    second_occurrence = TEN + HOUR / 2
    foreign.execute(
        update(Booking).values(starts_at=second_occurrence, ends_at=second_occurrence + HOUR)
    )

    foreign.execute(text("UPDATE bookings SET status = 'COMPLETED'"))

    assert row_of(foreign, row.id).starts_at == second_occurrence


def test_changing_the_zone_keeps_the_instants(foreign: Connection) -> None:
    row = original_insert(foreign, "2026-12-10", "10:00", "11:00")

    foreign.execute(
        update(Booking).values(time_zone="Europe/Paris", start_time=time(16), end_time=time(17))
    )

    assert row_of(foreign, row.id).starts_at == TEN
