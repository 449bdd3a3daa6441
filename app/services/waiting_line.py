"""One instructor's waiting list as it is at a moment, and what follows from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.evaluation import Calendar, Wish, evaluate
from app.domain.vocabulary import Role
from app.domain.waiting import (
    JUDGE_AGAIN,
    PASSED_ON,
    EndReason,
    OfferState,
    WishState,
    first_fit,
)
from app.models.waiting import WaitingOffer, WaitingWish
from app.repositories.waiting_wishes import OwnLesson


@dataclass(frozen=True, slots=True)
class Line:
    """Wishes in order, what each was offered, and all that decides about the instructor's time.

    ``generation`` is what he had reached before anything else was read. ``lessons`` are those
    that the people in line take, by person. Wishes ``left_out`` are offered nothing this time.
    """

    generation: int
    calendar: Calendar
    wishes: Sequence[WaitingWish]
    offers: Mapping[int, Sequence[WaitingOffer]]
    lessons: Mapping[int, Sequence[OwnLesson]]
    now: datetime
    left_out: set[int] = field(default_factory=set)

    def open_offers(self, wish: WaitingWish) -> list[WaitingOffer]:
        """One at most, unless it has ended since."""
        return [each for each in self.offers.get(wish.id, ()) if each.state == OfferState.OPEN]

    def ended_offers(self) -> Iterator[tuple[WaitingWish, WaitingOffer, OfferState]]:
        """Open offers whose time has run out, or can no longer be booked."""
        for wish in self.wishes:
            for offer in self.open_offers(wish):
                if offer.expires_at <= self.now:
                    yield wish, offer, OfferState.EXPIRED
                elif self._stands_against(wish, offer):
                    yield wish, offer, OfferState.WITHDRAWN

    def ended_wishes(self) -> Iterator[tuple[WaitingWish, WishState, EndReason | None]]:
        """Wishes that nothing can be offered for any more, and why."""
        for wish in self.wishes:
            if reason := self._end_reason(wish):
                yield wish, WishState.ENDED, reason
            elif self._has_what_he_wants(wish):
                yield wish, WishState.FULFILLED, None
            elif wish.wanted.is_over(self.calendar.zone, self.calendar.rules, self.now):
                yield wish, WishState.EXPIRED, None

    def next_offer(self) -> tuple[WaitingWish, datetime] | None:
        """The first in line whom a time fits, and its start.

        Whoever has an open offer decides about that one first.
        """
        deciding = {wish.student_id for wish in self.wishes if any(self.open_offers(wish))}
        for wish in self.wishes:
            if wish.student_id in deciding or wish.id in self.left_out:
                continue
            start = first_fit(
                self.calendar,
                self._lesson(wish),
                wish.wanted,
                now=self.now,
                passed=[
                    (each.starts_at, each.ends_at)
                    for each in self.offers.get(wish.id, ())
                    if each.state in PASSED_ON
                ],
            )
            if start is not None:
                return wish, start
        return None

    def look_again_at(self) -> datetime:
        """When time alone may change what was found: an offer or another hold runs out."""
        ends = [each.expires_at for wish in self.wishes for each in self.open_offers(wish)]
        ends += [each.expires_at for each in self.calendar.holds]
        return min([self.now + JUDGE_AGAIN, *(each for each in ends if each > self.now)])

    def _lesson(self, wish: WaitingWish, start: datetime | None = None) -> Wish:
        service = wish.service
        own = self.lessons.get(wish.student_id, ())
        return Wish(
            start,
            wish.minutes,
            wish.student_id,
            [(each.starts_at, each.ends_at) for each in own],
            is_service_active=service.is_bookable,
            offered_minutes=service.offered_minutes,
        )

    def _stands_against(self, wish: WaitingWish, offer: WaitingOffer) -> bool:
        asked = self._lesson(wish, offer.starts_at)
        return bool(evaluate(self.calendar, asked, now=self.now))

    def _end_reason(self, wish: WaitingWish) -> EndReason | None:
        if not wish.student.is_open or wish.student.kind is not Role.STUDENT:
            return EndReason.STUDENT
        if not self.calendar.rules.is_active:
            return EndReason.INSTRUCTOR
        service = wish.service
        is_taught = service.is_bookable and wish.minutes in service.offered_minutes
        return None if is_taught else EndReason.SERVICE

    def _has_what_he_wants(self, wish: WaitingWish) -> bool:
        """Whether he has booked such a lesson since, be it through an offer or not."""
        return any(
            (each.instructor_id, each.service_id) == (wish.instructor_id, wish.service_id)
            and each.created_at > wish.created_at
            and wish.wanted.takes(each.starts_at, self.calendar.zone)
            for each in self.lessons.get(wish.student_id, ())
        )
