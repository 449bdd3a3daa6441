"""The composition root of a request: every service, put together by hand."""

from functools import cached_property

from sqlalchemy.orm import Session

from app.infra.cache_backends import NullBackend
from app.infra.clock import Clock
from app.repositories.factory import RepositoryFactory
from app.services.account_closing import AccountClosingService
from app.services.availability import AvailabilityService
from app.services.base import Context
from app.services.bench import BenchService
from app.services.bulk_operations import BulkOperationService
from app.services.cache_warming import CacheWarmingStrategy
from app.services.caching import Caching
from app.services.days_off import DayOffService
from app.services.demo import DemoService
from app.services.desk import DeskService
from app.services.finding import FindingService
from app.services.health import HealthService
from app.services.hours import HoursTools
from app.services.instructors import InstructorService
from app.services.kept_answers import KeptAnswers
from app.services.leases import LeaseService
from app.services.mail_delivery import MailDeliveryService
from app.services.open_days import OpenDayService
from app.services.operations import OperationsService
from app.services.public_answers import PublicAnswerService
from app.services.public_availability import PublicAvailabilityService
from app.services.runtime import Runtime
from app.services.search import SearchService
from app.services.slots import SlotManager
from app.services.taught_services import TaughtServiceService
from app.services.unit_of_work import UnitOfWork
from app.services.waiting_factory import WaitingServices
from app.services.week_operations import WeekOperationService

__all__ = ["Runtime", "Services"]


class Services(WaitingServices):
    """Every service for one unit of work, each made on first use."""

    def __init__(self, session: Session, runtime: Runtime, request_id: str | None = None) -> None:
        self._runtime = runtime
        self._repositories = RepositoryFactory(session)
        self.caching = runtime.caching or Caching.over(NullBackend(), runtime.clock)
        self._context = Context(
            UnitOfWork(session, self.caching),
            runtime.clock,
            runtime.metrics,
            runtime.platform_zone,
            request_id,
        )

    @property
    def clock(self) -> Clock:
        return self._runtime.clock

    @property
    def platform_zone(self) -> str:
        return self._runtime.platform_zone

    @cached_property
    def mail_delivery(self) -> MailDeliveryService:
        return MailDeliveryService(
            self._context, self._repositories.outbox, self._runtime.sender, self.calendar_files
        )

    @cached_property
    def leases(self) -> LeaseService:
        return LeaseService(self._context, self._repositories.leases)

    @cached_property
    def account_closing(self) -> AccountClosingService:
        return AccountClosingService(
            self._context,
            self._booking_tools,
            self._repositories.users,
            self._repositories.account_remains,
            self._repositories.teaching_remains,
            self._runtime.passwords,
            self._repositories.waiting_remains,
        )

    @cached_property
    def instructors(self) -> InstructorService:
        return InstructorService(
            self._context,
            self._repositories.instructors,
            self._repositories.users,
            self.audit,
            self._repositories.teaching_remains,
            self._repositories.waiting_remains,
        )

    @cached_property
    def taught_services(self) -> TaughtServiceService:
        repositories = self._repositories
        return TaughtServiceService(
            self._context, repositories.instructors, repositories.users, self.audit
        )

    @cached_property
    def search(self) -> SearchService:
        repositories = self._repositories
        return SearchService(
            self._context,
            repositories.instructor_search,
            repositories.calendars,
            self._runtime.cursors,
        )

    @cached_property
    def finding(self) -> FindingService:
        repositories = self._repositories
        return FindingService(
            self._context,
            self.search,
            self.conflict_checker,
            repositories.instructor_search,
            repositories.known_names,
            repositories.booking_pages,
            self.caching,
        )

    @cached_property
    def availability(self) -> AvailabilityService:
        return AvailabilityService(self._context, self._hours_tools)

    @cached_property
    def slots(self) -> SlotManager:
        return SlotManager(self._context, self._hours_tools)

    @cached_property
    def days_off(self) -> DayOffService:
        return DayOffService(self._context, self._hours_tools, self._repositories.days_off)

    @cached_property
    def week_operations(self) -> WeekOperationService:
        return WeekOperationService(self._context, self._hours_tools)

    @cached_property
    def bulk_operations(self) -> BulkOperationService:
        return BulkOperationService(self._context, self._hours_tools)

    @cached_property
    def _hours_tools(self) -> HoursTools:
        return HoursTools(
            self._repositories.availability,
            self._repositories.instructors,
            self._repositories.users,
            self.audit,
        )

    @cached_property
    def open_days(self) -> OpenDayService:
        return OpenDayService(self._context, self.conflict_checker)

    @cached_property
    def public_availability(self) -> PublicAvailabilityService:
        return PublicAvailabilityService(self._context, self.conflict_checker)

    @cached_property
    def public_answers(self) -> PublicAnswerService:
        style = self._runtime.public_style
        return PublicAnswerService(
            self._context,
            self._repositories.public_facts,
            self._repositories.calendars,
            KeptAnswers(self.caching, style.words, style.kept_seconds),
            style,
        )

    @cached_property
    def cache_warming(self) -> CacheWarmingStrategy:
        return CacheWarmingStrategy(
            self._context, self.caching, self._repositories.public_facts, self.public_answers
        )

    @cached_property
    def demo(self) -> DemoService:
        return DemoService(self._context, self._repositories.demo)

    @cached_property
    def bench(self) -> BenchService:
        return BenchService(self._context, self._repositories.demo)

    @cached_property
    def desk(self) -> DeskService:
        return DeskService(self._context, self._repositories.desk)

    @cached_property
    def health(self) -> HealthService:
        return HealthService(self._context, self._repositories.health)

    @cached_property
    def operations(self) -> OperationsService:
        return OperationsService(
            self._context,
            self._repositories.health,
            self.audit,
            self.caching,
            self._runtime.metrics,
        )
