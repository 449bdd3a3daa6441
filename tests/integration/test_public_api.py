"""Free time as the public sees it: exact, current, and nothing about who booked."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus
from app.infra.clock import StoppedClock
from tests.answers import problem
from tests.authorisation import TABLE, World
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at

THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor(user={"full_name": "Maya Cohen"})
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    return teacher


def path(teacher: Teacher, tail: str) -> str:
    return f"/api/public/instructors/{teacher.id}/{tail}"


def free(client: FlaskClient, teacher: Teacher, day: date = WEDNESDAY) -> list[tuple[str, str]]:
    answer = client.get(path(teacher, f"availability?start_date={day}&end_date={day}"))
    slots = answer.get_json()["availability_by_date"][f"{day}"]["available_slots"]
    return [(each["start_time"], each["end_time"]) for each in slots]


def test_a_lesson_is_subtracted_exactly(client: FlaskClient, make: Make, teacher: Teacher) -> None:
    student = make.student()
    make.booking(student, teacher, at(WEDNESDAY, "10:00"))
    cancelled = BookingStatus.CANCELLED
    make.booking(student, teacher, at(WEDNESDAY, "13:00"), status=cancelled)

    assert free(client, teacher) == [("09:00", "10:00"), ("11:00", "17:00")]


@pytest.mark.parametrize("status", ["PENDING", "CONFIRMED", "COMPLETED", "NO_SHOW"])
def test_every_lesson_that_keeps_its_time_is_subtracted(
    client: FlaskClient, make: Make, teacher: Teacher, status: str
) -> None:
    lesson = at(WEDNESDAY, "09:00")
    make.booking(make.student(), teacher, lesson, status=BookingStatus(status))

    assert free(client, teacher) == [("10:00", "17:00")]


def test_buffers_and_scraps_are_left_out(client: FlaskClient, make: Make) -> None:
    careful = make.instructor(buffer_time_minutes=20)
    make.hours(careful, WEDNESDAY, "09:00-13:00")
    make.booking(make.student(), careful, at(WEDNESDAY, "10:00"), buffer_minutes=20)

    assert free(client, careful) == [("11:30", "13:00")]


def test_availability_has_the_whole_shape(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    make.hours(teacher, THURSDAY, "23:00-24:00")
    make.day_off(teacher, TUESDAY)
    query = f"availability?start_date={TUESDAY}&end_date={THURSDAY}"

    told = client.get(path(teacher, query)).get_json()

    assert told == {
        "instructor_id": teacher.id,
        "instructor_name": "Maya Cohen",
        "timezone": "America/New_York",
        "total_available_slots": 2,
        "earliest_available_date": f"{WEDNESDAY}",
        "availability_by_date": {
            f"{TUESDAY}": {"date": f"{TUESDAY}", "available_slots": [], "is_blackout": False},
            f"{WEDNESDAY}": {
                "date": f"{WEDNESDAY}",
                "is_blackout": False,
                "available_slots": [
                    {
                        "start_time": "09:00",
                        "end_time": "17:00",
                        "starts_at": "2026-12-02T14:00:00Z",
                        "ends_at": "2026-12-02T22:00:00Z",
                    }
                ],
            },
            f"{THURSDAY}": {
                "date": f"{THURSDAY}",
                "is_blackout": False,
                "available_slots": [
                    {
                        "start_time": "23:00",
                        "end_time": "00:00",
                        "starts_at": "2026-12-04T04:00:00Z",
                        "ends_at": "2026-12-04T05:00:00Z",
                    }
                ],
            },
        },
    }


def test_thirty_days_are_shown_unless_said_otherwise(client: FlaskClient, teacher: Teacher) -> None:
    told = client.get(path(teacher, f"availability?start_date={TUESDAY}")).get_json()

    days = list(told["availability_by_date"])
    assert (len(days), days[0], days[-1]) == (30, "2026-12-01", "2026-12-30")


def test_now_notice_and_horizon_bound_what_is_free(
    client: FlaskClient, make: Make, clock: StoppedClock
) -> None:
    near = make.instructor(min_advance_booking_hours=2, booking_horizon_days=1)
    make.open_days(near, [WEDNESDAY, THURSDAY, THURSDAY + timedelta(days=1)], "09:00-12:00")
    clock.move_to(at(WEDNESDAY, "08:05"))

    assert free(client, near) == [("10:15", "12:00")]
    assert free(client, near, THURSDAY) == [("09:00", "12:00")]
    assert free(client, near, THURSDAY + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("start_date=2026-11-30", "Start date cannot be in the past"),
        ("start_date=2026-12-05&end_date=2026-12-04", "End date must be after start date"),
        ("start_date=2026-12-01&end_date=2027-03-02", "Date range cannot exceed 90 days"),
        ("", None),
        ("start_date=1.12.2026", None),
        ("start_date=2026-12-32", None),
        ("start_date=1764547200", None),
        ("start_date=2026-12-01T00:00:00", None),
        ("start_date=9999-12-31", None),
        ("start_date=2026-12-01&end_date=9999-12-31", None),
        ("start_date=2026-12-01&level=full", None),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    client: FlaskClient, teacher: Teacher, query: str, detail: str | None
) -> None:
    told = problem(client.get(path(teacher, f"availability?{query}")), 422)

    assert detail in (None, told["detail"])


@pytest.mark.parametrize(
    "tail", [f"availability?start_date={TUESDAY}", "next-available", "starts?{}"]
)
@pytest.mark.parametrize("who", ["inactive", "student", "unknown"])
def test_who_cannot_be_booked_is_not_found(
    client: FlaskClient, make: Make, tail: str, who: str
) -> None:
    closed = make.instructor(user={"is_active": False})
    number = {"inactive": closed.id, "student": make.student().id, "unknown": 999}[who]
    query = tail.format(f"service_id={closed.service_id}&start_date={TUESDAY}")

    problem(client.get(f"/api/public/instructors/{number}/{query}"), 404)


def test_the_next_free_time_is_found_on_the_last_day_of_the_horizon(
    client: FlaskClient, make: Make
) -> None:
    teacher = make.instructor(booking_horizon_days=200)
    last = TUESDAY + timedelta(days=200)
    make.hours(teacher, TUESDAY + timedelta(days=1), "09:00-09:45")
    make.hours(teacher, last, "15:00-16:00")
    make.hours(teacher, last + timedelta(days=1), "09:00-16:00")

    told = client.get(path(teacher, "next-available")).get_json()

    assert told == {
        "found": True,
        "date": f"{last}",
        "start_time": "15:00:00",
        "end_time": "16:00:00",
        "duration_minutes": 60,
        "starts_at": f"{last}T19:00:00Z",
    }
    nothing = client.get(path(teacher, "next-available?duration_minutes=90")).get_json()
    assert nothing == {
        "found": False,
        "message": "No available slots found within the booking horizon",
    }


@pytest.mark.parametrize("minutes", ["29", "241", "-60", "0", "1e3", "ten", "", "9" * 30])
def test_a_length_that_no_lesson_has_is_refused(
    client: FlaskClient, teacher: Teacher, minutes: str
) -> None:
    problem(client.get(path(teacher, f"next-available?duration_minutes={minutes}")), 422)


def test_starts_are_listed_with_their_instants(client: FlaskClient, make: Make) -> None:
    late = make.instructor(durations="60,90", booking_horizon_days=365)
    make.hours(late, date(2027, 11, 7), "00:30-02:00")
    query = f"starts?service_id={late.service_id}&start_date=2027-11-07&duration_minutes=90"

    told = client.get(path(late, query)).get_json()

    assert (told["instructor_id"], told["service_id"]) == (late.id, late.service_id)
    assert told["time_zone"] == "America/New_York"
    shown = [(each["start_time"], each["start_utc_offset"]) for each in told["starts"]]
    assert shown == [
        ("00:30:00", "-04:00"),
        ("00:45:00", "-04:00"),
        ("01:00:00", "-04:00"),
        ("01:15:00", "-04:00"),
        ("01:30:00", "-04:00"),
    ]
    assert told["starts"][0] == {
        "date": "2027-11-07",
        "start_time": "00:30:00",
        "end_time": "01:00:00",
        "starts_at": "2027-11-07T04:30:00Z",
        "start_utc_offset": "-04:00",
        "duration_minutes": 90,
    }


def test_no_api_address_ever_redirects(app: Flask, make: Make) -> None:
    world = World.made(make)
    client = app.test_client()

    for row in (each for each in TABLE if each.is_api):
        target, _, query = world.path(row.path, "anonymous").partition("?")
        bare = target.rstrip("/")
        for spelling in (bare, f"{bare}/"):
            answer = client.open(
                f"{spelling}?{query}", method=row.method, **row.sends(world, "anonymous")
            )
            assert answer.status_code not in (301, 302, 303, 307, 308, 404, 405), spelling
