"""Reminders: a day and an hour before each lesson, once to each side."""

import json
from datetime import datetime, timedelta
from typing import Any

from app.domain.mails import REMINDER_GRACE, REMINDERS, TOLD_START, MailKind, MailState
from app.models.booking import Booking
from app.repositories.outbox import OutboxRepository
from app.services.base import BaseService, Context, measure_operation

TOO_LATE = "too_late"


class ReminderService(BaseService):
    """Writes reminders to the outbox as they fall due."""

    def __init__(self, context: Context, outbox: OutboxRepository) -> None:
        super().__init__(context)
        self._outbox = outbox

    @measure_operation
    def queue(self) -> int:
        """Write every reminder that is due by now and not written yet; returns how many.

        Elapsed time decides, so that days with a change of the clocks are no exception. What
        comes too late to help (lesson booked or worker back at short notice) is stored as
        skipped, with the reason. A lesson that was moved is reminded of anew, also where it is
        back at a former time, but never twice of the same one.
        """
        now = self.clock.now()
        with self.transaction():
            rows = [row for lead, *kinds in REMINDERS for row in self._rows(lead, kinds, now)]
            stand = self._outbox.standing_keys(
                {row["booking_id"] for row in rows}, {row["kind"] for row in rows}
            )
            known = {_occasion(key) for key in stand}
            fresh = [row for row in rows if _occasion(row["dedupe_key"]) not in known]
            self._outbox.enqueue(fresh)
        return sum(row["state"] == MailState.DUE.value for row in fresh)

    def _rows(self, lead: timedelta, kinds: list[MailKind], now: datetime) -> list[dict[str, Any]]:
        lessons = self._outbox.lessons_to_remind_of(now, now + lead)
        return [
            _row(booking, kind, person_id, lead, now)
            for booking in lessons
            for kind, person_id in zip(
                kinds, (booking.student_id, booking.instructor_id), strict=True
            )
        ]


def _occasion(key: str) -> str:
    """Kind, lesson, person and start of a reminder's key.

    The version behind them only keeps apart what a move took back and what was written since;
    older keys have none.
    """
    return ":".join(key.split(":")[:4])


def _row(
    booking: Booking, kind: MailKind, person_id: int, lead: timedelta, now: datetime
) -> dict[str, Any]:
    starts_at = booking.starts_at or now
    is_late = starts_at - now < lead * REMINDER_GRACE
    return {
        "kind": kind.value,
        "recipient_id": person_id,
        "booking_id": booking.id,
        "version": booking.sequence,
        "dedupe_key": f"{kind.value}:{booking.id}:{person_id}:{starts_at:%Y%m%dT%H%M}"
        f":{booking.sequence}",
        "facts": json.dumps({TOLD_START: starts_at.isoformat()}),
        "state": (MailState.SKIPPED if is_late else MailState.DUE).value,
        "reason": TOO_LATE if is_late else None,
        "created_at": now,
        "due_at": starts_at - lead,
        "next_attempt_at": now,
    }
