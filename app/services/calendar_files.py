"""Lessons as calendar files (RFC 5545), which calendar programs keep up to date."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vText

from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation
from app.services.presentation import PresentationService

_STATUS = {BookingStatus.PENDING: "TENTATIVE", BookingStatus.CANCELLED: "CANCELLED"}
_ALARM_BEFORE = timedelta(minutes=30)
_READ_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Platform:
    """Who writes the files: the name, the site, and the address that mails come from."""

    brand: str
    base_url: str
    address: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A file that goes with a mail, and its method (RFC 5546), which the mail has to name."""

    method: str
    content: bytes


class CalendarFileService(BaseService):
    """Writes calendar files. Times are UTC, so that repeated hours are told apart.

    The UID of a lesson never changes; SEQUENCE counts changes of its time, place and state, so
    that a program which has an older version takes the newer one. Nobody's address is told to
    the other side: the organizer is the platform.
    """

    def __init__(
        self, context: Context, presentation: PresentationService, platform: Platform
    ) -> None:
        super().__init__(context)
        self._say = presentation
        self._platform = platform

    @measure_operation
    def lesson_file(self, booking: Booking, reader: User) -> bytes:
        """One lesson for its student or instructor; a cancelled one takes itself back."""
        method = "CANCEL" if _is_off(booking) else "PUBLISH"
        calendar = self._calendar(method)
        calendar.add_component(self._event(booking, reader))
        return _written(calendar)

    @measure_operation
    def invitation(self, booking: Booking, reader: User) -> Invitation:
        """One lesson as a mail brings it to one of its people."""
        method = "CANCEL" if _is_off(booking) else "REQUEST"
        calendar = self._calendar(method)
        event = self._event(booking, reader)
        event.add("attendee", _attendee(booking, reader))
        calendar.add_component(event)
        return Invitation(method, _written(calendar))

    @measure_operation
    def feed(self, bookings: Sequence[Booking], reader: User, *, busy_only: bool) -> bytes:
        """Many lessons of one person, the same bytes until one of them changes.

        ``busy_only`` tells when, but neither what nor with whom.
        """
        calendar = self._calendar("PUBLISH")
        calendar.add("x-wr-calname", self._platform.brand)
        calendar.add("refresh-interval", vDuration(_READ_AGAIN_AFTER, {"VALUE": "DURATION"}))
        calendar.add("x-published-ttl", "PT1H")
        for booking in bookings:
            event = self._busy(booking) if busy_only else self._event(booking, reader)
            event.pop("dtstamp")
            event.add("dtstamp", booking.updated_at or booking.created_at)
            calendar.add_component(event)
        return _written(calendar)

    def _calendar(self, method: str) -> Calendar:
        calendar = Calendar()
        calendar.add("prodid", f"-//{self._platform.brand}//lessons//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", method)
        return calendar

    def _event(self, booking: Booking, reader: User) -> Event:
        is_student = reader.id == booking.student_id
        other = booking.instructor if is_student else booking.student
        url = f"{self._platform.base_url}/lessons/{booking.id}"
        summary = _line(f"{booking.service_name} with {other.full_name}")
        event = self._timed(booking, self._uid(booking))
        event.add("summary", summary)
        event.add("description", self._description(booking, url, is_student=is_student))
        event.add("url", url)
        event.add("categories", ["Lesson"])
        if booking.meeting_location:
            event.add("location", _clean(booking.meeting_location))
        organizer = vCalAddress(f"mailto:{self._platform.address}")
        organizer.params["CN"] = vText(_line(booking.instructor.full_name))
        event.add("organizer", organizer)
        if not _is_off(booking):
            event.add_component(_alarm(summary))
        return event

    def _busy(self, booking: Booking) -> Event:
        digest = sha256(self._uid(booking).encode()).hexdigest()[:32]
        event = self._timed(booking, f"{digest}@{self._platform.host}")
        event.add("summary", "Busy")
        return event

    def _timed(self, booking: Booking, uid: str) -> Event:
        starts_at = booking.start
        event = Event()
        event.add("uid", uid)
        event.add("sequence", booking.sequence)
        event.add("dtstamp", self.clock.now())
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + timedelta(minutes=booking.duration_minutes))
        event.add("created", booking.created_at)
        event.add("last-modified", booking.updated_at or booking.created_at)
        event.add("status", _STATUS.get(BookingStatus(booking.status), "CONFIRMED"))
        event.add("transp", "OPAQUE")
        return event

    def _uid(self, booking: Booking) -> str:
        return f"{booking.reference or booking.id}@{self._platform.host}"

    def _description(self, booking: Booking, url: str, *, is_student: bool) -> str:
        cost = "Price" if is_student else "Earnings"
        lines = [
            f"{_line(booking.service_name)}, {self._say.duration(booking.duration_minutes)}",
            f"{cost}: {self._say.money(booking.total_price)}",
            f"Reference: {booking.reference or booking.id}",
            url,
        ]
        return "\n".join(lines)


def _attendee(booking: Booking, reader: User) -> vCalAddress:
    """The reader of a mail. Answers are given on the site, so none is asked for."""
    is_asked = booking.status == BookingStatus.PENDING and reader.id == booking.instructor_id
    attendee = vCalAddress(f"mailto:{reader.email}")
    attendee.params["CN"] = vText(_line(reader.full_name))
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION" if is_asked else "ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_ALARM_BEFORE)
    return alarm


def _is_off(booking: Booking) -> bool:
    return booking.status == BookingStatus.CANCELLED


def _clean(text: str) -> str:
    """Text without the control characters that no calendar file may have."""
    return "".join(
        " " if unicodedata.category(char) == "Cc" and char != "\n" else char for char in text
    )


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _written(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())
