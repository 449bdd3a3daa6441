"""Requests that wait for the instructor: answered, lapsed, asked again."""

from flask import Flask
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.web.services import services
from tests.clients import bearer
from tests.factories import TUESDAY, Make, Person, Teacher, at
from tests.integration.life import (
    BOOKINGS,
    THURSDAY,
    asking,
    book,
    do,
    mails,
    move,
    student,
    teacher,
    trail,
    wish,
)

__all__ = ["asking", "student", "teacher"]


class TestApproval:
    def test_a_request_waits_for_a_yes(
        self, client: FlaskClient, make: Make, student: Person, asking: Teacher
    ) -> None:
        made = book(client, student, asking)
        assert (made["status"], made["confirmed_at"]) == ("PENDING", None)
        assert made["expires_at"] == "2026-12-02T12:00:00Z"

        said = do(client, asking, made["id"], "approve").get_json()

        assert (said["status"], said["expires_at"]) == ("CONFIRMED", None)
        assert said["confirmed_at"] == "2026-12-01T12:00:00Z"
        assert [kind for kind, *_, state, _ in mails(make) if state == "due"] == [
            "approved_student",
            "approved_instructor",
        ]

    def test_a_no_frees_the_time(
        self, client: FlaskClient, make: Make, student: Person, asking: Teacher
    ) -> None:
        made = book(client, student, asking)

        said = do(client, asking, made["id"], "decline", reason="Away that day").get_json()

        assert (said["status"], said["cancellation_reason"]) == ("CANCELLED", "declined")
        book(client, make.student(), asking)

    def test_only_the_instructor_answers_and_only_once(
        self, client: FlaskClient, student: Person, asking: Teacher
    ) -> None:
        made = book(client, student, asking)

        assert do(client, student, made["id"], "approve").status_code == 403
        assert do(client, asking, made["id"], "approve").status_code == 200
        assert do(client, asking, made["id"], "decline").status_code == 409

    def test_it_lapses_after_a_day_or_two_hours_before_the_start(
        self, app: Flask, client: FlaskClient, make: Make, clock: StoppedClock, asking: Teacher
    ) -> None:
        far = book(client, make.student(), asking)
        near = book(client, make.student(), asking, day=TUESDAY, start="15:00")
        assert near["expires_at"] == "2026-12-01T18:00:00Z"
        clock.move_to(at(TUESDAY, "13:00"))
        assert do(client, asking, near["id"], "approve").status_code == 409

        with app.app_context():
            assert services().booking_jobs.expire_requests() == 1
            assert services().booking_jobs.expire_requests() == 0

        with make.session() as session:
            lapsed, waiting = session.get(Booking, near["id"]), session.get(Booking, far["id"])
        assert (lapsed.status, lapsed.cancellation_reason) == ("CANCELLED", "expired")
        assert waiting.status == "PENDING"
        assert "expired_student" in [kind for kind, *_ in mails(make)]
        assert trail(make)[-1] == "booking.expire"

    def test_inside_two_hours_it_is_not_offered(
        self, client: FlaskClient, student: Person, asking: Teacher
    ) -> None:
        # it is 7 in the morning
        early = client.post(
            BOOKINGS, json=wish(asking, TUESDAY, "09:00"), headers=bearer(client, student)
        )
        query = f"service_id={asking.service_id}&start_date={TUESDAY}&end_date={TUESDAY}"
        offered = client.get(f"/api/public/instructors/{asking.id}/starts?{query}").get_json()

        assert (early.status_code, early.get_json()["code"]) == (409, "unavailable")
        assert offered["starts"][0]["start_time"] == "09:15:00"

    def test_a_students_move_asks_again(
        self, client: FlaskClient, student: Person, asking: Teacher
    ) -> None:
        made = book(client, student, asking)
        do(client, asking, made["id"], "approve")

        moved = move(client, student, made["id"], THURSDAY, "15:00").get_json()

        assert (moved["status"], moved["expires_at"]) == ("PENDING", "2026-12-02T12:00:00Z")
