"""Cancelling: by either party, before the start, once, and late only with its consequence told."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.domain.errors import WrongState
from app.domain.vocabulary import BookingStatus
from app.extensions import db
from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.models.user import User
from app.repositories.bookings import BookingRepository
from app.web.services import services
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at

REASON = {"reason": "  Something came up. "}


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor()
    make.open_days(teacher, [TUESDAY, WEDNESDAY], "09:00-17:00")
    return teacher


@pytest.fixture
def student(make: Make) -> Person:
    return make.student()


@pytest.fixture
def lesson(make: Make, teacher: Teacher, student: Person) -> int:
    return make.booking(student, teacher, at(WEDNESDAY, "10:00"))


def cancel(client: FlaskClient, person: Person, lesson: int, sent: object = REASON) -> TestResponse:
    path = f"/api/bookings/{lesson}/cancel"
    return client.post(path, json=sent, headers=bearer(client, person))


def status_of(make: Make, lesson: int) -> str:
    with make.session() as session:
        return session.get_one(Booking, lesson).status


@pytest.mark.parametrize("party", ["student", "teacher"])
def test_either_party_cancels_and_the_time_is_free_again(
    client: FlaskClient,
    teacher: Teacher,
    student: Person,
    make: Make,
    lesson: int,
    party: str,
) -> None:
    person = student if party == "student" else teacher

    answer = cancel(client, person, lesson)

    assert answer.status_code == 200
    told = answer.get_json()
    assert told["status"] == "CANCELLED"
    assert told["cancelled_at"] == "2026-12-01T12:00:00Z"
    assert told["cancelled_by_id"] == person.id
    assert told["cancellation_reason"] == "Something came up."
    assert told["sequence"] == 1
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": f"{WEDNESDAY}",
        "start_time": "10:00",
    }
    headers = bearer(client, make.student())
    assert client.post("/api/bookings/", json=wish, headers=headers).status_code == 201


def test_the_sequence_counts_from_what_is_stored(
    app: Flask, make: Make, student: Person, lesson: int
) -> None:
    with app.app_context():
        stale, person = db.session.get(Booking, lesson), db.session.get(User, student.id)
        assert stale is not None
        with make.session() as session:
            session.execute(update(Booking).values(sequence=7))
            session.commit()

        done = services().bookings.cancel(person, lesson, "Rain")

        assert done.sequence == 8


def test_a_lesson_is_cancelled_once(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher, lesson: int
) -> None:
    cancel(client, student, lesson)

    told = problem(cancel(client, teacher, lesson), 409, "wrong_state")

    assert told["detail"] == "Booking cannot be cancelled - current status: CANCELLED"


@pytest.mark.parametrize("status", ["COMPLETED", "NO_SHOW"])
def test_a_finished_lesson_is_not_cancelled(
    client: FlaskClient, make: Make, teacher: Teacher, student: Person, status: str
) -> None:
    lesson = make.booking(student, teacher, at(WEDNESDAY, "12:00"), status=BookingStatus(status))

    problem(cancel(client, student, lesson), 409, "wrong_state")

    assert status_of(make, lesson) == status


def test_until_the_start_and_not_from_then_on(
    client: FlaskClient, make: Make, clock: StoppedClock, student: Person, lesson: int
) -> None:
    clock.move_to(at(WEDNESDAY, "10:00"))
    problem(cancel(client, student, lesson), 409, "wrong_state")
    assert status_of(make, lesson) == "CONFIRMED"

    clock.move_to(at(WEDNESDAY, "10:00") - timedelta(seconds=1))
    assert cancel(client, student, lesson).status_code == 200


@pytest.mark.parametrize("who", ["student", "instructor"])
def test_strangers_do_not_learn_that_it_exists(
    client: FlaskClient, make: Make, lesson: int, who: str
) -> None:
    stranger = make.student() if who == "student" else make.instructor()

    foreign = problem(cancel(client, stranger, lesson), 404)
    unknown = problem(cancel(client, stranger, 999), 404)

    assert foreign | {"request_id": ""} == unknown | {"request_id": ""}
    assert status_of(make, lesson) == "CONFIRMED"


@pytest.mark.parametrize(
    "sent", [{}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 501}, {"reason": None}, []]
)
def test_a_reason_has_to_be_given(
    client: FlaskClient, make: Make, student: Person, lesson: int, sent: object
) -> None:
    before = counts(make)

    problem(cancel(client, student, lesson, sent), 422)

    assert status_of(make, lesson) == "CONFIRMED"
    assert counts(make) == before


def test_what_cancelling_costs_is_said_before_the_click(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher, lesson: int
) -> None:
    path = f"/lessons/{lesson}/cancel"
    deadline = at(WEDNESDAY, "10:00") - timedelta(hours=24)

    def shown(person: Person) -> bool:
        page = log_in(app.test_client(), person).get(path)
        assert page.status_code == 200
        return "This is a late cancellation." in page.text

    clock.move_to(deadline)
    assert not shown(student)
    clock.move_to(deadline + timedelta(seconds=1))
    assert shown(student)
    assert not shown(teacher)


def test_what_follows_from_a_time_is_not_stored_beside_another(
    app: Flask, make: Make, student: Person, lesson: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A move comes between reading the lesson and cancelling it."""
    with app.app_context():
        cancelling, person = services().bookings, db.session.get(User, student.id)
        assert person is not None
        real = BookingRepository.claim

        def moved_first(self, booking, *rest):
            self._session.execute(
                update(Booking)
                .values(sequence=Booking.sequence + 1)
                .execution_options(synchronize_session=False)
            )
            return real(self, booking, *rest)

        monkeypatch.setattr(BookingRepository, "claim", moved_first)
        with pytest.raises(WrongState, match="Somebody was faster"):
            cancelling.cancel(person, lesson, "Rain")

    assert status_of(make, lesson) == "CONFIRMED"
