"""What waits for somebody who goes, or who no longer takes lessons."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.waiting import EndReason, OfferState, WishState
from app.models.hold import TimeHold
from app.models.waiting import WaitingOffer, WaitingWish


class WaitingRemainsRepository:
    """The wishes of one student, all at once. Flushes, never commits.

    What is returned are the instructors whose time was kept for him, ascending: it is free now,
    so that their generation has to be raised.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def end(self, student_id: int, now: datetime) -> Sequence[int]:
        """Take a student out of every line; what he waited for can still be told."""
        closed = {"closed_at": now}
        for statement in (
            update(WaitingOffer)
            .where(WaitingOffer.student_id == student_id, WaitingOffer.state == OfferState.OPEN)
            .values(state=OfferState.WITHDRAWN.value, **closed),
            update(WaitingWish)
            .where(WaitingWish.student_id == student_id, WaitingWish.state == WishState.OPEN)
            .values(state=WishState.ENDED.value, reason=EndReason.STUDENT.value, **closed),
        ):
            self._session.execute(statement.execution_options(synchronize_session=False))
        return self._release(student_id)

    def drop(self, student_id: int) -> Sequence[int]:
        """Forget everything that a student ever waited for; offers go with their wishes."""
        gone = delete(WaitingWish).where(WaitingWish.student_id == student_id)
        self._session.execute(gone.execution_options(synchronize_session=False))
        return self._release(student_id)

    def _release(self, student_id: int) -> Sequence[int]:
        held = TimeHold.holder_id == student_id
        found = self._session.scalars(select(TimeHold.instructor_id).where(held)).all()
        if found:
            gone = delete(TimeHold).where(held)
            self._session.execute(gone.execution_options(synchronize_session=False))
        return sorted(set(found))
