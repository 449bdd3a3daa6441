"""Finds instructors by words, skill, area and price, on one and the same service."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session, contains_eager, selectinload

from app.domain.limits import (
    DURATION_DEFAULT_MINUTES,
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
    TOTAL_MAX,
)
from app.domain.searching import Sort, Wanted
from app.domain.vocabulary import Role
from app.models.instructor import InstructorProfile, Service
from app.models.search_index import INDEX
from app.models.user import User
from app.repositories.search_language import Fts5, SearchLanguage, TextVector


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the order an instructor stands: by the sort's key, then name, then id."""

    key: float
    name: str
    user_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """Some instructors with their places, and how many there are, counted to one over the most."""

    profiles: Sequence[InstructorProfile]
    places: Sequence[Place]
    total: int


class InstructorSearchRepository:
    """Reads. Whoever is found may be booked: an open account that teaches something."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._language: SearchLanguage = Fts5() if self._is_sqlite else TextVector()

    def page(self, wanted: Wanted, after: Place | None, offset: int, limit: int) -> Found:
        """Instructors in order, after a place or from an offset on, with person and services.

        Two statements, a third where there is nothing on the page.
        """
        matched = self._matched(wanted)
        counted = _counted(matched)
        order = _order(matched)
        page = (
            select(InstructorProfile, matched.c.key, counted.scalar_subquery())
            .join(matched, matched.c.profile_id == InstructorProfile.id)
            .join(InstructorProfile.user)
            .options(contains_eager(InstructorProfile.user))
            .options(selectinload(InstructorProfile.services))
            .order_by(*order)
            .offset(offset)
            .limit(limit)
        )
        if after is not None:
            page = page.where(_is_after(order, after))
        rows = self._session.execute(page).all()
        total = rows[0][2] if rows else self._session.scalar(counted)
        profiles = [row[0] for row in rows]
        places = [Place(row[1], row[0].user.full_name, row[0].user_id) for row in rows]
        return Found(profiles, places, total or 0)

    def _matched(self, wanted: Wanted) -> CTE:
        """One row per instructor: the best key of those of his services that match."""
        key = self._key(wanted)
        return (
            select(Service.instructor_profile_id.label("profile_id"), func.min(key).label("key"))
            .join(InstructorProfile, InstructorProfile.id == Service.instructor_profile_id)
            .join(User, User.id == InstructorProfile.user_id)
            .where(*self._conditions(wanted))
            .group_by(Service.instructor_profile_id)
            .cte("matched")
        )

    def _conditions(self, wanted: Wanted) -> list[Any]:
        said: list[Any] = [
            Service.is_active,
            Service.hourly_rate > 0,
            User.is_active.is_not(False),
            User.role == Role.INSTRUCTOR,
        ]
        if wanted.is_nothing:
            return [false()]
        condition = self._text(wanted)
        if condition:
            said.append(self._is_in_index(condition))
        if wanted.min_price is not None:
            said.append(Service.hourly_rate >= wanted.min_price)
        if wanted.max_price is not None:
            said.append(Service.hourly_rate <= wanted.max_price)
        if wanted.minutes is not None:
            said.append(_offers(wanted.minutes))
        return said

    def _text(self, wanted: Wanted) -> str:
        """All the words that are asked for, or nothing."""
        language = self._language
        asked = [
            wanted.search and language.begin(wanted.search, language.said),
            wanted.skill and language.begin(wanted.skill, language.skill),
            wanted.area and language.phrase(wanted.area, language.areas),
        ]
        return language.all_of([each for each in asked if each])

    def _is_in_index(self, condition: str) -> ColumnElement[bool]:
        """Whether a service is among those that the index has for a condition."""
        if self._is_sqlite:
            fits = column("service_search", String).op("MATCH")(condition)
            return Service.id.in_(select(column("rowid", Integer)).select_from(INDEX).where(fits))
        query = cast(condition, TSQUERY)
        return Service.id.in_(select(INDEX.c.service_id).where(INDEX.c.words.op("@@")(query)))

    def _key(self, wanted: Wanted) -> ColumnElement[Any]:
        """What the order goes by: lower comes first."""
        if wanted.sort is Sort.PRICE:
            return cast(Service.hourly_rate, Float)
        if wanted.sort is Sort.SOONEST or not wanted.search or wanted.is_nothing:
            return literal(0, Integer)
        return self._distance(wanted.search)

    def _distance(self, search: str) -> ColumnElement[int]:
        """How far what matches is from the skill: it says just that, begins so, or less."""
        language = self._language
        nearer = (
            language.equal(search, language.skill),
            language.begin(search, language.skill),
            language.begin(search, language.skill_or_name),
        )
        tried = [(self._is_in_index(condition), rank) for rank, condition in enumerate(nearer)]
        return case(*tried, else_=len(nearer))


def _counted(matched: CTE) -> Select[int]:
    """How many match, counted no further than one over the most."""
    some = select(matched.c.profile_id).limit(TOTAL_MAX + 1).subquery()
    return select(func.count()).select_from(some)


def _order(matched: CTE) -> Sequence[Any]:
    return matched.c.key, User.full_name, User.id


def _is_after(order: Sequence[Any], place: Place) -> ColumnElement[bool]:
    return tuple_(*order) > tuple_(literal(place.key), literal(place.name), literal(place.user_id))


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
