"""Public availability as ready-made answers: JSON text and its ETag, kept while they hold."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.errors import InvalidInput, NotFound, RuleBroken
from app.domain.evaluation import Calendar, Hold, Wish, free_spans, offered_starts
from app.domain.limits import (
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
)
from app.domain.offers import OfferedStart, PublicDay, PublicDays, check_public_range
from app.domain.vocabulary import DetailLevel, Role
from app.domain.week import days_between
from app.repositories.calendars import CalendarRepository, CalendarRows
from app.repositories.public_facts import InstructorFacts, PublicFactsRepository
from app.services import public_shapes
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import calendar_of, rules_of
from app.services.kept_answers import Answer, KeptAnswers, Question
from config import Settings

STARTS_DEFAULT_DAYS = 7
FARTHEST_DAYS = 10 * 366
ANONYMOUS = "Instructor"


@dataclass(frozen=True, slots=True)
class PublicStyle:
    """How much the public is told, for how many days, and for how long an answer may be kept."""

    level: DetailLevel = DetailLevel.FULL
    default_days: int = 30
    shows_names: bool = True
    kept_seconds: int = 300

    @property
    def words(self) -> str:
        """What of it shapes an answer."""
        return f"{self.level}:{self.shows_names:d}"

    @classmethod
    def of(cls, settings: Settings) -> "PublicStyle":
        return cls(
            level=DetailLevel(settings.public_availability_detail_level),
            default_days=settings.public_availability_days,
            shows_names=settings.public_availability_show_instructor_name,
            kept_seconds=settings.public_availability_cache_seconds,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """An answer just made, and the holds it took account of."""

    shape: public_shapes.Shape
    holds: Sequence[Hold] = ()


class PublicAnswerService(BaseService):
    """Offers only what booking would accept: all of it comes from the one evaluation."""

    def __init__(
        self,
        context: Context,
        facts: PublicFactsRepository,
        calendars: CalendarRepository,
        kept: KeptAnswers,
        style: PublicStyle,
    ) -> None:
        super().__init__(context)
        self._facts = facts
        self._calendars = calendars
        self._kept = kept
        self._style = style

    @measure_operation
    def availability(
        self, instructor_id: int, first: date, last: date | None = None, *, fresh: bool = False
    ) -> Answer:
        """Free stretches by day, both days included, in the instructor's zone.

        ``fresh`` passes by what is kept. Raises NotFound, RuleBroken (past), InvalidRange,
        InvalidInput (too long).
        """
        is_usual = last is None
        last = last or first + timedelta(days=self._style.default_days - 1)
        return self._answered(
            Question(instructor_id, f"days:{first}:{last}", self.clock.now()),
            lambda facts: self._free_days(facts, first, last),
            fresh=fresh,
            is_usual=is_usual,
        )

    @measure_operation
    def next_available(self, instructor_id: int, minutes: int, *, fresh: bool = False) -> Answer:
        """The first start for a lesson of that length within the whole horizon.

        ``fresh`` as above. Raises NotFound, InvalidInput.
        """
        if not DURATION_MIN_MINUTES <= minutes <= DURATION_MAX_MINUTES:
            raise InvalidInput(
                f"A lesson lasts {DURATION_MIN_MINUTES} to {DURATION_MAX_MINUTES} minutes.",
                field="duration_minutes",
            )
        return self._answered(
            Question(instructor_id, f"next:{minutes}", self.clock.now()),
            lambda facts: self._next_start(facts, minutes),
            fresh=fresh,
        )

    @measure_operation
    def starts(
        self,
        instructor_id: int,
        service_id: int,
        minutes: int | None,
        first: date,
        last: date | None = None,
        *,
        fresh: bool = False,
    ) -> Answer:
        """Every start of a service that can be booked, a week of them unless said otherwise.

        ``minutes`` null means the service's shortest; ``fresh`` as above. Raises NotFound,
        InvalidRange, InvalidInput.
        """
        last = last or first + timedelta(days=STARTS_DEFAULT_DAYS - 1)
        check_public_range(first, last)
        words = f"starts:{service_id}:{minutes or 0}:{first}:{last}"
        return self._answered(
            Question(instructor_id, words, self.clock.now()),
            lambda facts: self._starts(facts, service_id, minutes, first, last),
            fresh=fresh,
        )

    @measure_operation
    def warm(self, instructor_id: int, *, only_if_asked: bool) -> bool:
        """Have the usual answer ready, where somebody has lately asked for it; whether it is."""
        if only_if_asked and not self._kept.was_asked(instructor_id):
            return False
        facts = self._facts.of(instructor_id)
        if facts is None:
            return False
        try:
            self.availability(instructor_id, self.clock.today(self._zone_name(facts)))
        except NotFound:
            return False
        return True

    def _answered(
        self,
        question: Question,
        make: Callable[[InstructorFacts], Made],
        *,
        fresh: bool,
        is_usual: bool = False,
    ) -> Answer:
        """What is kept, if it is of the current generation; else anew, and kept.

        The generation comes from the shared cache or with the facts, in both cases before the
        calendar is read: what is kept under it is as new as it, or newer.
        """
        if fresh:
            return Answer.of(make(self._open(question.instructor_id)).shape)
        seen = self._kept.seen(question)
        if found := self._kept.find(question, seen):
            return found
        facts = self._open(question.instructor_id)
        read = replace(seen, generation=facts.generation)
        if read != seen:
            self._kept.learn(question, read)
            if found := self._kept.find(question, read):
                return found
        made = make(facts)
        answer, until = Answer.of(made.shape), question.holds_until(made.holds)
        self._kept.keep(question, read, answer, until, is_usual=is_usual)
        return answer

    def _free_days(self, facts: InstructorFacts, first: date, last: date) -> Made:
        today = self.clock.today(self._zone_name(facts))
        if first < today:
            raise RuleBroken("Start date cannot be in the past", field="start_date")
        if first > today + timedelta(days=FARTHEST_DAYS):
            raise InvalidInput("That date is too far away.", field="start_date")
        check_public_range(first, last)
        days = days_between(first, last)
        calendar, now, lengths = self._calendar(facts, days), self.clock.now(), facts.lengths
        shortest = lengths[0] if lengths else DURATION_MIN_MINUTES
        free = tuple(
            PublicDay(
                day,
                tuple(free_spans(calendar, day, now=now, shortest=shortest)) if lengths else (),
            )
            for day in days
        )
        name = facts.full_name if self._style.shows_names else ANONYMOUS
        found = PublicDays(facts.instructor_id, name, calendar.zone.key, free, shortest)
        return Made(public_shapes.free_time(self._style.level, found), calendar.holds)

    def _next_start(self, facts: InstructorFacts, minutes: int) -> Made:
        today = self.clock.today(self._zone_name(facts))
        days = days_between(today, today + timedelta(days=facts.booking_horizon_days))
        calendar, lengths = self._calendar(facts, days), facts.lengths
        wish = Wish(None, minutes, is_service_active=bool(lengths), offered_minutes=lengths)
        start = next(offered_starts(calendar, wish, days, now=self.clock.now()), None)
        found = None if start is None else OfferedStart(start, minutes, calendar.zone.key, 0)
        return Made(public_shapes.next_start(found), calendar.holds)

    def _starts(
        self,
        facts: InstructorFacts,
        service_id: int,
        minutes: int | None,
        first: date,
        last: date,
    ) -> Made:
        service = facts.service(service_id)
        if service is None:
            raise NotFound("Service not found or no longer available")
        zone_name = self._zone_name(facts)
        shape = functools.partial(public_shapes.starts, facts.instructor_id, service_id, zone_name)
        days = days_between(max(first, self.clock.today(zone_name)), last)
        if not days:
            return Made(shape([]))
        lengths = service.offered_minutes
        wished = minutes or lengths[0]
        wish = Wish(None, wished, is_service_active=service.is_bookable, offered_minutes=lengths)
        calendar = self._calendar(facts, days)
        found = offered_starts(calendar, wish, days, now=self.clock.now())
        return Made(
            shape([OfferedStart(start, wished, zone_name, service_id) for start in found]),
            calendar.holds,
        )

    def _open(self, instructor_id: int) -> InstructorFacts:
        facts = self._facts.of(instructor_id)
        if facts is None or not facts.is_open or facts.kind is not Role.INSTRUCTOR:
            raise NotFound("Instructor not found")
        return facts

    def _zone_name(self, facts: InstructorFacts) -> str:
        return facts.time_zone or self.platform_zone

    def _calendar(self, facts: InstructorFacts, days: Sequence[date]) -> Calendar:
        key = facts.instructor_id
        read = self._calendars.read([key], days[0], days[-1])
        rows = read.by_instructor.get(key, CalendarRows())
        return calendar_of(rows, rules_of(facts, facts), self._zone_name(facts))
