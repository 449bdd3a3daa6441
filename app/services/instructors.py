"""Instructors: what they say of themselves, teach and charge."""

from collections.abc import Mapping, Sequence

from app.domain.areas import write_areas
from app.domain.errors import LessonsAhead, NotAllowed, NotFound, ProfileExists
from app.domain.handles import checked_handle, plain_handle
from app.domain.profile import ProfileDraft, ServiceDraft, checked
from app.domain.vocabulary import Role
from app.domain.zones import zone
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.teaching_remains import TeachingRemainsRepository
from app.repositories.users import UserRepository
from app.repositories.waiting_remains import WaitingRemainsRepository
from app.services.audit import AuditService
from app.services.base import Context, measure_operation
from app.services.teaching_steps import PLAIN_FIELDS, TeachingSteps, fill, told


class InstructorService(TeachingSteps):
    """Profiles and services. An instructor's id is the id of his account."""

    def __init__(
        self,
        context: Context,
        profiles: InstructorProfileRepository,
        users: UserRepository,
        audit: AuditService,
        remains: TeachingRemainsRepository,
        waiting: WaitingRemainsRepository,
    ) -> None:
        super().__init__(context, profiles, users, audit)
        self._remains = remains
        self._waiting = waiting

    @measure_operation
    def profile(self, instructor_id: int) -> InstructorProfile:
        """An active instructor's profile, for anybody. Raises NotFound."""
        return _shown(self._profiles.of(instructor_id))

    @measure_operation
    def profile_called(self, handle: str) -> InstructorProfile:
        """The same by short name, however it is written. Raises NotFound."""
        return _shown(self._profiles.called(plain_handle(handle)))

    @measure_operation
    def own_profile(self, user: User) -> InstructorProfile:
        """Raises NotAllowed for anybody but instructors, NotFound without a profile."""
        return self._seen(user, "Only instructors can access profiles")

    @measure_operation
    def create_profile(self, user: User, draft: ProfileDraft) -> InstructorProfile:
        """Begin to teach: a student becomes an instructor. Raises ProfileExists, NotAllowed,
        InvalidToken.

        Who has taught before gets his profile back: services that are named keep their ids,
        and rules that are not named stay as they were.
        """
        if user.kind.is_staff:
            raise NotAllowed("Staff accounts do not teach.")
        draft = checked(draft)
        with self.transaction():
            self._profiles.lock_calendar(user.id)
            person = self._users.still_open(user.id)
            profile = self._profiles.of(user.id, fresh=True)
            if profile is not None and _is_in_use(profile, person):
                raise ProfileExists
            if person.kind.is_staff:
                raise NotAllowed("Staff accounts do not teach.")
            is_back = profile is not None and not _is_blank(profile)
            if profile is None:
                profile = self._profiles.add(InstructorProfile(user_id=user.id, services=[]))
            profile.time_zone = profile.time_zone or self.platform_zone
            before = {"role": person.role}
            for instructor_id in self._waiting.end(person.id, self.clock.now()):
                self._profiles.raise_generation(instructor_id)
            person.role = user.role = Role.INSTRUCTOR.value
            self._write(profile, draft)
            self._audit.note(
                user,
                "profile.reactivate" if is_back else "profile.create",
                "profile",
                profile.user_id,
                before=before,
                after={"role": person.role, **told(profile)},
            )
        return self.own_profile(person)

    @measure_operation
    def update_profile(self, user: User, draft: ProfileDraft) -> InstructorProfile:
        """Change what the draft names; services, where given, are replaced as a whole."""
        draft = checked(draft)
        if user.kind is not Role.INSTRUCTOR:
            raise NotAllowed("Only instructors can update profiles")
        with self.transaction():
            profile = self._own(user, "Only instructors can update profiles")
            before = told(profile)
            self._fill(profile, draft)
            if told(profile) == before:
                return profile
            self._store(profile)
            self._audit.note(
                user,
                "profile.update",
                "profile",
                profile.user_id,
                before=before,
                after=told(profile),
            )
        return profile

    @measure_operation
    def delete_profile(self, user: User) -> None:
        """Stop to teach: the instructor becomes a student; bookings and what they name stay.

        Raises NotAllowed, NotFound, LessonsAhead.
        """
        with self.transaction():
            profile = self._own(user, "Only instructors can delete their profiles")
            now = self.clock.now()
            if self._remains.has_lessons_ahead(profile.user_id, now):
                raise LessonsAhead
            before = {"role": profile.user.role, "services": told(profile)["services"]}
            zone_name = profile.time_zone or self.platform_zone
            self._remains.clear_hours(profile.user_id, self.clock.today(zone_name))
            self._remains.drop_services(profile.id)
            profile.user.role = user.role = Role.STUDENT.value
            profile.updated_at = now
            self._profiles.raise_generation(profile.user_id)
            self._audit.note(
                user,
                "profile.delete",
                "profile",
                profile.user_id,
                before=before,
                after={"role": user.role, "services": {}},
            )

    def _write(self, profile: InstructorProfile, draft: ProfileDraft) -> None:
        self._fill(profile, draft)
        self._store(profile)

    def _store(self, profile: InstructorProfile) -> None:
        profile.updated_at = self.clock.now()
        self._profiles.add(profile)
        self._profiles.raise_generation(profile.user_id)

    def _fill(self, profile: InstructorProfile, draft: ProfileDraft) -> None:
        for name in PLAIN_FIELDS:
            wanted = getattr(draft, name)
            if wanted is not None:
                setattr(profile, name, wanted)
        if draft.bio is not None:
            profile.bio = draft.bio.strip()
        if draft.areas is not None:
            profile.areas_of_service = write_areas([area.strip() for area in draft.areas])
        if draft.time_zone is not None:
            profile.time_zone = zone(draft.time_zone).key
        if draft.services is not None:
            self._replace_services(profile, draft.services)
        if draft.handle is not None:  # last: only what stores the whole knows whose a name is
            profile.handle = checked_handle(draft.handle) or None

    def _replace_services(self, profile: InstructorProfile, drafts: Sequence[ServiceDraft]) -> None:
        """Match by name: update and reactivate, add, and take away what is not named.

        Taken away comes first: adopted services may differ from one another by case only, and
        one of them could not take the other's spelling. What bookings refer to is only
        switched off (soft delete).
        """
        wanted = {draft.name.casefold(): draft.name for draft in drafts}
        kept: dict[str, Service] = {}
        for service in sorted(profile.services, key=lambda each: _rank(each, wanted)):
            if (key := service.skill.casefold()) in wanted:
                kept[key] = service
        for service in list(profile.services):
            if service.is_active and service is not kept.get(service.skill.casefold()):
                self._take_away(profile, service)
        self._profiles.add(profile)
        for draft in drafts:
            taught = kept.get(draft.name.casefold())
            if taught is None:
                taught = Service()
                profile.services.append(taught)
            fill(taught, draft)
            taught.is_active = True


def _shown(profile: InstructorProfile | None) -> InstructorProfile:
    """Where its person teaches now. Raises NotFound."""
    if profile and profile.user.is_open and profile.user.kind is Role.INSTRUCTOR:
        return profile
    raise NotFound("Instructor profile not found")


def _rank(service: Service, wanted: Mapping[str, str]) -> tuple[bool, bool]:
    """Of services that differ by case only, the active one is kept, of those the one named."""
    return service.is_active, service.skill == wanted.get(service.skill.casefold())


def _is_in_use(profile: InstructorProfile, person: User) -> bool:
    """Whether it stands in the way of a new one; the profile of a student is a deleted one."""
    return person.kind is Role.INSTRUCTOR and not _is_blank(profile)


def _is_blank(profile: InstructorProfile) -> bool:
    """As registration leaves it: nothing said and nothing offered yet."""
    return not profile.bio and not profile.services
