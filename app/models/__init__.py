"""Tables. Importing this package registers every one of them, for migrations."""

from app.models import (
    audit,
    availability,
    booking,
    hold,
    idempotency,
    instructor,
    outbox,
    password_reset,
    session,
    user,
)

__all__ = [
    "audit",
    "availability",
    "booking",
    "hold",
    "idempotency",
    "instructor",
    "outbox",
    "password_reset",
    "session",
    "user",
]
