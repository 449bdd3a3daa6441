"""An instructor's days off."""

from collections.abc import Sequence
from datetime import date

from app.domain.errors import NotFound, PastIsReadOnly
from app.models.availability import BlackoutDate
from app.models.user import User
from app.repositories.days_off import DayOffRepository
from app.services.base import Context, measure_operation
from app.services.hours import HoursSteps, HoursTools


class DayOffService(HoursSteps):
    """Closes whole days, in the instructor's zone. Lessons on them are left alone.

    Reasons are the instructor's own business: nobody else is shown them.
    """

    def __init__(self, context: Context, tools: HoursTools, days_off: DayOffRepository) -> None:
        super().__init__(context, tools)
        self._days_off = days_off

    @measure_operation
    def upcoming(self, instructor: User) -> Sequence[BlackoutDate]:
        """Days off from today on, earliest first. Raises NotFound without a profile."""
        return self._days_off.since(instructor.id, self._here(instructor).today)

    @measure_operation
    def add(self, instructor: User, day: date, reason: str | None = None) -> BlackoutDate:
        """Close a day to new bookings. Raises PastIsReadOnly, DayOffExists, NotFound,
        InvalidToken.
        """
        with self.transaction():
            if day < self._locked(instructor).today:
                told = "Cannot create blackout date in the past"
                raise PastIsReadOnly(told, field="date")
            self._users.still_open(instructor.id)
            row = self._days_off.add(
                BlackoutDate(
                    instructor_id=instructor.id,
                    date=day,
                    reason=reason or None,
                    created_at=self.clock.now(),
                )
            )
            self._profiles.raise_generation(instructor.id)
            self._audit.note(
                instructor,
                "day_off.add",
                "day_off",
                row.id,
                after={"date": day, "reason": row.reason},
            )
        return row

    @measure_operation
    def remove(self, instructor: User, day_off_id: int) -> None:
        """Open a day again. Raises NotFound, also for somebody else's."""
        with self.transaction():
            self._locked(instructor)
            gone = self._days_off.remove(instructor.id, day_off_id)
            if gone is None:
                raise NotFound("Blackout date not found")
            day, reason = gone
            self._profiles.raise_generation(instructor.id)
            self._audit.note(
                instructor,
                "day_off.remove",
                "day_off",
                day_off_id,
                before={"date": day, "reason": reason},
            )
