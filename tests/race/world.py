"""A migrated database with instructors whose days are open, and students with tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Connection, insert, text

from app.domain.vocabulary import Role
from app.infra.clock import SystemClock
from app.infra.tokens import AccessTokens
from app.models.availability import AvailabilitySlot
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from tests import databases
from tests.race.wishes import CLOSES, HORIZON_DAYS, LENGTHS, OPENS, Teacher
from tests.web_server import SECRET

STUDENTS = 200
TOKEN_LIFETIME = timedelta(hours=12)
BUFFERS = (0, 15)  # taken in turn
ZONE = "America/New_York"
_ATTEMPTS_PER_TEACHER = 3125  # more attempts need more hours to fight for


@dataclass(frozen=True)
class World:
    """Who takes part. ``today`` is the instructors' day."""

    today: date
    teachers: Sequence[Teacher]
    tokens: Sequence[str]


def populated(url: str, attempts: int) -> World:
    """Migrate an empty database and fill it; instructors by fours."""
    databases.upgrade(url)
    clock = SystemClock()
    count = max(4, -(-attempts // _ATTEMPTS_PER_TEACHER // 4) * 4)
    teachers = [Teacher(key, key) for key in range(1, count + 1)]
    students = {key: f"student{key}@example.com" for key in range(count + 1, count + STUDENTS + 1)}
    today = clock.today(ZONE)
    with databases.opened(url) as connection:
        _insert_people(connection, teachers, students)
        _insert_hours(connection, teachers, today)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    signer = AccessTokens([SECRET], TOKEN_LIFETIME)
    tokens = [signer.issue(key, email, 0, now=clock.now()) for key, email in students.items()]
    return World(today, teachers, tokens)


def _insert_people(
    connection: Connection, teachers: Sequence[Teacher], students: dict[int, str]
) -> None:
    instructors = {each.id: f"instructor{each.id}@example.com" for each in teachers}
    for role, people in ((Role.INSTRUCTOR, instructors), (Role.STUDENT, students)):
        connection.execute(
            insert(User),
            [
                {"id": key, "email": email, "full_name": f"{role.title()} {key}", "role": role}
                | {"hashed_password": "-", "email_verified_at": datetime(2026, 1, 1, tzinfo=UTC)}
                for key, email in people.items()
            ],
        )
    connection.execute(
        insert(InstructorProfile),
        [
            {"id": each.id, "user_id": each.id, "time_zone": ZONE, "min_advance_booking_hours": 0}
            | {"booking_horizon_days": HORIZON_DAYS, "bio": "Teaches whoever comes first."}
            | {"buffer_time_minutes": BUFFERS[each.id % len(BUFFERS)]}
            for each in teachers
        ],
    )
    lengths = ",".join(str(minutes) for minutes in LENGTHS)
    connection.execute(
        insert(Service),
        [
            {"id": each.service_id, "instructor_profile_id": each.id, "skill": "Piano"}
            | {"hourly_rate": Decimal(60), "durations": lengths}
            for each in teachers
        ],
    )


def _insert_hours(connection: Connection, teachers: Sequence[Teacher], today: date) -> None:
    opens, closes = time(OPENS // 60), time(CLOSES // 60)
    connection.execute(
        insert(AvailabilitySlot),
        [
            {"instructor_id": each.id, "specific_date": today + timedelta(days=ahead)}
            | {"start_time": opens, "end_time": closes}
            for each in teachers
            for ahead in range(1, HORIZON_DAYS + 1)
        ],
    )
