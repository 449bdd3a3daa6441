"""What the tests of the staff's desk share: people, lessons, signing in, reading lists."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app.domain.vocabulary import BookingStatus
from app.extensions import db
from app.infra.passwords import Passwords
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User

PASSWORD = "correct horse battery"
HASH = Passwords(4).hash(PASSWORD)
NOON = datetime(2026, 12, 1, 17, tzinfo=UTC)  # in New York


def fill(app: Flask) -> dict[str, int]:
    """One person of each role and an instructor's service; their ids."""
    with app.app_context():
        names = {
            "student": "Luis O'Neil",
            "instructor": "Maya Cohen",
            "support": "Sue Park",
            "admin": "Ada Diaz",
        }
        rows = {role: person(role, name, f"{role}@example.com") for role, name in names.items()}
        db.session.add_all(rows.values())
        db.session.flush()
        profile = InstructorProfile(user_id=rows["instructor"].id, time_zone="America/New_York")
        db.session.add(profile)
        db.session.flush()
        service = Service(
            instructor_profile_id=profile.id, skill="Jazz piano", hourly_rate=Decimal(80)
        )
        db.session.add(service)
        db.session.commit()
        return {**{role: row.id for role, row in rows.items()}, "service": service.id}


def sign_in(client: FlaskClient, role: str) -> FlaskClient:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
    client.post(
        "/login",
        data={
            "csrf_token": token.group(1) if token else "",
            "email": f"{role}@example.com",
            "password": PASSWORD,
        },
    )
    return client


def person(role: str, name: str, email: str) -> User:
    return User(role=role, full_name=name, email=email, hashed_password=HASH)


def add_lessons(app: Flask, people: dict[str, int], count: int, **values: Any) -> list[int]:
    """Lessons on successive days at noon from NOON on; their ids."""
    with app.app_context():
        before = db.session.scalar(select(func.count(Booking.id))) or 0
        rows = [_lesson(people, before + number, values) for number in range(count)]
        db.session.add_all(rows)
        db.session.commit()
        return [row.id for row in rows]


def _lesson(people: dict[str, int], number: int, values: dict[str, Any]) -> Booking:
    starts = values.get("starts_at", NOON + timedelta(days=number))
    local = starts.astimezone(ZoneInfo("America/New_York"))
    usual = {
        "student_id": people["student"],
        "instructor_id": people["instructor"],
        "service_id": people["service"],
        "booking_date": local.date(),
        "start_time": local.time(),
        "end_time": (local + timedelta(hours=1)).time(),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "blocked_until": starts + timedelta(hours=1),
        "time_zone": "America/New_York",
        "service_name": "Jazz piano",
        "hourly_rate": Decimal(80),
        "total_price": Decimal(80),
        "duration_minutes": 60,
        "status": BookingStatus.CONFIRMED,
        "reference": f"REF{number:05d}",
    }
    return Booking(**{**usual, **values})


def found(client: FlaskClient, view: str, **query: str) -> list[str]:
    """The first column of a list, as shown."""
    page = client.get(f"/admin/{view}/", query_string=query)
    assert page.status_code == 200
    return re.findall(r'<th scope="row">\s*<a [^>]*>([^<]*)</a>', page.text)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements run meanwhile."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
