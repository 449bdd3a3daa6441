"""The part of the composition root that is about times kept for people, and those who wait."""

from functools import cached_property

from app.services.holds import HoldService
from app.services.lesson_factory import LessonServices
from app.services.waiting_answers import WaitingAnswerService
from app.services.waiting_joining import WaitingJoiningService
from app.services.waiting_list import WaitingListService
from app.services.waiting_offers import WaitingOfferService
from app.services.waiting_steps import WaitingTools


class WaitingServices(LessonServices):
    """Services about waiting, each made on first use."""

    @cached_property
    def holds(self) -> HoldService:
        return HoldService(
            self._context,
            self._repositories.holds,
            self._repositories.instructors,
            self._repositories.users,
            self.conflict_checker,
            self.audit,
        )

    @cached_property
    def waiting_joining(self) -> WaitingJoiningService:
        return WaitingJoiningService(self._context, self._waiting_tools)

    @cached_property
    def waiting_list(self) -> WaitingListService:
        return WaitingListService(self._context, self._waiting_tools)

    @cached_property
    def waiting_answers(self) -> WaitingAnswerService:
        return WaitingAnswerService(self._context, self._waiting_tools, self.bookings)

    @cached_property
    def waiting_offers(self) -> WaitingOfferService:
        return WaitingOfferService(
            self._context, self._waiting_tools, self.holds, self.notifications
        )

    @cached_property
    def _waiting_tools(self) -> WaitingTools:
        return WaitingTools(
            self._repositories.waiting_wishes,
            self._repositories.waiting_offers,
            self._repositories.instructors,
            self._repositories.users,
            self.conflict_checker,
            self.audit,
        )
