"""The forms in which the demo's people and places are written down."""

from dataclasses import dataclass
from typing import Literal

NEW_YORK = "America/New_York"
LONDON = "Europe/London"

Subject = Literal["music", "language", "school", "tech", "chess", "body", "art", "food"]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One thing taught: dollars an hour, lesson lengths in minutes."""

    skill: str
    rate: int
    minutes: tuple[int, ...]
    about: str


@dataclass(frozen=True, kw_only=True)
class Teacher:
    """One instructor.

    ``hours`` maps weekdays ("mon wed") to open hours ("09:00-12:00 15:00-19:00") in ``zone``.
    ``demand`` is about the share of the hours that gets booked; a ``steady`` teacher keeps the
    same hours every week.
    """

    name: str
    subject: Subject
    zone: str = NEW_YORK
    bio: str
    years: int
    areas: tuple[str, ...]
    studio: str
    offers: tuple[Offer, ...]
    hours: dict[str, str]
    notice_hours: int = 2
    buffer_minutes: int = 0
    cancel_hours: int = 24
    horizon_days: int = 60
    demand: float = 0.5
    steady: bool = False


@dataclass(frozen=True)
class Place:
    """An area of a city: streets where students live, spots where people can meet."""

    zone: str
    streets: tuple[str, ...]
    spots: tuple[str, ...]
