"""What everything that students do with the waiting list shares."""

from dataclasses import dataclass

from app.domain.errors import NotFound
from app.domain.waiting import Wanted
from app.models.user import User
from app.models.waiting import WaitingOffer, WaitingWish
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.users import UserRepository
from app.repositories.waiting_offers import WaitingOfferRepository
from app.repositories.waiting_wishes import WaitingWishRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context
from app.services.conflict_checker import ConflictChecker

SHOWN = 20
"""How many wishes one sees of oneself: those in line and the latest others."""


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """What somebody would wait for. Days are those of the instructor's zone."""

    instructor_id: int
    service_id: int
    minutes: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class WaitingTools:
    """What they work with."""

    wishes: WaitingWishRepository
    offers: WaitingOfferRepository
    profiles: InstructorProfileRepository
    users: UserRepository
    checker: ConflictChecker
    audit: AuditService


class WaitingSteps(BaseService):
    """Base of the services for whoever waits. Other people's wishes and offers are not found."""

    def __init__(self, context: Context, tools: WaitingTools) -> None:
        super().__init__(context)
        self._wishes = tools.wishes
        self._offers = tools.offers
        self._profiles = tools.profiles
        self._users = tools.users
        self._checker = tools.checker
        self._audit = tools.audit

    def _found(self, student: User, wish_id: int) -> WaitingWish:
        wish = self._wishes.of_person(wish_id, student.id)
        if wish is None:
            raise NotFound("Not found on your waiting list")
        return wish

    def _offered(self, student: User, offer_id: int) -> WaitingOffer:
        offer = self._offers.of_person(offer_id, student.id)
        if offer is None:
            raise NotFound("Offer not found")
        return offer
