"""What each mail says: its subject, colour, words and facts, to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.mails import MailKind
from app.domain.vocabulary import BookingStatus, LocationType
from app.models.booking import Booking
from app.models.user import User
from app.services.presentation import PresentationService

INDIGO, GREEN, RED, AMBER = "#4F46E5", "#047857", "#B91C1C", "#B45309"
GREY, BLUE, VIOLET = "#4B5563", "#1D4ED8", "#6D28D9"
"""The hues of the original's mails, dark enough for white letters (contrast 4.5 or more)."""


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail before it is laid out. ``button`` is a label and an address,
    ``secret`` what of it no copy may keep.
    """

    subject: str
    colour: str
    name: str
    heading: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of one kind; ``{service}``, ``{other}``, ``{when}`` stand for the lesson's."""

    subject: str
    colour: str
    heading: str
    paragraphs: tuple[str, ...]


_WORDS: Mapping[MailKind, _Said] = {
    MailKind.BOOKED_STUDENT: _Said(
        "Booking Confirmed: {service} with {other}",
        INDIGO,
        "Your lesson is booked",
        ("We will remind you a day and an hour before it. {pay}",),
    ),
    MailKind.BOOKED_INSTRUCTOR: _Said(
        "New Booking: {service} with {other}",
        GREEN,
        "You have a new booking",
        ("{other} has booked a lesson with you.",),
    ),
    MailKind.REQUESTED_STUDENT: _Said(
        "Request sent: {service} with {other}",
        INDIGO,
        "Your request is on its way",
        ("{other} answers every request. The time is kept for you until then.",),
    ),
    MailKind.REQUESTED_INSTRUCTOR: _Said(
        "Please answer: {service} with {other}",
        GREEN,
        "Somebody would like a lesson",
        ("{other} asks for a lesson. The request lapses if it is not answered in time.",),
    ),
    MailKind.APPROVED_STUDENT: _Said(
        "Booking Confirmed: {service} with {other}",
        INDIGO,
        "Your request was accepted",
        ("{other} has said yes. {pay}",),
    ),
    MailKind.APPROVED_INSTRUCTOR: _Said(
        "Accepted: {service} with {other}",
        GREEN,
        "You accepted a request",
        ("The lesson is now in your calendar.",),
    ),
    MailKind.DECLINED_STUDENT: _Said(
        "Not possible: {service} with {other}",
        AMBER,
        "Your request was declined",
        ("{other} cannot teach at that time. Nothing is owed; other times may be free.",),
    ),
    MailKind.EXPIRED_STUDENT: _Said(
        "No answer: {service} with {other}",
        AMBER,
        "Your request has lapsed",
        ("{other} did not answer in time. Nothing is owed; other times may be free.",),
    ),
    MailKind.EXPIRED_INSTRUCTOR: _Said(
        "Lapsed: {service} with {other}",
        AMBER,
        "A request has lapsed",
        ("It was not answered in time, so the time is free again.",),
    ),
    MailKind.CANCELLED_STUDENT: _Said(
        "Booking Cancelled: {service}",
        RED,
        "Your lesson was cancelled",
        ("The lesson with {other} will not take place. Nothing is owed.",),
    ),
    MailKind.CANCELLED_INSTRUCTOR: _Said(
        "Booking Cancelled: {service}",
        AMBER,
        "A lesson was cancelled",
        ("The lesson with {other} will not take place. The time is free again.",),
    ),
    MailKind.OWN_CANCELLATION_STUDENT: _Said(
        "Cancellation Confirmed: {service}",
        GREY,
        "You cancelled a lesson",
        ("{other} has been told.",),
    ),
    MailKind.OWN_CANCELLATION_INSTRUCTOR: _Said(
        "Cancellation Confirmed: {service}",
        GREY,
        "You cancelled a lesson",
        ("{other} has been told. The time is free again.",),
    ),
    MailKind.MOVED_STUDENT: _Said(
        "Lesson moved: {service} with {other}",
        INDIGO,
        "Your lesson takes place at another time",
        ("It was on {before}. The new time is below.",),
    ),
    MailKind.MOVED_INSTRUCTOR: _Said(
        "Lesson moved: {service} with {other}",
        GREEN,
        "A lesson takes place at another time",
        ("It was on {before}. The new time is below.",),
    ),
    MailKind.REMINDER_24H_STUDENT: _Said(
        "Reminder: {service} {soon}", BLUE, "Your lesson is {soon}", ("We wish you a good lesson.",)
    ),
    MailKind.REMINDER_24H_INSTRUCTOR: _Said(
        "Reminder: {service} {soon}", VIOLET, "You teach {soon}", ("{other} is coming.",)
    ),
    MailKind.REMINDER_1H_STUDENT: _Said(
        "Reminder: {service} within the hour",
        BLUE,
        "Your lesson is within the hour",
        ("We wish you a good lesson.",),
    ),
    MailKind.REMINDER_1H_INSTRUCTOR: _Said(
        "Reminder: {service} within the hour",
        VIOLET,
        "You teach within the hour",
        ("{other} is coming.",),
    ),
}


@dataclass(frozen=True, slots=True)
class MailContents:
    """Writes contents. Times are in the reader's zone, the lesson's beside it when they differ."""

    presentation: PresentationService
    platform_zone: str
    brand: str
    base_url: str

    def about_booking(
        self,
        kind: MailKind,
        booking: Booking,
        reader: User,
        facts: Mapping[str, Any],
        now: datetime,
    ) -> MailContent:
        """A mail about a lesson to its student or instructor. Needs the booking's instants."""
        said, starts_at = _WORDS[kind], booking.starts_at
        if starts_at is None:
            raise ValueError("a booking without an instant cannot be told of")
        is_student = reader.id == booking.student_id
        other = booking.instructor if is_student else booking.student
        before = facts.get("previous_start")
        words = {
            "service": one_line(booking.service_name),
            "other": one_line(other.full_name),
            "pay": "Pay your instructor directly.",
            "before": self._when(datetime.fromisoformat(before), booking, reader) if before else "",
            "soon": self._soon(starts_at, reader, booking, now),
        }
        path = "/instructors" if kind in _OVER else f"/lessons/{booking.id}"
        label = "Find another time" if kind in _OVER else "Open the lesson"
        return MailContent(
            subject=said.subject.format(**words),
            colour=said.colour,
            name=one_line(reader.full_name),
            heading=said.heading.format(**words),
            paragraphs=tuple(each.format(**words) for each in _paragraphs(said, words["before"])),
            facts=tuple(self._facts(booking, reader, now, is_student=is_student)),
            button=(label, f"{self.base_url}{path}"),
        )

    def _facts(
        self, booking: Booking, reader: User, now: datetime, *, is_student: bool
    ) -> list[tuple[str, str]]:
        say = self.presentation
        found = [
            ("Lesson", booking.service_name),
            ("When", self._when(booking.start, booking, reader)),
            ("Length", say.duration(booking.duration_minutes)),
        ]
        found.append(("Where", self._place(booking)))
        if booking.student_note and not is_student:
            found.append(("Note", booking.student_note))
        if booking.cancellation_reason and booking.cancelled_by_id:
            found.append(("Reason", booking.cancellation_reason))
        if booking.cancelled_late:
            found.append(("Cancelled", "late, after the free deadline"))
        deadline = booking.free_cancel_until
        if is_student and booking.status in _AHEAD and deadline and deadline > now:
            found.append(("Cancel freely until", self._when(deadline, booking, reader)))
        found.append(("Price" if is_student else "Earnings", say.money(booking.total_price)))
        found.append(("Reference", booking.reference or str(booking.id)))
        return found

    def _place(self, booking: Booking) -> str:
        """The address where there is one, after whose place it is, where it is anybody's."""
        kind, address = self.presentation.place(booking.location_type), booking.meeting_location
        if booking.location_type == LocationType.NEUTRAL and address:
            return address
        return ", ".join(filter(None, (kind, address))) or "To be agreed"

    def _when(self, moment: datetime, booking: Booking, reader: User) -> str:
        lesson_zone = booking.time_zone or self.platform_zone
        own = reader.time_zone or lesson_zone
        said = self._moment(moment, own)
        return said if own == lesson_zone else f"{said} ({self._moment(moment, lesson_zone)})"

    def _moment(self, moment: datetime, zone_name: str) -> str:
        say = self.presentation
        day, clock = say.mail_day(moment, zone_name), say.clock(moment, zone_name)
        return f"{day}, {clock} ({say.zone_label(moment, zone_name)})"

    def _soon(self, starts_at: datetime, reader: User, booking: Booking, now: datetime) -> str:
        own = reader.time_zone or booking.time_zone or self.platform_zone
        say = self.presentation
        days = (say.local_day(starts_at, own) - say.local_day(now, own)).days
        return {0: "Today", 1: "Tomorrow"}.get(days, f"on {say.day(starts_at, own)}")


_AHEAD = (BookingStatus.PENDING, BookingStatus.CONFIRMED)
_OVER = frozenset({MailKind.DECLINED_STUDENT, MailKind.EXPIRED_STUDENT, MailKind.CANCELLED_STUDENT})


def _paragraphs(said: _Said, before: str) -> tuple[str, ...]:
    is_silent = bool(before) and not any("{before}" in each for each in said.paragraphs)
    return (*said.paragraphs, "It was on {before}.") if is_silent else said.paragraphs


def one_line(text: str) -> str:
    """A name as a header may hold it: one line, no control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:100]
