"""Steps in a booking's life, taken over the API, and what they leave behind."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models.audit import AuditEntry
from app.models.outbox import OutboxMail
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher

BOOKINGS = "/api/bookings/"
THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def student(make: Make) -> Person:
    return make.student()


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor(durations="60,90")
    make.open_days(teacher, [TUESDAY, WEDNESDAY, THURSDAY], "09:00-17:00")
    return teacher


@pytest.fixture
def asking(make: Make) -> Teacher:
    """An instructor who answers every request himself."""
    teacher = make.instructor(requires_approval=True)
    make.open_days(teacher, [TUESDAY, WEDNESDAY, THURSDAY], "09:00-17:00")
    return teacher


def wish(teacher: Teacher, day: Any = THURSDAY, start: str = "10:00", **more: Any) -> dict:
    named = {"instructor_id": teacher.id, "service_id": teacher.service_id}
    return {**named, "booking_date": f"{day}", "start_time": start, **more}


def do(
    client: FlaskClient, person: Person, booking_id: int, step: str, **sent: Any
) -> TestResponse:
    path = f"{BOOKINGS}{booking_id}/{step}".rstrip("/")
    verb = client.post if step else client.patch
    return verb(path, json=sent, headers=bearer(client, person))


def move(
    client: FlaskClient, person: Person, booking_id: int, day: Any, start: str, **more: Any
) -> TestResponse:
    return do(
        client, person, booking_id, "reschedule", booking_date=f"{day}", start_time=start, **more
    )


def book(client: FlaskClient, person: Person, teacher: Teacher, **more: Any) -> dict:
    answer = client.post(BOOKINGS, json=wish(teacher, **more), headers=bearer(client, person))
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def mails(make: Make) -> list[tuple[str, int, str, int]]:
    with make.session() as session:
        rows = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    return [(row.kind, row.recipient_id, row.state, row.version) for row in rows]


def trail(make: Make) -> list[str]:
    with make.session() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
