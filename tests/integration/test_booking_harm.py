"""What bookings are kept from: lessons nobody agreed to, wrong prices and instants, slow mail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.web.services import services
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import BOOKINGS, THURSDAY, book, do, student, teacher, wish
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements", "student", "teacher"]


class NoMailServer:
    """Whoever hands a mail over within a request fails the test."""

    def send(self, mail: Mail) -> None:
        raise AssertionError("a request must not wait for a mail server")


@pytest.fixture
def no_mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = app.extensions["runtime"]
    sender = replace(runtime.sender, provider=NoMailServer())
    monkeypatch.setitem(runtime.__dict__, "sender", sender)


class TestLessonsNobodyAgreedTo:
    def refused(self, client: FlaskClient, make: Make, student: Person, sent: dict) -> None:
        before = counts(make)
        answer = client.post(BOOKINGS, json=sent, headers=bearer(client, student))
        assert answer.status_code in (409, 422), answer.text
        assert counts(make)["bookings"] == before["bookings"]

    def test_a_day_off_holds(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        make.day_off(teacher, THURSDAY)
        self.refused(client, make, student, wish(teacher))

    def test_closed_hours_hold(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        self.refused(client, make, student, wish(teacher, start="03:00"))

    def test_five_minutes_are_no_lesson(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        self.refused(client, make, student, wish(teacher, end_time="10:05"))

    def test_a_closed_account_takes_no_bookings(
        self, client: FlaskClient, make: Make, student: Person
    ) -> None:
        gone = make.instructor(user={"is_active": False})
        make.hours(gone, THURSDAY)
        self.refused(client, make, student, wish(gone))

    def test_the_gap_between_lessons_is_kept(
        self, client: FlaskClient, make: Make, student: Person
    ) -> None:
        teacher = make.instructor(buffer_time_minutes=30)
        make.hours(teacher, THURSDAY)
        make.booking(make.student(), teacher, at(THURSDAY, "10:00"), buffer_minutes=30)

        for start in ("08:45", "11:15"):
            self.refused(client, make, student, wish(teacher, start=start))
        book(client, student, teacher, start="11:30")


def test_the_length_that_is_charged_is_the_length_that_is_kept(
    client: FlaskClient, make: Make, student: Person
) -> None:
    """Half an hour of a lesson that lasts ninety minutes is neither sold nor charged as ninety."""
    teacher = make.instructor(durations=None, rate="45.00")
    long = make.service(
        make.profile_id(teacher), durations=None, duration_override=90, skill="Opera", rate="45.00"
    )
    make.hours(teacher, THURSDAY)
    sent = {**wish(teacher), "service_id": long}
    headers = bearer(client, student)

    problem(client.post(BOOKINGS, json={**sent, "end_time": "10:30"}, headers=headers), 422)
    made = client.post(BOOKINGS, json=sent, headers=headers).get_json()

    assert (made["end_time"], made["duration_minutes"]) == ("11:30:00", 90)
    assert made["total_price"] == 67.5
    rival = client.post(
        BOOKINGS, json=wish(teacher, start="11:00"), headers=bearer(client, make.student())
    )
    assert rival.status_code == 409


@pytest.mark.parametrize("step", ["cancel", "complete"])
def test_an_instant_reads_the_same_at_once_and_later(
    client: FlaskClient,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    step: str,
) -> None:
    made = book(client, student, teacher)
    if step == "complete":
        clock.move_to(at(THURSDAY, "11:00"))

    told = do(client, teacher, made["id"], step, reason="Over").get_json()

    name = {"cancel": "cancelled_at", "complete": "completed_at"}[step]
    assert told[name] == clock.now().isoformat().replace("+00:00", "Z")
    shown = client.get(f"{BOOKINGS}{made['id']}", headers=bearer(client, teacher)).get_json()
    assert shown == told


@pytest.mark.parametrize("start", ["10:00+02:00", "10:00Z", 36000, 10.5, "1970-01-01T10:00:00"])
def test_a_time_of_day_is_nothing_else(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher, start: object
) -> None:
    sent = {**wish(teacher), "start_time": start}

    answer = client.post(BOOKINGS, json=sent, headers=bearer(client, student))

    assert problem(answer, 422)["errors"][0]["field"] == "start_time"
    assert counts(make)["bookings"] == 0


def test_a_lesson_may_end_at_midnight(client: FlaskClient, make: Make, student: Person) -> None:
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY, "20:00-24:00")

    for start, end in (("23:00", "24:00"), ("22:00", "23:00")):
        made = book(client, student, teacher, day=WEDNESDAY, start=start, end_time=end)
        assert made["duration_minutes"] == 60


def test_no_step_of_a_booking_touches_the_mail_server(
    client: FlaskClient, student: Person, teacher: Teacher, no_mail_server: None
) -> None:
    made = book(client, student, teacher)
    headers = bearer(client, student)

    assert client.get(f"{BOOKINGS}upcoming", headers=headers).get_json()[0]["id"] == made["id"]
    assert client.get(BOOKINGS, headers=headers).get_json()["total"] == 1
    assert do(client, teacher, made["id"], "cancel", reason="Ill").status_code == 200


def test_only_what_has_begun_is_over_and_only_what_has_not_is_called_off(
    client: FlaskClient, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    for step in ("complete", "no-show"):
        assert do(client, teacher, made["id"], step).status_code == 409
    clock.move_to(at(THURSDAY, "10:30"))

    for person in (student, teacher):
        assert do(client, person, made["id"], "cancel", reason="Ill").status_code == 409
    assert do(client, teacher, made["id"], "no-show").status_code == 200


@pytest.mark.parametrize("lessons", [1, 12])
def test_a_weeks_lessons_and_its_reminders_cost_the_same_however_many(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    statements: Statements,
    lessons: int,
) -> None:
    for number in range(lessons):
        make.booking(student, teacher, at(THURSDAY, "06:00") + timedelta(hours=number))
    headers = bearer(client, teacher)
    path = "/api/instructors/availability-windows/week/booked-slots?start_date=2026-11-30"

    assert statements.of(lambda: client.get(path, headers=headers)) - BY_TOKEN <= 3
    clock.move_to(at(THURSDAY, "05:30") - timedelta(hours=10))
    statements.clear()
    with app.app_context():
        services().reminders.queue()
    assert len(statements) <= 4
