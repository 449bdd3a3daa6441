"""Booking by the wall clock over the API."""

from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.models.booking import Booking
from tests.clients import bearer
from tests.factories import Make, Teacher

RATE = "49.99"
DURATIONS = "30,45,60,90,120,180,240"


class Wall:
    """An instructor who is open all day, and a student who books by the wall clock."""

    def __init__(self, make: Make, client: FlaskClient) -> None:
        self._make = make
        self._client = client
        self.student = make.student()

    def teacher(self, zone_name: str, *days: str, buffer: int = 0) -> Teacher:
        """Open on these days and the ones after them."""
        teacher = self._make.instructor(
            rate=RATE,
            durations=DURATIONS,
            zone_name=zone_name,
            booking_horizon_days=365,
            buffer_time_minutes=buffer,
        )
        firsts = {_day(each) for each in days}
        for day in firsts | {day + timedelta(days=1) for day in firsts}:
            self._make.hours(teacher, day, "00:00-24:00")
        return teacher

    def book(self, teacher: Teacher, **sent: Any) -> Any:
        whom = {"instructor_id": teacher.id, "service_id": teacher.service_id}
        headers = bearer(self._client, self.student)  # of now: the clock may have moved
        return self._client.post("/api/bookings/", json=whom | sent, headers=headers)

    def stored(self) -> list[Booking]:
        with self._make.session() as session:
            return list(session.scalars(select(Booking).order_by(Booking.id)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date(2027, 1, 15)  # there is no such day to open
