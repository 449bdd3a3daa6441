"""A start is offered if and only if booking it succeeds."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import Make, Person, Teacher, at

TODAY = date(2026, 10, 30)  # the clocks of New York go back two days later
DAYS = [TODAY + timedelta(days=n) for n in range(-1, 16)]
WISHES, TRIED = 200, 60
WINDOWS = (
    (),
    ("08:00-20:00",),
    ("09:00-12:00", "12:30-17:00"),
    ("00:00-04:30",),
    ("20:15-24:00",),
    ("07:00-07:30", "08:00-09:15", "14:00-19:00"),
)

Wish = dict[str, object]


@pytest.fixture
def teacher(make: Make, clock: StoppedClock) -> Teacher:
    """A calendar with everything in it: hours of many shapes, a day off, lessons, buffers."""
    clock.move_to(datetime(2026, 10, 30, 13, 7, tzinfo=UTC))
    chance = random.Random(7)
    teacher = make.instructor(
        durations="30,60,90",
        min_advance_booking_hours=3,
        booking_horizon_days=12,
        buffer_time_minutes=15,
    )
    for day in DAYS:
        for window in WINDOWS[3] if day == date(2026, 11, 1) else chance.choice(WINDOWS):
            make.hours(teacher, day, window)
    make.day_off(teacher, TODAY + timedelta(days=4))
    for number, day in enumerate(DAYS[2:12]):
        start = at(day, f"{8 + number:02}:{chance.choice(('00', '15', '45'))}")
        buffer = chance.choice((0, 30))
        make.booking(make.student(), teacher, start, minutes=60, buffer_minutes=buffer)
    return teacher


@pytest.fixture
def student(make: Make, teacher: Teacher) -> Person:
    return make.student()


def wishes(teacher: Teacher) -> list[Wish]:
    """Wishes of all kinds, many of them for the night in which an hour repeats."""
    chance = random.Random(11)
    found = []
    for number in range(WISHES):
        is_repeated = number % 8 == 0
        day = date(2026, 11, 1) if is_repeated else chance.choice(DAYS)
        minute = chance.randrange(0, 300, 15) if is_repeated else chance.randrange(420, 1320, 15)
        minute += chance.choice((0, 0, 0, 0, 0, 0, 5))
        wish: Wish = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": f"{day}",
            "start_time": f"{minute // 60:02}:{minute % 60:02}",
            "duration_minutes": chance.choice((30, 60, 90)),
        }
        if is_repeated and chance.random() < 0.7:
            wish["start_utc_offset"] = chance.choice(("-04:00", "-05:00"))
        found.append(wish)
    return found


def offered(client: FlaskClient, teacher: Teacher) -> set[tuple[object, ...]]:
    """Every start the public list has: day, time and length, with and without its offset."""
    found: set[tuple[object, ...]] = set()
    for minutes in (30, 60, 90):
        answer = client.get(
            f"/api/public/instructors/{teacher.id}/starts?service_id={teacher.service_id}"
            f"&duration_minutes={minutes}&start_date={DAYS[0]}&end_date={DAYS[-1]}"
        )
        seen: set[tuple[str, str]] = set()
        for each in answer.get_json()["starts"]:
            clock = (each["date"], each["start_time"][:5])
            found.add((*clock, minutes, each["start_utc_offset"]))
            is_first = each["start_utc_offset"] == "-04:00" or clock[0] > "2026-11-01"
            is_first |= clock[0] == "2026-11-01" and clock[1] >= "02:00"
            if is_first and clock not in seen:
                found.add((*clock, minutes, None))
                seen.add(clock)
    return found


def as_listed(wish: Wish) -> tuple[object, ...]:
    offset = wish.get("start_utc_offset")
    return wish["booking_date"], wish["start_time"], wish["duration_minutes"], offset


def test_the_check_agrees_with_the_list(
    client: FlaskClient, teacher: Teacher, student: Person
) -> None:
    listed, headers = offered(client, teacher), bearer(client, student)
    said = {True: 0, False: 0}

    for wish in wishes(teacher):
        answer = client.post("/api/bookings/check-availability", json=wish, headers=headers)
        is_free = answer.status_code == 200 and answer.get_json()["available"]
        assert is_free == (as_listed(wish) in listed), (wish, answer.get_json())
        said[is_free] += 1

    assert min(said.values()) >= 20, said


def test_booking_agrees_with_the_list(
    client: FlaskClient, teacher: Teacher, student: Person
) -> None:
    listed, headers = offered(client, teacher), bearer(client, student)
    booked = 0

    for wish in wishes(teacher)[:TRIED]:
        answer = client.post("/api/bookings/", json=wish, headers=headers)
        assert (answer.status_code == 201) == (as_listed(wish) in listed), (wish, answer.text)
        if answer.status_code != 201:
            assert answer.status_code in (409, 422), answer.text
            continue
        booked += 1
        gone = f"/api/bookings/{answer.get_json()['id']}/cancel"
        assert client.post(gone, json={"reason": "next"}, headers=headers).status_code == 200

    assert booked >= 6


def test_every_listed_start_is_bookable_until_the_list_is_empty(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    path = (
        f"/api/public/instructors/{teacher.id}/starts?service_id={teacher.service_id}"
        f"&duration_minutes=60&start_date={DAYS[1]}&end_date={DAYS[4]}"
    )
    headers = bearer(client, make.student())

    booked = 0
    while starts := client.get(path).get_json()["starts"]:
        first = starts[0]
        wish = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": first["date"],
            "start_time": first["start_time"],
            "start_utc_offset": first["start_utc_offset"],
            "duration_minutes": 60,
        }
        assert client.post("/api/bookings/", json=wish, headers=headers).status_code == 201
        booked += 1

    assert booked >= 5
