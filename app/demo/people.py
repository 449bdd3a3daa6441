"""Everybody in the demo, with ids. The same people whatever the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random

from app.demo.names import email_of, full_names
from app.demo.places import PLACES
from app.demo.shapes import LONDON, NEW_YORK, Offer, Teacher
from app.demo.teachers_languages import LANGUAGES
from app.demo.teachers_music import MUSIC
from app.demo.teachers_school import SCHOOL
from app.demo.teachers_studio import STUDIO

DEMO_PASSWORD = "lesson-time-2026"  # noqa: S105 public on purpose: the demo's sign-ins are printed
STUDENT_COUNT = 300
LONDON_STUDENTS = 88
SEED = "people"

TEACHERS: tuple[Teacher, ...] = MUSIC + LANGUAGES + SCHOOL + STUDIO
ADMIN_ID, SUPPORT_ID = 1, 2
ADMIN_NAME, SUPPORT_NAME, MAYA_NAME = "Jordan Ellis", "Dana Whitfield", "Maya Brooks"
ADMIN_EMAIL = "admin@example.com"
SUPPORT_EMAIL = "support@example.com"
INSTRUCTOR_EMAIL = "sarah.chen@example.com"
STUDENT_EMAIL = "maya.brooks@example.com"
FIXED_EMAILS = (STUDENT_EMAIL, INSTRUCTOR_EMAIL, SUPPORT_EMAIL, ADMIN_EMAIL)


@dataclass(frozen=True, kw_only=True)
class Taught:
    """One service with its id."""

    id: int
    offer: Offer


@dataclass(frozen=True, kw_only=True)
class Instructor:
    """A teacher with ids."""

    id: int
    profile_id: int
    teacher: Teacher
    services: tuple[Taught, ...]

    def service(self, skill: str) -> Taught:
        return next(each for each in self.services if each.offer.skill == skill)


@dataclass(frozen=True, kw_only=True)
class Student:
    """A student: home area and address are what instructors who come to the home see."""

    id: int
    name: str
    email: str
    zone: str
    area: str
    address: str


@dataclass(frozen=True)
class Cast:
    """All instructors and students; Maya, the demo's student, is the first student."""

    instructors: tuple[Instructor, ...]
    students: tuple[Student, ...]

    @property
    def maya(self) -> Student:
        return self.students[0]

    @cached_property
    def by_name(self) -> dict[str, Instructor]:
        return {each.teacher.name: each for each in self.instructors}


def cast() -> Cast:
    """The demo's people; the same on every call."""
    instructors = tuple(_instructors())
    first_id = instructors[-1].id + 1
    return Cast(instructors, tuple(_students(first_id, Random(SEED))))


def _instructors() -> Iterable[Instructor]:
    next_service = 1
    for position, teacher in enumerate(TEACHERS):
        services = tuple(
            Taught(id=next_service + place, offer=offer)
            for place, offer in enumerate(teacher.offers)
        )
        next_service += len(services)
        yield Instructor(
            id=SUPPORT_ID + 1 + position,
            profile_id=1 + position,
            teacher=teacher,
            services=services,
        )


def _students(first_id: int, rng: Random) -> Iterable[Student]:
    taken = {teacher.name for teacher in TEACHERS} | {ADMIN_NAME, SUPPORT_NAME, MAYA_NAME}
    names = (name for name in full_names(rng) if name not in taken)
    areas = {
        zone: [area for area, place in PLACES.items() if place.zone == zone]
        for zone in (NEW_YORK, LONDON)
    }
    for position in range(STUDENT_COUNT):
        zone = LONDON if 0 < position <= LONDON_STUDENTS else NEW_YORK
        name = next(names) if position else MAYA_NAME
        area = rng.choice(areas[zone]) if position else "Carroll Gardens"
        yield Student(
            id=first_id + position,
            name=name,
            email=email_of(name),
            zone=zone,
            area=area,
            address=_address(area, rng),
        )


def _address(area: str, rng: Random) -> str:
    place = PLACES[area]
    street = rng.choice(place.streets)
    number = rng.randint(8, 480) if place.zone == NEW_YORK else rng.randint(3, 140)
    door = rng.choice(("", f", Apt {rng.randint(1, 6)}{rng.choice('ABCDEF')}"))
    if place.zone == LONDON:
        door = rng.choice(("", "", f", Flat {rng.randint(1, 9)}"))
    return f"{number} {street}{door}, {area}"
