"""What strangers and students must not learn of an instructor's life."""

import pytest
from flask.testing import FlaskClient

from tests.applications import another_app
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Teacher, at

THURSDAY = WEDNESDAY.replace(day=3)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    """Wednesday open with a lesson at ten, Thursday open but taken off."""
    teacher = make.instructor(durations="60")
    make.open_days(teacher, [WEDNESDAY, THURSDAY], "09:00-12:00")
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))
    make.day_off(teacher, THURSDAY)
    return teacher


def asked(client: FlaskClient, make: Make, teacher: Teacher, **wish: object) -> dict[str, object]:
    sent = {"instructor_id": teacher.id, "service_id": teacher.service_id} | wish
    headers = bearer(client, make.student())
    return client.post("/api/bookings/check-availability", json=sent, headers=headers).get_json()


def test_taken_closed_and_off_look_the_same(client, make, teacher):
    taken = asked(client, make, teacher, booking_date=f"{WEDNESDAY}", start_time="10:00")
    closed = asked(client, make, teacher, booking_date=f"{WEDNESDAY}", start_time="16:00")
    off = asked(client, make, teacher, booking_date=f"{THURSDAY}", start_time="10:00")
    late = asked(client, make, teacher, booking_date=f"{WEDNESDAY}", start_time="10:30")

    assert taken == closed == off == late
    assert [each["code"] for each in taken["reasons"]] == ["unavailable"]


@pytest.mark.parametrize("start", ["09:00", "10:00", "11:30", "16:00"])
def test_a_length_nobody_offers_tells_nothing_of_the_calendar(client, make, teacher, start):
    told = asked(
        client,
        make,
        teacher,
        booking_date=f"{WEDNESDAY}",
        start_time=start,
        duration_minutes=240,
    )

    assert [each["code"] for each in told["reasons"]] == ["duration_not_offered"]


def test_a_start_too_near_to_closing_says_so_when_nothing_else_is_wrong(client, make, teacher):
    told = asked(client, make, teacher, booking_date=f"{WEDNESDAY}", start_time="11:30")

    assert [each["code"] for each in told["reasons"]] == ["too_long"]


def test_days_off_are_not_public(client, teacher):
    path = f"/api/public/instructors/{teacher.id}/availability"

    days = client.get(path, query_string={"start_date": f"{WEDNESDAY}"}).get_json()

    assert {each["is_blackout"] for each in days["availability_by_date"].values()} == {False}


def test_names_can_be_kept_back(settings, clock, teacher):
    path = f"/api/public/instructors/{teacher.id}/availability?start_date={WEDNESDAY}"
    nameless = {"public_availability_show_instructor_name": False}

    with another_app(settings, clock, **nameless) as app:
        answer = app.test_client().get(path)

    assert answer.get_json()["instructor_name"] == "Instructor"
