"""The list of instructors as anybody may search it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from app.domain.errors import InvalidInput
from app.domain.evaluation import Calendar
from app.domain.limits import FREE_TIME_INSTRUCTORS_MAX, SERVICES_MAX, SOONEST_DAYS, TOTAL_MAX
from app.domain.offers import OfferedStart
from app.domain.searching import FreeTime, Sort, Wanted, checked, free_starts
from app.infra.cursors import Cursors
from app.models.instructor import InstructorProfile
from app.repositories.calendars import CalendarRepository, CalendarRows
from app.repositories.instructor_search import Candidate, InstructorSearchRepository, Place
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import calendar_of

_DAY = timedelta(days=1)
_NEVER = 1e11
"""The key, in seconds since 1970, of whoever has no time soon: he comes last."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One instructor, and where time was asked for the first times he is free."""

    profile: InstructorProfile
    starts: Sequence[OfferedStart] = ()

    @property
    def first_start(self) -> OfferedStart | None:
        return self.starts[0] if self.starts else None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of the instructors that fit. ``total`` stops at the most, and then says so."""

    listed: Sequence[Listed]
    total: int
    total_is_capped: bool
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """A candidate's place in the order, the first time he is free, if any, and those after it."""

    place: Place
    is_behind: bool
    start: OfferedStart | None
    later: Iterator[OfferedStart]

    def starts(self, count: int) -> list[OfferedStart]:
        """The first of them; to be asked once."""
        return [self.start, *islice(self.later, count - 1)] if self.start else []


_Starts = dict[int, Iterator[OfferedStart]]
"""By instructor, ascending, found when they are asked for."""


class SearchService(BaseService):
    """Finds who can be booked, by what is said, taught, charged, and free."""

    def __init__(
        self,
        context: Context,
        instructors: InstructorSearchRepository,
        calendars: CalendarRepository,
        cursors: Cursors,
    ) -> None:
        super().__init__(context)
        self._instructors = instructors
        self._calendars = calendars
        self._cursors = cursors

    @measure_operation
    def page(
        self,
        wanted: Wanted,
        *,
        offset: int = 0,
        limit: int = 100,
        cursor: str | None = None,
        starts: int = 1,
    ) -> SearchPage:
        """Instructors in the order that is wanted; past the end the list is empty.

        Where time is asked for, each comes with so many ``starts`` at most.
        ``cursor`` is the ``next_cursor`` of a page of the same wish; an offset does not go with
        it. Raises InvalidInput, InvalidCursor.
        """
        question = f"instructors:{checked(wanted)}"
        after = self._place(question, cursor)
        if not wanted.is_by_time:
            found = self._instructors.page(wanted, after, offset, limit + 1)
            listed = [Listed(profile) for profile in found.profiles]
            places, total, most = found.places, found.total, TOTAL_MAX
        else:
            shown, total, most = self._by_time(wanted, after, offset, limit)
            listed, places = self._listed(shown, starts), [each.place for each in shown]
        has_more = len(places) > limit
        return SearchPage(
            listed[:limit],
            total=min(total, most),
            total_is_capped=total > most,
            next_cursor=self._cursor(question, places[limit - 1]) if has_more else None,
        )

    def _by_time(
        self, wanted: Wanted, after: Place | None, offset: int, limit: int
    ) -> tuple[list[_Evaluated], int, int]:
        """All who match are evaluated, so that order and total are true."""
        evaluated, is_more = self._evaluated(wanted, after)
        if wanted.free is not None:
            evaluated = [each for each in evaluated if each.start is not None]
        evaluated.sort(key=lambda each: each.place.key)  # equals stay by name and id
        total, most = len(evaluated), FREE_TIME_INSTRUCTORS_MAX
        behind = [each for each in evaluated if each.is_behind]
        return behind[offset : offset + limit + 1], most + 1 if is_more else total, most

    def _listed(self, shown: Sequence[_Evaluated], starts: int) -> list[Listed]:
        profiles = self._instructors.profiles([each.place.user_id for each in shown])
        return [
            Listed(profiles[each.place.user_id], each.starts(starts))
            for each in shown
            if each.place.user_id in profiles
        ]

    def _evaluated(self, wanted: Wanted, after: Place | None) -> tuple[list[_Evaluated], bool]:
        """Whoever may fit, in order, and whether there are more than are evaluated."""
        now, is_by_start = self.clock.now(), wanted.sort is Sort.SOONEST
        named = Place(0, after.user_id) if after and is_by_start else after
        free = wanted.free or FreeTime(since=now, until=now + SOONEST_DAYS * _DAY)
        days, most = _days_anywhere(free, now), FREE_TIME_INSTRUCTORS_MAX
        found = self._instructors.candidates(wanted, named, *days, most * SERVICES_MAX)
        candidates, is_more = found[:most], len(found) > most
        starts = self._starts(candidates, free, days, now)
        return [_placed(each, starts, after, is_by_start) for each in candidates], is_more

    def _starts(
        self,
        candidates: Sequence[Candidate],
        free: FreeTime,
        days: tuple[date, date],
        now: datetime,
    ) -> _Starts:
        """By instructor: the times for the shortest of the lessons that match."""
        keys = [each.place.user_id for each in candidates]
        read = self._calendars.read(keys, *days).by_instructor if keys else {}
        found: _Starts = {}
        for each in candidates:
            key, zone_name = each.place.user_id, each.zone_name or self.platform_zone
            rows = read.get(key, CalendarRows())
            calendar = calendar_of(rows, each.rules, zone_name)
            found[key] = offered(calendar, min(each.lengths), free, now)
        return found

    def _cursor(self, question: str, place: Place) -> str:
        return self._cursors.write(question, [repr(place.key), place.user_id])

    def _place(self, question: str, cursor: str | None) -> Place | None:
        if cursor is None:
            return None
        key, user_id = self._cursors.read(question, cursor)
        return Place(float(key), int(user_id))


def offered(
    calendar: Calendar, lesson: tuple[int, int], free: FreeTime, now: datetime
) -> Iterator[OfferedStart]:
    """The times for a lesson, ascending, found when they are asked for; of the lesson its minutes
    and the service's id.
    """
    minutes, service_id = lesson
    for start in free_starts(calendar, minutes, free, now=now):
        yield OfferedStart(start, minutes, calendar.zone.key, service_id)


def _placed(each: Candidate, starts: _Starts, after: Place | None, by_start: bool) -> _Evaluated:  # noqa: FBT001
    later = starts[each.place.user_id]
    start = next(later, None)
    if not by_start:
        return _Evaluated(each.place, after is None or each.is_behind, start, later)
    key = start.starts_at.timestamp() if start else _NEVER
    is_behind = after is None or (key, each.is_behind) > (after.key, False)
    return _Evaluated(Place(key, each.place.user_id), is_behind, start, later)


def _days_anywhere(free: FreeTime, now: datetime) -> tuple[date, date]:
    """The first and the last day on which it can be that time in any zone."""
    if free.day is not None:
        return free.day, free.last_day or free.day
    if free.within is not None:
        return now.date() - _DAY, (now + free.within).date() + _DAY
    if free.since is None or free.until is None:
        raise InvalidInput("Say on which day.", field="free_date")
    return free.since.date() - _DAY, free.until.date() + _DAY
