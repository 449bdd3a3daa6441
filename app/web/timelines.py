"""The timeline of a lesson in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.mails import MailKind, MailState
from app.domain.timeline import Doer, Step, StepKind
from app.models.booking import Booking
from app.models.user import User
from app.services.timelines import PLANNED, Message
from app.web.services import services

_STEPS = {
    StepKind.REQUESTED: "Requested",
    StepKind.BOOKED: "Booked",
    StepKind.CONFIRMED: "Confirmed",
    StepKind.MOVED: "Moved",
    StepKind.MOVE_REQUESTED: "Another time asked for",
    StepKind.PLACE_CHANGED: "Place changed",
    StepKind.DECLINED: "Declined",
    StepKind.EXPIRED: "Lapsed without an answer",
    StepKind.CANCELLED: "Cancelled",
    StepKind.COMPLETED: "Completed",
    StepKind.NO_SHOW: "Noted as missed",
}
_DOERS = {
    Doer.YOU: "by you",
    Doer.STUDENT: "by your student",
    Doer.INSTRUCTOR: "by your instructor",
    Doer.SUPPORT: "by support",
    Doer.AUTOMATIC: "automatically",
}
_MAILS = {
    "booked": "Booking confirmed",
    "requested": "Request",
    "approved": "Request accepted",
    "declined": "Request declined",
    "expired": "Request lapsed",
    "cancelled": "Lesson cancelled",
    "own_cancellation": "Your cancellation",
    "moved": "Lesson moved",
    "place": "Place changed",
    "links": "New links",
    "reminder_24h": "Reminder, a day before",
    "reminder_1h": "Reminder, an hour before",
}
_STATES: dict[str, str] = {
    MailState.DUE: "goes out now",
    MailState.SENDING: "goes out now",
    MailState.RETRY: "not delivered yet, tried again",
    MailState.SENT: "sent",
    MailState.PARKED: "could not be delivered",
    MailState.WITHDRAWN: "not sent",
    MailState.SKIPPED: "not sent",
    PLANNED: "will be sent",
}
_WHY = {
    "too_late": "it would have come too late to help",
    "moved": "the lesson was moved first",
    "cancelled": "the lesson was cancelled first",
    "overtaken": "the lesson had changed first",
    "approved": "the request was answered first",
    "declined": "the request was answered first",
    "expired": "the request lapsed first",
    "recipient_inactive": "the account was closed",
}
_LOOKS: dict[str, str] = {
    MailState.SENT: "good",
    MailState.PARKED: "bad",
    MailState.WITHDRAWN: "quiet",
    MailState.SKIPPED: "quiet",
}
_GOOD = (StepKind.BOOKED, StepKind.CONFIRMED, StepKind.COMPLETED)
_BAD = (StepKind.DECLINED, StepKind.EXPIRED, StepKind.CANCELLED, StepKind.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, what, who or why (to follow at once), and for a move from when to when."""

    at: datetime
    what: str
    more: str
    look: str = ""
    was: datetime | None = None
    became: datetime | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the lesson's page shows."""

    steps: Sequence[Line]
    mails: Sequence[Line]


def told(person: User, booking: Booking) -> Told:
    """The timeline of a lesson for its student or instructor."""
    found = services().timelines.of(person, booking)
    return Told(
        [_step_line(each) for each in found.steps], [_mail_line(each) for each in found.messages]
    )


def _step_line(step: Step) -> Line:
    what = _STEPS[step.kind]
    if step.is_late is not None:
        what = f"{what} late" if step.is_late else f"{what} in time"
    more = f" {_DOERS[step.by]}" if step.by and step.kind is not StepKind.EXPIRED else ""
    is_move = step.kind in (StepKind.MOVED, StepKind.MOVE_REQUESTED)
    return Line(
        step.at,
        what,
        f"{more}, by a link in a mail" if step.by_link else more,
        look="good" if step.kind in _GOOD else "bad" if step.kind in _BAD else "",
        was=step.was if is_move else None,
        became=step.became if is_move else None,
        said=step.reason,
    )


def _mail_line(mail: Message) -> Line:
    more = f", {_STATES[mail.state]}"
    if mail.reason:
        more = f"{more}: {_WHY.get(mail.reason, 'it was no longer needed')}"
    return Line(mail.again_at or mail.at, _mail(mail.kind), more, _LOOKS.get(mail.state, ""))


def _mail(kind: MailKind) -> str:
    return _MAILS[kind.removesuffix("_student").removesuffix("_instructor")]
