"""Adopting the original's database: whose zone holds, ends after midnight, readable names."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text

from app.domain.references import ALPHABET
from app.extensions import migrate
from app.models.booking import Booking
from config import Settings
from tests import databases
from tests.applications import another_app
from tests.integration import original

HOUR = timedelta(hours=1)
TEN = datetime(2026, 12, 10, 15, tzinfo=UTC)  # 10 o'clock in New York
ORIGINAL_INSERT = (
    "INSERT INTO bookings (student_id, instructor_id, service_id, booking_date, start_time,"
    " end_time, service_name, hourly_rate, total_price, duration_minutes, status)"
    " VALUES (5, 1, 1, '2026-12-10', '15:00', '16:00', 'Piano', 50, 50, 60, 'CONFIRMED')"
)


@pytest.fixture
def adopted(new_database: Callable[[], str]) -> str:
    """The original's database, with its rows."""
    url = new_database()
    with databases.opened(url) as connection:
        original.build(connection)
    return url


def bookings(url: str) -> dict[int, Any]:
    with databases.opened(url) as connection:
        return {row.id: row for row in connection.execute(select(Booking.__table__))}


def test_a_lesson_over_the_repeated_hour_survives_the_way_back(adopted: str) -> None:
    """60 minutes from 1:30 end at 1:30 again, once the clock was put back."""
    databases.upgrade(adopted)
    set_times = "UPDATE bookings SET start_time = {}, end_time = {}, ends_at = {} WHERE id = {}"
    instant = (
        "'2026-11-01 06:30:00.000000+00'"
        if "postgresql" in adopted
        else ("'2026-11-01 06:30:00.000000'")
    )
    with databases.opened(adopted) as connection:
        connection.exec_driver_sql(
            set_times.format("'01:30:00.000000'", "'01:30:00.000000'", instant, 6)
        )
        connection.exec_driver_sql(
            "UPDATE bookings SET start_time = '23:30:00.000000', end_time = '00:15:00.000000'"
            " WHERE id = 5"
        )

    databases.downgrade(adopted, original.STAMP)

    with databases.opened(adopted) as connection:
        ends = connection.execute(
            text("SELECT end_time FROM bookings WHERE id IN (5, 6) ORDER BY id")
        ).scalars()
        assert [str(end)[:8] for end in ends] == ["23:59:59", "02:30:00"]
    databases.upgrade(adopted)
    row = bookings(adopted)[6]
    assert row.starts_at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert row.ends_at <= row.starts_at + 2 * HOUR


def test_profiles_without_a_zone_get_the_platforms(adopted: str, settings: Settings) -> None:
    with databases.opened(adopted) as connection:  # in London one ends beyond all calendars
        connection.execute(text("DELETE FROM bookings WHERE booking_date = '9999-12-31'"))
    london = {"database_url": adopted, "platform_time_zone": "Europe/London"}
    with another_app(settings, **london) as app, app.app_context():
        command.upgrade(migrate.get_config(), "head")

    with databases.opened(adopted) as connection:
        zones = connection.execute(text("SELECT time_zone FROM instructor_profiles")).scalars()
        assert set(zones) == {"Europe/London"}
        connection.execute(text("UPDATE instructor_profiles SET time_zone = NULL"))
        connection.execute(text(ORIGINAL_INSERT))
    rows = bookings(adopted)
    assert rows[1].starts_at == TEN - 5 * HOUR
    if adopted.startswith("postgresql"):
        assert rows[10].time_zone == "Europe/London"
        assert rows[10].starts_at == TEN


def test_references_can_be_read_out(adopted: str) -> None:
    databases.upgrade(adopted)

    assert {letter for row in bookings(adopted).values() for letter in row.reference} <= set(
        ALPHABET
    )
