"""What changing hours costs the database, whatever the number of windows.

Counted is everything after the person is known: the lock, the rows, the generation, the trail.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import TUESDAY, Make
from tests.integration.hours import AFTER, NEXT, Hours
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements"]

MOST = 8
OF_NOTHING = 2
"""The lock and the days."""
DAYS = [NEXT + timedelta(days=n) for n in range(7)]


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def windows_of(count: int) -> list[str]:
    return [f"{2 * n:02}:00-{2 * n + 1:02}:00" for n in range(count)]


@pytest.fixture(params=[1, 10])
def a_day(request: pytest.FixtureRequest) -> int:
    """How many windows a day has."""
    return int(request.param)


@pytest.fixture
def filled(hours: Hours, make: Make, a_day: int) -> Hours:
    make.open_days(hours.teacher, DAYS, *windows_of(a_day))
    return hours


def cost(statements: Statements, hours: Hours, *request: Any) -> int:
    return statements.of(lambda: hours.send(*request)) - BY_TOKEN


def test_saving_a_week(filled: Hours, statements: Statements, a_day: int) -> None:
    sent = {
        "schedule": [
            {"date": f"{day + timedelta(days=7)}", "start_time": each[:5], "end_time": each[6:]}
            for day in DAYS
            for each in windows_of(a_day)
        ]
    }
    version = filled.send("POST", "/week", {"schedule": [], "week_start": f"{AFTER}"}).headers

    assert cost(statements, filled, "POST", "/week", sent) <= MOST
    assert statements.writes
    assert cost(statements, filled, "POST", "/week", sent) <= OF_NOTHING
    assert statements.writes == []
    read = filled.send("GET", f"/week?start_date={AFTER}")
    assert read.headers["ETag"] != version["ETag"]


def test_copying_a_week(filled: Hours, statements: Statements) -> None:
    sent = {"from_week_start": f"{NEXT}", "to_week_start": f"{AFTER}"}

    assert cost(statements, filled, "POST", "/copy-week", sent) <= MOST
    assert statements.writes
    assert cost(statements, filled, "POST", "/copy-week", sent) <= OF_NOTHING
    assert statements.writes == []


def test_applying_a_week_to_a_year(filled: Hours, statements: Statements, a_day: int) -> None:
    sent = {
        "from_week_start": f"{NEXT}",
        "start_date": f"{TUESDAY}",
        "end_date": f"{TUESDAY + timedelta(days=365)}",
    }

    assert cost(statements, filled, "POST", "/apply-to-date-range", sent) <= MOST
    assert len(filled.stored()) == 366 * a_day
    assert cost(statements, filled, "POST", "/apply-to-date-range", sent) <= OF_NOTHING
    assert statements.writes == []
    cleared = sent | {"from_week_start": f"{NEXT - timedelta(days=364)}"}
    assert cost(statements, filled, "POST", "/apply-to-date-range", cleared) <= MOST
    assert filled.stored() == []


def test_twenty_operations_at_once(filled: Hours, statements: Statements) -> None:
    """Some of each kind, so that rows go, change and come."""
    keys = [key for key, *_ in filled.stored()]
    later = [AFTER + timedelta(days=n) for n in range(10)]
    operations: list[dict[str, Any]] = [
        {"action": "add", "date": f"{day}", "start_time": "09:00", "end_time": "10:00"}
        for day in later
    ]
    operations += [{"action": "remove", "slot_id": key} for key in keys[:3]]
    operations += [{"action": "update", "slot_id": key, "end_time": "23:00"} for key in keys[3:7]]
    operations += [
        {"action": "add", "date": f"{day}", "start_time": "10:00", "end_time": "11:00"}
        for day in later[:3]
    ]
    sent = {"operations": operations}
    assert len(operations) == 20

    rehearsal = cost(statements, filled, "PATCH", "/bulk-update", sent | {"validate_only": True})
    assert (rehearsal, statements.writes) == (2, [])
    assert cost(statements, filled, "PATCH", "/bulk-update", sent) <= MOST
    assert statements.writes


@pytest.mark.parametrize(
    ("method", "tail", "sent"),
    [
        (
            "POST",
            "/specific-date",
            {"specific_date": f"{NEXT}", "start_time": "00:30", "end_time": "22:00"},
        ),
        ("PATCH", "/{key}", {"end_time": "21:00"}),
        ("DELETE", "/{key}", None),
        ("POST", "/{key}/split", {"split_time": "00:30"}),
        ("POST", "/blackout-dates", {"date": f"{NEXT}", "reason": "Away"}),
    ],
)
def test_a_single_change(
    filled: Hours, statements: Statements, method: str, tail: str, sent: Any
) -> None:
    key = filled.stored()[0][0]

    assert cost(statements, filled, method, tail.format(key=key), sent) <= MOST


def test_reading(filled: Hours, statements: Statements) -> None:
    for tail in ("/", f"/week?start_date={NEXT}", f"/gaps?date={NEXT}", "/blackout-dates"):
        assert cost(statements, filled, "GET", tail) <= 2
