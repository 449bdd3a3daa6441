"""One chain of migrations on both databases, from nothing and from the original's tables."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import IntegrityError

from app.models import guards
from app.models.base import Base
from app.models.booking import Booking
from tests import databases
from tests.integration import original

TABLES = (
    "users",
    "instructor_profiles",
    "services",
    "availability_slots",
    "blackout_dates",
    "bookings",
    "password_reset_tokens",
)
ON_POSTGRESQL_ONLY = {
    "idx_users_full_name_gin",
    "idx_instructor_profiles_bio_gin",
    guards.PER_INSTRUCTOR,
    guards.PER_STUDENT,
}
BEFORE_GUARDS = "008_instants_zones_roles"
HOUR = timedelta(hours=1)
TEN = datetime(2026, 12, 10, 15, tzinfo=UTC)  # 10 o'clock in New York


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def adopted(url: str) -> str:
    """The original's database, with its rows."""
    with databases.opened(url) as connection:
        original.build(connection)
    return url


def counts(url: str) -> dict[str, int]:
    with databases.opened(url) as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in TABLES
        }


def bookings(url: str) -> dict[int, Any]:
    with databases.opened(url) as connection:
        return {row.id: row for row in connection.execute(select(Booking.__table__))}


def absent_guards(url: str) -> list[str]:
    with databases.opened(url) as connection:
        return guards.missing(connection)


def test_from_nothing(url: str) -> None:
    databases.upgrade(url)

    databases.check(url)
    assert absent_guards(url) == []


def test_up_down_up(url: str) -> None:
    databases.upgrade(url)

    databases.downgrade(url, "base")

    with databases.opened(url) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    databases.upgrade(url)
    databases.check(url)
    assert absent_guards(url) == []


def test_step_by_step_down_and_up_again(url: str) -> None:
    databases.upgrade(url)

    for _step in range(10):
        databases.downgrade(url, "-1")
        databases.upgrade(url, "+1")
        databases.downgrade(url, "-1")

    databases.upgrade(url)
    databases.check(url)
    assert absent_guards(url) == []


def test_guards_go_with_their_migration(url: str) -> None:
    databases.upgrade(url)

    databases.downgrade(url, BEFORE_GUARDS)

    assert len(absent_guards(url)) >= 3


def described(connection: Connection) -> dict[str, Any]:
    """All that the database says about its tables, in comparable form."""
    inspector = inspect(connection)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            },
            "checks": {
                check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table)
            },
            "indexes": {
                (each["name"], str(each["column_names"]), each["unique"], _condition(each))
                for each in inspector.get_indexes(table)
                if each["name"] not in ON_POSTGRESQL_ONLY
            },
            "unique": {each["name"] for each in inspector.get_unique_constraints(table)},
            "keys": {
                (each["name"], tuple(each["constrained_columns"]), str(each["options"]))
                for each in inspector.get_foreign_keys(table)
            },
        }
        for table in Base.metadata.tables
    }


def _condition(index: Any) -> str:
    return str(sorted((key, str(value)) for key, value in index.get("dialect_options", {}).items()))


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # of lower(skill)
def test_models_and_migrations_say_the_same(url: str, new_database: Callable[[], str]) -> None:
    databases.upgrade(url)
    modelled = new_database()
    with databases.opened(modelled) as connection:
        Base.metadata.create_all(connection)
        expected = described(connection)

    with databases.opened(url) as connection:
        assert described(connection) == expected


def test_adoption_loses_no_row(adopted: str) -> None:
    before = counts(adopted)

    databases.upgrade(adopted)

    assert counts(adopted) == before
    assert absent_guards(adopted) == []


# The original never ran on SQLite, where such constraints reflect without their names.
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True, scope="session")
def test_adoption_leaves_no_difference(adopted: str) -> None:
    databases.upgrade(adopted)

    databases.check(adopted)


def test_adoption_fills_the_instants(adopted: str) -> None:
    databases.upgrade(adopted)

    rows = bookings(adopted)
    assert (rows[1].starts_at, rows[1].ends_at) == (TEN, TEN + HOUR)
    repeated = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, the first time it is that
    assert (rows[6].starts_at, rows[6].ends_at) == (repeated, repeated + 2 * HOUR)
    skipped = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 2:30 by the clock before the change
    assert (rows[7].starts_at, rows[7].ends_at) == (skipped, skipped + HOUR)
    assert rows[8].starts_at == datetime(2525, 1, 5, 14, 0, 0, 500_000, tzinfo=UTC)
    assert rows[9].starts_at is None
    assert {row.time_zone for row in rows.values()} == {"America/New_York", None}
    assert len({row.reference for row in rows.values()}) == len(rows)


def test_adoption_keeps_the_buffer_where_there_is_room(adopted: str) -> None:
    databases.upgrade(adopted)

    rows = bookings(adopted)
    assert rows[1].blocked_until == rows[1].ends_at == rows[3].starts_at
    assert rows[3].blocked_until == rows[3].ends_at + timedelta(minutes=15)


def test_adoption_flags_and_lists_overlaps(adopted: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        databases.upgrade(adopted)

    flagged = [row.id for row in bookings(adopted).values() if row.overlap_ok]
    assert flagged == [2, 4]
    assert "flagged overlap_ok: [2, 4]" in caplog.text
    assert "left without instants: [9]" in caplog.text


def test_adoption_lowers_emails_that_do_not_clash(
    adopted: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        databases.upgrade(adopted)

    with databases.opened(adopted) as connection:
        emails = connection.execute(text("SELECT email FROM users ORDER BY id")).scalars().all()
    assert emails[:3] == ["Ada@Example.com", "ada@example.com", "grace@example.org"]
    assert "by case only: [1]" in caplog.text
    assert "Ada@" not in caplog.text


def test_adoption_survives_a_way_back_and_forth(adopted: str) -> None:
    databases.upgrade(adopted)
    before = {key: (row.starts_at, row.ends_at) for key, row in bookings(adopted).items()}
    amounts = counts(adopted)

    databases.downgrade(adopted, original.STAMP)
    assert counts(adopted) == amounts
    databases.upgrade(adopted)

    after = {key: (row.starts_at, row.ends_at) for key, row in bookings(adopted).items()}
    assert after == before


def test_the_way_back_makes_rows_fit_the_old_rules(adopted: str) -> None:
    databases.upgrade(adopted)
    with databases.opened(adopted) as connection:
        connection.execute(text("UPDATE users SET role = 'admin' WHERE id = 5"))
        connection.execute(
            text("UPDATE bookings SET start_time = '23:00', end_time = '00:00' WHERE id = 5")
        )

    databases.downgrade(adopted, original.STAMP)

    with databases.opened(adopted) as connection:
        role = connection.execute(text("SELECT role FROM users WHERE id = 5")).scalar_one()
        end = connection.execute(text("SELECT end_time FROM bookings WHERE id = 5")).scalar_one()
    assert role == "student"
    assert str(end).startswith("23:59:59")


ORIGINAL_INSERT = (
    "INSERT INTO bookings (student_id, instructor_id, service_id, booking_date, start_time,"
    " end_time, service_name, hourly_rate, total_price, duration_minutes, status)"
    " VALUES (5, 1, 1, '2026-12-10', {times}, 'Piano', 50, 50, 60, 'CONFIRMED')"
)


def test_the_original_can_still_write(adopted: str) -> None:
    databases.upgrade(adopted)

    with databases.opened(adopted) as connection:
        connection.execute(text(ORIGINAL_INSERT.format(times="'15:00', '16:00'")))

    row = bookings(adopted)[10]
    if adopted.startswith("postgresql"):
        assert (row.starts_at, row.ends_at) == (TEN + 5 * HOUR, TEN + 6 * HOUR)
        assert row.blocked_until == row.ends_at + timedelta(minutes=15)
    assert row.overlap_ok is False


def test_after_adoption_a_new_overlap_is_refused(adopted: str) -> None:
    databases.upgrade(adopted)
    taken = bookings(adopted)[3]
    columns = "student_id, instructor_id, service_id, booking_date, start_time, end_time,"
    columns += " service_name, hourly_rate, total_price, duration_minutes"

    with (
        pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR),
        databases.opened(adopted) as connection,
    ):
        connection.execute(
            text(
                f"INSERT INTO bookings ({columns}, starts_at, ends_at)"
                f" SELECT 5, {columns.partition(', ')[2]}, starts_at, ends_at"
                " FROM bookings WHERE id = :taken"
            ),
            {"taken": taken.id},
        )
