"""May this lesson be booked? The one place that answers, with every reason why not.

Lists of free times, the booking page, the check, the booking itself and the desk all ask
here, so a start is offered exactly when booking it would succeed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from app.domain import limits
from app.domain.time_range import TimeRange
from app.domain.zones import local_date, span

GRID = timedelta(minutes=limits.GRID_MINUTES)
APPROVAL_LEAD = timedelta(hours=limits.APPROVAL_LEAD_HOURS)
_LONGEST_LESSON = timedelta(hours=25, minutes=limits.BUFFER_MAX_MINUTES)
"""Adopted lessons may fill a whole day, and keep the buffer they were made under."""
_NEVER = datetime.min.replace(tzinfo=UTC)


class Code(StrEnum):
    """Why a start cannot be booked."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    OUTSIDE_HOURS = "outside_hours"
    DAY_OFF = "day_off"
    TAKEN = "taken"
    HELD = "held"
    BUFFER = "buffer"
    STUDENT_BUSY = "student_busy"
    TOO_LONG = "too_long"
    OFF_GRID = "off_grid"
    SERVICE_INACTIVE = "service_inactive"
    INSTRUCTOR_INACTIVE = "instructor_inactive"
    DURATION_NOT_OFFERED = "duration_not_offered"
    NONEXISTENT_TIME = "nonexistent_time"
    NEEDS_APPROVAL = "needs_approval"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, its facts, and the place (``schedule``, ``rules`` …) where it can be mended."""

    code: Code
    facts: Mapping[str, object] = field(default_factory=dict)
    mend: str | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A time that a booking keeps. ``blocked_until``: its end plus the buffer it was made under."""

    starts_at: datetime
    ends_at: datetime
    blocked_until: datetime
    booking_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A time kept for one person until an instant."""

    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    holder_id: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What an instructor asks of every booking. ``needs_approval``: he answers each himself."""

    notice: timedelta = timedelta(0)
    horizon_days: int = limits.HORIZON_DEFAULT_DAYS
    buffer: timedelta = timedelta(0)
    is_active: bool = True
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides about one instructor's time. Lessons ascend by start.

    ``windows`` and ``days_off`` are wall clock in ``zone``; all else is instants. Only the
    days that were read are in it: do not ask about others.
    """

    zone: ZoneInfo
    rules: Rules
    windows: Mapping[date, Sequence[TimeRange]]
    days_off: frozenset[date] = frozenset()
    lessons: Sequence[Lesson] = ()
    holds: Sequence[Hold] = ()

    def open_spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The open hours of a day as instants, days off disregarded.

        They ascend and do not overlap: windows that meet in a repeated hour become one.
        """
        opens = closes = _NEVER
        for window in self.windows.get(day, ()):
            start, end = span(self.zone, day, window)
            if start < closes:
                closes = max(closes, end)
                continue
            if opens < closes:
                yield opens, closes
            opens, closes = start, end
        if opens < closes:
            yield opens, closes

    def lessons_near(self, start: datetime, end: datetime) -> Iterator[Lesson]:
        """Lessons that could touch a stretch, whatever their length and buffer."""
        reach = _LONGEST_LESSON + self.rules.buffer
        first = bisect_left(self.lessons, start - reach, key=lambda lesson: lesson.starts_at)
        for lesson in self.lessons[first:]:
            if lesson.starts_at >= end + self.rules.buffer:
                return
            yield lesson


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to book. ``starts_at`` is null where the clock skips that time.

    ``moving`` is the booking that would be moved here and therefore does not stand in the way.
    """

    starts_at: datetime | None
    minutes: int
    student_id: int | None = None
    student_busy: Sequence[tuple[datetime, datetime]] = ()
    is_service_active: bool = True
    offered_minutes: Sequence[int] = ()
    moving: int | None = None


def evaluate(calendar: Calendar, wish: Wish, *, now: datetime) -> tuple[Reason, ...]:
    """Every reason against a wish; empty when it can be booked. Touching is not overlapping."""
    reasons = list(_about_the_offer(calendar, wish))
    if wish.starts_at is None:
        return (Reason(Code.NONEXISTENT_TIME), *reasons)
    start = wish.starts_at
    end = start + timedelta(minutes=wish.minutes)
    reasons += _about_the_clock(calendar, start, now)
    reasons += _about_the_hours(calendar, start, end)
    reasons += _about_the_lessons(calendar, wish, start, end)
    reasons += _about_the_holds(calendar, wish, start, end, now)
    if any(busy_from < end and start < busy_to for busy_from, busy_to in wish.student_busy):
        reasons.append(Reason(Code.STUDENT_BUSY))
    return tuple(reasons)


def offered_starts(
    calendar: Calendar, wish: Wish, days: Sequence[date], *, now: datetime, since: datetime = _NEVER
) -> Iterator[datetime]:
    """The starts on the quarter hour that the evaluation has nothing against, ascending by day.

    ``wish`` says all but the start, and none is before ``since``. A repeated hour counts twice.
    """
    since = max(since, _earliest(calendar.rules, now))
    for day in days:
        if day in calendar.days_off:
            continue
        for opens, closes in calendar.open_spans(day):
            for free_from, free_to in _left(calendar, wish, max(opens, since), closes, now):
                for start in stepped(free_from, free_to, GRID, wish.minutes):
                    if not evaluate(calendar, replace(wish, starts_at=start), now=now):
                        yield start


def stepped(opens: datetime, closes: datetime, step: timedelta, minutes: int) -> Iterator[datetime]:
    """Starts from ``opens`` (moved up to the quarter hour) by real minutes, each fitting whole."""
    start = opens + (_NEVER - opens) % GRID
    while start + timedelta(minutes=minutes) <= closes:
        yield start
        start += step


def free_spans(
    calendar: Calendar, day: date, *, now: datetime, shortest: int
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a day's open hours: lessons, buffers, holds, notice and horizon taken out.

    Each span starts on the quarter hour and has room for ``shortest`` minutes; booking
    that length at its start succeeds.
    """
    rules = calendar.rules
    last_day = local_date(calendar.zone, now) + timedelta(days=rules.horizon_days)
    if not rules.is_active or day in calendar.days_off or day > last_day:
        return
    wish, earliest = Wish(None, shortest), _earliest(rules, now)
    for opens, closes in calendar.open_spans(day):
        for free_from, free_to in _left(calendar, wish, max(opens, earliest), closes, now):
            for start in islice(stepped(free_from, free_to, GRID, shortest), 1):
                yield start, free_to


def _earliest(rules: Rules, now: datetime) -> datetime:
    """No start before this: the notice, and time left for an answer where one is needed."""
    notice_ends = now + rules.notice
    if not rules.needs_approval:
        return notice_ends
    return max(notice_ends, now + APPROVAL_LEAD + timedelta.resolution)


def _left(
    calendar: Calendar, wish: Wish, start: datetime, end: datetime, now: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a stretch for a wish: whatever touches the rest, the evaluation refuses."""
    buffer = calendar.rules.buffer
    kept = [
        (lesson.starts_at - buffer, max(lesson.blocked_until, lesson.ends_at + buffer))
        for lesson in calendar.lessons_near(start, end)
        if wish.moving is None or lesson.booking_id != wish.moving
    ]
    kept += [
        (hold.starts_at - buffer, hold.ends_at + buffer)
        for hold in calendar.holds
        if hold.expires_at > now and hold.holder_id != wish.student_id
    ]
    for busy_from, busy_to in (*sorted((*kept, *wish.student_busy)), (end, end)):
        if start < busy_from:
            yield start, min(busy_from, end)
        start = max(start, busy_to)


def _about_the_offer(calendar: Calendar, wish: Wish) -> Iterator[Reason]:
    if not calendar.rules.is_active:
        yield Reason(Code.INSTRUCTOR_INACTIVE, mend="account")
    if not wish.is_service_active:
        yield Reason(Code.SERVICE_INACTIVE, mend="services")
    if wish.offered_minutes and wish.minutes not in wish.offered_minutes:
        yield Reason(
            Code.DURATION_NOT_OFFERED, {"offered_minutes": tuple(wish.offered_minutes)}, "services"
        )


def _about_the_clock(calendar: Calendar, start: datetime, now: datetime) -> Iterator[Reason]:
    rules = calendar.rules
    if start < now:
        yield Reason(Code.PAST)
    elif start < now + rules.notice:
        yield Reason(Code.NOTICE, {"notice_hours": rules.notice // timedelta(hours=1)}, "rules")
    if rules.needs_approval and now <= start <= now + APPROVAL_LEAD:
        yield Reason(Code.NEEDS_APPROVAL, mend="rules")
    last_day = local_date(calendar.zone, now) + timedelta(days=rules.horizon_days)
    if local_date(calendar.zone, start) > last_day:
        yield Reason(Code.HORIZON, {"last_day": last_day}, "rules")
    local = start.astimezone(calendar.zone)
    if local.minute % limits.GRID_MINUTES or local.second or local.microsecond:
        yield Reason(Code.OFF_GRID, {"grid_minutes": limits.GRID_MINUTES})


def _about_the_hours(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Reason]:
    day = local_date(calendar.zone, start)
    if day in calendar.days_off:
        yield Reason(Code.DAY_OFF, {"day": day}, "days_off")
    around = [
        (opens, closes) for opens, closes in calendar.open_spans(day) if opens <= start < closes
    ]
    if not around:
        yield Reason(Code.OUTSIDE_HOURS, {"day": day}, "schedule")
    elif not any(end <= closes for _, closes in around):
        yield Reason(Code.TOO_LONG, {"window_ends_at": around[0][1]}, "schedule")


def _about_the_lessons(
    calendar: Calendar, wish: Wish, start: datetime, end: datetime
) -> Iterator[Reason]:
    buffer = calendar.rules.buffer
    for lesson in calendar.lessons_near(start, end):
        if lesson.booking_id is not None and lesson.booking_id == wish.moving:
            continue
        facts = {"booking_id": lesson.booking_id, "starts_at": lesson.starts_at}
        if start < lesson.ends_at and lesson.starts_at < end:
            yield Reason(Code.TAKEN, facts, "lesson")
        elif start < max(lesson.blocked_until, lesson.ends_at + buffer) and (
            lesson.starts_at < end + buffer
        ):
            yield Reason(Code.BUFFER, facts, "rules")


def _about_the_holds(
    calendar: Calendar, wish: Wish, start: datetime, end: datetime, now: datetime
) -> Iterator[Reason]:
    buffer = calendar.rules.buffer
    for hold in calendar.holds:
        if hold.holder_id == wish.student_id or hold.expires_at <= now:
            continue
        if start < hold.ends_at + buffer and hold.starts_at < end + buffer:
            yield Reason(Code.HELD, {"expires_at": hold.expires_at})
