"""What somebody waits for and where he is in line; and how many wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import NotAllowed
from app.domain.offers import check_public_range
from app.domain.waiting import WishState, places
from app.domain.week import days_between
from app.domain.zones import local_date, zone
from app.models.user import User
from app.models.waiting import WaitingOffer, WaitingWish
from app.services.base import measure_operation
from app.services.waiting_steps import SHOWN, WaitingSteps


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in line: one place on all his days, or from the best to the worst."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wish; the time that is kept for it now; its place while it waits for one.

    ``zone_name`` is the instructor's.
    """

    wish: WaitingWish
    zone_name: str
    offer: WaitingOffer | None = None
    place: Place | None = None


class WaitingListService(WaitingSteps):
    """Reads only. A place is told of those in line, counted anew each time."""

    @measure_operation
    def mine(self, student: User) -> Sequence[Waiting]:
        """What somebody waits for, and what became of what he waited for before."""
        return self._seen(self._wishes.of_student(student.id, SHOWN))

    @measure_operation
    def one(self, student: User, wish_id: int) -> Waiting:
        """One of one's own wishes. Raises NotFound."""
        return self._seen([self._found(student, wish_id)])[0]

    @measure_operation
    def per_day(
        self, person: User, instructor_id: int, first: date, last: date
    ) -> Mapping[date, int]:
        """How many people wait for each day of a range, both included: for the instructor and
        for staff. Raises NotAllowed, InvalidRange, InvalidInput.
        """
        if not (person.kind.is_staff or person.id == instructor_id):
            raise NotAllowed
        check_public_range(first, last)
        found = self._wishes.lines([instructor_id], (first, last))
        return {
            day: len({each.student_id for each in found if each.first_day <= day <= each.last_day})
            for day in days_between(first, last)
        }

    def _seen(self, wishes: Sequence[WaitingWish]) -> list[Waiting]:
        """Three statements at most, however many wishes."""
        now = self.clock.now()
        open_ids = [wish.id for wish in wishes if wish.state == WishState.OPEN]
        instructors = {wish.instructor_id for wish in wishes if wish.id in open_ids}
        lines = self._wishes.lines(instructors) if instructors else []
        kept = {
            each.wish_id: each
            for each in (self._offers.of_wishes(open_ids) if open_ids else ())
            if each.is_open_at(now)
        }
        found = []
        for wish in wishes:
            zone_name = wish.zone_name or self.platform_zone
            place = None
            if wish.id in open_ids and wish.id not in kept:
                today = local_date(zone(zone_name), now)
                others = _ahead(wish, lines)
                place = Place(*places(wish.wanted, [each.wanted for each in others], today))
            found.append(Waiting(wish, zone_name, kept.get(wish.id), place))
        return found


def _ahead(wish: WaitingWish, lines: Sequence[WaitingWish]) -> list[WaitingWish]:
    """Those of other people who came first."""
    mine = (wish.created_at, wish.id)
    return [
        each
        for each in lines
        if each.instructor_id == wish.instructor_id
        and each.student_id != wish.student_id
        and (each.created_at, each.id) < mine
    ]
