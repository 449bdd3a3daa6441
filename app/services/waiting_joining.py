"""Joining an instructor's waiting list, and leaving it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.domain.errors import (
    InvalidInput,
    InvalidRange,
    NotAllowed,
    NotFound,
    WrongState,
)
from app.domain.limits import WAITING_LINE_MAX, WAITING_RANGE_MAX_DAYS, WISHES_MAX
from app.domain.vocabulary import Role
from app.domain.waiting import OfferState, Wanted, WishState, fitting
from app.domain.waiting_errors import LineFull, TimesAreFree, TooManyWishes
from app.domain.zones import zone
from app.models.user import User
from app.models.waiting import WaitingWish
from app.services.base import measure_operation
from app.services.conflict_checker import Offer
from app.services.waiting_steps import SHOWN, WaitingFor, WaitingSteps

FREE_TOLD = 3
"""How many free times are named to whom need not wait."""


class WaitingJoiningService(WaitingSteps):
    """Who waits is in line from the moment of joining, and nobody waits for what is free."""

    @measure_operation
    def join(self, student: User, wish: WaitingFor) -> WaitingWish:
        """Get in line; the same wish again is the one that is in line already.

        Raises NotAllowed, NotFound, InvalidInput, InvalidRange, TimesAreFree, TooManyWishes,
        LineFull, InvalidToken.
        """
        if student.kind is not Role.STUDENT:
            raise NotAllowed("Only students wait for lessons")
        with self.transaction():
            self._wishes.lock_calendars(wish.instructor_id, student.id)
            self._users.still_open(student.id)
            offer = self._checker.offer(wish.instructor_id, wish.service_id, fresh=True)
            self._check(offer, wish)
            own = [
                each
                for each in self._wishes.of_student(student.id, SHOWN)
                if each.state == WishState.OPEN
            ]
            if known := next((each for each in own if _is_same(each, wish)), None):
                return known
            self._check_room(own, wish)
            self._check_need(student, offer, wish)
            row = self._wishes.add(self._row(student, wish))
            self._audit.note(student, "waiting.join", "waiting", row.id, after=_told(row))
        return row

    @measure_operation
    def leave(self, student: User, wish_id: int) -> None:
        """Get out of line; a time that was kept goes to the next. Twice is once.

        Raises NotFound, WrongState.
        """
        instructor_id = self._found(student, wish_id).instructor_id
        with self.transaction():
            self._wishes.lock_calendars(instructor_id, student.id)
            wish = self._found(student, wish_id)
            if wish.state == WishState.LEFT:
                return
            now = self.clock.now()
            if not self._wishes.close(wish, WishState.LEFT, now):
                raise WrongState("You no longer wait for this.")
            for offer in self._offers.of_wishes([wish.id]):
                if self._offers.close(offer, OfferState.DECLINED, now):
                    self._profiles.raise_generation(instructor_id)
            before, after = {"state": WishState.OPEN}, {"state": WishState.LEFT}
            self._audit.note(
                student, "waiting.leave", "waiting", wish.id, before=before, after=after
            )

    def _check(self, offer: Offer, wish: WaitingFor) -> None:
        """Whether this can be waited for at all."""
        if not offer.rules.is_active:
            raise NotFound("Instructor profile not found")
        if not offer.service.is_bookable:
            raise NotFound("Service not found or no longer available")
        if wish.minutes not in offer.service.offered_minutes:
            raise InvalidInput("That lesson length is not offered.", field="minutes")
        wanted = wish.wanted
        check_days(wanted)
        today = self.clock.today(offer.zone_name)
        if wanted.first < today:
            raise InvalidInput("That day has passed.", field="first_day")
        if (wanted.last - today).days > offer.rules.horizon_days:
            raise InvalidInput("Lessons cannot be booked that far ahead yet.", field="last_day")
        if wanted.is_over(zone(offer.zone_name), offer.rules, self.clock.now()):
            raise InvalidInput("It is too late for that on that day.", field="part")

    def _check_room(self, own: Sequence[WaitingWish], wish: WaitingFor) -> None:
        if len(own) >= WISHES_MAX:
            raise TooManyWishes
        if self._wishes.length(wish.instructor_id) >= WAITING_LINE_MAX:
            raise LineFull

    def _check_need(self, student: User, offer: Offer, wish: WaitingFor) -> None:
        """Nobody waits for what can be booked at once."""
        wanted = wish.wanted
        calendar, lesson = self._checker.calendar(offer, wanted.first, wanted.last, student)
        lesson = replace(lesson, minutes=wish.minutes)
        free = fitting(calendar, lesson, wanted, now=self.clock.now())
        if starts := list(islice(free, FREE_TOLD)):
            raise TimesAreFree(starts)

    def _row(self, student: User, wish: WaitingFor) -> WaitingWish:
        now = self.clock.now()
        return WaitingWish(
            student_id=student.id,
            instructor_id=wish.instructor_id,
            service_id=wish.service_id,
            minutes=wish.minutes,
            first_day=wish.wanted.first,
            last_day=wish.wanted.last,
            part=wish.wanted.part.value,
            state=WishState.OPEN.value,
            created_at=now,
            judge_at=now,
        )


def check_days(wanted: Wanted) -> None:
    """Raises InvalidRange, and InvalidInput for more days than one may wait for."""
    if wanted.last < wanted.first:
        raise InvalidRange("The last day must not be before the first.", field="last_day")
    if (wanted.last - wanted.first).days >= WAITING_RANGE_MAX_DAYS:
        raise InvalidInput(f"Choose at most {WAITING_RANGE_MAX_DAYS} days.", field="last_day")


def _is_same(row: WaitingWish, wish: WaitingFor) -> bool:
    return wish == WaitingFor(row.instructor_id, row.service_id, row.minutes, row.wanted)


def _told(row: WaitingWish) -> dict[str, object]:
    names = ("instructor_id", "service_id", "minutes", "first_day", "last_day", "part", "state")
    return {name: getattr(row, name) for name in names}
