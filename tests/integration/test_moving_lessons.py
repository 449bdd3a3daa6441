"""A lesson moves to another time and stays the same lesson."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import (
    BOOKINGS,
    THURSDAY,
    asking,
    book,
    mails,
    move,
    student,
    teacher,
    trail,
)

__all__ = ["asking", "student", "teacher"]


class TestMoving:
    def test_a_lesson_keeps_who_it_is(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)

        moved = move(client, student, made["id"], THURSDAY, "14:30").get_json()

        assert (moved["id"], moved["reference"]) == (made["id"], made["reference"])
        assert moved["starts_at"] == "2026-12-03T19:30:00Z"
        assert (moved["start_time"], moved["end_time"]) == ("14:30:00", "15:30:00")
        assert moved["free_cancel_until"] == "2026-12-02T19:30:00Z"
        assert (moved["sequence"], moved["status"]) == (1, "CONFIRMED")
        assert trail(make) == ["booking.create", "booking.move"]

    def test_it_may_overlap_its_own_old_time_and_frees_it(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)

        assert move(client, student, made["id"], THURSDAY, "10:30").status_code == 200
        book(client, make.student(), teacher, start="09:30")

    def test_a_taken_time_leaves_it_where_it_was(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)
        book(client, make.student(), teacher, start="14:00")

        assert move(client, student, made["id"], THURSDAY, "14:30").status_code == 409

        same = client.get(f"{BOOKINGS}{made['id']}", headers=bearer(client, student)).get_json()
        assert same == made

    def test_a_longer_lesson_costs_more_at_the_rate_it_was_booked_at(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)

        moved = move(client, student, made["id"], THURSDAY, "14:00", duration_minutes=90)

        assert moved.get_json()["total_price"] == 90.0

    def test_an_instructor_changes_neither_length_nor_price(
        self, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)

        longer = move(client, teacher, made["id"], THURSDAY, "14:00", duration_minutes=90)

        assert (longer.status_code, longer.get_json()["code"]) == (422, "validation_error")
        same = client.get(f"{BOOKINGS}{made['id']}", headers=bearer(client, student)).get_json()
        assert same == made

    def test_a_move_by_the_instructor_never_makes_the_student_late(
        self,
        client: FlaskClient,
        clock: StoppedClock,
        make: Make,
        student: Person,
        teacher: Teacher,
    ) -> None:
        """The lesson comes nearer than the notice: what was free to cancel before stays free."""
        made = book(client, student, teacher)  # on Thursday
        assert move(client, teacher, made["id"], WEDNESDAY, "10:00").status_code == 200
        clock.move_to(at(WEDNESDAY - timedelta(days=1), "18:00"))

        sent = {"reason": "That is too soon for me."}
        done = client.post(
            f"{BOOKINGS}{made['id']}/cancel", json=sent, headers=bearer(client, student)
        )

        assert done.get_json()["cancelled_late"] is False

    def test_students_move_until_their_free_deadline_instructors_until_the_start(
        self,
        client: FlaskClient,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
    ) -> None:
        made = book(client, student, teacher)
        clock.move_to(at(WEDNESDAY, "10:01"))

        late = move(client, student, made["id"], THURSDAY, "15:00")
        assert (late.status_code, late.get_json()["code"]) == (409, "wrong_state")
        assert move(client, teacher, made["id"], THURSDAY, "15:00").status_code == 200
        clock.move_to(at(THURSDAY, "15:00"))
        assert move(client, teacher, made["id"], THURSDAY, "16:00").status_code == 409

    @pytest.mark.parametrize("start", ["10:00", "08:00", "10:05", "16:30"])
    def test_the_rules_are_those_of_booking(
        self, client: FlaskClient, student: Person, teacher: Teacher, start: str
    ) -> None:
        made = book(client, student, teacher)

        assert move(client, student, made["id"], THURSDAY, start).status_code in (409, 422)

    def test_strangers_find_nothing(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)

        for stranger in (make.student(), make.instructor()):
            assert move(client, stranger, made["id"], THURSDAY, "15:00").status_code == 404

    def test_staff_say_why(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made, staff = book(client, student, teacher), make.user(Role.SUPPORT)

        assert move(client, staff, made["id"], THURSDAY, "15:00").status_code == 422
        assert (
            move(client, staff, made["id"], THURSDAY, "15:00", reason="By phone").status_code == 200
        )

    def test_what_was_due_about_the_old_time_is_taken_back(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, student, teacher)
        move(client, student, made["id"], THURSDAY, "15:00")

        assert mails(make) == [
            ("booked_student", student.id, "withdrawn", 0),
            ("booked_instructor", teacher.id, "withdrawn", 0),
            ("moved_student", student.id, "due", 1),
            ("moved_instructor", teacher.id, "due", 1),
        ]


def test_an_instructor_learns_every_reason_and_in_words_for_him(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    make.booking(student, make.instructor(), at(THURSDAY, "14:00"))

    busy = move(client, teacher, made["id"], THURSDAY, "14:00")
    closed = move(client, teacher, made["id"], THURSDAY, "18:00")

    assert (busy.status_code, closed.status_code) == (409, 409)
    assert "The student already has a lesson at that time." in busy.text
    assert "outside_hours" in closed.text
    told = move(client, student, made["id"], THURSDAY, "18:00").text
    assert "outside_hours" not in told
