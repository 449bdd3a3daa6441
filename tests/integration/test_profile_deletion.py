"""Somebody stops to teach and comes back; bookings stay where they are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.vocabulary import BookingStatus
from app.infra.clock import StoppedClock
from app.models.audit import AuditEntry
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from tests.answers import problem
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at

LIST = "/api/instructors/"
OWN = "/api/instructors/profile"
AGAIN: dict[str, Any] = {
    "bio": "Back from a year at sea.",
    "areas_of_service": ["Astoria"],
    "years_experience": 9,
    "services": [{"skill": "pIANO", "hourly_rate": 75}, {"skill": "Banjo", "hourly_rate": 30}],
}


def services_of(make: Make, teacher: Teacher) -> dict[str, tuple[int, bool]]:
    with make.session() as session:
        rows = session.scalars(
            select(Service).join(InstructorProfile).where(InstructorProfile.user_id == teacher.id)
        )
        return {row.skill: (row.id, row.is_active) for row in rows}


def generation(make: Make, teacher: Teacher) -> int:
    with make.session() as session:
        return session.scalars(
            select(InstructorProfile.generation).where(InstructorProfile.user_id == teacher.id)
        ).one()


def days(make: Make, teacher: Teacher) -> list[Any]:
    with make.session() as session:
        slots = select(AvailabilitySlot.specific_date).where(
            AvailabilitySlot.instructor_id == teacher.id
        )
        off = select(BlackoutDate.date).where(BlackoutDate.instructor_id == teacher.id)
        return sorted([*session.scalars(slots), *session.scalars(off)])


@pytest.fixture
def teacher(make: Make) -> Teacher:
    """Teaches a booked Piano and an unbooked Voice; one lesson is over, one was cancelled."""
    teacher = make.instructor(skill="Piano", buffer_time_minutes=45)
    make.service(make.profile_id(teacher), skill="Voice")
    student = make.student()
    past = at(TUESDAY - timedelta(days=7), "10:00")
    make.booking(student, teacher, past, status=BookingStatus.COMPLETED)
    make.booking(student, teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED)
    for day in (TUESDAY - timedelta(days=1), TUESDAY, WEDNESDAY):
        make.hours(teacher, day)
    make.day_off(teacher, WEDNESDAY + timedelta(days=1))
    return teacher


def test_bookings_survive_and_unbooked_services_go(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    headers, before = bearer(client, teacher), generation(make, teacher)

    answer = client.delete(OWN, headers=headers)

    assert (answer.status_code, answer.data) == (204, b"")
    assert services_of(make, teacher) == {"Piano": (teacher.service_id, False)}
    assert days(make, teacher) == [TUESDAY - timedelta(days=1)]
    assert generation(make, teacher) > before
    with make.session() as session:
        assert session.scalar(select(func.count(Booking.id))) == 2
        assert session.get_one(User, teacher.id).role == "student"
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "profile.delete")
        ).one()
        assert (entry.actor_id, entry.subject_id) == (teacher.id, teacher.id)
    assert client.get("/api/auth/me", headers=headers).get_json()["role"] == "student"


def test_nobody_finds_who_stopped_to_teach(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    headers = bearer(client, teacher)
    assert client.delete(OWN, headers=headers).status_code == 204

    for query in ("", "?search=piano", "?sort=soonest", f"?free_date={WEDNESDAY}"):
        assert client.get(f"{LIST}{query}").get_json()["metadata"]["total_matches"] == 0
    problem(client.get(f"{LIST}{teacher.id}"), 404)
    problem(client.get(f"/api/public/instructors/{teacher.id}/next-available"), 404)
    told = problem(client.delete(OWN, headers=headers), 403)
    assert told["detail"] == "Only instructors can delete their profiles"
    assert problem(client.get(OWN, headers=headers), 403)
    assert problem(client.put(OWN, json={}, headers=headers), 403)


@pytest.mark.parametrize(
    ("status", "hours", "is_refused"),
    [
        (BookingStatus.CONFIRMED, 26, True),
        (BookingStatus.PENDING, 26, True),
        (BookingStatus.CONFIRMED, -0.5, True),  # it is going on
        (BookingStatus.CONFIRMED, -3, False),
        (BookingStatus.CANCELLED, 26, False),
    ],
)
def test_who_has_lessons_to_give_moves_or_cancels_them_first(
    client: FlaskClient,
    make: Make,
    teacher: Teacher,
    clock: StoppedClock,
    status: BookingStatus,
    hours: float,
    is_refused: bool,
) -> None:
    start = clock.now() + timedelta(hours=hours)
    make.booking(make.student(), teacher, start, status=status)
    before = (services_of(make, teacher), days(make, teacher))
    headers = bearer(client, teacher)

    answer = client.delete(OWN, headers=headers)

    if not is_refused:
        assert answer.status_code == 204
        return
    problem(answer, 409, "lessons_ahead")
    assert (services_of(make, teacher), days(make, teacher)) == before
    assert client.get(OWN, headers=headers).status_code == 200


def test_lessons_one_takes_do_not_stand_in_the_way(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    make.booking(Person(teacher.id, teacher.email), make.instructor(), at(WEDNESDAY, "12:00"))

    assert client.delete(OWN, headers=bearer(client, teacher)).status_code == 204


def test_coming_back_brings_the_old_profile_back(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    headers = bearer(client, teacher)
    old = client.get(OWN, headers=headers).get_json()
    client.delete(OWN, headers=headers)
    gone = generation(make, teacher)

    answer = client.post(OWN, json=AGAIN, headers=headers)

    told = answer.get_json()
    assert answer.status_code == 201
    assert (told["id"], told["buffer_time_minutes"]) == (old["id"], 45)
    assert (told["bio"], told["areas_of_service"]) == (AGAIN["bio"], ["Astoria"])
    assert [(each["skill"], each["hourly_rate"]) for each in told["services"]] == [
        ("Banjo", 30.0),
        ("pIANO", 75.0),
    ]
    assert services_of(make, teacher)["pIANO"] == (teacher.service_id, True)
    assert generation(make, teacher) > gone
    assert client.get(f"{LIST}?search=piano").get_json()["metadata"]["total_matches"] == 1
    assert client.get(f"{LIST}?free_date={WEDNESDAY}").get_json()["instructors"] == []
    with make.session() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["profile.delete", "profile.reactivate"]
    problem(client.post(OWN, json=AGAIN, headers=headers), 409, "profile_exists")


def test_of_many_who_come_back_at_once_one_does(
    app: Flask, client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    headers = bearer(client, teacher)
    client.delete(OWN, headers=headers)

    def come_back(_number: int) -> int:
        return app.test_client().post(OWN, json=AGAIN, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(come_back, range(6)))

    assert answers == [201] + [409] * 5
    active = [name for name, (_id, is_active) in services_of(make, teacher).items() if is_active]
    assert sorted(active) == ["Banjo", "pIANO"]


def test_a_lesson_booked_meanwhile_keeps_the_profile_or_is_refused(
    app: Flask, client: FlaskClient, make: Make
) -> None:
    """Deleting and booking at once: never a lesson to come with somebody who does not teach."""
    outcomes = set()
    for _round in range(6):
        teacher, student = make.instructor(), make.student()
        make.hours(teacher, WEDNESDAY)
        wish = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": f"{WEDNESDAY}",
            "start_time": "10:00",
        }
        tokens = bearer(client, teacher), bearer(client, student)

        def book(headers: dict[str, str] = tokens[1], wish: dict[str, object] = wish) -> int:
            return app.test_client().post("/api/bookings/", json=wish, headers=headers).status_code

        with ThreadPoolExecutor(2) as pool:
            booking = pool.submit(book)
            deleted = app.test_client().delete(OWN, headers=tokens[0]).status_code
            booked = booking.result()
        assert (deleted, booked) in {(204, 404), (204, 409), (204, 422), (409, 201)}
        outcomes.add(booked == 201)

    assert outcomes
