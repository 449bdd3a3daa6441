"""JSON of instructors."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_validator

from app.domain.limits import (
    AREA_MAX_CHARS,
    AREAS_MAX,
    BIO_MAX_CHARS,
    BIO_MIN_CHARS,
    BUFFER_MAX_MINUTES,
    CANCELLATION_NOTICE_MAX_HOURS,
    DESCRIPTION_MAX_CHARS,
    DURATIONS_MAX,
    EXPERIENCE_MAX_YEARS,
    HANDLE_MAX_CHARS,
    HORIZON_MAX_DAYS,
    NOTICE_MAX_HOURS,
    RATE_MAX,
    SERVICES_MAX,
    SKILL_MAX_CHARS,
)
from app.domain.profile import ProfileDraft, ServiceDraft
from app.models.instructor import InstructorProfile, Service
from app.web.api import ApiIn, ApiOut, Instant, Money
from app.web.lesson_fields import Minutes

Area = Annotated[str, Field(min_length=1, max_length=AREA_MAX_CHARS)]


class ServiceIn(ApiIn):
    """One thing to teach."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "skill": "Piano",
                    "hourly_rate": 60,
                    "description": "For beginners of every age",
                    "durations": [30, 60],
                }
            ]
        }
    )

    skill: Annotated[str, Field(min_length=1, max_length=SKILL_MAX_CHARS)]
    hourly_rate: Annotated[Decimal, Field(gt=0, le=RATE_MAX, max_digits=8, decimal_places=2)]
    description: Annotated[str, Field(max_length=DESCRIPTION_MAX_CHARS)] | None = None
    duration_override: Minutes | None = None
    durations: Annotated[list[Minutes], Field(max_length=DURATIONS_MAX, default_factory=list)]

    def to_draft(self) -> ServiceDraft:
        return ServiceDraft(
            self.skill,
            self.hourly_rate,
            self.description,
            self.duration_override,
            tuple(self.durations),
        )


class ProfileChangesIn(ApiIn):
    """What to change; absent fields stay, null is not a value."""

    bio: Annotated[str, Field(min_length=BIO_MIN_CHARS, max_length=BIO_MAX_CHARS)] | None = None
    areas_of_service: Annotated[list[Area], Field(max_length=AREAS_MAX)] | None = None
    years_experience: Annotated[int, Field(ge=0, le=EXPERIENCE_MAX_YEARS)] | None = None
    min_advance_booking_hours: Annotated[int, Field(ge=0, le=NOTICE_MAX_HOURS)] | None = None
    buffer_time_minutes: Annotated[int, Field(ge=0, le=BUFFER_MAX_MINUTES)] | None = None
    booking_horizon_days: Annotated[int, Field(ge=1, le=HORIZON_MAX_DAYS)] | None = None
    cancellation_notice_hours: (
        Annotated[int, Field(ge=0, le=CANCELLATION_NOTICE_MAX_HOURS)] | None
    ) = None
    time_zone: Annotated[str, Field(max_length=64)] | None = None
    requires_approval: bool | None = None
    handle: (
        Annotated[
            str,
            Field(
                max_length=HANDLE_MAX_CHARS + 1,
                description="The short name of the page, such as `marta` for `/@marta`: 3 to 30 "
                "letters, digits and hyphens. An empty text takes it away.",
            ),
        ]
        | None
    ) = None
    services: Annotated[list[ServiceIn], Field(max_length=SERVICES_MAX)] | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _said_is_meant(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("Leave the field out to keep it as it is.")
        return value

    def to_draft(self) -> ProfileDraft:
        services = self.services
        return ProfileDraft(
            bio=self.bio,
            areas=self.areas_of_service,
            years_experience=self.years_experience,
            min_advance_booking_hours=self.min_advance_booking_hours,
            buffer_time_minutes=self.buffer_time_minutes,
            booking_horizon_days=self.booking_horizon_days,
            cancellation_notice_hours=self.cancellation_notice_hours,
            time_zone=self.time_zone,
            requires_approval=self.requires_approval,
            handle=self.handle,
            services=None if services is None else [each.to_draft() for each in services],
        )


class ProfileIn(ProfileChangesIn):
    """A new profile."""

    bio: Annotated[str, Field(min_length=BIO_MIN_CHARS, max_length=BIO_MAX_CHARS)]
    areas_of_service: Annotated[list[Area], Field(min_length=1, max_length=AREAS_MAX)]
    years_experience: Annotated[int, Field(ge=0, le=EXPERIENCE_MAX_YEARS)]
    services: Annotated[list[ServiceIn], Field(min_length=1, max_length=SERVICES_MAX)]


class NameOut(ApiOut):
    """An instructor to the public: never an e-mail address."""

    full_name: str


class ServiceOut(ApiOut):
    """One thing taught now."""

    id: int
    skill: str
    hourly_rate: Money
    description: str | None
    duration_override: int | None
    duration: int
    durations: list[int]


class OwnServiceOut(ServiceOut):
    """A service to its owner, also one that is switched off."""

    is_active: bool

    @classmethod
    def own(cls, service: Service) -> "OwnServiceOut":
        return cls(**dict(_service(service)), is_active=service.is_active)


class ProfileOut(ApiOut):
    """A profile to the public. ``id`` is the profile's; addresses use ``user_id``."""

    id: int
    user_id: int
    bio: str | None
    areas_of_service: list[str]
    years_experience: int | None
    min_advance_booking_hours: int
    buffer_time_minutes: int
    booking_horizon_days: int
    cancellation_notice_hours: int
    requires_approval: bool
    time_zone: str
    handle: str | None
    created_at: Instant | None
    updated_at: Instant | None
    user: NameOut
    services: list[ServiceOut]

    @classmethod
    def of(cls, profile: InstructorProfile, platform_zone: str) -> "ProfileOut":
        return cls(
            id=profile.id,
            user_id=profile.user_id,
            bio=profile.bio,
            areas_of_service=list(profile.areas),
            years_experience=profile.years_experience,
            min_advance_booking_hours=profile.min_advance_booking_hours,
            buffer_time_minutes=profile.buffer_time_minutes,
            booking_horizon_days=profile.booking_horizon_days,
            cancellation_notice_hours=profile.cancellation_notice_hours,
            requires_approval=profile.requires_approval,
            time_zone=profile.time_zone or platform_zone,
            handle=profile.handle,
            created_at=profile.created_at,
            updated_at=profile.updated_at,
            user=NameOut(full_name=profile.user.full_name),
            services=[_service(each) for each in _by_skill(profile.active_services)],
        )


def _by_skill(services: list[Service]) -> list[Service]:
    return sorted(services, key=lambda service: (service.skill, service.id))


def _service(service: Service) -> ServiceOut:
    return ServiceOut(
        id=service.id,
        skill=service.skill,
        hourly_rate=service.hourly_rate,
        description=service.description,
        duration_override=service.duration_override,
        duration=service.offered_minutes[0],
        durations=list(service.offered_minutes),
    )
