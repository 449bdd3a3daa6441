"""In whose zone somebody reads times: one rule for pages, mails and JSON."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.mail_providers import Mail
from tests.clients import bearer, log_in
from tests.factories import Make, Person, Teacher
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
PARIS, TOKYO = "Europe/Paris", "Asia/Tokyo"
LATE = datetime(2026, 12, 2, 23, 30, tzinfo=UTC)
"""The 3rd in Paris and in Tokyo, the 2nd in New York, which is the platform's zone."""


@pytest.fixture
def teacher(make: Make) -> Teacher:
    """He teaches in Paris, and has said no zone of his own."""
    return make.instructor(zone_name=PARIS)


@pytest.fixture
def student(make: Make) -> Person:
    return make.student(time_zone=TOKYO)


@pytest.fixture
def lesson(make: Make, student: Person, teacher: Teacher) -> int:
    return make.booking(student, teacher, LATE, zone_name=PARIS)


def lessons_of_day(client: FlaskClient, person: Person, day: str) -> int:
    query = {"start_date": day, "end_date": day}
    answer = client.get("/api/bookings/", query_string=query, headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    return int(answer.get_json()["total"])


def test_json_reckons_days_where_the_reader_is_else_where_he_teaches(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher, lesson: int
) -> None:
    for person in (student, teacher):
        assert lessons_of_day(client, person, "2026-12-03") == 1
        assert lessons_of_day(client, person, "2026-12-02") == 0
    here = make.instructor(zone_name=PARIS, user={"time_zone": "America/New_York"})
    make.booking(make.student(), here, LATE, zone_name=PARIS)
    assert lessons_of_day(client, here, "2026-12-02") == 1


def test_a_page_shows_the_lessons_zone_and_the_readers_only_where_he_has_said_one(
    app: Flask, make: Make, student: Person, teacher: Teacher, lesson: int
) -> None:
    seen = {
        person.id: log_in(app.test_client(), person).get(f"/lessons/{lesson}").text
        for person in (student, teacher)
    }
    for page in seen.values():
        assert "Paris time, CET" in page
        assert "New York time" not in page
    assert "For you " in seen[student.id]
    assert "Tokyo time, JST" in seen[student.id]
    assert "For you " not in seen[teacher.id]


def test_mails_follow_the_same_rule(
    app: Flask,
    client: FlaskClient,
    student: Person,
    teacher: Teacher,
    lesson: int,
    sent: list[Mail],
) -> None:
    gone = {"reason": "I am travelling."}
    path = f"/api/bookings/{lesson}/cancel"
    assert client.post(path, json=gone, headers=bearer(client, student)).status_code == 200
    deliver(app)
    texts = {mail.to: mail.text for mail in sent}
    assert "8:30 AM (Tokyo time, JST)" in texts[student.email]
    assert "12:30 AM (Paris time, CET)" in texts[teacher.email]
    assert not any("New York" in text for text in texts.values())
