"""What the worker does: in batches, again after a fault, and never twice."""

import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.vocabulary import BookingStatus
from app.infra.passwords import Passwords
from app.models.booking import Booking
from app.models.instructor import InstructorProfile
from app.models.session import UserSession
from app.services import auth, booking_jobs
from app.services.booking_jobs import BookingJobService
from tests.clients import log_in
from tests.conftest import NOW
from tests.factories import Make, Person


def lessons_of_long_ago(make: Make, number: int) -> None:
    teacher, student = make.instructor(), make.student()
    for count in range(number):
        make.booking(student, teacher, NOW - timedelta(days=3 + count))


def worker(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert answer.exit_code == 0, answer.output


def test_past_lessons_are_completed_in_batches_until_none_is_left(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booking_jobs, "BATCH", 2)
    lessons_of_long_ago(make, 5)

    answer = app.test_cli_runner().invoke(args=["bookings", "complete-past"])

    assert "Completed 5 lessons" in answer.output
    with make.session() as session:
        assert set(session.scalars(select(Booking.status))) == {"COMPLETED"}
        assert set(session.scalars(select(Booking.sequence))) == {1}
        assert session.scalars(select(InstructorProfile.generation)).one() == 3  # batches


def test_a_faulty_job_stops_no_other_and_is_tried_again(
    app: Flask,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(logging.getLogger("app"), "propagate", True)
    lessons_of_long_ago(make, 1)
    log_in(app.test_client(), make.student())
    with make.session() as session:
        session.execute(update(UserSession).values(last_seen_at=NOW - timedelta(days=15)))
        session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(BookingJobService, "_complete_some", lambda self: 1 / 0)
        worker(app)

    assert "complete past lessons: failed" in caplog.text
    with make.session() as session:
        assert session.scalars(select(UserSession)).all() == []
        assert session.scalars(select(Booking.status)).all() == ["CONFIRMED"]
    worker(app)
    with make.session() as session:
        assert session.scalars(select(Booking.status)).all() == ["COMPLETED"]


@pytest.mark.parametrize(
    ("seen", "made", "stays"),
    [
        (timedelta(days=14), timedelta(days=90), True),
        (timedelta(days=14, seconds=1), timedelta(days=20), False),
        (timedelta(0), timedelta(days=90, seconds=1), False),
    ],
)
def test_ended_sessions_are_dropped(
    app: Flask,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    seen: timedelta,
    made: timedelta,
    stays: bool,
) -> None:
    monkeypatch.setattr(auth, "BATCH", 1)
    person = make.student()
    for _ in range(3):
        log_in(app.test_client(), person)
    with make.session() as session:
        session.execute(update(UserSession).values(last_seen_at=NOW - seen, created_at=NOW - made))
        session.commit()

    worker(app)

    with make.session() as session:
        assert len(session.scalars(select(UserSession)).all()) == (3 if stays else 0)


def test_an_instructors_own_lessons_are_those_he_takes(app: Flask, make: Make) -> None:
    teacher, student = make.instructor(), make.student(full_name="Zoe Ray")
    states = {-2: BookingStatus.COMPLETED, 2: BookingStatus.CONFIRMED, 3: BookingStatus.CANCELLED}
    keys = [
        make.booking(student, teacher, NOW + timedelta(days=days), status=status)
        for days, status in states.items()
    ]
    client = log_in(app.test_client(), Person(teacher.id, teacher.email))

    for view in ("upcoming", "past", "cancelled"):
        own, taught = (
            client.get(f"{path}?view={view}").text for path in ("/lessons", "/teach/lessons")
        )
        assert [key for key in keys if f'"/lessons/{key}"' in own] == []
        assert len([key for key in keys if f'"/lessons/{key}"' in taught]) == 1


def test_a_correct_login_does_not_wait_for_a_better_hash(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make.student()
    monkeypatch.setattr(Passwords, "needs_rehash", lambda self, hashed: True)
    monkeypatch.setattr(Passwords, "hash_if_idle", lambda self, password: None)

    log_in(app.test_client(), person)
