"""Days off."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.domain.errors import DayOffExists
from app.models.availability import BlackoutDate
from app.repositories.base import BaseRepository

_ONE_A_DAY = ("unique_instructor_blackout_date", "blackout_dates.instructor_id")
"""What PostgreSQL and SQLite call the constraint."""


class DayOffRepository(BaseRepository[BlackoutDate]):
    """Whole days closed to bookings, by instructor and day."""

    model = BlackoutDate

    def since(self, instructor_id: int, first: date) -> Sequence[BlackoutDate]:
        """Days off from ``first`` on, earliest first."""
        wanted = select(BlackoutDate).where(
            BlackoutDate.instructor_id == instructor_id, BlackoutDate.date >= first
        )
        return self._session.scalars(wanted.order_by(BlackoutDate.date)).all()

    def add(self, row: BlackoutDate) -> BlackoutDate:
        """The constraint decides who was first. Raises DayOffExists."""
        try:
            return super().add(row)
        except IntegrityError as clash:
            if any(name in str(clash.orig) for name in _ONE_A_DAY):
                raise DayOffExists from clash
            raise

    def remove(self, instructor_id: int, day_off_id: int) -> tuple[date, str | None] | None:
        """Delete an instructor's own day off; its date and reason, None where there is none."""
        gone = self._session.execute(
            delete(BlackoutDate)
            .where(BlackoutDate.id == day_off_id, BlackoutDate.instructor_id == instructor_id)
            .returning(BlackoutDate.date, BlackoutDate.reason)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        return None if gone is None else (gone[0], gone[1])
