"""An instructor's hours over the API, and what lies in the tables."""

from datetime import date, time, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models.audit import AuditEntry
from app.models.availability import AvailabilitySlot
from app.models.instructor import InstructorProfile
from tests.clients import bearer
from tests.factories import TUESDAY, Make, Teacher

PATH = "/api/instructors/availability-windows"
MONDAY = TUESDAY - timedelta(days=1)  # of the current week, yesterday
NEXT = MONDAY + timedelta(days=7)
AFTER = NEXT + timedelta(days=7)


class Hours:
    """What an instructor sends, and what became of it."""

    def __init__(self, client: FlaskClient, make: Make, teacher: Teacher) -> None:
        self.client, self.teacher, self._make = client, teacher, make
        self.headers = bearer(client, teacher)

    def send(
        self, method: str, tail: str, sent: Any = None, *, headers: dict[str, str] | None = None
    ) -> TestResponse:
        more = {} if sent is None else {"json": sent}
        return self.client.open(
            PATH + tail, method=method, headers=self.headers | (headers or {}), **more
        )

    def get(self, tail: str = "/") -> Any:
        answer = self.send("GET", tail)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def add(self, day: date, start: str, end: str) -> TestResponse:
        sent = {"specific_date": f"{day}", "start_time": start, "end_time": end}
        return self.send("POST", "/specific-date", sent)

    def copy(
        self, source: date, target: date, headers: dict[str, str] | None = None
    ) -> TestResponse:
        sent = {"from_week_start": f"{source}", "to_week_start": f"{target}"}
        return self.send("POST", "/copy-week", sent, headers=headers)

    def apply(self, source: date, first: date, last: date) -> TestResponse:
        sent = {"from_week_start": f"{source}", "start_date": f"{first}", "end_date": f"{last}"}
        return self.send("POST", "/apply-to-date-range", sent)

    def stored(self) -> list[tuple[int, date, time, time]]:
        """Every window's row by day and time."""
        slot = AvailabilitySlot
        wanted = select(slot.id, slot.specific_date, slot.start_time, slot.end_time).where(
            slot.instructor_id == self.teacher.id
        )
        with self._make.session() as session:
            order = (slot.specific_date, slot.start_time, slot.id)
            return [tuple(row) for row in session.execute(wanted.order_by(*order))]

    def spans(self, day: date) -> list[str]:
        """What lies in the table for a day."""
        return [f"{start:%H:%M}-{end:%H:%M}" for _, on, start, end in self.stored() if on == day]

    @property
    def generation(self) -> int:
        with self._make.session() as session:
            key = self._make.profile_id(self.teacher)
            return session.get_one(InstructorProfile, key).generation

    def trail(self) -> list[tuple[str, str]]:
        """Action and changes of everything noted of hours and days off."""
        wanted = select(AuditEntry.action, AuditEntry.changes).where(
            AuditEntry.subject_type.in_(("hours", "day_off"))
        )
        with self._make.session() as session:
            return [tuple(row) for row in session.execute(wanted.order_by(AuditEntry.id))]
