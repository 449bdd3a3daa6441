"""What pages say of those who wait."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.offers import OfferedStart
from app.domain.pricing import price
from app.domain.waiting import DayPart, EndReason, WishState
from app.models.waiting import WaitingOffer
from app.services.waiting_list import Place, Waiting
from app.web.starts import LinkedStart, linked

PARTS = {
    DayPart.ANY: "at any time",
    DayPart.MORNING: "in the morning",
    DayPart.AFTERNOON: "in the afternoon",
    DayPart.EVENING: "in the evening",
}
_OUTCOMES = {
    WishState.FULFILLED: "You have a lesson",
    WishState.LEFT: "You left the list",
    WishState.EXPIRED: "No time freed, sorry",
}
_ENDED = {
    EndReason.INSTRUCTOR: "The instructor takes no bookings now",
    EndReason.SERVICE: "This lesson is no longer offered",
    EndReason.STUDENT: "You could not book at that time",
}
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A wish with its words: when it is for, its place in line, and what became of it."""

    waiting: Waiting

    @property
    def part(self) -> str:
        return PARTS[DayPart(self.waiting.wish.part)]

    @property
    def place(self) -> str:
        return place_in_words(self.waiting.place) if self.waiting.place else ""

    @property
    def outcome(self) -> str:
        """Empty while it is open."""
        wish = self.waiting.wish
        if wish.state == WishState.ENDED:
            return _ENDED[EndReason(wish.reason or EndReason.INSTRUCTOR)]
        return _OUTCOMES.get(WishState(wish.state), "")


def place_in_words(place: Place) -> str:
    """``3rd in line``; from the best to the worst where his days differ."""
    if place.best == place.worst:
        return f"{ordinal(place.best)} in line"
    return f"{ordinal(place.best)} to {ordinal(place.worst)} in line, depending on the day"


def ordinal(number: int) -> str:
    """``1st``, ``12th``, ``23rd``."""
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else _SUFFIXES.get(number % 10, 'th')}"


def start_of(offer: WaitingOffer, platform_zone: str) -> LinkedStart:
    """The offered start with the page that books it. Needs the wish with its service."""
    wish = offer.wish
    zone_name = wish.zone_name or platform_zone
    start = OfferedStart(offer.starts_at, wish.minutes, zone_name, wish.service_id)
    return linked([start], offer.instructor_id)[0]


def price_of(offer: WaitingOffer) -> Decimal:
    """Of the lesson at today's rate."""
    return price(offer.wish.service.hourly_rate, offer.wish.minutes)
