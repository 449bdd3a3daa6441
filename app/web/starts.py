"""Offered starts with the address that books them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from app.domain.offers import OfferedStart
from app.domain.zones import utc_text
from app.models.instructor import InstructorProfile


@dataclass(frozen=True, slots=True)
class LinkedStart(OfferedStart):
    """A start that can be pressed."""

    url: str


def linked(starts: Iterable[OfferedStart], instructor_id: int) -> list[LinkedStart]:
    """The same starts, each with its booking page."""
    return [
        LinkedStart(
            start.starts_at,
            start.minutes,
            start.zone_name,
            start.service_id,
            booking_address(start, instructor_id),
        )
        for start in starts
    ]


def instructor_address(profile: InstructorProfile) -> str:
    """The page of an instructor, by his short name where he has one."""
    if profile.handle:
        return f"/@{profile.handle}"
    return f"/instructors/{profile.user_id}"


def booking_address(start: OfferedStart, instructor_id: int, step: str = "") -> str:
    """The page that books a start, or that of a step on the way there such as ``/place``."""
    asked = {
        "service": start.service_id,
        "minutes": start.minutes,
        "start": utc_text(start.starts_at),
    }
    return f"/instructors/{instructor_id}/book{step}?{urlencode(asked)}"
