"""Rows that the tests of the guards write, below the application."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert

from app.domain.vocabulary import Role
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from tests import databases

ADA, GRACE, SAM, KIM = 1, 2, 3, 4  # two instructors, two students
TEN = datetime(2026, 12, 10, 15, tzinfo=UTC)  # 10 o'clock in New York
HOUR = timedelta(hours=1)


def populated(url: str) -> Engine:
    """A database with the people above; an instructor's profile and service have his id."""
    engine = databases.engine_of(url)
    with engine.begin() as connection:
        people = [(ADA, Role.INSTRUCTOR), (GRACE, Role.INSTRUCTOR)]
        people += [(SAM, Role.STUDENT), (KIM, Role.STUDENT)]
        connection.execute(
            insert(User),
            [
                {"id": key, "email": f"{key}@example.com", "full_name": "N", "role": role}
                | {"hashed_password": "-"}
                for key, role in people
            ],
        )
        for key in (ADA, GRACE):
            connection.execute(insert(InstructorProfile).values(id=key, user_id=key))
            connection.execute(
                insert(Service).values(
                    id=key, instructor_profile_id=key, skill="Piano", hourly_rate=Decimal(60)
                )
            )
    return engine


def book(engine: Engine, starts_at: datetime = TEN, **changes: Any) -> int:
    """Insert a lesson of an hour and answer its id."""
    ends_at = changes.pop("ends_at", starts_at + HOUR)
    row = {
        "student_id": SAM,
        "instructor_id": ADA,
        "service_id": ADA,
        "booking_date": date(2026, 12, 10),
        "start_time": time(10),
        "end_time": time(11),
        "service_name": "Piano",
        "hourly_rate": Decimal(60),
        "total_price": Decimal(60),
        "duration_minutes": 60,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "blocked_until": ends_at,
        "time_zone": "America/New_York",
        **changes,
    }
    with engine.begin() as connection:
        return connection.execute(insert(Booking).values(row).returning(Booking.id)).scalar_one()
