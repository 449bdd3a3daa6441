"""The timeline of a lesson: what happened to it, and every mail that its reader was sent of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.booking_rules import DECLINED
from app.domain.errors import NotFound
from app.domain.mails import REMINDERS, MailKind, MailState
from app.domain.timeline import Noted, People, Step, StepKind, steps_of
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.outbox import OutboxMail
from app.models.user import User
from app.repositories.timelines import TimelineRepository
from app.services.base import BaseService, Context, measure_operation
from app.services.booking_jobs import EXPIRED

MOST = 200
PLANNED = "planned"
"""The state of a reminder that nobody has written yet."""
_WORDLESS = (DECLINED, EXPIRED)


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to the reader. ``state`` is a ``MailState`` or ``PLANNED``; ``reason`` is a word,
    told of what was not sent. ``again_at`` is when a failed one is tried again.
    """

    kind: MailKind
    state: str
    due_at: datetime
    sent_at: datetime | None = None
    again_at: datetime | None = None
    subject: str | None = None
    reason: str | None = None

    @property
    def at(self) -> datetime:
        return self.sent_at or self.due_at


@dataclass(frozen=True, slots=True)
class Timeline:
    """Both in order of time."""

    steps: Sequence[Step]
    messages: Sequence[Message]


class TimelineService(BaseService):
    """Reads; nothing here changes anything."""

    def __init__(self, context: Context, kept: TimelineRepository) -> None:
        super().__init__(context)
        self._kept = kept

    @measure_operation
    def of(self, reader: User, booking: Booking) -> Timeline:
        """What its student or its instructor may know of a lesson: every step, and the mails to
        the reader alone. Two statements. Raises NotFound for anybody else.
        """
        if reader.id not in (booking.student_id, booking.instructor_id):
            raise NotFound("Booking not found")
        people = People(reader.id, booking.student_id, booking.instructor_id)
        noted = [
            Noted(each.at, each.actor_id, each.action, json.loads(each.changes))
            for each in self._kept.noted(booking.id, MOST)
        ]
        steps = steps_of(noted, list(_facts(booking, people)), people, reason=_reason(booking))
        mails = [_message(each) for each in self._kept.mails(booking.id, reader.id, MOST)]
        written = {(each.kind, each.due_at) for each in mails if _stands(each)}
        planned = self._planned(booking, reader, written)
        return Timeline(steps, sorted([*mails, *planned], key=lambda each: each.at))

    def _planned(
        self, booking: Booking, reader: User, written: set[tuple[MailKind, datetime]]
    ) -> Iterator[Message]:
        """Reminders to come, of a lesson that is sure."""
        if booking.status != BookingStatus.CONFIRMED:
            return
        for lead, to_student, to_instructor in REMINDERS:
            kind = to_student if reader.id == booking.student_id else to_instructor
            due_at = booking.start - lead
            if due_at > self.clock.now() and (kind, due_at) not in written:
                yield Message(kind, PLANNED, due_at)


def _stands(message: Message) -> bool:
    return message.state != MailState.WITHDRAWN


def _message(mail: OutboxMail) -> Message:
    is_unsent = mail.state in (MailState.WITHDRAWN, MailState.SKIPPED)
    return Message(
        MailKind(mail.kind),
        mail.state,
        mail.due_at,
        sent_at=mail.sent_at,
        again_at=mail.next_attempt_at if mail.state == MailState.RETRY else None,
        subject=mail.subject,
        reason=mail.reason if is_unsent else None,
    )


def _reason(booking: Booking) -> str | None:
    """Why it was cancelled, where somebody said it in words."""
    return None if booking.cancellation_reason in _WORDLESS else booking.cancellation_reason


def _facts(booking: Booking, people: People) -> Iterator[Step]:
    """What the row itself tells, whoever wrote it."""
    is_request = booking.confirmed_at is None
    first = StepKind.REQUESTED if is_request else StepKind.BOOKED
    yield Step(first, booking.created_at, people.doer(booking.created_by_id or booking.student_id))
    if booking.cancelled_at is not None:
        yield _ending(booking, booking.cancelled_at, people)
    for kind, at in (
        (StepKind.COMPLETED, booking.completed_at),
        (StepKind.NO_SHOW, booking.no_show_at),
    ):
        if at is not None:
            yield Step(kind, at, None)


def _ending(booking: Booking, at: datetime, people: People) -> Step:
    kinds = {DECLINED: StepKind.DECLINED, EXPIRED: StepKind.EXPIRED}
    kind = kinds.get(booking.cancellation_reason or "", StepKind.CANCELLED)
    by_student = booking.cancelled_by_id == booking.student_id
    return Step(
        kind,
        at,
        people.doer(booking.cancelled_by_id),
        is_late=booking.cancelled_late if by_student else None,
        reason=_reason(booking),
    )
