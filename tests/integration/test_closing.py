"""Closing an account: who it was is gone from everything, what was booked and paid stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text
from werkzeug.test import TestResponse

from app.domain.vocabulary import BookingStatus, Role
from app.extensions import db
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.models.audit import AuditEntry
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.outbox import OutboxMail
from app.models.user import User
from app.web.services import services
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
ME = "/api/auth/me"
NAME, EMAIL = "Wilhelmina Quellenhof", "wilhelmina@example.com"
TRACES = ("Wilhelmina", "Quellenhof", "Sesame Lane", "my left hand", "Rather shy")


@pytest.fixture
def person(make: Make) -> Person:
    return make.student(full_name=NAME, email=EMAIL, time_zone="Europe/Paris")


@pytest.fixture
def teacher(make: Make) -> Teacher:
    found = make.instructor()
    make.hours(found, WEDNESDAY)
    return found


def close(
    client: FlaskClient, person: Person, password: str = PASSWORD, **headers: Any
) -> TestResponse:
    sent = {"current_password": password}
    return client.delete(ME, json=sent, headers=headers or bearer(client, person))


def book(client: FlaskClient, person: Person, teacher: Teacher, start: str = "10:00") -> int:
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
        "start_time": start,
        "student_note": "Please mind my left hand",
        "meeting_location": "5 Sesame Lane",
        "location_type": "student_home",
    }
    answer = client.post("/api/bookings/", json=wish, headers=bearer(client, person))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def every_text(app: Flask) -> str:
    """All that the database holds, as text."""
    with app.app_context(), db.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if "fts" not in name]
        return "\n".join(
            str(row) for name in names for row in connection.execute(text(f"SELECT * FROM {name}"))
        )


def row_of(make: Make, model: type[Any], key: int) -> Any:
    with make.session() as session:
        return session.get_one(model, key)


def test_nothing_says_who_it_was(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    taught = {"Authorization": bearer(client, teacher)["Authorization"]}
    past = make.booking(
        person,
        teacher,
        at(TUESDAY - timedelta(days=3), "10:00"),
        status=BookingStatus.COMPLETED,
        student_note="Please mind my left hand",
        meeting_location="5 Sesame Lane",
        instructor_note="Rather shy",
    )
    lesson = book(client, person, teacher)
    deliver(app)  # the copies of these mails name the student
    client.patch(f"/api/bookings/{lesson}", json={"instructor_note": "Rather shy"}, headers=taught)
    client.patch(ME, json={"full_name": f"{NAME} II"}, headers=bearer(client, person))
    client.post("/api/auth/password-reset/request", json={"email": EMAIL})
    assert all(trace in every_text(app) for trace in (*TRACES, EMAIL))

    assert close(client, person).status_code == 204
    deliver(app)  # the last two mails name the student, and are forgotten with that
    left = every_text(app)
    assert [trace for trace in (*TRACES, EMAIL, "Europe/Paris") if trace in left] == []
    kept = row_of(make, Booking, past)
    assert (kept.status, kept.total_price, kept.student_id) == ("COMPLETED", 60, person.id)
    assert (kept.student_note, kept.meeting_location, kept.instructor_note) == (None, None, None)
    gone = row_of(make, User, person.id)
    assert (gone.full_name, gone.email) == ("Former member", f"closed-{person.id}@closed.invalid")
    assert (gone.is_active, gone.time_zone, gone.email_verified_at) == (False, None, None)
    assert gone.closed_at is not None


def test_lessons_to_come_are_cancelled_and_told_of(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    person: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    lesson = book(client, person, teacher)
    request = make.booking(person, teacher, at(WEDNESDAY, "15:00"), status=BookingStatus.PENDING)
    before = generation(make, teacher)
    clock.advance(timedelta(hours=4))  # the lesson is less than a day ahead now
    assert close(client, person).status_code == 204

    for key in (lesson, request):
        booking = row_of(make, Booking, key)
        assert (booking.status, booking.cancelled_by_id) == ("CANCELLED", person.id)
        assert booking.cancellation_reason == "The account was closed."
    assert row_of(make, Booking, lesson).cancelled_late
    assert generation(make, teacher) > before
    deliver(app)
    assert {mail.to for mail in sent} == {teacher.email, EMAIL}
    assert [mail.subject for mail in sent].count("Booking Cancelled: Piano") == 2
    with make.session() as session:
        mails = session.scalars(select(OutboxMail).where(OutboxMail.recipient_id == person.id))
        assert {mail.state for mail in mails} == {"withdrawn", "sent"}
        done = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert done == ["booking.create", "booking.cancel", "booking.cancel", "account.close"]
    other = make.student()
    assert book(client, other, teacher) > request  # the time is free again


def generation(make: Make, teacher: Teacher) -> int:
    with make.session() as session:
        return int(
            session.scalars(
                select(InstructorProfile.generation).where(InstructorProfile.user_id == teacher.id)
            ).one()
        )


def test_everything_that_let_in_is_void_at_once(
    app: Flask, client: FlaskClient, person: Person
) -> None:
    browser, token, other = (
        log_in(app.test_client(), person),
        bearer(client, person),
        bearer(client, person),
    )
    assert close(client, person, **token).status_code == 204
    assert browser.get("/lessons").status_code == 303
    for each in (token, other):
        problem(client.get(ME, headers=each), 401, "invalid_token")
    for name in (person.email, f"closed-{person.id}@closed.invalid"):
        sent = {"username": name, "password": PASSWORD}
        problem(client.post("/api/auth/login", json=sent), 401, "bad_credentials")
    account = {"email": EMAIL, "password": PASSWORD, "full_name": "New", "role": "student"}
    assert client.post("/api/auth/register", json=account).status_code == 201


@pytest.mark.parametrize("password", ["wrong-password", PASSWORD + "x" * 100, " " + PASSWORD])
def test_the_password_is_asked_for(
    client: FlaskClient, make: Make, person: Person, password: str
) -> None:
    before = counts(make)
    told = problem(close(client, person, password), 422, "wrong_password")
    assert told["errors"][0]["field"] == "current_password"
    problem(client.delete(ME, json={}, headers=bearer(client, person)), 422)
    problem(client.delete(ME, headers=bearer(client, person)), 415)
    assert counts(make) == before
    assert row_of(make, User, person.id).is_open


def test_an_instructor_with_lessons_to_teach_stays_until_they_are_moved(
    client: FlaskClient, make: Make, person: Person, teacher: Teacher
) -> None:
    lesson = book(client, person, teacher)
    before = counts(make)
    told = problem(close(client, teacher), 409, "lessons_ahead")
    assert told["detail"] == "Please move or cancel your coming lessons first."
    assert counts(make) == before
    why = {"reason": "I am leaving."}
    token = bearer(client, teacher)
    client.post(f"/api/bookings/{lesson}/cancel", json=why, headers=token)
    assert close(client, teacher, **token).status_code == 204
    assert client.get(f"/api/instructors/{teacher.id}").status_code == 404
    assert client.get(f"/instructors/{teacher.id}").status_code == 404
    assert client.get("/api/instructors/").get_json()["instructors"] == []
    assert client.get(f"/api/bookings/{lesson}", headers=bearer(client, person)).status_code == 200
    with make.session() as session:
        profile = session.scalars(select(InstructorProfile)).one()
        service = session.get_one(Service, teacher.service_id)
    assert (profile.bio, profile.areas_of_service, service.is_active) == (None, None, False)
    assert counts(make)["availability_slots"] == 0


def test_a_lesson_that_runs_keeps_its_instructor_and_is_not_cancelled(
    client: FlaskClient, make: Make, clock: StoppedClock, person: Person, teacher: Teacher
) -> None:
    lesson = make.booking(person, teacher, clock.now() - timedelta(minutes=5))
    assert close(client, person).status_code == 204
    problem(close(client, teacher), 409, "lessons_ahead")
    assert row_of(make, Booking, lesson).status == "CONFIRMED"
    clock.advance(timedelta(hours=2))
    assert close(client, teacher).status_code == 204


def test_the_last_administrator_stays(client: FlaskClient, make: Make) -> None:
    admin = make.user(Role.ADMIN)
    make.user(Role.ADMIN, is_active=False)
    told = problem(close(client, admin), 409, "last_administrator")
    assert str(told["detail"]).startswith("The last administrator")
    other = make.user(Role.ADMIN)
    assert close(client, admin).status_code == 204
    problem(close(client, other), 409, "last_administrator")


def test_of_two_administrators_who_leave_at_once_one_stays(
    app: Flask, client: FlaskClient, make: Make
) -> None:
    people = [make.user(Role.ADMIN) for _ in range(2)]
    tokens, start = [bearer(client, each) for each in people], Barrier(2)

    def attempt(token: dict[str, str]) -> int:
        start.wait()
        return close(app.test_client(), people[0], **token).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(attempt, tokens))
    assert sorted(answers) == [204, 409]


def test_whoever_books_while_the_account_closes_leaves_no_lesson(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher
) -> None:
    """Whichever comes first, no lesson to come is left of somebody who has gone."""
    headers, start = bearer(client, person), Barrier(9)
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
    }

    def attempt(hour: int) -> int:
        http = app.test_client()
        start.wait()
        if hour == 8:
            return close(http, person, **headers).status_code
        body = wish | {"start_time": f"{hour:02}:00"}
        return http.post("/api/bookings/", json=body, headers=headers).status_code

    with ThreadPoolExecutor(9) as pool:
        answers = list(pool.map(attempt, range(8, 17)))
    assert answers[0] == 204
    assert set(answers[1:]) <= {201, 401}
    with make.session() as session:
        left = select(Booking).where(Booking.status != BookingStatus.CANCELLED)
        assert session.scalars(left).all() == []


def test_the_trail_still_verifies_when_values_are_erased(
    app: Flask, client: FlaskClient, person: Person, teacher: Teacher
) -> None:
    book(client, person, teacher)
    with app.app_context():
        services().audit.seal()
    close(client, person)
    with app.app_context():
        assert services().audit.seal() > 0
        assert services().audit.verify().faults == ()
