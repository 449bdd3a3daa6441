"""Instructors' profiles and what they teach."""

from sqlalchemy import Select, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.domain.errors import Conflict, ProfileExists
from app.domain.handles import HandleTaken
from app.domain.vocabulary import Role
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.models.waiting import WaitingWish
from app.repositories.base import BaseRepository
from app.repositories.locks import lock_instructor
from app.repositories.raised import note_raised

_ONE_PER_PERSON = ("instructor_profiles_user_id_key", "instructor_profiles.user_id")
_ONE_PER_SKILL = ("unique_instructor_skill_active", "services.instructor_profile_id")
_ONE_PER_HANDLE = ("uq_instructor_profiles_handle", "instructor_profiles.handle")
"""What PostgreSQL and SQLite call the constraints."""


class InstructorProfileRepository(BaseRepository[InstructorProfile]):
    """Profiles with their person and services. An instructor's id is his user id."""

    model = InstructorProfile

    def add(self, row: InstructorProfile) -> InstructorProfile:
        """Store a profile and its services. Raises ProfileExists, HandleTaken, Conflict."""
        try:
            return super().add(row)
        except IntegrityError as clash:
            said = str(clash.orig)
            if any(name in said for name in _ONE_PER_PERSON):
                raise ProfileExists from clash
            if any(name in said for name in _ONE_PER_HANDLE):
                raise HandleTaken from clash
            if any(name in said for name in _ONE_PER_SKILL):
                raise Conflict from clash
            raise

    def lock_calendar(self, instructor_id: int) -> None:
        """Let bookings of this instructor wait until the transaction ends.

        Taken before the profile's row, as bookings do.
        """
        lock_instructor(self._session, instructor_id)

    def of(self, instructor_id: int, *, fresh: bool = False) -> InstructorProfile | None:
        """The profile, whatever the state of its account.

        ``fresh`` overwrites what the session read before its transaction began.
        """
        wanted = _with_user().where(InstructorProfile.user_id == instructor_id)
        return self._session.scalars(
            _with_services(wanted), execution_options={"populate_existing": fresh}
        ).one_or_none()

    def called(self, handle: str) -> InstructorProfile | None:
        """The profile of a short name, as ``of`` finds it by number."""
        wanted = _with_user().where(InstructorProfile.handle == handle)
        return self._session.scalars(_with_services(wanted)).one_or_none()

    def bare(self, instructor_id: int) -> InstructorProfile | None:
        """The profile row alone."""
        wanted = select(InstructorProfile).where(InstructorProfile.user_id == instructor_id)
        return self._session.scalars(wanted).one_or_none()

    def with_person(self, instructor_id: int) -> InstructorProfile | None:
        """The profile, person and services of an instructor, in one statement."""
        wanted = _with_user().where(
            InstructorProfile.user_id == instructor_id, User.role == Role.INSTRUCTOR
        )
        joined = wanted.options(joinedload(InstructorProfile.services))
        return self._session.scalars(joined).unique().one_or_none()

    def locked(self, instructor_id: int) -> InstructorProfile | None:
        """The bare profile row, kept from other writers until the transaction ends."""
        wanted = select(InstructorProfile).where(InstructorProfile.user_id == instructor_id)
        return self._session.scalars(
            wanted.with_for_update().execution_options(populate_existing=True)
        ).one_or_none()

    def service_of(
        self, instructor_id: int, service_id: int, *, fresh: bool = False
    ) -> tuple[Service | None, InstructorProfile | None, User | None]:
        """A service by id, and beside it the profile and person of an instructor, in one query.

        ``fresh`` overwrites what the session read before its transaction began.
        """
        found = self._session.execute(
            select(User, InstructorProfile, Service)
            .outerjoin(InstructorProfile, InstructorProfile.user_id == User.id)
            .outerjoin(Service, Service.id == service_id)
            .where(User.id == instructor_id)
            .execution_options(populate_existing=fresh)
        ).one_or_none()
        return (None, None, None) if found is None else (found[2], found[1], found[0])

    def has_bookings(self, service: Service) -> bool:
        """Whether any booking, of any age and state, refers to a service, or who waits for one."""
        is_booked = exists().where(Booking.service_id == service.id)
        is_waited_for = exists().where(WaitingWish.service_id == service.id)
        return bool(self._session.scalar(select(or_(is_booked, is_waited_for))))

    def remove_service(self, profile: InstructorProfile, service: Service) -> None:
        """Delete a service that no booking refers to; leaving the list alone would orphan it."""
        profile.services.remove(service)
        self._session.delete(service)

    def raise_generation(self, instructor_id: int) -> None:
        """Say that what can be booked of this instructor has changed.

        Whoever raises it too waits for this transaction; its commit tells the other processes.
        """
        raised = self._session.scalar(
            update(InstructorProfile)
            .where(InstructorProfile.user_id == instructor_id)
            .values(generation=InstructorProfile.generation + 1)
            .returning(InstructorProfile.generation)
            .execution_options(synchronize_session=False)
        )
        if raised is not None:
            note_raised(self._session, instructor_id, raised)


def _with_user() -> Select[InstructorProfile]:
    joined = select(InstructorProfile).join(InstructorProfile.user)
    return joined.options(contains_eager(InstructorProfile.user))


def _with_services(wanted: Select[InstructorProfile]) -> Select[InstructorProfile]:
    return wanted.options(selectinload(InstructorProfile.services))
