"""Times kept for one person for a while."""

from datetime import datetime

from sqlalchemy import delete, select

from app.models.hold import TimeHold
from app.repositories.base import BaseRepository
from app.repositories.locks import lock_instructor, lock_student


class HoldRepository(BaseRepository[TimeHold]):
    """Holds, by holder. Whether a time may be held, the evaluation says."""

    model = TimeHold

    def lock_calendars(self, instructor_id: int, holder_id: int) -> None:
        """Wait for bookings and holds of these two people, and let others wait."""
        lock_instructor(self._session, instructor_id)
        lock_student(self._session, holder_id)

    def of_holder(self, hold_id: int, holder_id: int) -> TimeHold | None:
        """A hold, for its holder only."""
        wanted = select(TimeHold).where(TimeHold.id == hold_id, TimeHold.holder_id == holder_id)
        return self._session.scalars(
            wanted, execution_options={"populate_existing": True}
        ).one_or_none()

    def remove(self, hold: TimeHold) -> None:
        """Give its time back."""
        self._session.delete(hold)
        self._session.flush()

    def replace_own(self, hold: TimeHold) -> TimeHold:
        """Store a hold in place of those that its holder has at that time already."""
        self._session.execute(
            delete(TimeHold).where(
                TimeHold.holder_id == hold.holder_id,
                TimeHold.instructor_id == hold.instructor_id,
                TimeHold.starts_at < hold.ends_at,
                TimeHold.ends_at > hold.starts_at,
            )
        )
        return self.add(hold)

    def drop_expired(self, now: datetime) -> int:
        """Delete holds that hold nothing any more; returns how many."""
        old = delete(TimeHold).where(TimeHold.expires_at <= now).returning(TimeHold.id)
        return len(self._session.execute(old).all())
