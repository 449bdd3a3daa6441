"""Tables. Importing this package registers every one of them, for migrations."""

from app.models import availability, booking, instructor, password_reset, session, user

__all__ = ["availability", "booking", "instructor", "password_reset", "session", "user"]
