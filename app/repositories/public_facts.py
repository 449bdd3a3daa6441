"""What decides about an instructor's public answers beside his calendar, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.durations import parse_durations
from app.domain.vocabulary import OCCUPYING, Role
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service and the lengths it offers, shortest first."""

    id: int
    is_bookable: bool
    offered_minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InstructorFacts:
    """An instructor as one moment has him; what else is read afterwards is as new or newer."""

    instructor_id: int
    generation: int
    full_name: str
    is_open: bool
    kind: Role
    time_zone: str | None
    min_advance_booking_hours: int
    booking_horizon_days: int
    buffer_time_minutes: int
    requires_approval: bool
    services: tuple[ServiceFacts, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Every lesson length he offers, shortest first; none when he offers nothing."""
        offered = (each.offered_minutes for each in self.services if each.is_bookable)
        return tuple(sorted({minutes for lengths in offered for minutes in lengths}))

    def service(self, service_id: int) -> ServiceFacts | None:
        return next((each for each in self.services if each.id == service_id), None)


class PublicFactsRepository:
    """Reads plain values, because rows of the mapper cost several times as much."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, instructor_id: int) -> InstructorFacts | None:
        """Profile, person and services of somebody who has a profile."""
        rows = self._session.execute(_statement(), {"instructor": instructor_id}).all()
        return _facts(instructor_id, rows) if rows else None

    def busiest(self, now: datetime, count: int) -> Sequence[int]:
        """Instructors with most lessons to come, those first."""
        coming = (Booking.starts_at > now, Booking.status.in_(OCCUPYING))
        ids = select(Booking.instructor_id).where(*coming).group_by(Booking.instructor_id)
        order = (func.count().desc(), Booking.instructor_id)
        return self._session.scalars(ids.order_by(*order).limit(count)).all()


@cache
def _statement() -> Select[*tuple[Any, ...]]:
    """Built once; services in a stable order."""
    return (
        select(
            InstructorProfile.generation,
            User.full_name,
            User.is_active,
            User.role,
            InstructorProfile.time_zone,
            InstructorProfile.min_advance_booking_hours,
            InstructorProfile.booking_horizon_days,
            InstructorProfile.buffer_time_minutes,
            InstructorProfile.requires_approval,
            Service.id,
            Service.is_active,
            Service.hourly_rate,
            Service.durations,
            Service.duration_override,
        )
        .join(User, User.id == InstructorProfile.user_id)
        .outerjoin(Service, Service.instructor_profile_id == InstructorProfile.id)
        .where(InstructorProfile.user_id == bindparam("instructor", type_=Integer))
        .order_by(Service.id)
    )


def _facts(instructor_id: int, rows: Sequence[Any]) -> InstructorFacts:
    generation, name, is_active, role, zone, notice, horizon, buffer, approval, *_ = rows[0]
    services = tuple(
        ServiceFacts(key, bool(active and rate > 0), parse_durations(durations, override))
        for *_, key, active, rate, durations, override in rows
        if key is not None
    )
    return InstructorFacts(
        instructor_id=instructor_id,
        generation=generation,
        full_name=name,
        is_open=is_active is not False,
        kind=Role(role),
        time_zone=zone,
        min_advance_booking_hours=notice,
        booking_horizon_days=horizon,
        buffer_time_minutes=buffer,
        requires_approval=bool(approval),
        services=services,
    )
