"""JSON of a booking's timeline."""

from typing import Annotated

from pydantic import Field

from app.domain.mails import MailKind
from app.domain.timeline import Doer, StepKind
from app.models.booking import Booking
from app.services.timelines import Timeline
from app.web.api import ApiOut, Instant


class TimelineStepOut(ApiOut):
    """One step in the life of a booking."""

    kind: StepKind
    at: Instant
    by: Annotated[Doer | None, Field(description="Null where nobody noted who it was.")]
    by_link: Annotated[bool, Field(description="Done by a link in a mail, without signing in.")]
    was: Annotated[Instant | None, Field(description="The start before.")]
    became: Annotated[Instant | None, Field(description="The start after.")]
    is_late: Annotated[
        bool | None, Field(description="Of a student's cancellation: past the free deadline.")
    ]
    reason: Annotated[
        str | None,
        Field(description="Why it was cancelled.", examples=["I am ill, sorry."]),
    ]


class TimelineMailOut(ApiOut):
    """One mail to me."""

    kind: MailKind
    state: Annotated[
        str,
        Field(
            description="due, sending, retry, sent, parked (given up), withdrawn, skipped, or"
            " planned: a reminder to come.",
            examples=["skipped"],
        ),
    ]
    due_at: Instant
    sent_at: Instant | None
    again_at: Annotated[Instant | None, Field(description="When a failed one is tried again.")]
    subject: Annotated[str | None, Field(examples=["Reminder: Piano Tomorrow"])]
    reason: Annotated[
        str | None,
        Field(description="Why it was not sent, such as moved or too_late.", examples=["too_late"]),
    ]


class TimelineOut(ApiOut):
    """Both in order of time."""

    booking_id: int
    steps: list[TimelineStepOut]
    messages: list[TimelineMailOut]

    @classmethod
    def of(cls, booking: Booking, timeline: Timeline) -> "TimelineOut":
        return cls(
            booking_id=booking.id,
            steps=[TimelineStepOut.model_validate(each) for each in timeline.steps],
            messages=[TimelineMailOut.model_validate(each) for each in timeline.messages],
        )
