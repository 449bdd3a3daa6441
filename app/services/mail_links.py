"""Where mails about lessons lead: one button, and links that need no signing in."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.lesson_links import LinkPurpose
from app.domain.mails import MailKind
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.user import User
from app.services.booking_moves import outcome_for
from app.services.booking_steps import cancelling_for
from app.services.lesson_addresses import LessonAddresses

Link = tuple[str, str]
OVER = frozenset({MailKind.DECLINED_STUDENT, MailKind.EXPIRED_STUDENT, MailKind.CANCELLED_STUDENT})
"""After these there is a lesson to be found rather than one to be looked at."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Labels and addresses, the button's first; ``secrets`` are what of them no copy may keep."""

    button: Link
    links: tuple[Link, ...]
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailLinks:
    """Chooses what a mail offers to do: only what its reader can do at that moment."""

    addresses: LessonAddresses

    def of(self, kind: MailKind, booking: Booking, reader: User, now: datetime) -> Leads:
        """What one kind of mail about a lesson offers its reader."""
        purposes = [LinkPurpose.VIEW, *_possible(booking, reader, now)]
        tokens = [self.addresses.token(each, booking, reader) for each in purposes]
        view, *others = (
            (_label(purpose, booking), self.addresses.address(purpose, token))
            for purpose, token in zip(purposes, tokens, strict=True)
        )
        base = self.addresses.base_url
        if kind in OVER:
            button, links = ("Find another time", f"{base}/instructors"), (view,)
        elif kind is MailKind.REQUESTED_INSTRUCTOR:
            button = ("Open the request", f"{base}/lessons/{booking.id}")
            links = (("See it without signing in", view[1]),)
        else:
            return Leads(view, tuple(others), tuple(tokens))
        return Leads(button, links, tuple(tokens))


def _possible(booking: Booking, reader: User, now: datetime) -> list[LinkPurpose]:
    found = []
    if outcome_for(reader, booking, now).is_allowed:
        found.append(LinkPurpose.MOVE)
    if cancelling_for(reader, booking, now).is_allowed:
        found.append(LinkPurpose.CANCEL)
    return found


def _label(purpose: LinkPurpose, booking: Booking) -> str:
    if purpose is LinkPurpose.CANCEL and booking.status == BookingStatus.PENDING:
        return "Take back the request"
    return _LABELS[purpose]


_LABELS = {
    LinkPurpose.VIEW: "Open the lesson",
    LinkPurpose.MOVE: "Move the lesson",
    LinkPurpose.CANCEL: "Cancel the lesson",
}
