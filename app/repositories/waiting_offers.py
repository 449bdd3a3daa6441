"""What was offered to those who wait."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session, joinedload

from app.domain.waiting import PASSED_ON, OfferState, WishState
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.instructor import Service
from app.models.waiting import WaitingOffer, WaitingWish
from app.repositories.base import BaseRepository
from app.repositories.holds import holds_over

_TOLD = (OfferState.OPEN, *sorted(PASSED_ON))


class WaitingOfferRepository(BaseRepository[WaitingOffer]):
    """Offers, each with the hold that keeps its time."""

    model = WaitingOffer

    def of_wishes(self, wish_ids: Collection[int]) -> Sequence[WaitingOffer]:
        """The open offers of wishes, and those that were let pass."""
        wanted = select(WaitingOffer).where(
            WaitingOffer.wish_id.in_(wish_ids), WaitingOffer.state.in_(_TOLD)
        )
        return self._session.scalars(
            wanted.order_by(WaitingOffer.id), execution_options={"populate_existing": True}
        ).all()

    def of_person(self, offer_id: int, student_id: int) -> WaitingOffer | None:
        """An offer as it is now with all that it is about, for whose it is only."""
        wanted = select_offers().where(
            WaitingOffer.id == offer_id, WaitingOffer.student_id == student_id
        )
        return self._session.scalars(
            wanted, execution_options={"populate_existing": True}
        ).one_or_none()

    def close(self, offer: WaitingOffer, state: OfferState, now: datetime) -> bool:
        """End an offer and give its time back; false where it has ended meanwhile."""
        values = {"state": state.value, "closed_at": now}
        closed = self._session.execute(
            update(WaitingOffer)
            .where(WaitingOffer.id == offer.id, WaitingOffer.state == OfferState.OPEN)
            .values(values)
            .returning(WaitingOffer.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        self._session.refresh(offer, list(values))
        if closed is None:
            return False
        kept = holds_over(offer.student_id, offer.instructor_id, offer.starts_at, offer.ends_at)
        self._session.execute(delete(TimeHold).where(kept))
        return True


def select_offers() -> Select[WaitingOffer]:
    """Offers with the wish, the instructor and what he teaches."""
    wish = joinedload(WaitingOffer.wish, innerjoin=True)
    return select(WaitingOffer).options(
        wish.joinedload(WaitingWish.instructor, innerjoin=True),
        wish.joinedload(WaitingWish.service, innerjoin=True).joinedload(Service.profile),
    )


def take_offers(session: Session, booking: Booking, now: datetime) -> Sequence[int]:
    """Note that a lesson was made of what was offered at its time; the ids of the wishes that
    are fulfilled by it.
    """
    taken = session.scalars(
        update(WaitingOffer)
        .where(
            WaitingOffer.student_id == booking.student_id,
            WaitingOffer.instructor_id == booking.instructor_id,
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.starts_at < booking.ends_at,
            WaitingOffer.ends_at > booking.starts_at,
        )
        .values(state=OfferState.TAKEN.value, closed_at=now, booking_id=booking.id)
        .returning(WaitingOffer.wish_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not taken:
        return []
    return session.scalars(
        update(WaitingWish)
        .where(WaitingWish.id.in_(taken), WaitingWish.state == WishState.OPEN)
        .values(state=WishState.FULFILLED.value, closed_at=now)
        .returning(WaitingWish.id)
        .execution_options(synchronize_session=False)
    ).all()
