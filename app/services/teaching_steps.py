"""What every change of a profile or of a service does alike."""

from app.domain.durations import write_durations
from app.domain.errors import InvalidToken, NotAllowed, NotFound
from app.domain.profile import ServiceDraft
from app.domain.vocabulary import Role
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context

PLAIN_FIELDS = (
    "years_experience",
    "min_advance_booking_hours",
    "buffer_time_minutes",
    "booking_horizon_days",
    "cancellation_notice_hours",
    "requires_approval",
)


class TeachingSteps(BaseService):
    """Base of the services that change what somebody teaches."""

    def __init__(
        self,
        context: Context,
        profiles: InstructorProfileRepository,
        users: UserRepository,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._profiles = profiles
        self._users = users
        self._audit = audit

    def _seen(self, user: User, refusal: str) -> InstructorProfile:
        """One's own profile, to be read. Raises NotAllowed with the sentence, NotFound."""
        if user.kind is not Role.INSTRUCTOR:
            raise NotAllowed(refusal)
        profile = self._profiles.of(user.id)
        if profile is None:
            raise NotFound("Profile not found")
        return profile

    def _own(self, user: User, refusal: str) -> InstructorProfile:
        """One's own profile, kept from bookings and other changes until the transaction ends.

        Raises NotAllowed with the sentence, also for who stopped to teach meanwhile; InvalidToken
        where the account was closed meanwhile; NotFound.
        """
        self._profiles.lock_calendar(user.id)
        self._profiles.locked(user.id)
        profile = self._profiles.of(user.id, fresh=True)
        person = self._users.get(user.id, fresh=True) if profile is None else profile.user
        if person is None or person.kind is not Role.INSTRUCTOR:
            raise NotAllowed(refusal)
        if not person.is_open:
            raise InvalidToken
        if profile is None:
            raise NotFound("Profile not found")
        return profile

    def _take_away(self, profile: InstructorProfile, service: Service) -> None:
        """Delete a service, or switch it off where bookings refer to it."""
        if self._profiles.has_bookings(service):
            service.is_active = False
        else:
            self._profiles.remove_service(profile, service)


def told(profile: InstructorProfile) -> dict[str, object]:
    """What the trail of changes says of a profile and its services."""
    plain = {name: getattr(profile, name) for name in PLAIN_FIELDS}
    texts = {"bio": profile.bio, "areas": profile.areas_of_service, "time_zone": profile.time_zone}
    texts["handle"] = profile.handle
    return {**plain, **texts, **services_told(profile)}


def services_told(profile: InstructorProfile) -> dict[str, object]:
    """What it says of the services: what is offered, what is switched off, and the free texts."""
    terms: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for each in profile.services:
        said = f"{each.hourly_rate:.2f} for {each.offered_minutes} minutes"
        terms[bool(each.is_active)][each.skill] = said
    texts = {each.skill: each.description for each in profile.services if each.description}
    rest = {"services_off": terms[False], "descriptions": texts}
    return {"services": terms[True], **{name: each for name, each in rest.items() if each}}


def fill(service: Service, draft: ServiceDraft) -> None:
    """Give a service what the draft says; whether it is offered is not among it."""
    service.skill = draft.name
    service.hourly_rate = draft.hourly_rate
    service.description = (draft.description or "").strip() or None
    service.duration_override = draft.duration_override
    service.durations = write_durations(draft.durations) if draft.durations else None
