"""Finds instructors by words, skill, area, price and time, on one and the same service."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    false,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.domain.durations import parse_durations
from app.domain.evaluation import Rules
from app.domain.limits import TOTAL_MAX
from app.domain.searching import Wanted
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.search_conditions import SearchConditions, may_be_free, services


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the order an instructor stands: by the sort's key, then by name and id."""

    key: float
    user_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """Some instructors with their places, and how many there are, counted to one over the most."""

    profiles: Sequence[InstructorProfile]
    places: Sequence[Place]
    total: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be free: how he works, and which of his services match.

    ``lengths`` are pairs of a lesson's minutes and the service's id. ``is_behind`` says that
    he stands behind the place that was named, as far as key, name and id tell.
    """

    place: Place
    is_behind: bool
    zone_name: str | None
    rules: Rules
    lengths: list[tuple[int, int]] = field(default_factory=list)


class InstructorSearchRepository:
    """Reads. Whoever is found may be booked: an open account that teaches something."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conditions = SearchConditions(session)

    def page(self, wanted: Wanted, after: Place | None, offset: int, limit: int) -> Found:
        """Instructors in order, after a place or from an offset on, with person and services.

        Two statements, a third where there is nothing on the page.
        """
        matched = self._matched(wanted)
        counted = _counted(matched)
        order = matched.c.key, User.full_name, User.id
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
        places = [Place(row[1], row[0].user_id) for row in rows]
        return Found([row[0] for row in rows], places, total or 0)

    def candidates(
        self, wanted: Wanted, after: Place | None, first: date, last: date, limit: int
    ) -> list[Candidate]:
        """Those who may be free, in order, in one statement; not more services than the limit.

        Where a time is wanted, they have hours from the first to the last day, days in any zone.
        """
        key = func.min(self._conditions.key(wanted)).over(partition_by=InstructorProfile.id)
        matching = services(Service.id, key.label("key")).where(*self._conditions.of(wanted))
        if wanted.free is not None:
            matching = matching.where(may_be_free(wanted.free, first, last))
        matched = matching.subquery("matched")
        order = matched.c.key, User.full_name, User.id
        is_after = _is_after(order, after) if after else false()
        rows = self._session.execute(
            services(
                User.id,
                matched.c.key,
                type_coerce(is_after, Boolean),
                InstructorProfile.time_zone,
                InstructorProfile.min_advance_booking_hours,
                InstructorProfile.booking_horizon_days,
                InstructorProfile.buffer_time_minutes,
                InstructorProfile.requires_approval,
                Service.id,
                Service.durations,
                Service.duration_override,
            )
            .join(matched, matched.c.id == Service.id)
            .order_by(*order, Service.id)
            .limit(limit)
        )
        return _candidates(rows, wanted.minutes)

    def profiles(self, instructor_ids: Collection[int]) -> dict[int, InstructorProfile]:
        """Profiles with person and services by the instructor's id, in one statement."""
        if not instructor_ids:
            return {}
        rows = self._session.scalars(
            select(InstructorProfile)
            .join(InstructorProfile.user)
            .options(contains_eager(InstructorProfile.user))
            .options(joinedload(InstructorProfile.services))
            .where(InstructorProfile.user_id.in_(instructor_ids))
        ).unique()
        return {row.user_id: row for row in rows}

    def _matched(self, wanted: Wanted) -> CTE:
        """One row per instructor: the best key of those of his services that match."""
        key = func.min(self._conditions.key(wanted)).label("key")
        return (
            services(Service.instructor_profile_id.label("profile_id"), key)
            .where(*self._conditions.of(wanted))
            .group_by(Service.instructor_profile_id)
            .cte("matched")
        )


def _counted(matched: CTE) -> Select[int]:
    """How many match, counted no further than one over the most."""
    some = select(matched.c.profile_id).limit(TOTAL_MAX + 1).subquery()
    return select(func.count()).select_from(some)


def _is_after(order: Sequence[Any], place: Place) -> ColumnElement[bool]:
    """Whether a row stands behind a place. Whoever was renamed since stands where he does now."""
    named = select(User.full_name).where(User.id == place.user_id).scalar_subquery()
    return tuple_(*order) > tuple_(literal(place.key), named, literal(place.user_id))


def _candidates(rows: Iterable[Any], minutes: int | None) -> list[Candidate]:
    """One per instructor, in the order of the rows."""
    found: dict[int, Candidate] = {}
    for user_id, key, is_after, zone_name, *asks, service_id, durations, override in rows:
        candidate = found.get(user_id)
        if candidate is None:
            candidate = Candidate(Place(key, user_id), is_after, zone_name, _rules(*asks))
            found[user_id] = candidate
        shortest = minutes or parse_durations(durations, override)[0]
        candidate.lengths.append((shortest, service_id))
    return list(found.values())


def _rules(notice: int, horizon: int, buffer: int, needs_approval: bool) -> Rules:  # noqa: FBT001 a row
    return Rules(
        notice=timedelta(hours=notice),
        horizon_days=horizon,
        buffer=timedelta(minutes=buffer),
        needs_approval=needs_approval,
    )
