"""May this lesson take place? Brings the facts to the one evaluation."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from app.domain.errors import InvalidInput, InvalidRange, NotFound, TimeDoesNotExist
from app.domain.evaluation import Calendar, Reason, Rules, Wish, evaluate
from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES
from app.domain.offers import LessonRequest
from app.domain.pricing import price
from app.domain.vocabulary import Role
from app.domain.zones import local_date, locate, resolve, zone
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.calendars import CalendarRepository, CalendarRows
from app.repositories.instructors import InstructorProfileRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, slots=True)
class Offer:
    """What a lesson would be part of: the service, its instructor, and how he works."""

    service: Service
    profile: InstructorProfile
    instructor: User
    zone_name: str

    @property
    def rules(self) -> Rules:
        return rules_of(self.profile, self.instructor)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A wish with its exact time, and all that stands against it.

    ``has_hold``: some time of this instructor's day is held for the student.
    """

    offer: Offer
    starts_at: datetime | None
    minutes: int
    reasons: tuple[Reason, ...]
    has_hold: bool = False

    @property
    def ends_at(self) -> datetime:
        """Of a start that exists. Raises TimeDoesNotExist."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def price(self) -> Decimal:
        """Of the lesson at today's rate."""
        return price(self.offer.service.hourly_rate, self.minutes)

    @property
    def start(self) -> datetime:
        """Raises TimeDoesNotExist."""
        if self.starts_at is None:
            raise TimeDoesNotExist
        return self.starts_at


class ConflictChecker(BaseService):
    """Judges wished lessons by every rule at once."""

    def __init__(
        self,
        context: Context,
        profiles: InstructorProfileRepository,
        calendars: CalendarRepository,
    ) -> None:
        super().__init__(context)
        self._profiles = profiles
        self._calendars = calendars

    @measure_operation
    def offer(self, instructor_id: int, service_id: int, *, fresh: bool = False) -> Offer:
        """The service as this instructor offers it, active or not. Raises NotFound.

        ``fresh``: as it is in the transaction that has just begun.
        """
        found = self._profiles.service_of(instructor_id, service_id, fresh=fresh)
        service, profile, instructor = found
        if profile is None or instructor is None or instructor.kind is not Role.INSTRUCTOR:
            raise NotFound("Instructor profile not found")
        if service is None:
            raise NotFound("Service not found or no longer available")
        if service.instructor_profile_id != profile.id:
            raise NotFound("Service does not belong to this instructor")
        return Offer(service, profile, instructor, profile.time_zone or self.platform_zone)

    @measure_operation
    def judge(
        self,
        request: LessonRequest,
        student: User | None,
        *,
        fresh: bool = False,
        moving: Booking | None = None,
        needs_approval: bool | None = None,
    ) -> Judgement:
        """Everything against a wished lesson, for a student or for anybody.

        ``moving`` is the booking that would take place then instead: it does not stand in its
        own way, may keep its length, and its service need not be offered any more.
        ``needs_approval`` overrules whether an answer of the instructor is needed.

        Raises NotFound, InvalidRange, InvalidInput, OffsetMismatch.
        """
        offer = self.offer(request.instructor_id, request.service_id, fresh=fresh)
        starts_at, minutes = self._time_of(request, offer)
        around = starts_at or self.clock.now()
        day = local_date(zone(offer.zone_name), around)
        student_id = student.id if student else None
        read = self._calendars.read(
            [offer.instructor.id],
            day,
            day,
            student_id=student_id,
            moving=moving.id if moving else None,
        )
        rows = read.by_instructor.get(offer.instructor.id, CalendarRows())
        wish = _wish(offer, starts_at, minutes, student_id, read.student_busy, moving)
        rules = _rules(offer, needs_approval=needs_approval)
        reasons = evaluate(calendar_of(rows, rules, offer.zone_name), wish, now=self.clock.now())
        has_hold = any(hold.holder_id == student_id for hold in rows.holds)
        return Judgement(offer, starts_at, minutes, reasons, has_hold)

    @measure_operation
    def calendars(
        self, profiles: Iterable[InstructorProfile], days: Collection[date]
    ) -> dict[int, Calendar]:
        """Calendars of several instructors for a range of days, by id, in one statement."""
        known = {profile.user_id: profile for profile in profiles}
        read = self._calendars.read(known.keys(), min(days), max(days))
        return {
            key: calendar_of(
                read.by_instructor.get(key, CalendarRows()),
                rules_of(profile, profile.user),
                profile.time_zone or self.platform_zone,
            )
            for key, profile in known.items()
        }

    @measure_operation
    def calendar(
        self,
        offer: Offer,
        first: date,
        last: date,
        student: User | None = None,
        *,
        moving: Booking | None = None,
        needs_approval: bool | None = None,
    ) -> tuple[Calendar, Wish]:
        """One instructor's calendar, and a wish for his service that lacks only the start.

        ``moving`` and ``needs_approval`` as in ``judge``.
        """
        student_id = student.id if student else None
        key = offer.instructor.id
        read = self._calendars.read(
            [key], first, last, student_id=student_id, moving=moving.id if moving else None
        )
        rows = read.by_instructor.get(key, CalendarRows())
        shortest = offer.service.offered_minutes[0]
        wish = _wish(offer, None, shortest, student_id, read.student_busy, moving)
        return calendar_of(
            rows, _rules(offer, needs_approval=needs_approval), offer.zone_name
        ), wish

    def _time_of(self, request: LessonRequest, offer: Offer) -> tuple[datetime | None, int]:
        """The instant (null where the clock skips it) and length a request means."""
        shortest = offer.service.offered_minutes[0]
        if request.starts_at is not None:
            return request.starts_at, _bounded(request.minutes or shortest)
        if request.day is None or request.start_minute is None:
            raise InvalidInput("When should the lesson start?", field="start_time")
        tz = zone(offer.zone_name)
        try:
            starts_at = locate(tz, request.day, request.start_minute, request.offset)
        except TimeDoesNotExist:
            return None, _bounded(request.minutes or shortest)
        if request.end_minute is None:
            return starts_at, _bounded(request.minutes or shortest)
        ending = resolve(tz, request.day, request.end_minute)
        if ending.first is None:
            return None, shortest
        ends = [each for each in (ending.first, ending.second) if each and each > starts_at]
        if not ends:
            raise InvalidRange(field="end_time")
        lengths = [(each - starts_at) // timedelta(minutes=1) for each in ends]
        fitting = [each for each in lengths if each in offer.service.offered_minutes]
        minutes = _bounded((fitting or lengths)[0])
        if request.minutes not in (None, minutes):
            raise InvalidInput("End time and duration disagree.", field="end_time")
        return starts_at, minutes


class Terms(Protocol):
    """What an instructor's profile asks; the row has it, and what was read of it too."""

    @property
    def min_advance_booking_hours(self) -> int: ...
    @property
    def booking_horizon_days(self) -> int: ...
    @property
    def buffer_time_minutes(self) -> int: ...
    @property
    def requires_approval(self) -> bool: ...


class Account(Protocol):
    """Whether somebody may be booked at all."""

    @property
    def is_open(self) -> bool: ...
    @property
    def kind(self) -> Role: ...


def rules_of(profile: Terms, instructor: Account) -> Rules:
    """What an instructor asks of every booking."""
    return Rules(
        notice=timedelta(hours=profile.min_advance_booking_hours),
        horizon_days=profile.booking_horizon_days,
        buffer=timedelta(minutes=profile.buffer_time_minutes),
        is_active=instructor.is_open and instructor.kind is Role.INSTRUCTOR,
        needs_approval=bool(profile.requires_approval),
    )


def _wish(
    offer: Offer,
    starts_at: datetime | None,
    minutes: int,
    student_id: int | None,
    busy: Sequence[tuple[datetime, datetime]],
    moving: Booking | None,
) -> Wish:
    """A booking that moves keeps its length and its service, offered still or not."""
    kept_length = (moving.duration_minutes,) if moving else ()
    return Wish(
        starts_at,
        minutes,
        student_id,
        busy,
        is_service_active=offer.service.is_bookable or moving is not None,
        offered_minutes=(*offer.service.offered_minutes, *kept_length),
        moving=moving.id if moving else None,
    )


def _rules(offer: Offer, *, needs_approval: bool | None) -> Rules:
    """The instructor's rules; ``needs_approval`` overrules one of them."""
    if needs_approval is None:
        return offer.rules
    return replace(offer.rules, needs_approval=needs_approval)


def calendar_of(rows: CalendarRows, rules: Rules, zone_name: str) -> Calendar:
    """What was read, in the shape that the evaluation takes."""
    days_off = frozenset(rows.days_off)
    return Calendar(zone(zone_name), rules, rows.windows, days_off, rows.lessons, tuple(rows.holds))


def _bounded(minutes: int) -> int:
    if not DURATION_MIN_MINUTES <= minutes <= DURATION_MAX_MINUTES:
        raise InvalidInput(
            f"A lesson lasts {DURATION_MIN_MINUTES} to {DURATION_MAX_MINUTES} minutes.",
            field="end_time",
        )
    return minutes
