"""The people and rows that the authorisation table is tried with, and what they send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.lesson_links import LinkClaims, LinkPurpose
from app.domain.vocabulary import Role
from app.infra.lesson_links import LessonLinkTokens
from tests.factories import WEDNESDAY, Make, Person, Teacher, at

ROLES = ("anonymous", "student", "instructor", "support", "admin")
WEEK = date(2026, 12, 7)
OFF = date(2026, 12, 25)
REASON = {"reason": "Something came up."}


@dataclass(frozen=True)
class World:
    """One person of each role; the student has lessons with the instructor, one to spend a role.

    The instructor also has a window of hours and a day off that no lesson needs, and an hour that
    is offered to the student, who waits.
    """

    people: Mapping[str, Person]
    teacher: Teacher
    lessons: Mapping[str, int]
    window: int
    day_off: int
    links: LessonLinkTokens
    wish: int
    offer: int

    @classmethod
    def made(cls, make: Make) -> "World":
        teacher = make.instructor(handle="marta")
        make.hours(teacher, WEDNESDAY, "09:00-17:00")
        people = {role.value: make.user(role) for role in Role if role is not Role.INSTRUCTOR}
        people["instructor"] = teacher
        days = {role: WEDNESDAY + timedelta(days=1 + n) for n, role in enumerate(ROLES)}
        lessons = {
            role: make.booking(people["student"], teacher, at(day, "10:00"))
            for role, day in days.items()
        }
        (window,) = make.hours(teacher, WEEK + timedelta(days=14), "09:00-12:00")
        links = make.app.extensions["runtime"].lesson_addresses.tokens
        day_off = make.day_off(teacher, OFF)
        waiting = make.offer(people["student"], teacher, at(WEDNESDAY, "16:00"))
        return cls(people, teacher, lessons, window, day_off, links, *waiting)

    def link(self, purpose: str, role: str) -> str:
        """What the student was mailed about the lesson that this role may spend."""
        lesson = self.lessons.get(role, self.lessons["student"])
        claims = LinkClaims(lesson, self.people["student"].id, 0, 0)
        return self.links.token(LinkPurpose(purpose), claims)

    def path(self, template: str, role: str) -> str:
        teacher = self.teacher
        return template.format(
            lesson=self.lessons[role],
            instructor=teacher.id,
            service=teacher.service_id,
            day=WEDNESDAY,
            week=WEEK,
            window=self.window,
            day_off=self.day_off,
            **{f"{each}_link": self.link(each, role) for each in LinkPurpose},
            wish=self.wish,
            offer=self.offer,
        )


Sending = Callable[[World, str], dict[str, Any]]


def nothing(_world: World, _role: str) -> dict[str, Any]:
    return {}


def agreed(_world: World, _role: str) -> dict[str, Any]:
    return {"agreed_price": "60.00"}


def account(_world: World, role: str) -> dict[str, Any]:
    return {
        "email": f"new-{role}@example.com",
        "password": "lantern-orchard-42",
        "full_name": "New Person",
        "role": "student",
    }


def lesson(world: World, _role: str) -> dict[str, Any]:
    return {
        "instructor_id": world.teacher.id,
        "service_id": world.teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
        "start_time": "14:00",
    }


def forgotten(world: World, _role: str) -> dict[str, Any]:
    return {"email": world.teacher.email}


def no_link(_world: World, _role: str) -> dict[str, Any]:
    return {"token": "no-such-link", "new_password": "lantern-orchard-43"}


def same_password(world: World, role: str) -> dict[str, Any]:
    password = world.people[role].password if role in world.people else "lantern-orchard-42"
    return {"current_password": password, "new_password": "lantern-orchard-43"}


def waiting_for(world: World, _role: str) -> dict[str, Any]:
    wanted = {"instructor_id": world.teacher.id, "service_id": world.teacher.service_id}
    return {**wanted, "duration_minutes": 60, "first_day": f"{WEEK}"}


def waiting_form(world: World, _role: str) -> dict[str, Any]:
    days = {"first_day": f"{WEEK}", "last_day": f"{WEEK}", "part": "any"}
    return {"lesson": f"{world.teacher.service_id}-60", **days}


def own_password(world: World, role: str) -> dict[str, Any]:
    return {"current_password": same_password(world, role)["current_password"]}


def move(_world: World, role: str) -> dict[str, Any]:
    start = f"{10 + ROLES.index(role)}:00"
    return {"booking_date": WEDNESDAY.isoformat(), "start_time": start, "reason": "Asked for."}


def why(_world: World, _role: str) -> dict[str, Any]:
    return {"json": dict(REASON)}


def profile(world: World, role: str) -> dict[str, Any]:
    return {
        "bio": "Teaches with patience.",
        "areas_of_service": ["Harlem"],
        "years_experience": 3,
        "services": [{"skill": "Cello", "hourly_rate": 40}],
    }


def profile_form(_world: World, _role: str) -> dict[str, Any]:
    return {
        "bio": "Teaches with patience.",
        "areas": "Harlem",
        "years_experience": "3",
        "time_zone": "America/New_York",
        "min_advance_booking_hours": "2",
        "buffer_time_minutes": "0",
        "booking_horizon_days": "60",
        "cancellation_notice_hours": "24",
        "services-0-skill": "Cello",
        "services-0-hourly_rate": "40",
        "services-0-durations": "60",
    }


def week_form(_world: World, _role: str) -> dict[str, Any]:
    return {f"hours-{WEEK + timedelta(days=n)}": "9-12" for n in range(7)}


def as_json(of: Sending) -> Sending:
    return lambda world, role: {"json": of(world, role)}


def as_form(of: Sending) -> Sending:
    return lambda world, role: {"data": of(world, role)}


def as_sent(sent: dict[str, Any] | None) -> Sending:
    """The same JSON from everybody, or nothing."""
    return nothing if sent is None else lambda _world, _role: {"json": dict(sent)}
