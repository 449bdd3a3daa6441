"""Lists of bookings, for the people in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.vocabulary import BookingStatus
from app.domain.week import Week
from app.domain.zones import day_span, zone
from app.models.booking import Booking
from app.models.user import User
from app.repositories.bookings import BookingRepository
from app.services.base import BaseService, Context, measure_operation

LIST_LIMIT = 100


@dataclass(frozen=True, slots=True)
class BookingPage:
    """Some of a person's bookings."""

    bookings: Sequence[Booking]
    total: int
    page: int
    per_page: int


class BookingListService(BaseService):
    """Queries; nothing here changes anything."""

    def __init__(self, context: Context, bookings: BookingRepository) -> None:
        super().__init__(context)
        self._bookings = bookings

    @measure_operation
    def upcoming(
        self, person: User, *, as_instructor: bool = False, limit: int = LIST_LIMIT
    ) -> Sequence[Booking]:
        """Open lessons, soonest first, the running one included: those he takes, or gives."""
        return self._bookings.upcoming(
            person.id, self.clock.now(), limit, as_instructor=as_instructor
        )

    @measure_operation
    def past(self, person: User, *, as_instructor: bool = False) -> Sequence[Booking]:
        """Lessons that are over, latest first."""
        return self._bookings.past(
            person.id, self.clock.now(), LIST_LIMIT, as_instructor=as_instructor
        )

    @measure_operation
    def cancelled(self, person: User, *, as_instructor: bool = False) -> Sequence[Booking]:
        """Cancelled lessons, latest first."""
        return self._bookings.cancelled(person.id, LIST_LIMIT, as_instructor=as_instructor)

    @measure_operation
    def page(
        self,
        person: User,
        *,
        status: BookingStatus | None = None,
        upcoming_only: bool = False,
        page: int = 1,
        per_page: int = 20,
    ) -> BookingPage:
        """A person's bookings, newest first; past the end the list is empty."""
        rows, total = self._bookings.page(
            person.id,
            status=status,
            upcoming_after=self.clock.now() if upcoming_only else None,
            offset=(page - 1) * per_page,
            limit=per_page,
        )
        return BookingPage(rows, total, page, per_page)

    @measure_operation
    def week_lessons(self, instructor: User, week: Week, zone_name: str) -> Sequence[Booking]:
        """Lessons that keep time in a week of the instructor's zone, in order."""
        since, _ = day_span(zone(zone_name), week.monday)
        _, until = day_span(zone(zone_name), week.last)
        return self._bookings.occupying_between(instructor.id, since, until)
