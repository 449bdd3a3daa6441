"""A start is offered if and only if booking it succeeds.

The short form of many generated calendars; ``make equivalence`` goes on for longer.
"""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.doors import ClientDoor
from tests.equivalence.trial import trial
from tests.factories import Make

CLOCKS_GO_BACK = datetime(2026, 11, 1, tzinfo=UTC)
REASONS = {
    "past",
    "notice",
    "horizon",
    "duration_not_offered",
    "student_busy",
    "unavailable",
    "too_long",
    "off_grid",
    "nonexistent_time",
}
"""Everything a student may be told; the generated calendars must lead to all of it."""


@pytest.mark.slow
def test_what_is_offered_is_free_unexplained_and_bookable_and_nothing_else_is(
    app: Flask, make: Make, clock: StoppedClock
) -> None:
    found = trial(make, ClientDoor(app), clock, 1000)

    assert found.differences == []
    assert 300 <= found.bookable <= 700
    assert {code for code, times in found.reasons.items() if times >= 5} == REASONS


def test_every_listed_start_is_bookable_until_the_list_is_empty(
    client: FlaskClient, make: Make, clock: StoppedClock
) -> None:
    clock.move_to(CLOCKS_GO_BACK)
    teacher = make.instructor(durations="60", buffer_time_minutes=15)
    first = CLOCKS_GO_BACK.date()
    make.hours(teacher, first, "00:00-04:30")
    make.open_days(teacher, [first + timedelta(days=1)], "09:00-12:00", "12:30-17:00")
    path = (
        f"/api/public/instructors/{teacher.id}/starts?service_id={teacher.service_id}"
        f"&duration_minutes=60&start_date={first}&end_date={first + timedelta(days=2)}"
    )
    headers = bearer(client, make.student())

    booked = 0
    while starts := client.get(path).get_json()["starts"]:
        wish = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": starts[0]["date"],
            "start_time": starts[0]["start_time"],
            "start_utc_offset": starts[0]["start_utc_offset"],
            "duration_minutes": 60,
        }
        assert client.post("/api/bookings/", json=wish, headers=headers).status_code == 201
        booked += 1

    assert booked >= 8
