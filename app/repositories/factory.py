"""Every repository on one session, each made on first use."""

from functools import cached_property

from sqlalchemy.orm import Session

from app.repositories.account_data import AccountDataRepository
from app.repositories.account_remains import AccountRemainsRepository
from app.repositories.audit import AuditRepository
from app.repositories.availability import AvailabilityRepository
from app.repositories.booking_pages import BookingPageRepository
from app.repositories.booking_requests import BookingRequestRepository
from app.repositories.booking_statistics import BookingStatisticsRepository
from app.repositories.bookings import BookingRepository
from app.repositories.calendars import CalendarRepository
from app.repositories.days_off import DayOffRepository
from app.repositories.demo import DemoRepository
from app.repositories.desk import DeskRepository
from app.repositories.email_changes import EmailChangeRepository
from app.repositories.health import HealthRepository
from app.repositories.holds import HoldRepository
from app.repositories.instructor_search import InstructorSearchRepository
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.known_names import KnownNamesRepository
from app.repositories.leases import LeaseRepository
from app.repositories.lesson_views import LessonViewRepository
from app.repositories.outbox import OutboxRepository
from app.repositories.public_facts import PublicFactsRepository
from app.repositories.secret_links import EmailVerificationRepository, PasswordResetRepository
from app.repositories.sessions import SessionRepository
from app.repositories.teaching_remains import TeachingRemainsRepository
from app.repositories.timelines import TimelineRepository
from app.repositories.users import UserRepository
from app.repositories.waiting_offers import WaitingOfferRepository
from app.repositories.waiting_remains import WaitingRemainsRepository
from app.repositories.waiting_wishes import WaitingWishRepository


class RepositoryFactory:
    """The data access of one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def users(self) -> UserRepository:
        return UserRepository(self._session)

    @cached_property
    def account_data(self) -> AccountDataRepository:
        return AccountDataRepository(self._session)

    @cached_property
    def account_remains(self) -> AccountRemainsRepository:
        return AccountRemainsRepository(self._session)

    @cached_property
    def sessions(self) -> SessionRepository:
        return SessionRepository(self._session)

    @cached_property
    def password_resets(self) -> PasswordResetRepository:
        return PasswordResetRepository(self._session)

    @cached_property
    def email_changes(self) -> EmailChangeRepository:
        return EmailChangeRepository(self._session)

    @cached_property
    def email_verifications(self) -> EmailVerificationRepository:
        return EmailVerificationRepository(self._session)

    @cached_property
    def instructors(self) -> InstructorProfileRepository:
        return InstructorProfileRepository(self._session)

    @cached_property
    def teaching_remains(self) -> TeachingRemainsRepository:
        return TeachingRemainsRepository(self._session)

    @cached_property
    def instructor_search(self) -> InstructorSearchRepository:
        return InstructorSearchRepository(self._session)

    @cached_property
    def known_names(self) -> KnownNamesRepository:
        return KnownNamesRepository(self._session)

    @cached_property
    def availability(self) -> AvailabilityRepository:
        return AvailabilityRepository(self._session)

    @cached_property
    def days_off(self) -> DayOffRepository:
        return DayOffRepository(self._session)

    @cached_property
    def calendars(self) -> CalendarRepository:
        return CalendarRepository(self._session)

    @cached_property
    def public_facts(self) -> PublicFactsRepository:
        return PublicFactsRepository(self._session)

    @cached_property
    def bookings(self) -> BookingRepository:
        return BookingRepository(self._session)

    @cached_property
    def booking_pages(self) -> BookingPageRepository:
        return BookingPageRepository(self._session)

    @cached_property
    def lesson_views(self) -> LessonViewRepository:
        return LessonViewRepository(self._session)

    @cached_property
    def booking_requests(self) -> BookingRequestRepository:
        return BookingRequestRepository(self._session)

    @cached_property
    def holds(self) -> HoldRepository:
        return HoldRepository(self._session)

    @cached_property
    def waiting_wishes(self) -> WaitingWishRepository:
        return WaitingWishRepository(self._session)

    @cached_property
    def waiting_offers(self) -> WaitingOfferRepository:
        return WaitingOfferRepository(self._session)

    @cached_property
    def waiting_remains(self) -> WaitingRemainsRepository:
        return WaitingRemainsRepository(self._session)

    @cached_property
    def booking_statistics(self) -> BookingStatisticsRepository:
        return BookingStatisticsRepository(self._session)

    @cached_property
    def leases(self) -> LeaseRepository:
        return LeaseRepository(self._session)

    @cached_property
    def outbox(self) -> OutboxRepository:
        return OutboxRepository(self._session)

    @cached_property
    def audit(self) -> AuditRepository:
        return AuditRepository(self._session)

    @cached_property
    def timelines(self) -> TimelineRepository:
        return TimelineRepository(self._session)

    @cached_property
    def demo(self) -> DemoRepository:
        return DemoRepository(self._session)

    @cached_property
    def desk(self) -> DeskRepository:
        return DeskRepository(self._session)

    @cached_property
    def health(self) -> HealthRepository:
        return HealthRepository(self._session)
