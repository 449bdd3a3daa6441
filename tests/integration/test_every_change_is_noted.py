"""No route changes bookings, hours, people or profiles without a row in the trail of changes."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests import databases
from tests.authorisation import ROLES, TABLE, Row, World
from tests.factories import Make
from tests.integration.test_authorisation import as_role

KEPT = (
    "availability_slots",
    "blackout_dates",
    "bookings",
    "instructor_profiles",
    "services",
    "time_holds",
    "users",
    "waiting_offers",
    "waiting_wishes",
)
"""Whatever changes in these is told."""
READING = ("GET",)

Rows = dict[str, list[tuple[Any, ...]]]


def kept(url: str) -> Rows:
    with databases.opened(url) as connection:
        return {
            name: sorted(
                (tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))), key=repr
            )
            for name in KEPT
        }


def noted(url: str) -> int:
    with databases.opened(url) as connection:
        return int(connection.execute(text("SELECT count(*) FROM audit_entries")).scalar_one())


def who_may(row: Row) -> str:
    """Somebody for whom the route does its work, else anybody."""
    return next((role for role in ROLES if row.expected(role) < 400), ROLES[1])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method}-{row.endpoint}")
def test_what_a_route_changes_is_in_the_trail(
    app: Flask, make: Make, database_url: str, row: Row
) -> None:
    world = World.made(make)
    before, told = kept(database_url), noted(database_url)

    as_role(app, row, world, who_may(row))

    changed = [name for name, rows in kept(database_url).items() if rows != before[name]]
    if row.method in READING:
        assert changed == []
    elif changed:
        assert noted(database_url) > told, changed
