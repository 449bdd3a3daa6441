"""Lessons completed, missed, noted, cancelled late; times held; the trail of it."""

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.vocabulary import BookingStatus
from app.infra.clock import StoppedClock
from app.models.audit import AuditEntry
from app.models.hold import TimeHold
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import (
    BOOKINGS,
    THURSDAY,
    asking,
    book,
    do,
    mails,
    student,
    teacher,
    wish,
)

__all__ = ["asking", "student", "teacher"]


class TestAfterTheLesson:
    @pytest.mark.parametrize(
        ("step", "status", "column"),
        [("complete", "COMPLETED", "completed_at"), ("no-show", "NO_SHOW", "no_show_at")],
    )
    def test_it_is_concluded_after_its_start_once_and_with_the_instant(
        self,
        client: FlaskClient,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
        step: str,
        status: str,
        column: str,
    ) -> None:
        made = book(client, student, teacher)
        early = do(client, teacher, made["id"], step)
        clock.move_to(at(THURSDAY, "10:30"))

        said = do(client, teacher, made["id"], step).get_json()

        assert early.status_code == 409
        assert (said["status"], said[column]) == (status, "2026-12-03T15:30:00Z")
        again = do(client, teacher, made["id"], step)
        assert again.status_code == 409
        assert again.get_json()["detail"].endswith(f"current status: {status}")

    def test_a_started_lesson_cannot_be_cancelled_nor_a_cancelled_one_noted(
        self, client: FlaskClient, clock: StoppedClock, student: Person, teacher: Teacher
    ) -> None:
        made, other = book(client, student, teacher), book(client, student, teacher, start="12:00")
        do(client, student, other["id"], "cancel", reason="Ill")
        clock.move_to(at(THURSDAY, "10:00"))

        assert do(client, student, made["id"], "cancel", reason="Ill").status_code == 409
        assert do(client, teacher, other["id"], "", instructor_note="x").status_code == 409

    def test_a_late_cancellation_is_recorded(
        self, client: FlaskClient, clock: StoppedClock, student: Person, teacher: Teacher
    ) -> None:
        early, late = book(client, student, teacher), book(client, student, teacher, start="12:00")
        first = do(client, student, early["id"], "cancel", reason="Ill").get_json()
        clock.move_to(at(WEDNESDAY, "12:01"))
        second = do(client, student, late["id"], "cancel", reason="Ill").get_json()

        assert (first["cancelled_late"], second["cancelled_late"]) == (False, True)

    def test_the_instructor_notes_what_he_wants(
        self, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher, meeting_location="Room 1")

        said = do(client, teacher, made["id"], "", instructor_note="  Scales  ").get_json()

        assert (said["instructor_note"], said["meeting_location"]) == ("Scales", "Room 1")
        assert do(client, student, made["id"], "", instructor_note="x").status_code == 403
        assert do(client, teacher, made["id"], "", instructor_note="x" * 1001).status_code == 422

    def test_the_student_learns_of_another_place_while_it_matters(
        self,
        client: FlaskClient,
        make: Make,
        student: Person,
        teacher: Teacher,
        clock: StoppedClock,
    ) -> None:
        made = book(client, student, teacher, meeting_location="Room 1")
        told = [("place_student", student.id, "due", 1)]

        do(client, teacher, made["id"], "", meeting_location="Room 5")
        do(client, teacher, made["id"], "", meeting_location="Room 5")
        assert mails(make)[2:] == told
        clock.move_to(at(THURSDAY, "11:00"))
        do(client, teacher, made["id"], "", meeting_location="Room 6")

        assert mails(make)[2:] == told


class TestHoldsAndAccounts:
    def held(self, make: Make, teacher: Teacher, holder: Person, clock: StoppedClock) -> None:
        with make.session() as session:
            start = at(THURSDAY, "10:00")
            session.add(
                TimeHold(
                    instructor_id=teacher.id,
                    holder_id=holder.id,
                    starts_at=start,
                    ends_at=start + timedelta(hours=1),
                    expires_at=clock.now() + timedelta(minutes=30),
                    created_at=clock.now(),
                )
            )
            session.commit()

    def test_only_the_holder_books_a_held_time_and_uses_it_up(
        self,
        client: FlaskClient,
        make: Make,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
    ) -> None:
        self.held(make, teacher, student, clock)
        rival = client.post(BOOKINGS, json=wish(teacher), headers=bearer(client, make.student()))

        assert rival.status_code == 409
        book(client, student, teacher)
        with make.session() as session:
            assert session.scalars(select(TimeHold)).all() == []

    def test_an_expired_hold_holds_nothing(
        self,
        client: FlaskClient,
        make: Make,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
    ) -> None:
        self.held(make, teacher, student, clock)
        clock.advance(timedelta(minutes=30))

        book(client, make.student(), teacher)

    def test_what_is_told_of_a_cancellation(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)
        do(client, student, made["id"], "cancel", reason="Private matter")

        with make.session() as session:
            entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.action, entry.actor_id, entry.actor_role) == (
            "booking.cancel",
            student.id,
            "student",
        )
        assert json.loads(entry.changes) == {
            "reason": None,
            "status": [BookingStatus.CONFIRMED, BookingStatus.CANCELLED],
        }
        assert [kind for kind, *_, state, _ in mails(make) if state == "due"] == [
            "own_cancellation_student",
            "cancelled_instructor",
        ]
