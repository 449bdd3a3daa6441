"""The closed word lists that are stored, sent and shown."""

from enum import StrEnum


class Role(StrEnum):
    """Who a person is to the platform. Staff roles are never given by registration."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    SUPPORT = "support"
    ADMIN = "admin"

    @property
    def is_staff(self) -> bool:
        return self in (Role.SUPPORT, Role.ADMIN)


class BookingStatus(StrEnum):
    """The states of a booking; the last three are final."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    NO_SHOW = "NO_SHOW"


OCCUPYING = (
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.COMPLETED,
    BookingStatus.NO_SHOW,
)
"""States in which a booking keeps its time for itself."""


OPEN = (BookingStatus.PENDING, BookingStatus.CONFIRMED)
"""States in which a booking may still take place."""


class LocationType(StrEnum):
    """Where a lesson takes place."""

    STUDENT_HOME = "student_home"
    INSTRUCTOR_LOCATION = "instructor_location"
    NEUTRAL = "neutral"


class DetailLevel(StrEnum):
    """How much public availability tells."""

    FULL = "full"
    SUMMARY = "summary"
    MINIMAL = "minimal"
