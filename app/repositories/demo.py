"""Loading and clearing made-up data: whole tables at once, past the other repositories."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.orm import Session

from app.demo.bookings import Row
from app.demo.plan import DemoPlan
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.base import Base
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User

CHUNK = 1000


class DemoRepository:
    """All rows as a whole. Flushes nothing by itself and never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_empty(self) -> bool:
        """Whether nobody has an account yet."""
        return self._session.scalar(select(User.id).limit(1)) is None

    def hash_of(self, email: str) -> str | None:
        """The stored password hash of an account, None where there is no such account."""
        return self._session.scalar(select(User.hashed_password).where(User.email == email))

    def has_all(self, fixed_emails: Sequence[str]) -> bool:
        """Whether all of these accounts exist."""
        fixed = select(func.count()).select_from(User).where(User.email.in_(fixed_emails))
        return self._session.scalar(fixed) == len(fixed_emails)

    def is_demo(self, fixed_emails: Sequence[str]) -> bool:
        """Whether the fixed accounts exist and every other address is an example, too."""
        real = select(User.id).where(User.email.not_like("%@example.com")).limit(1)
        return self.has_all(fixed_emails) and self._session.scalar(real) is None

    def load(self, plan: DemoPlan) -> None:
        """Insert every row under its own id."""
        tables: tuple[tuple[type[Base], Sequence[Row]], ...] = (
            (User, plan.users),
            (InstructorProfile, plan.instructor_profiles),
            (Service, plan.services),
            (AvailabilitySlot, plan.availability_slots),
            (BlackoutDate, plan.blackout_dates),
            (Booking, plan.bookings),
        )
        for model, rows in tables:
            table = cast(Table, model.__table__)
            for start in range(0, len(rows), CHUNK):
                self._session.execute(insert(table), rows[start : start + CHUNK])
            self._advance_ids(table)

    def analyze(self) -> None:
        """Tell PostgreSQL's planner of many new rows at once rather than in a minute's time."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("ANALYZE"))

    def clear(self) -> None:
        """Delete every row of every table, those first that refer to others."""
        for table in reversed(Base.metadata.sorted_tables):
            self._session.execute(delete(table))
        self._session.expunge_all()

    def _advance_ids(self, table: Table) -> None:
        """PostgreSQL does not notice ids that were given: the next one follows the highest."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        sequence = func.pg_get_serial_sequence(table.name, "id")
        highest = select(func.coalesce(func.max(table.c.id), 1)).scalar_subquery()
        self._session.execute(select(func.setval(sequence, highest)))
