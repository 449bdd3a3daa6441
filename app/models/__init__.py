"""Tables. Importing this package registers every one of them, for migrations."""

from app.models import (
    audit,
    availability,
    booking,
    email_change,
    email_verification,
    hold,
    idempotency,
    instructor,
    outbox,
    password_reset,
    secret_link,
    session,
    user,
    waiting,
)

__all__ = [
    "audit",
    "availability",
    "booking",
    "email_change",
    "email_verification",
    "hold",
    "idempotency",
    "instructor",
    "outbox",
    "password_reset",
    "secret_link",
    "session",
    "user",
    "waiting",
]
