"""A request sent twice leads to one booking."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock
from app.web.services import services
from tests.answers import counts
from tests.clients import bearer
from tests.factories import Make, Person, Teacher
from tests.integration.life import (
    BOOKINGS,
    asking,
    do,
    mails,
    student,
    teacher,
    trail,
    wish,
)

__all__ = ["asking", "student", "teacher"]


class TestOnceOnly:
    def send(self, client: FlaskClient, student: Person, key: str, **body: Any) -> TestResponse:
        headers = {**bearer(client, student), "Idempotency-Key": key}
        return client.post(BOOKINGS, json=body, headers=headers)

    def test_the_same_request_leads_to_the_same_booking(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        first = self.send(client, student, "k1", **wish(teacher))
        second = self.send(client, student, "k1", **wish(teacher))

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.get_json() == second.get_json()
        assert trail(make) == ["booking.create"]
        assert len(mails(make)) == 2

    def test_the_first_answer_is_given_again_whatever_became_of_the_booking(
        self, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        first = self.send(client, student, "k1", **wish(teacher))
        do(client, student, first.get_json()["id"], "cancel", reason="Ill")
        second = self.send(client, student, "k1", **wish(teacher))

        assert (second.status_code, second.get_json()) == (201, first.get_json())
        assert second.get_json()["status"] == "CONFIRMED"

    def test_an_answer_is_not_kept_of_somebody_who_left(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        self.send(client, student, "k1", **wish(teacher))
        leaving = {"current_password": student.password}
        gone = client.delete("/api/auth/me", json=leaving, headers=bearer(client, student))

        assert gone.status_code in (200, 204)
        assert counts(make)["idempotency_keys"] == 0

    def test_another_body_is_refused_another_person_has_his_own_keys(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        self.send(client, student, "k1", **wish(teacher))

        other = self.send(client, student, "k1", **wish(teacher, start="12:00"))
        rival = self.send(client, make.student(), "k1", **wish(teacher, start="12:00"))

        assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_key_reused")
        assert rival.status_code == 201

    def test_a_refused_request_may_be_sent_again_and_a_key_lasts_a_day(
        self,
        app: Flask,
        client: FlaskClient,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
    ) -> None:
        assert self.send(client, student, "k", **wish(teacher, start="08:00")).status_code == 409
        first = self.send(client, student, "k", **wish(teacher)).get_json()
        clock.advance(timedelta(hours=24, seconds=1))
        second = self.send(client, student, "k", **wish(teacher, start="13:00"))

        assert second.status_code == 201
        assert second.get_json()["id"] != first["id"]
        clock.advance(timedelta(hours=25))
        with app.app_context():
            assert services().booking_jobs.forget_keys() == 1

    @pytest.mark.parametrize("key", ["", "a" * 256, "two words", "é"])
    def test_keys_have_bounds(
        self, client: FlaskClient, student: Person, teacher: Teacher, key: str
    ) -> None:
        assert self.send(client, student, key, **wish(teacher)).status_code == 422
