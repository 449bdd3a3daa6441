"""The part of the composition root that is about lessons: booked, changed, read, told of."""

from functools import cached_property

from app.services.account_factory import AccountServices
from app.services.booking_changes import BookingChangeService
from app.services.booking_explanations import BookingExplanationService
from app.services.booking_jobs import BookingJobService
from app.services.booking_lists import BookingListService
from app.services.booking_moves import BookingMoveService
from app.services.booking_statistics import BookingStatisticsService
from app.services.booking_steps import BookingTools
from app.services.bookings import BookingService
from app.services.calendar_feeds import CalendarFeedService
from app.services.calendar_files import CalendarFileService, Platform
from app.services.conflict_checker import ConflictChecker
from app.services.lesson_links import LessonLinkService, LinkTools
from app.services.lesson_views import LessonViewService
from app.services.opportunities import OpportunityService
from app.services.presentation import PresentationService
from app.services.reminders import ReminderService
from app.services.timelines import TimelineService


class LessonServices(AccountServices):
    """Services about lessons, each made on first use."""

    @property
    def presentation(self) -> PresentationService:
        return self._runtime.presentation

    @cached_property
    def conflict_checker(self) -> ConflictChecker:
        return ConflictChecker(
            self._context, self._repositories.instructors, self._repositories.calendars
        )

    @cached_property
    def bookings(self) -> BookingService:
        return BookingService(
            self._context,
            self._booking_tools,
            unverified_lessons=self._runtime.unverified_lessons,
        )

    @cached_property
    def booking_changes(self) -> BookingChangeService:
        return BookingChangeService(self._context, self._booking_tools)

    @cached_property
    def booking_moves(self) -> BookingMoveService:
        return BookingMoveService(self._context, self._booking_tools)

    @cached_property
    def booking_jobs(self) -> BookingJobService:
        return BookingJobService(self._context, self._booking_tools)

    @cached_property
    def _booking_tools(self) -> BookingTools:
        return BookingTools(
            self._repositories.bookings,
            self._repositories.instructors,
            self._repositories.booking_requests,
            self.conflict_checker,
            self.notifications,
            self.audit,
        )

    @cached_property
    def booking_explanations(self) -> BookingExplanationService:
        return BookingExplanationService(self._context, self.conflict_checker)

    @cached_property
    def booking_statistics(self) -> BookingStatisticsService:
        return BookingStatisticsService(
            self._context,
            self._repositories.booking_statistics,
            self._repositories.instructors,
        )

    @cached_property
    def booking_lists(self) -> BookingListService:
        return BookingListService(
            self._context,
            self._repositories.bookings,
            self._repositories.booking_pages,
            self._repositories.instructors,
            self._runtime.cursors,
        )

    @cached_property
    def lesson_views(self) -> LessonViewService:
        return LessonViewService(
            self._context, self._repositories.lesson_views, self._runtime.cursors
        )

    @cached_property
    def opportunities(self) -> OpportunityService:
        return OpportunityService(
            self._context, self._repositories.instructors, self.conflict_checker
        )

    @cached_property
    def lesson_links(self) -> LessonLinkService:
        tools = LinkTools(
            self._repositories.bookings,
            self.bookings,
            self.booking_changes,
            self.notifications,
            self.audit,
        )
        return LessonLinkService(self._context, tools, self._runtime.lesson_addresses)

    @cached_property
    def timelines(self) -> TimelineService:
        return TimelineService(self._context, self._repositories.timelines)

    @cached_property
    def calendar_files(self) -> CalendarFileService:
        sender = self._runtime.sender
        platform = Platform(sender.contents.brand, sender.contents.base_url, sender.address)
        return CalendarFileService(self._context, self.presentation, platform)

    @cached_property
    def calendar_feeds(self) -> CalendarFeedService:
        return CalendarFeedService(
            self._context,
            self._repositories.users,
            self._repositories.booking_pages,
            self.calendar_files,
            self.audit,
            tokens=self._runtime.feed_tokens,
            base_url=self._runtime.sender.contents.base_url,
        )

    @cached_property
    def reminders(self) -> ReminderService:
        return ReminderService(self._context, self._repositories.outbox)
