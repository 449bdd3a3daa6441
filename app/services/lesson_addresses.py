"""Addresses that open one lesson for one person, without signing in."""

from dataclasses import dataclass

from app.domain.lesson_links import LinkClaims, LinkPurpose
from app.infra.lesson_links import LessonLinkTokens
from app.models.booking import Booking
from app.models.user import User


@dataclass(frozen=True, slots=True)
class LessonAddresses:
    """Makes them for a lesson as it is now. ``base_url`` is where they lead."""

    tokens: LessonLinkTokens
    base_url: str

    def token(self, purpose: LinkPurpose, booking: Booking, person: User) -> str:
        """What makes an address work: a secret, for nobody but the person."""
        claims = LinkClaims(booking.id, person.id, booking.sequence, person.auth_version)
        return self.tokens.token(purpose, claims)

    def address(self, purpose: LinkPurpose, token: str) -> str:
        """The page of a token."""
        return f"{self.base_url}/links/{purpose}?token={token}"
