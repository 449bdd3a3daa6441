"""Finding somebody to learn from, as the pages show it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from app.domain.limits import SOONEST_DAYS
from app.domain.offers import OfferedStart
from app.domain.relaxing import GivenUp, relaxed
from app.domain.searching import FreeTime, Sort, Taught, Wanted, meant
from app.domain.suggesting import Completion, completions
from app.domain.week import days_between
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.booking_pages import BookingPageRepository, TakenLesson
from app.repositories.instructor_search import InstructorSearchRepository
from app.repositories.known_names import KnownNames, KnownNamesRepository, NamedPerson
from app.services.base import BaseService, Context, measure_operation
from app.services.caching import Caching
from app.services.conflict_checker import ConflictChecker, rules_of
from app.services.search import Listed, SearchService, offered

STARTS_SHOWN = 3
KNOWN_SECONDS = 60
NEAR_MAX = 3
PEOPLE_MAX = 3
AGAIN_MAX = 3
_LOOKED_BACK = 20
"""Lessons that are looked through for the last few people."""
_KNOWN = "finding:known"
_LessonOf = Callable[[InstructorProfile], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Card:
    """An instructor with the service that is meant, and its next times; he may have neither."""

    profile: InstructorProfile
    service: Service | None
    starts: Sequence[OfferedStart]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Some of those who were found. ``total`` stops at the most, and then says so."""

    cards: Sequence[Card]
    total: int
    total_is_capped: bool
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """What there is when one thing is given up: the wish, how many, and the nearest of them."""

    given_up: GivenUp
    wanted: Wanted
    found: FoundPage


@dataclass(frozen=True, slots=True)
class Suggestions:
    """How a sentence may go on, and who is called so."""

    completions: Sequence[Completion]
    people: Sequence[NamedPerson]


class FindingService(BaseService):
    """Lists people with times that can be pressed; every time comes from the one evaluation."""

    def __init__(
        self,
        context: Context,
        search: SearchService,
        checker: ConflictChecker,
        instructors: InstructorSearchRepository,
        names: KnownNamesRepository,
        lessons: BookingPageRepository,
        caching: Caching,
    ) -> None:
        super().__init__(context)
        self._search = search
        self._checker = checker
        self._instructors = instructors
        self._names = names
        self._lessons = lessons
        self._cache = caching.cache

    @measure_operation
    def known(self) -> KnownNames:
        """What is taught, and where; kept for a minute."""
        match self._cache.get(_KNOWN):
            case [[*skills], [*areas]]:
                return KnownNames(tuple(skills), tuple(areas))
        known = self._names.known()
        self._cache.set(_KNOWN, [known.skills, known.areas], KNOWN_SECONDS)
        return known

    @measure_operation
    def page(self, wanted: Wanted, *, limit: int, cursor: str | None = None) -> FoundPage:
        """Who fits, each with the next times that fit too, in three statements at most.

        Where no time is asked for they are the next two weeks'. Raises InvalidInput,
        InvalidCursor.
        """
        found = self._search.page(wanted, limit=limit, cursor=cursor, starts=STARTS_SHOWN)
        if wanted.is_by_time:
            cards = [_card(each, wanted) for each in found.listed]
        else:
            profiles = [each.profile for each in found.listed]
            cards = self._with_times(profiles, lambda profile: _meant(wanted, profile))
        return FoundPage(cards, found.total, found.total_is_capped, found.next_cursor)

    @measure_operation
    def nearby(self, wanted: Wanted) -> list[Nearby]:
        """What there is instead of nothing, each by a search of its own."""
        tried = [
            Nearby(given_up, other, self.page(other, limit=NEAR_MAX))
            for given_up, other in relaxed(wanted)
        ]
        return [each for each in tried if each.found.total]

    @measure_operation
    def free_on(self, day: date, *, limit: int) -> FoundPage:
        """Who can still be booked on a day, soonest first; else who can be soonest."""
        today = FreeTime(day=day)
        found = self.page(Wanted(free=today, sort=Sort.SOONEST), limit=limit)
        return found if found.total else self.page(Wanted(sort=Sort.SOONEST), limit=limit)

    @measure_operation
    def again(self, student: User) -> list[Card]:
        """The last people a student had lessons with, and the next times for the same lesson."""
        taken: dict[int, TakenLesson] = {}
        for lesson in self._lessons.lately(student.id, self.clock.now(), _LOOKED_BACK):
            taken.setdefault(lesson.instructor_id, lesson)
        profiles = self._instructors.profiles(list(taken)[:AGAIN_MAX])
        known = [profiles[key] for key in taken if key in profiles]
        open_ones = [each for each in known if rules_of(each, each.user).is_active]
        return self._with_times(open_ones, lambda profile: _same(taken[profile.user_id], profile))

    @measure_operation
    def suggestions(self, text: str) -> Suggestions:
        """What somebody may be about to type."""
        known = self.known()
        people = self._names.people(text, PEOPLE_MAX)
        return Suggestions(completions(text, known.skills, known.areas), people)

    def _with_times(
        self, profiles: Sequence[InstructorProfile], lesson_of: _LessonOf
    ) -> list[Card]:
        """In the order given, from calendars read in one statement."""
        if not profiles:
            return []
        now = self.clock.now()
        soon = FreeTime(since=now, until=now + timedelta(days=SOONEST_DAYS))
        first = min(self.clock.today(each.time_zone or self.platform_zone) for each in profiles)
        days = days_between(first, first + timedelta(days=SOONEST_DAYS + 1))
        calendars = self._checker.calendars(profiles, days)
        cards = []
        for profile in profiles:
            lesson = lesson_of(profile)
            found = offered(calendars[profile.user_id], lesson, soon, now) if lesson else ()
            service = _service(profile, lesson and lesson[1])
            cards.append(Card(profile, service, list(islice(found, STARTS_SHOWN))))
        return cards


def _card(listed: Listed, wanted: Wanted) -> Card:
    if listed.first_start is not None:
        service_id: int | None = listed.first_start.service_id
    else:
        lesson = _meant(wanted, listed.profile)
        service_id = lesson and lesson[1]
    return Card(listed.profile, _service(listed.profile, service_id), listed.starts)


def _meant(wanted: Wanted, profile: InstructorProfile) -> tuple[int, int] | None:
    return meant(wanted, list(_taught(profile.active_services)))


def _same(lesson: TakenLesson, profile: InstructorProfile) -> tuple[int, int] | None:
    """The lesson that was taken, if it is still on offer, else what is."""
    service = _service(profile, lesson.service_id)
    if service is None:
        return _meant(Wanted(), profile)
    is_offered = lesson.minutes in service.offered_minutes
    return (lesson.minutes if is_offered else service.offered_minutes[0]), service.id


def _service(profile: InstructorProfile, service_id: int | None) -> Service | None:
    return next((each for each in profile.active_services if each.id == service_id), None)


def _taught(services: Iterable[Service]) -> Iterable[Taught]:
    return (
        Taught(each.id, each.skill, each.hourly_rate, each.offered_minutes) for each in services
    )
