"""What an instructor says about himself, before it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.errors import InvalidInput
from app.domain.handles import checked_handle
from app.domain.limits import (
    AREA_MAX_CHARS,
    BIO_MAX_CHARS,
    BIO_MIN_CHARS,
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
    DURATIONS_MAX,
    SKILL_MAX_CHARS,
)


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """One thing to teach. ``durations`` empty means the override, else 60 minutes."""

    skill: str
    hourly_rate: Decimal
    description: str | None = None
    duration_override: int | None = None
    durations: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The skill as it is stored: without surplus space."""
        return " ".join(self.skill.split())


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A profile as wanted. ``None`` leaves a field as it is, or at its default when new.

    An empty ``handle`` takes the one that is there away.
    """

    bio: str | None = None
    areas: Sequence[str] | None = None
    years_experience: int | None = None
    min_advance_booking_hours: int | None = None
    buffer_time_minutes: int | None = None
    booking_horizon_days: int | None = None
    cancellation_notice_hours: int | None = None
    time_zone: str | None = None
    requires_approval: bool | None = None
    handle: str | None = None
    services: Sequence[ServiceDraft] | None = None


def checked(draft: ProfileDraft) -> ProfileDraft:
    """The draft itself when its texts and services hold together. Raises InvalidInput."""
    if draft.bio is not None and not BIO_MIN_CHARS <= len(draft.bio.strip()) <= BIO_MAX_CHARS:
        raise InvalidInput(
            f"The bio needs {BIO_MIN_CHARS} to {BIO_MAX_CHARS} characters.", field="bio"
        )
    checked_handle(draft.handle or "")
    for area in draft.areas or ():
        if not 0 < len(area.strip()) <= AREA_MAX_CHARS or set(area) & set(',{}"\\'):
            raise InvalidInput(
                "An area is a plain name, without commas or brackets.", field="areas_of_service"
            )
    skills = [service.name.casefold() for service in draft.services or ()]
    if len(set(skills)) < len(skills):
        raise InvalidInput("Duplicate services are not allowed", field="services")
    for service in draft.services or ():
        checked_service(service)
    return draft


def checked_service(service: ServiceDraft) -> ServiceDraft:
    """The draft itself when its name and lengths are within bounds. Raises InvalidInput."""
    if not 0 < len(service.skill.strip()) <= SKILL_MAX_CHARS:
        raise InvalidInput("A service needs a name.", field="services")
    if len(set(service.durations)) > DURATIONS_MAX:
        raise InvalidInput(f"At most {DURATIONS_MAX} lesson lengths.", field="services")
    minutes = (*service.durations, *filter(None, (service.duration_override,)))
    for each in minutes:
        if not DURATION_MIN_MINUTES <= each <= DURATION_MAX_MINUTES:
            raise InvalidInput(
                f"A lesson lasts {DURATION_MIN_MINUTES} to {DURATION_MAX_MINUTES} minutes.",
                field="services",
            )
    return service
