"""Offers a time that has freed to those who wait, one after the other."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from app.domain.errors import DomainError
from app.domain.limits import WAITING_LINE_MAX
from app.domain.mails import MailKind
from app.domain.offers import LessonRequest
from app.domain.waiting import EndReason, OfferState, WishState, kept_until
from app.domain.week import days_between
from app.models.hold import TimeHold
from app.models.instructor import InstructorProfile
from app.models.waiting import WaitingOffer, WaitingWish
from app.services.base import Context, measure_operation
from app.services.holds import HoldService
from app.services.notifications import NotificationService
from app.services.unit_of_work import DATABASE_AWAY
from app.services.waiting_line import Line
from app.services.waiting_steps import WaitingSteps, WaitingTools

log = logging.getLogger(__name__)

LINES = 50
"""How many instructors' lines one round looks at."""
STEPS = 100
"""How many transactions one round spends on one line; the rest comes in the next."""
_REACH = timedelta(days=2)
_TOLD_OF = {
    OfferState.EXPIRED: MailKind.WAITING_PASSED,
    OfferState.WITHDRAWN: MailKind.WAITING_WITHDRAWN,
}


class WaitingOfferService(WaitingSteps):
    """The worker's part of the waiting list.

    A line is judged under its instructor's lock, so that several workers never offer one time
    twice. Each offer is a transaction of its own, for it also takes its student's lock: with two
    students in one transaction, two workers could wait for one another.
    """

    slow_seconds = 30.0

    def __init__(
        self,
        context: Context,
        tools: WaitingTools,
        holds: HoldService,
        notifications: NotificationService,
    ) -> None:
        super().__init__(context, tools)
        self._holds = holds
        self._notifications = notifications

    @measure_operation
    def make_due(self) -> int:
        """End what has run out and offer what has freed, wherever something changed; how many
        offers were made. Where nothing has, this is one statement.
        """
        made = 0
        for instructor_id in self._wishes.due(self.clock.now(), LINES):
            try:
                made += self._serve(instructor_id)
            except DATABASE_AWAY:
                raise
            except Exception:  # the other lines go on, and this one next time
                log.exception("the waiting list of instructor %d: failed", instructor_id)
        return made

    def _serve(self, instructor_id: int) -> int:
        made, left_out = 0, set[int]()
        for _ in range(STEPS):
            with self.transaction():
                line = self._line(instructor_id, left_out)
                if line is None:
                    break
                if self._tidy(instructor_id, line):
                    continue
                chosen = line.next_offer()
                if chosen is None:
                    again_at = line.look_again_at()
                    self._wishes.note_judged(instructor_id, line.generation, again_at)
                    break
                made += self._offer(line, *chosen)
        return made

    def _line(self, instructor_id: int, left_out: set[int]) -> Line | None:
        """The line as it is now, locked; nothing where somebody else has just judged it.

        The generation is read before anything that it stands for.
        """
        self._wishes.lock_line(instructor_id)
        profile = self._profiles.of(instructor_id, fresh=True)
        wishes = self._wishes.line(instructor_id, WAITING_LINE_MAX)
        now = self.clock.now()
        if profile is None or not _is_due(profile, wishes, now):
            return None
        zone_name = profile.time_zone or self.platform_zone
        first = self.clock.today(zone_name)
        last = max(first, *(wish.last_day for wish in wishes))
        calendar = self._checker.calendars([profile], days_between(first, last))[instructor_id]
        offers = self._offers.of_wishes([wish.id for wish in wishes])
        lessons = self._wishes.lessons(
            {wish.student_id for wish in wishes},
            datetime.combine(first, datetime.min.time(), tzinfo=UTC) - _REACH,
            datetime.combine(last, datetime.min.time(), tzinfo=UTC) + _REACH,
        )
        generation = profile.generation
        return Line(generation, calendar, wishes, _by_wish(offers), lessons, now, left_out)

    def _tidy(self, instructor_id: int, line: Line) -> bool:
        """End what has ended; whether anything has. Rows change before the generation does, in
        the order in which bookings do so.
        """
        wishes, offers = list(line.ended_wishes()), list(line.ended_offers())
        over = {wish.id for wish, _, _ in wishes}
        for wish, offer, state in offers:
            self._end_offer(wish, offer, state, is_told=wish.id not in over)
        for wish, end, reason in wishes:
            for offer in line.open_offers(wish):
                offers.append((wish, offer, OfferState.WITHDRAWN))
                self._end_offer(wish, offer, OfferState.WITHDRAWN, is_told=False)
            self._end_wish(wish, end, reason)
        if offers:
            self._profiles.raise_generation(instructor_id)
        return bool(offers or wishes)

    def _end_offer(
        self, wish: WaitingWish, offer: WaitingOffer, state: OfferState, *, is_told: bool
    ) -> None:
        now = self.clock.now()
        if not self._offers.close(offer, state, now):
            return
        self._audit.note(
            None,
            f"waiting.{'expire' if state is OfferState.EXPIRED else 'withdraw'}",
            "waiting",
            wish.id,
            before={"offer": OfferState.OPEN, "starts_at": offer.starts_at},
            after={"offer": state, "closed_at": now},
        )
        if is_told:
            self._tell(_TOLD_OF[state], wish, offer)

    def _end_wish(self, wish: WaitingWish, state: WishState, reason: EndReason | None) -> None:
        if self._wishes.close(wish, state, self.clock.now(), reason):
            self._audit.note(
                None,
                "waiting.end",
                "waiting",
                wish.id,
                before={"state": WishState.OPEN},
                after={"state": state, "why": reason},
            )

    def _offer(self, line: Line, wish: WaitingWish, start: datetime) -> int:
        """Keep the time for him and tell him; 0 where he cannot have it after all."""
        request = LessonRequest(
            wish.instructor_id, wish.service_id, starts_at=start, minutes=wish.minutes
        )
        lasting = kept_until(start, line.calendar.rules, line.now) - line.now
        try:
            hold = self._holds.place(wish.student, request, lasting, by_holder=False)
        except DomainError as refused:
            log.info("wish %d is passed over: %s", wish.id, refused.code)
            line.left_out.add(wish.id)
            return 0
        offer = self._offers.add(_offer_of(wish, hold))
        self._audit.note(
            None,
            "waiting.offer",
            "waiting",
            wish.id,
            after={"offer": offer.state, "starts_at": offer.starts_at, "until": offer.expires_at},
        )
        self._tell(MailKind.WAITING_OFFER, wish, offer)
        return 1

    def _tell(self, kind: MailKind, wish: WaitingWish, offer: WaitingOffer) -> None:
        occasion = f"offer{offer.id}"
        self._notifications.to_person(kind, wish.student, occasion, {"offer_id": offer.id})


def _is_due(profile: InstructorProfile, wishes: Sequence[WaitingWish], now: datetime) -> bool:
    return any(
        wish.judged_generation != profile.generation or wish.judge_at <= now for wish in wishes
    )


def _by_wish(offers: Sequence[WaitingOffer]) -> dict[int, Sequence[WaitingOffer]]:
    ordered = sorted(offers, key=lambda each: (each.wish_id, each.id))
    return {key: tuple(group) for key, group in groupby(ordered, key=lambda each: each.wish_id)}


def _offer_of(wish: WaitingWish, hold: TimeHold) -> WaitingOffer:
    return WaitingOffer(
        wish_id=wish.id,
        student_id=wish.student_id,
        instructor_id=wish.instructor_id,
        starts_at=hold.starts_at,
        ends_at=hold.ends_at,
        expires_at=hold.expires_at,
        state=OfferState.OPEN.value,
        made_at=hold.created_at,
    )
