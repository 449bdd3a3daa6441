"""Lessons as calendar files (RFC 5545), which calendar programs keep up to date."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation

_STATUS = {BookingStatus.PENDING: "TENTATIVE", BookingStatus.CANCELLED: "CANCELLED"}


class CalendarFileService(BaseService):
    """Writes calendar files. Times are UTC, so that repeated hours are told apart.

    The UID of a lesson never changes; SEQUENCE counts its changes, so that a program which
    has an older version takes the newer one.
    """

    def __init__(self, context: Context, *, brand: str, base_url: str) -> None:
        super().__init__(context)
        self._brand = brand
        self._base_url = base_url

    @measure_operation
    def lesson_file(self, booking: Booking, reader: User) -> bytes:
        """One lesson for its student or instructor; a cancelled one takes itself back."""
        calendar = Calendar()
        calendar.add("prodid", f"-//{self._brand}//lessons//EN")
        calendar.add("version", "2.0")
        is_off = booking.status == BookingStatus.CANCELLED
        calendar.add("method", "CANCEL" if is_off else "PUBLISH")
        calendar.add_component(self._event(booking, reader))
        return bytes(calendar.to_ical())

    def _event(self, booking: Booking, reader: User) -> Event:
        other = booking.instructor if reader.id == booking.student_id else booking.student
        starts_at, host = booking.start, urlsplit(self._base_url).hostname
        event = Event()
        event.add("uid", f"{booking.reference or booking.id}@{host}")
        event.add("sequence", booking.sequence)
        event.add("dtstamp", self.clock.now())
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + timedelta(minutes=booking.duration_minutes))
        event.add("last-modified", booking.updated_at or booking.created_at)
        event.add("status", _STATUS.get(BookingStatus(booking.status), "CONFIRMED"))
        event.add("summary", f"{booking.service_name} with {other.full_name}")
        event.add("url", f"{self._base_url}/lessons/{booking.id}")
        if booking.meeting_location:
            event.add("location", booking.meeting_location)
        organizer = vCalAddress(f"invalid:nomail@{host}")
        organizer.params["cn"] = vText(booking.instructor.full_name)
        event.add("organizer", organizer)
        return event
