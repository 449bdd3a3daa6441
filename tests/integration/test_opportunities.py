"""Free times of a day, one after the other."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.answers import problem
from tests.clients import bearer
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import BOOKINGS, THURSDAY, student, teacher
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements", "student", "teacher"]


def found(
    client: FlaskClient, person: Person, teacher: Teacher, day: date = THURSDAY, **query: object
) -> list[dict]:
    asked = {"instructor_id": teacher.id, "date": f"{day}", **query}
    answer = client.get(
        f"{BOOKINGS}opportunities", query_string=asked, headers=bearer(client, person)
    )
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def starts(items: list[dict]) -> list[str]:
    return [each["start_time"][:5] for each in items]


def test_they_follow_one_another_around_what_is_taken(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    make.booking(make.student(), teacher, at(THURSDAY, "10:30"))

    items = found(client, student, teacher)

    assert starts(items) == ["09:00", "11:30", "12:30", "13:30", "14:30", "15:30"]
    assert items[1] == {
        "start_time": "11:30:00",
        "end_time": "12:30:00",
        "duration_minutes": 60,
        "available": True,
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "date": f"{THURSDAY}",
        "starts_at": "2026-12-03T16:30:00Z",
        "ends_at": "2026-12-03T17:30:00Z",
    }


def test_each_of_them_can_be_booked(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    make.booking(make.student(), teacher, at(THURSDAY, "12:15"), buffer_minutes=15)
    headers = bearer(client, student)

    for item in found(client, student, teacher, duration_minutes=90):
        wish = {
            "instructor_id": teacher.id,
            "service_id": item["service_id"],
            "booking_date": item["date"],
            "start_time": item["start_time"],
            "end_time": item["end_time"],
        }
        assert client.post(BOOKINGS, json=wish, headers=headers).status_code == 201
    assert found(client, student, teacher, duration_minutes=90) == []


def test_a_part_of_the_day_and_the_students_own_lessons_count(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    make.booking(student, make.instructor(), at(THURSDAY, "11:00"))
    part = {"earliest": "09:50", "latest": "13:30"}

    assert starts(found(client, student, teacher, **part)) == ["10:00", "12:00"]
    assert starts(found(client, teacher, teacher, **part)) == ["10:00", "11:00", "12:00"]


def test_the_length_is_one_that_is_offered(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    other = make.service(make.profile_id(teacher), durations="45", skill="Flute")

    assert {each["duration_minutes"] for each in found(client, student, teacher)} == {60}
    by_service = found(client, student, teacher, service_id=other)
    assert {(each["duration_minutes"], each["service_id"]) for each in by_service} == {(45, other)}
    assert found(client, student, teacher, duration_minutes=240) == []
    assert found(client, student, teacher, duration_minutes=60, service_id=other) == []


def test_a_step_that_would_cross_midnight_ends_the_day(
    client: FlaskClient, make: Make, student: Person
) -> None:
    """The original's search went round the clock for ever here."""
    teacher = make.instructor(durations="90")
    make.hours(teacher, THURSDAY, "21:00-24:00")

    items = found(client, student, teacher, duration_minutes=90, earliest="20:00", latest="24:00")

    assert [(each["start_time"], each["end_time"]) for each in items] == [
        ("21:00:00", "22:30:00"),
        ("22:30:00", "00:00:00"),
    ]
    assert found(client, student, teacher, duration_minutes=90, latest="00:00") == items


@pytest.mark.parametrize(
    ("day", "instants"),
    [
        (date(2027, 3, 14), ["T06:00", "T07:00", "T08:00"]),
        (date(2027, 11, 7), ["T05:00", "T06:00", "T07:00", "T08:00", "T09:00"]),
    ],
)
def test_days_on_which_the_clocks_change_have_their_real_hours(
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    day: date,
    instants: list[str],
) -> None:
    clock.move_to(at(day - timedelta(days=3), "12:00"))
    teacher = make.instructor()
    make.hours(teacher, day, "00:00-06:00")

    items = found(client, student, teacher, day, earliest="01:00", latest="05:00")

    assert [each["starts_at"][10:16] for each in items] == instants


@pytest.mark.parametrize(
    "query",
    [
        {"instructor_id": ""},
        {"date": "2026-13-01"},
        {"duration_minutes": "29"},
        {"duration_minutes": "241"},
        {"earliest": "21:00"},
        {"latest": "09:00"},
        {"earliest": "24:00"},
        {"unexpected": "1"},
    ],
)
def test_bounds_are_told(
    client: FlaskClient, student: Person, teacher: Teacher, query: dict[str, str]
) -> None:
    asked = {"instructor_id": teacher.id, "date": f"{THURSDAY}", **query}
    answer = client.get(
        f"{BOOKINGS}opportunities", query_string=asked, headers=bearer(client, student)
    )

    assert problem(answer, 422)["errors"][0]["field"] in (*query, "latest")


def test_who_and_what_is_not_there_is_not_found(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    gone = make.instructor(user={"is_active": False})
    foreign = make.instructor().service_id
    headers = bearer(client, student)

    for instructor_id, service_id in ((9999, None), (gone.id, None), (teacher.id, foreign)):
        asked = {"instructor_id": instructor_id, "date": f"{THURSDAY}", "service_id": service_id}
        asked = {name: value for name, value in asked.items() if value}
        answer = client.get(f"{BOOKINGS}opportunities", query_string=asked, headers=headers)
        problem(answer, 404, "not_found")


def test_a_day_that_has_passed_has_none(
    client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    assert found(client, student, teacher, date(2026, 11, 3)) == []


@pytest.mark.parametrize("lessons", [1, 8])
def test_they_cost_three_statements(
    client: FlaskClient,
    make: Make,
    student: Person,
    teacher: Teacher,
    statements: Statements,
    lessons: int,
) -> None:
    for number in range(lessons):
        make.booking(make.student(), teacher, at(THURSDAY, f"{9 + number:02}:00"))
    headers = bearer(client, student)
    path = f"{BOOKINGS}opportunities?instructor_id={teacher.id}&date={THURSDAY}"

    assert statements.of(lambda: client.get(path, headers=headers)) - BY_TOKEN <= 3
