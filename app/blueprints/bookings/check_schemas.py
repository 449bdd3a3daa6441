"""JSON of whether a lesson can be booked, and of the reminders that were written."""

from pydantic import ConfigDict

from app.services.checked_times import Checked
from app.web.api import ApiOut, Instant


class ReasonOut(ApiOut):
    """Why not."""

    code: str
    message: str


class InTheWayOut(ApiOut):
    """A lesson that stands in the way of another one."""

    booking_id: int
    starts_at: Instant


class CheckOut(ApiOut):
    """Whether a lesson could be booked now, and else all that stands against it.

    ``min_advance_hours`` is told where it is too soon; the lessons in the way only to their
    instructor and to staff.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "available": False,
                    "reason": "You already have a lesson at that time.",
                    "reasons": [
                        {
                            "code": "student_busy",
                            "message": "You already have a lesson at that time.",
                        }
                    ],
                    "min_advance_hours": None,
                    "conflicts_with": None,
                }
            ]
        }
    )

    available: bool
    reason: str | None
    reasons: list[ReasonOut]
    min_advance_hours: int | None
    conflicts_with: list[InTheWayOut] | None

    @classmethod
    def of(cls, found: Checked) -> "CheckOut":
        known = found.conflicts
        return cls(
            available=not found.reasons,
            reason=found.reasons[0][1] if found.reasons else None,
            reasons=[ReasonOut(code=code, message=text) for code, text in found.reasons],
            min_advance_hours=found.min_advance_hours,
            conflicts_with=None
            if known is None
            else [InTheWayOut.model_validate(each) for each in known],
        )


class RemindersOut(ApiOut):
    """How many reminders were handed to the outbox, from where the worker sends them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "success",
                    "reminders_sent": 3,
                    "message": "Successfully sent 3 reminder emails",
                }
            ]
        }
    )

    status: str = "success"
    reminders_sent: int
    message: str
