"""What a service must meet to be found, and how near to what is sought it is."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    exists,
    false,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.domain.limits import (
    DURATION_DEFAULT_MINUTES,
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
)
from app.domain.searching import FreeTime, Sort, Wanted, words
from app.domain.time_range import DAY_MINUTES, clock_time
from app.domain.vocabulary import OCCUPYING, Role
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.search_index import INDEX
from app.models.user import User
from app.repositories.search_language import Fts5, SearchLanguage, TextVector

_LONGEST_LESSON = timedelta(hours=24)


class SearchConditions:
    """In terms of what ``services`` joins, for either database."""

    def __init__(self, session: Session) -> None:
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._language: SearchLanguage = Fts5() if self._is_sqlite else TextVector()

    def of(self, wanted: Wanted) -> list[Any]:
        """All that a service must meet, but for the time."""
        said: list[Any] = [
            Service.is_active,
            Service.hourly_rate > 0,
            User.is_active.is_not(False),
            User.role == Role.INSTRUCTOR,
        ]
        if wanted.is_nothing:
            return [false()]
        text = self._text(wanted)
        if text:
            said.append(self._is_in_index(text))
        if wanted.min_price is not None:
            said.append(Service.hourly_rate >= wanted.min_price)
        if wanted.max_price is not None:
            said.append(Service.hourly_rate <= wanted.max_price)
        if wanted.minutes is not None:
            said.append(_offers(wanted.minutes))
        return said

    def key(self, wanted: Wanted) -> ColumnElement[Any]:
        """What the order goes by: lower comes first."""
        if wanted.sort is Sort.PRICE:
            return cast(Service.hourly_rate, Float)
        if wanted.sort is Sort.SOONEST or not wanted.search or wanted.is_nothing:
            return literal(0, Integer)
        return self._distance(wanted.search)

    def is_named(self, text: str) -> ColumnElement[bool] | None:
        """Whether every word begins a word of the instructor's name; null where there is none."""
        if not words(text):
            return None
        return self._is_in_index(self._language.begin(text, self._language.name))

    def _text(self, wanted: Wanted) -> str:
        """All the words that are asked for, or nothing."""
        language = self._language
        asked = [
            wanted.search and language.begin(wanted.search, language.said),
            wanted.skill and language.begin(wanted.skill, language.skill),
            wanted.area and language.phrase(wanted.area, language.areas),
        ]
        return language.all_of([each for each in asked if each])

    def _is_in_index(self, text: str) -> ColumnElement[bool]:
        """Whether a service is among those that the index has for a condition."""
        if self._is_sqlite:
            fits = column(INDEX.name, String).op("MATCH")(text)
            return Service.id.in_(select(column("rowid", Integer)).select_from(INDEX).where(fits))
        query = cast(text, TSQUERY)
        return Service.id.in_(select(INDEX.c.service_id).where(INDEX.c.words.op("@@")(query)))

    def _distance(self, search: str) -> ColumnElement[int]:
        """How far what matches is from the skill: it says just that, begins so, or less."""
        language = self._language
        nearer = (
            language.equal(search, language.skill),
            language.begin(search, language.skill),
            language.begin(search, language.skill_or_name),
        )
        tried = [(self._is_in_index(text), rank) for rank, text in enumerate(nearer)]
        return case(*tried, else_=len(nearer))


def services(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of services joined with their profiles and people."""
    return (
        select(*columns)
        .select_from(Service)
        .join(InstructorProfile, InstructorProfile.id == Service.instructor_profile_id)
        .join(User, User.id == InstructorProfile.user_id)
    )


def may_be_free(free: FreeTime, first: date, last: date) -> ColumnElement[bool]:
    """Whether somebody has hours then that are no day off, and no lesson fills all the time.

    Leaves out nobody who is free: that decides the evaluation. ``first`` and ``last`` are days
    in any zone.
    """
    slot = AvailabilitySlot
    hours: list[Any] = [slot.instructor_id == User.id, slot.specific_date.between(first, last)]
    low, high = free.minutes
    if high < DAY_MINUTES:
        hours.append(slot.start_time < clock_time(high))
    if low > 0:
        hours.append(or_(slot.end_time > clock_time(low), slot.end_time == time(0)))
    is_off = exists().where(
        BlackoutDate.instructor_id == slot.instructor_id, BlackoutDate.date == slot.specific_date
    )
    has_hours = exists().where(*hours, ~is_off)
    if free.since is None or free.until is None or free.until - free.since > _LONGEST_LESSON:
        return has_hours
    is_taken = exists().where(
        Booking.instructor_id == User.id,
        Booking.starts_at.between(free.since - _LONGEST_LESSON, free.since),
        Booking.ends_at >= free.until,
        Booking.status.in_(OCCUPYING),
    )
    return and_(has_hours, ~is_taken)


def _offers(minutes: int) -> ColumnElement[bool]:
    """Whether a service has lessons of a length, as ``parse_durations`` reads it."""
    listed = literal(",") + Service.durations + literal(",")
    override = Service.duration_override
    is_good = override.between(DURATION_MIN_MINUTES, DURATION_MAX_MINUTES)
    alone = case((is_good, override), else_=DURATION_DEFAULT_MINUTES)
    is_listed = and_(Service.durations.is_not(None), Service.durations != "")
    return or_(
        and_(is_listed, listed.contains(f",{minutes},", autoescape=True)),
        and_(is_listed.is_not(True), alone == minutes),
    )
