"""Profiles and services under change: against bookings, each other, and adopted data."""

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.errors import Conflict, ProfileExists
from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.repositories.bookings import BookingRepository
from app.repositories.instructors import InstructorProfileRepository
from app.services.conflict_checker import ConflictChecker
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Person, Teacher, at

OWN = "/api/instructors/profile"
PROFILE = {"bio": "Plays and teaches.", "areas_of_service": ["Brooklyn"], "years_experience": 5}
ONE_SERVICE = {"services": [{"skill": "Cello", "hourly_rate": 40}]}


def profile_of(make: Make, person: Person) -> InstructorProfile:
    with make.session() as session:
        wanted = select(InstructorProfile).where(InstructorProfile.user_id == person.id)
        return session.scalars(wanted).one()


def wish(teacher: Teacher) -> dict[str, object]:
    return {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": f"{WEDNESDAY}",
        "start_time": "10:00",
    }


def held_after(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> tuple[Event, Event]:
    """A method that, once done, says so and waits until it may go on."""
    reached, may_go = Event(), Event()
    original: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(original)
    def slow(*args: Any, **options: Any) -> Any:
        result = original(*args, **options)
        reached.set()
        may_go.wait(10)
        return result

    monkeypatch.setattr(owner, name, slow)
    return reached, may_go


@pytest.mark.parametrize(
    ("owner", "name"), [(ConflictChecker, "judge"), (BookingRepository, "add")]
)
def test_a_service_is_not_taken_away_under_a_booking(
    app: Flask,
    client: FlaskClient,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    name: str,
) -> None:
    teacher, student = make.instructor(), make.student()
    make.hours(teacher, WEDNESDAY)
    as_student, as_teacher = bearer(client, student), bearer(client, teacher)
    reached, may_go = held_after(monkeypatch, owner, name)

    with ThreadPoolExecutor(2) as threads:
        booking = threads.submit(
            lambda: app.test_client().post("/api/bookings/", json=wish(teacher), headers=as_student)
        )
        assert reached.wait(5)
        change = threads.submit(
            lambda: app.test_client().put(OWN, json=ONE_SERVICE, headers=as_teacher)
        )
        with pytest.raises(TimeoutError):
            change.result(0.7)
        may_go.set()

        assert (booking.result(10).status_code, change.result(10).status_code) == (201, 200)
    with make.session() as session:
        assert session.get_one(Service, teacher.service_id).is_active is False
        assert session.scalars(select(Booking.service_id)).all() == [teacher.service_id]


def test_of_two_profiles_made_at_once_one_is_made(
    app: Flask, client: FlaskClient, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = bearer(client, make.student())
    both_have_looked = Barrier(2)
    look = InstructorProfileRepository.of

    def look_together(self: InstructorProfileRepository, *args: Any, **options: Any) -> Any:
        found = look(self, *args, **options)
        with suppress(BrokenBarrierError):
            both_have_looked.wait(0.7)
        return found

    monkeypatch.setattr(InstructorProfileRepository, "of", look_together)

    def begin(_number: int) -> int:
        sent = PROFILE | ONE_SERVICE
        return app.test_client().post(OWN, json=sent, headers=headers).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(begin, range(2))) == [201, 409]


def test_the_databases_constraints_are_told_in_the_domains_words(make: Make) -> None:
    teacher = make.instructor(skill="Piano")
    with make.session() as session, pytest.raises(ProfileExists):
        InstructorProfileRepository(session).add(InstructorProfile(user_id=teacher.id))
    with make.session() as session:
        repository = InstructorProfileRepository(session)
        profile = repository.of(teacher.id)
        assert profile is not None
        profile.services.append(Service(skill="Piano", hourly_rate=1))
        with pytest.raises(Conflict):
            repository.add(profile)


@pytest.mark.parametrize("is_booked", [True, False])
@pytest.mark.parametrize("kept", ["Piano", "piano", "PIANO"])
def test_adopted_services_that_differ_by_case_only_become_one(
    client: FlaskClient, make: Make, kept: str, is_booked: bool
) -> None:
    teacher = make.instructor(skill="Piano")
    twin = make.service(make.profile_id(teacher), skill="piano")
    if is_booked:
        make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))
        make.booking(
            make.student(),
            Teacher(teacher.id, teacher.email, service_id=twin),
            at(WEDNESDAY, "12:00"),
        )

    sent = {"services": [{"skill": kept, "hourly_rate": 70}]}
    answer = client.put(OWN, json=sent, headers=bearer(client, teacher))

    assert answer.status_code == 200, answer.text
    assert [each["skill"] for each in answer.get_json()["services"]] == [kept]
    with make.session() as session:
        assert len(session.scalars(select(Service)).all()) == (2 if is_booked else 1)


def test_whoever_begins_to_teach_can_be_found_anew(client: FlaskClient, make: Make) -> None:
    person = make.student()

    client.post(OWN, json=PROFILE | ONE_SERVICE, headers=bearer(client, person))

    assert profile_of(make, person).generation > 0


def test_a_new_role_raises_the_generation(app: Flask, make: Make) -> None:
    teacher = make.instructor()

    app.test_cli_runner().invoke(
        args=["users", "set-role", "--email", teacher.email, "--role", "student"]
    )

    assert profile_of(make, teacher).generation == 1


def test_a_new_profile_has_the_platforms_zone(
    settings: Settings, make: Make, clock: StoppedClock
) -> None:
    student, other = make.student(), make.student()
    with another_app(settings, clock, platform_time_zone="Europe/London") as app:
        client = app.test_client()
        client.post(OWN, json=PROFILE | ONE_SERVICE, headers=bearer(client, student))
        app.test_cli_runner().invoke(
            args=["users", "set-role", "--email", other.email, "--role", "instructor"]
        )
        sent = {"email": "new@example.com", "password": "lantern-orchard-42"}
        made = client.post(
            "/api/auth/register", json=sent | {"full_name": "New", "role": Role.INSTRUCTOR}
        )

    assert made.status_code == 201, made.text
    newcomer = Person(made.get_json()["id"], "new@example.com")
    for person in (student, other, newcomer):
        assert profile_of(make, person).time_zone == "Europe/London"


def test_a_skill_is_found_as_it_is_spelled(client: FlaskClient, make: Make) -> None:
    make.instructor(skill="Écriture")
    count = "/api/instructors/?skill={}"

    found = client.get(count.format("Écriture")).get_json()

    assert found["metadata"]["total_matches"] == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True, scope="session")
@pytest.mark.parametrize("spelling", ["écriture", "ÉCRITURE"])
def test_case_does_not_matter_beyond_ascii(client: FlaskClient, make: Make, spelling: str) -> None:
    """On PostgreSQL this depends on the locale that the database was made with."""
    make.instructor(skill="Écriture")

    found = client.get(f"/api/instructors/?skill={spelling}").get_json()

    assert found["metadata"]["total_matches"] == 1


def test_staff_do_not_begin_to_teach(app: Flask, client: FlaskClient, make: Make) -> None:
    person = make.user(Role.SUPPORT)

    answer = client.post(OWN, json=PROFILE | ONE_SERVICE, headers=bearer(client, person))

    problem(answer, 403)
