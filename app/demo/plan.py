"""The whole demo as rows, ready to insert; the same every time for one day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from random import Random

from app.demo.bookings import Moments, Row, Writer
from app.demo.hours import SAVED_PAST_WEEKS, Hours, hours_of
from app.demo.lessons import Lesson, Roster, Timetable
from app.demo.maya import lessons_of_maya
from app.demo.names import email_of
from app.demo.people import (
    ADMIN_EMAIL,
    ADMIN_ID,
    ADMIN_NAME,
    SUPPORT_EMAIL,
    SUPPORT_ID,
    SUPPORT_NAME,
    Cast,
    Instructor,
    Student,
    cast,
)
from app.demo.references import references
from app.demo.shapes import LONDON, NEW_YORK, Teacher
from app.domain.areas import write_areas
from app.domain.durations import write_durations
from app.domain.vocabulary import Role
from app.domain.week import Week
from app.domain.zones import first_existing, zone

REGULARS_AT_FULL_DEMAND = 36


@dataclass(frozen=True, kw_only=True)
class DemoPlan:
    """Rows by table, keyed by column name, ids included; in the order of the foreign keys."""

    users: list[Row]
    instructor_profiles: list[Row]
    services: list[Row]
    availability_slots: list[Row]
    blackout_dates: list[Row]
    bookings: list[Row]


def plan(today: date, now: datetime, *, password_hash: str) -> DemoPlan:
    """Everything, around ``today`` (a date in New York).

    ``now`` (aware) decides only what has ended, and when requests were made; who has a
    lesson when depends on the day alone.
    """
    people = cast()
    midnight = min(first_existing(zone(NEW_YORK), today, 0), now.astimezone(UTC))
    hours = {
        each.id: hours_of(each, today, _chance(today, "hours", each.id))
        for each in people.instructors
    }
    lessons = _timetable(people, hours, today)
    return DemoPlan(
        users=list(_users(people, midnight, password_hash)),
        instructor_profiles=[_profile(each, midnight) for each in people.instructors],
        services=[row for each in people.instructors for row in _services(each)],
        availability_slots=list(_slots(hours, today, midnight)),
        blackout_dates=list(_days_off(hours, midnight)),
        bookings=_bookings(people, lessons, Moments(midnight, now), today),
    )


def _chance(*parts: object) -> Random:
    """A generator of its own per purpose, so that a change in one place leaves the others."""
    return Random(":".join(map(str, parts)))


def _timetable(people: Cast, hours: dict[int, Hours], today: date) -> list[Lesson]:
    timetable = Timetable(hours, today)
    for lesson in lessons_of_maya(people, today):
        timetable.place(lesson)
    cities = {name: _others_in(people, name) for name in (NEW_YORK, LONDON)}
    decks = {name: cycle(_shuffled(others, name)) for name, others in cities.items()}
    for each in people.instructors:
        others, deck = cities[each.teacher.zone], decks[each.teacher.zone]
        regulars = _regulars(each.teacher, others, deck)
        roster = Roster(instructor=each, regulars=regulars, others=others)
        timetable.fill(roster, _chance(today, "lessons", each.id))
    everybody_else = frozenset(each.id for each in people.students if each is not people.maya)
    timetable.request_some(everybody_else, _chance(today, "requests"))
    return timetable.lessons


def _others_in(people: Cast, zone_name: str) -> list[Student]:
    """The students of a city but for Maya, whose lessons are written down."""
    return [each for each in people.students if each.zone == zone_name and each is not people.maya]


def _shuffled(students: list[Student], purpose: str) -> list[Student]:
    return _chance("regulars", purpose).sample(students, k=len(students))


def _regulars(teacher: Teacher, others: list[Student], deck: Iterator[Student]) -> list[Student]:
    """Some from the neighbourhood, some from anywhere in the city; nobody twice."""
    rng = _chance("regulars", teacher.name)
    near = [each for each in others if each.area in teacher.areas]
    chosen = rng.sample(near, k=min(6, len(near)))
    more = round(REGULARS_AT_FULL_DEMAND * teacher.demand) - len(chosen)
    chosen += [each for each in islice(deck, more) if each not in chosen]
    return rng.sample(chosen, k=len(chosen))


def _users(people: Cast, midnight: datetime, password_hash: str) -> Iterable[Row]:
    accounts = [
        (ADMIN_ID, ADMIN_EMAIL, ADMIN_NAME, Role.ADMIN, NEW_YORK),
        (SUPPORT_ID, SUPPORT_EMAIL, SUPPORT_NAME, Role.SUPPORT, NEW_YORK),
    ]
    for each in people.instructors:
        name = each.teacher.name
        accounts.append((each.id, email_of(name), name, Role.INSTRUCTOR, each.teacher.zone))
    for student in people.students:
        accounts.append((student.id, student.email, student.name, Role.STUDENT, student.zone))
    for number, email, name, role, zone_name in accounts:
        yield {
            "id": number,
            "email": email,
            "hashed_password": password_hash,
            "full_name": name,
            "is_active": True,
            "role": role.value,
            "time_zone": zone_name,
            "created_at": _joined(number, midnight),
            "email_verified_at": _joined(number, midnight),
        }


def _joined(user_id: int, midnight: datetime) -> datetime:
    """Well before the first lesson."""
    rng = _chance("joined", user_id)
    age = timedelta(days=rng.randint(130, 700), minutes=rng.randint(60, 900))
    return (midnight - age).astimezone(UTC).replace(microsecond=0)


def _profile(each: Instructor, midnight: datetime) -> Row:
    teacher = each.teacher
    return {
        "id": each.profile_id,
        "user_id": each.id,
        "bio": teacher.bio,
        "years_experience": teacher.years,
        "areas_of_service": write_areas(teacher.areas),
        "min_advance_booking_hours": teacher.notice_hours,
        "buffer_time_minutes": teacher.buffer_minutes,
        "booking_horizon_days": teacher.horizon_days,
        "cancellation_notice_hours": teacher.cancel_hours,
        "time_zone": teacher.zone,
        "handle": "-".join(teacher.name.lower().split()),
        "created_at": _joined(each.id, midnight) + timedelta(minutes=25),
    }


def _services(each: Instructor) -> Iterable[Row]:
    for service in each.services:
        yield {
            "id": service.id,
            "instructor_profile_id": each.profile_id,
            "skill": service.offer.skill,
            "hourly_rate": Decimal(service.offer.rate),
            "description": service.offer.about,
            "duration_override": None,
            "is_active": True,
            "durations": write_durations(service.offer.minutes),
        }


def _slots(hours: dict[int, Hours], today: date, midnight: datetime) -> Iterable[Row]:
    first = Week.containing(today).monday - timedelta(weeks=SAVED_PAST_WEEKS)
    windows = (
        (instructor_id, day, window)
        for instructor_id, each in hours.items()
        for day, day_windows in sorted(each.open.items())
        for window in day_windows
        if day >= first
    )
    for number, (instructor_id, day, window) in enumerate(windows, start=1):
        saved = midnight - timedelta(days=max(3, (today - day).days + 8), hours=4)
        yield {
            "id": number,
            "instructor_id": instructor_id,
            "specific_date": day,
            "start_time": window.start_time,
            "end_time": window.end_time,
            "created_at": saved,
        }


def _days_off(hours: dict[int, Hours], midnight: datetime) -> Iterable[Row]:
    days = (
        (instructor_id, day, reason)
        for instructor_id, each in hours.items()
        for day, reason in each.days_off.items()
    )
    for number, (instructor_id, day, reason) in enumerate(days, start=1):
        yield {
            "id": number,
            "instructor_id": instructor_id,
            "date": day,
            "reason": reason,
            "created_at": midnight - timedelta(days=12, hours=number % 9),
        }


def _bookings(people: Cast, lessons: list[Lesson], moments: Moments, today: date) -> list[Row]:
    """Ids in the order of the lessons, so that they do not depend on the hour of seeding."""
    rows: list[Row] = []
    ordered = sorted(
        lessons, key=lambda each: (each.starts_at, each.instructor.id, each.fate.value)
    )
    said: set[tuple[int, str]] = set()
    writers = {
        each.id: Writer(each.teacher.subject, moments, said, _chance(today, "bookings", each.id))
        for each in people.instructors
    }
    names = references(_chance(today, "references"))
    for number, lesson in enumerate(ordered, start=1):
        row = writers[lesson.instructor.id].row(lesson)
        rows.append({"id": number, "reference": next(names)} | row)
    return rows
