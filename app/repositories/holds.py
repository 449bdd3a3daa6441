"""Times kept for one person for a while."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from app.models.hold import TimeHold
from app.repositories.base import BaseRepository
from app.repositories.locks import lock_both


class HoldRepository(BaseRepository[TimeHold]):
    """Holds, by holder. Whether a time may be held, the evaluation says."""

    model = TimeHold

    def lock_calendars(self, instructor_id: int, holder_id: int) -> None:
        """Wait for bookings and holds of these two people, and let others wait."""
        lock_both(self._session, instructor_id, holder_id)

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
        own = holds_over(hold.holder_id, hold.instructor_id, hold.starts_at, hold.ends_at)
        self._session.execute(delete(TimeHold).where(own))
        return self.add(hold)

    def drop_expired(self, now: datetime) -> int:
        """Delete holds that hold nothing any more; returns how many."""
        old = delete(TimeHold).where(TimeHold.expires_at <= now).returning(TimeHold.id)
        return len(self._session.execute(old).all())


def holds_over(
    holder_id: int, instructor_id: int, starts_at: datetime | None, ends_at: datetime | None
) -> ColumnElement[bool]:
    """What somebody holds of an instructor's time within a stretch."""
    return and_(
        TimeHold.holder_id == holder_id,
        TimeHold.instructor_id == instructor_id,
        TimeHold.starts_at < ends_at,
        TimeHold.ends_at > starts_at,
    )
