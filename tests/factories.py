"""Rows for tests: plain functions, valid by default, written through the models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from flask import Flask
from sqlalchemy.orm import Session

from app.domain.pricing import price
from app.domain.vocabulary import BookingStatus, Role
from app.domain.zones import zone
from app.extensions import db
from app.infra.references import new_reference
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.models.waiting import WaitingOffer, WaitingWish

PASSWORD = "lantern-orchard-42"
NEW_YORK = "America/New_York"
TUESDAY = date(2026, 12, 1)  # the stopped clock's day
VERIFIED = datetime(2026, 11, 1, tzinfo=UTC)
WEDNESDAY = TUESDAY + timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """An account as tests need it once its session is gone."""

    id: int
    email: str
    password: str = PASSWORD


@dataclass(frozen=True)
class Teacher(Person):
    """An instructor with one service."""

    service_id: int = 0


class Make:
    """Writes rows and commits, so that every client and process sees them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._numbers = count(1)

    def user(self, role: Role = Role.STUDENT, **values: object) -> Person:
        number = next(self._numbers)
        email = str(values.pop("email", f"{role.value}{number}@example.com"))
        row = User(
            email=email,
            hashed_password=self.app.extensions["runtime"].passwords.hash(PASSWORD),
            full_name=values.pop("full_name", f"{role.value.title()} Number{number}"),
            role=role.value,
            is_active=values.pop("is_active", True),
            email_verified_at=values.pop("email_verified_at", VERIFIED),
            **values,
        )
        return Person(self._stored(row), email)

    def student(self, **values: object) -> Person:
        return self.user(Role.STUDENT, **values)

    def instructor(
        self,
        *,
        rate: str = "60.00",
        durations: str | None = "60",
        zone_name: str | None = NEW_YORK,
        skill: str = "Piano",
        user: dict[str, object] | None = None,
        **profile: object,
    ) -> Teacher:
        """An instructor with one service; ``profile`` are columns of his profile."""
        person = self.user(Role.INSTRUCTOR, **(user or {}))
        values = {"bio": "Teaches with patience and scales.", "areas_of_service": "Brooklyn, SoHo"}
        values |= {"min_advance_booking_hours": 0, "years_experience": 7, **profile}
        profile_id = self._stored(
            InstructorProfile(user_id=person.id, time_zone=zone_name, **values)
        )
        service_id = self.service(profile_id, rate=rate, durations=durations, skill=skill)
        return Teacher(person.id, person.email, PASSWORD, service_id)

    def service(
        self,
        profile_id: int,
        *,
        rate: str = "60.00",
        durations: str | None = "60",
        skill: str = "Piano",
        **values: object,
    ) -> int:
        return self._stored(
            Service(
                instructor_profile_id=profile_id,
                skill=skill,
                hourly_rate=Decimal(rate),
                durations=durations,
                **values,
            )
        )

    def profile_id(self, teacher: Person) -> int:
        with self.session() as session:
            found = session.query(InstructorProfile).filter_by(user_id=teacher.id).one()
            return found.id

    def hours(
        self,
        teacher: Person,
        day: date,
        *windows: str,
    ) -> list[int]:
        """Open hours such as ``"09:00-12:00"``; 24:00 is midnight. Returns their ids."""
        edges = [window.split("-") for window in windows or ("09:00-17:00",)]
        return [
            self._stored(
                AvailabilitySlot(
                    instructor_id=teacher.id,
                    specific_date=day,
                    start_time=_clock(start),
                    end_time=_clock(end),
                )
            )
            for start, end in edges
        ]

    def open_days(self, teacher: Person, days: Sequence[date], *windows: str) -> None:
        for day in days:
            self.hours(teacher, day, *windows)

    def day_off(self, teacher: Person, day: date, reason: str | None = None) -> int:
        return self._stored(BlackoutDate(instructor_id=teacher.id, date=day, reason=reason))

    def booking(
        self,
        student: Person,
        teacher: Teacher,
        starts_at: datetime,
        *,
        minutes: int = 60,
        status: BookingStatus = BookingStatus.CONFIRMED,
        zone_name: str = NEW_YORK,
        buffer_minutes: int = 0,
        rate: str = "60.00",
        **values: object,
    ) -> int:
        """A lesson from an instant on."""
        ends_at = starts_at + timedelta(minutes=minutes)
        tz = zone(zone_name)
        row = Booking(
            student_id=student.id,
            instructor_id=teacher.id,
            service_id=teacher.service_id,
            booking_date=starts_at.astimezone(tz).date(),
            start_time=starts_at.astimezone(tz).time(),
            end_time=ends_at.astimezone(tz).time(),
            service_name="Piano",
            hourly_rate=Decimal(rate),
            total_price=price(Decimal(rate), minutes),
            duration_minutes=minutes,
            status=status.value,
            service_area="Brooklyn, SoHo",
            starts_at=starts_at,
            ends_at=ends_at,
            time_zone=zone_name,
            blocked_until=ends_at + timedelta(minutes=buffer_minutes),
            reference=new_reference(),
            free_cancel_until=values.pop("free_cancel_until", starts_at - timedelta(hours=24)),
            created_at=values.pop("created_at", datetime(2026, 11, 1, tzinfo=UTC)),
            **values,
        )
        return self._stored(row)

    def offer(self, student: Person, teacher: Teacher, starts_at: datetime) -> tuple[int, int]:
        """A wish for a day, and an open offer of an hour of it that is kept for ten years."""
        day, now = starts_at.date(), datetime(2026, 11, 30, tzinfo=UTC)
        people = {"student_id": student.id, "instructor_id": teacher.id}
        wish_id = self._stored(
            WaitingWish(
                **people,
                service_id=teacher.service_id,
                minutes=60,
                first_day=day,
                last_day=day,
                part="any",
                state="open",
                created_at=now,
                judge_at=now,
            )
        )
        ends_at, expires_at = starts_at + timedelta(hours=1), now + timedelta(days=3650)
        kept = {"starts_at": starts_at, "ends_at": ends_at, "expires_at": expires_at}
        hold = {"holder_id": student.id, "instructor_id": teacher.id, "created_at": now}
        self._stored(TimeHold(**hold, **kept))
        offer = WaitingOffer(wish_id=wish_id, state="open", made_at=now, **people, **kept)
        return wish_id, self._stored(offer)

    def session(self) -> Session:
        """A session of its own, to look into the database; use it as a context."""
        with self.app.app_context():
            return Session(db.engine, expire_on_commit=False)

    def _stored(self, row: object) -> int:
        with self.session() as session:
            session.add(row)
            session.commit()
            return row.id  # type: ignore[attr-defined]


def _clock(text: str) -> time:
    hour, minute = (int(part) for part in text.split(":"))
    return time(hour % 24, minute)


def at(day: date, text: str, zone_name: str = NEW_YORK) -> datetime:
    """The instant at which a zone's clock shows ``HH:MM`` on a day."""
    hour, minute = (int(part) for part in text.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone(zone_name))
    return local.astimezone(UTC)
