"""Lists of bookings, for the people in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidRange
from app.domain.limits import TOTAL_MAX
from app.domain.lists import BookingFilter, Position
from app.domain.vocabulary import OPEN, BookingStatus, Role
from app.domain.week import Week
from app.domain.zones import day_span, reader_zone, zone
from app.infra.cursors import Cursors
from app.models.booking import Booking
from app.models.user import User
from app.repositories.booking_pages import BookingPageRepository
from app.repositories.bookings import BookingRepository
from app.repositories.instructors import InstructorProfileRepository
from app.services.base import BaseService, Context, measure_operation

LIST_LIMIT = 100


@dataclass(frozen=True, slots=True)
class BookingPage:
    """Some of a person's bookings. ``total`` stops at ``TOTAL_MAX``, and then says so."""

    bookings: Sequence[Booking]
    total: int
    total_is_capped: bool
    page: int
    per_page: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ListWish:
    """Which of a person's bookings. Days are in the zone he reads times in, both included."""

    status: BookingStatus | None = None
    upcoming_only: bool = False
    first: date | None = None
    last: date | None = None


EVERYTHING = ListWish()


class BookingListService(BaseService):
    """Queries; nothing here changes anything."""

    def __init__(
        self,
        context: Context,
        bookings: BookingRepository,
        pages: BookingPageRepository,
        profiles: InstructorProfileRepository,
        cursors: Cursors,
    ) -> None:
        super().__init__(context)
        self._bookings = bookings
        self._pages = pages
        self._profiles = profiles
        self._cursors = cursors

    @measure_operation
    def upcoming(
        self, person: User, *, as_instructor: bool = False, limit: int = LIST_LIMIT
    ) -> Sequence[Booking]:
        """Open lessons, soonest first, the running one included: those he takes, or gives."""
        return self._bookings.upcoming(
            person.id, self.clock.now(), limit, as_instructor=as_instructor
        )

    @measure_operation
    def page(
        self,
        person: User,
        wanted: ListWish = EVERYTHING,
        *,
        page: int = 1,
        per_page: int = 20,
        cursor: str | None = None,
    ) -> BookingPage:
        """A person's bookings, latest start first; past the end the list is empty.

        ``cursor`` is the ``next_cursor`` of a page of the same person and wish; a page number
        does not go with it. Raises InvalidCursor, InvalidRange.
        """
        chosen, question = self._filter(person, wanted), f"bookings:{person.id}:{wanted}"
        after = None if cursor is None else Position.of(self._cursors.read(question, cursor))
        rows = self._pages.rows(
            person.id,
            chosen,
            after=after,
            offset=0 if after else (page - 1) * per_page,
            limit=per_page + 1,
        )
        counted = self._pages.count(person.id, chosen, TOTAL_MAX + 1)
        shown = rows[:per_page]
        return BookingPage(
            shown,
            total=min(counted, TOTAL_MAX),
            total_is_capped=counted > TOTAL_MAX,
            page=page,
            per_page=per_page,
            next_cursor=self._cursor(question, shown[-1]) if len(rows) > per_page else None,
        )

    def _filter(self, person: User, wanted: ListWish) -> BookingFilter:
        if wanted.first and wanted.last and wanted.last < wanted.first:
            raise InvalidRange("End date must be after start date", field="end_date")
        since, until = self._between(person, wanted)
        statuses = None if wanted.status is None else {wanted.status}
        if wanted.upcoming_only:
            now = self.clock.now()
            since = max(since, now) if since else now
            statuses = set(OPEN) if statuses is None else statuses.intersection(OPEN)
        return BookingFilter(None if statuses is None else sorted(statuses), since, until)

    def _between(self, person: User, wanted: ListWish) -> tuple[datetime | None, datetime | None]:
        if wanted.first is None and wanted.last is None:
            return None, None
        tz = self._zone_of_days(person)
        since = day_span(tz, wanted.first)[0] if wanted.first else None
        return since, day_span(tz, wanted.last)[1] if wanted.last else None

    def _zone_of_days(self, person: User) -> ZoneInfo:
        """Where his days begin; for an instructor who has said no zone of his own, where he
        teaches.
        """
        teaches = person.kind is Role.INSTRUCTOR and person.time_zone is None
        profile = self._profiles.bare(person.id) if teaches else None
        taught_in = profile.time_zone if profile else None
        return zone(reader_zone(person.time_zone, taught_in, self.platform_zone))

    def _cursor(self, question: str, last: Booking) -> str:
        return self._cursors.write(question, Position(last.start, last.id).values)

    @measure_operation
    def week_lessons(self, instructor: User, week: Week, zone_name: str) -> Sequence[Booking]:
        """Lessons that keep time in a week of the instructor's zone, in order."""
        since, _ = day_span(zone(zone_name), week.monday)
        _, until = day_span(zone(zone_name), week.last)
        return self._bookings.occupying_between(instructor.id, since, until)
