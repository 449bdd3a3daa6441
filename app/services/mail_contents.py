"""What each mail says: its subject, colour, words and facts, to whom it goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.booking_rules import DECLINED
from app.domain.mails import FORMER_NAME, REMINDERS, MailKind
from app.domain.vocabulary import OPEN, BookingStatus
from app.domain.zones import reader_zone
from app.models.booking import Booking
from app.models.user import User
from app.services.mail_links import MailLinks
from app.services.mail_words import ASKED_AGAIN, WORDS, Said
from app.services.presentation import PresentationService


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail before it is laid out. ``button`` and each of ``links`` are a label and an address,
    ``secrets`` what of them no copy may keep.
    """

    subject: str
    colour: str
    name: str
    heading: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] | None = None
    links: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailContents:
    """Writes contents. Times are in the reader's zone, the lesson's beside it when they differ."""

    presentation: PresentationService
    platform_zone: str
    brand: str
    base_url: str
    links: MailLinks

    def about_booking(
        self,
        kind: MailKind,
        booking: Booking,
        reader: User,
        facts: Mapping[str, Any],
        now: datetime,
    ) -> MailContent:
        """A mail about a lesson to its student or instructor. Needs the booking's instants."""
        starts_at = booking.starts_at
        if starts_at is None:
            raise ValueError("a booking without an instant cannot be told of")
        is_student = reader.id == booking.student_id
        other = booking.instructor if is_student else booking.student
        before = facts.get("previous_start")
        soon = self._soon(starts_at, reader, booking, now)
        words = {
            "service": one_line(booking.service_name),
            "other": one_line(facts.get(FORMER_NAME) or other.full_name),
            "reminders": _reminders(starts_at - now),
            "pay": "Pay your instructor directly.",
            "before": self._when(datetime.fromisoformat(before), booking, reader) if before else "",
            "soon": soon,
            "Soon": soon[0].upper() + soon[1:] if soon in _NEXT.values() else soon,
        }
        said = _said(kind, has_moved=bool(before))
        leads = self.links.of(kind, booking, reader, now)
        return MailContent(
            subject=said.subject.format(**words),
            colour=said.colour,
            name=one_line(reader.full_name),
            heading=said.heading.format(**words),
            paragraphs=tuple(each.format(**words) for each in said.paragraphs),
            facts=(*self._facts(booking, reader, now), *self._outcome(booking, facts)),
            button=leads.button,
            links=leads.links,
            secrets=leads.secrets,
        )

    def _facts(self, booking: Booking, reader: User, now: datetime) -> list[tuple[str, str]]:
        """What the lesson is, and, while it lies ahead, what it costs and what is due when."""
        say, is_student = self.presentation, reader.id == booking.student_id
        found = [
            ("Lesson", booking.service_name),
            ("When", self._when(booking.start, booking, reader)),
            ("Length", say.duration(booking.duration_minutes)),
            ("Where", say.lesson_place(booking)),
        ]
        if booking.student_note and not is_student:
            found.append(("Note", booking.student_note))
        if booking.status == BookingStatus.PENDING and booking.expires_at:
            label = "Kept for you until" if is_student else "Please answer by"
            found.append((label, self._when(booking.expires_at, booking, reader)))
        if is_student and booking.status in OPEN:
            found.extend(self._free_until(booking, reader, now))
        if booking.status != BookingStatus.CANCELLED:
            found.append(("Price" if is_student else "Earnings", say.money(booking.total_price)))
        return found

    def _free_until(
        self, booking: Booking, reader: User, now: datetime
    ) -> Iterator[tuple[str, str]]:
        """Until when the student cancels freely, or that it is too late for that. A request is
        taken back freely at any time.
        """
        deadline = booking.free_cancel_until
        if deadline and deadline >= now:
            yield ("Cancel freely until", self._when(deadline, booking, reader))
        elif deadline and booking.status == BookingStatus.CONFIRMED:
            yield ("Cancelling", "is late from now on: the time to cancel freely has passed")

    def _outcome(self, booking: Booking, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """How it ended, in the words of who ended it, and the lesson's name for support."""
        reason = facts.get("reason")
        if booking.cancelled_by_id and booking.cancellation_reason != DECLINED:
            reason = booking.cancellation_reason
        if reason:
            yield ("Reason", reason)
        if booking.cancelled_late:
            yield ("Cancelled", "late, after the free deadline")
        yield ("Reference", booking.reference or str(booking.id))

    def _when(self, moment: datetime, booking: Booking, reader: User) -> str:
        return self.moment(moment, booking.time_zone or self.platform_zone, reader)

    def moment(self, moment: datetime, lesson_zone: str, reader: User) -> str:
        """A moment by the reader's clock, and by the lesson's where that is another one."""
        own = reader_zone(reader.time_zone, lesson_zone, self.platform_zone)
        say, said = self.presentation, self._moment(moment, own)
        if own == lesson_zone:
            return said
        if say.local_day(moment, own) == say.local_day(moment, lesson_zone):
            return f"{said}, which is {self._clock(moment, lesson_zone)}"
        return f"{said}, which is {self._moment(moment, lesson_zone)}"

    def _moment(self, moment: datetime, zone_name: str) -> str:
        day = self.presentation.mail_day(moment, zone_name)
        return f"{day}, {self._clock(moment, zone_name)}"

    def _clock(self, moment: datetime, zone_name: str) -> str:
        say = self.presentation
        return f"{say.clock(moment, zone_name)} ({say.zone_label(moment, zone_name)})"

    def _soon(self, starts_at: datetime, reader: User, booking: Booking, now: datetime) -> str:
        own = reader_zone(reader.time_zone, booking.time_zone, self.platform_zone)
        say = self.presentation
        days = (say.local_day(starts_at, own) - say.local_day(now, own)).days
        return _NEXT.get(days, f"on {say.day(starts_at, own)}")


_NEXT = {0: "today", 1: "tomorrow"}


def _said(kind: MailKind, *, has_moved: bool) -> Said:
    said = WORDS[kind]
    if not has_moved or kind not in ASKED_AGAIN:
        return said
    heading, words = ASKED_AGAIN[kind]
    return replace(said, heading=heading, paragraphs=(words,))


def _reminders(ahead: timedelta) -> str:
    """Which reminders are still to come of a lesson so far ahead; what is past is not promised."""
    leads = [lead for lead, *_ in REMINDERS]
    if ahead > max(leads):
        return "We will remind you a day and an hour before it. "
    return "We will remind you an hour before it. " if ahead > min(leads) else ""


def one_line(text: str) -> str:
    """A name as a header may hold it: one line, no control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:100]
