"""One service at a time: what an instructor teaches, and at what price."""

from collections.abc import Callable, Sequence

from app.domain.errors import DuplicateService, NotFound, RuleBroken
from app.domain.limits import SERVICES_MAX
from app.domain.profile import ServiceDraft, checked_service
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.services.base import measure_operation
from app.services.teaching_steps import TeachingSteps, fill, services_told

_REFUSAL = "Only instructors can have services"


class TaughtServiceService(TeachingSteps):
    """Adds, changes, takes away and brings back. The same rules hold as for a whole profile."""

    @measure_operation
    def listed(self, user: User) -> Sequence[Service]:
        """All of one's own, also those switched off. Raises NotAllowed, NotFound."""
        return self._seen(user, _REFUSAL).services

    @measure_operation
    def add(self, user: User, draft: ServiceDraft) -> Service:
        """Teach something more; a skill that was switched off comes back under its id.

        Raises InvalidInput, DuplicateService, RuleBroken (too many), NotAllowed, NotFound.
        """
        checked_service(draft)

        def change(profile: InstructorProfile) -> Service:
            service = _called(profile, draft.name, is_active=False)
            if service is None:
                service = Service(is_active=False)
            self._offer(profile, service, draft.name)
            if service not in profile.services:
                profile.services.append(service)
            fill(service, draft)
            return service

        return self._changed(user, "service.create", change)

    @measure_operation
    def change(self, user: User, service_id: int, draft: ServiceDraft) -> Service:
        """Replace what a service says. Bookings keep what they were made under.

        Raises InvalidInput, DuplicateService, NotAllowed, NotFound.
        """
        checked_service(draft)

        def change(profile: InstructorProfile) -> Service:
            service = _found(profile, service_id)
            if service.is_active:
                self._check_name(profile, service, draft.name)
            fill(service, draft)
            return service

        return self._changed(user, "service.update", change)

    @measure_operation
    def take_away(self, user: User, service_id: int) -> None:
        """Delete a service, or switch it off where bookings refer to it.

        Raises NotAllowed, NotFound.
        """

        def change(profile: InstructorProfile) -> Service:
            service = _found(profile, service_id)
            self._take_away(profile, service)
            return service

        self._changed(user, "service.delete", change)

    @measure_operation
    def reactivate(self, user: User, service_id: int) -> Service:
        """Offer a service again that was switched off; no change where it is offered.

        Raises DuplicateService, RuleBroken (too many), NotAllowed, NotFound.
        """

        def change(profile: InstructorProfile) -> Service:
            service = _found(profile, service_id)
            if not service.is_active:
                self._offer(profile, service, service.skill)
            return service

        return self._changed(user, "service.reactivate", change)

    def _changed(
        self, user: User, action: str, change: Callable[[InstructorProfile], Service]
    ) -> Service:
        with self.transaction():
            profile = self._own(user, _REFUSAL)
            before = services_told(profile)
            service = change(profile)
            after = services_told(profile)
            if after == before:
                return service
            profile.updated_at = self.clock.now()
            self._profiles.add(profile)
            self._profiles.raise_generation(profile.user_id)
            self._audit.note(
                user,
                action,
                "profile",
                profile.user_id,
                before=before,
                after=after,
            )
        return service

    def _offer(self, profile: InstructorProfile, service: Service, name: str) -> None:
        self._check_name(profile, service, name)
        if len([each for each in profile.services if each.is_active]) >= SERVICES_MAX:
            raise RuleBroken(f"At most {SERVICES_MAX} services are offered at a time.")
        service.is_active = True

    def _check_name(self, profile: InstructorProfile, service: Service, name: str) -> None:
        other = _called(profile, name, is_active=True)
        if other is not None and other is not service:
            raise DuplicateService


def _found(profile: InstructorProfile, service_id: int) -> Service:
    found = next((each for each in profile.services if each.id == service_id), None)
    if found is None:
        raise NotFound("Service not found")
    return found


def _called(profile: InstructorProfile, name: str, *, is_active: bool) -> Service | None:
    return next(
        (
            each
            for each in profile.services
            if each.is_active is is_active and each.skill.casefold() == name.casefold()
        ),
        None,
    )
