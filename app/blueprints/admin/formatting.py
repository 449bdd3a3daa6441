"""How values are shown at the desk. Each formatter has the signature that Flask-Admin calls."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.domain.vocabulary import BookingStatus
from app.domain.zones import zone
from app.web.auth import reading_zone
from app.web.services import services

Formatter = Callable[[Any, Any, Any, str], Any]
NOTHING = "–"
STATUSES = {
    BookingStatus.PENDING: ("Requested", "badge-wait"),
    BookingStatus.CONFIRMED: ("Confirmed", "badge-good"),
    BookingStatus.COMPLETED: ("Completed", ""),
    BookingStatus.CANCELLED: ("Cancelled", "badge-bad"),
    BookingStatus.NO_SHOW: ("Missed", "badge-bad"),
}


def moment(instant: datetime | None, zone_name: str | None) -> Markup | str:
    """An instant with its year and its zone named."""
    if instant is None:
        return NOTHING
    name = zone_name or services().platform_zone
    day = _day(instant.astimezone(zone(name)).date())
    text = f"{day}, {services().presentation.clock(instant, name)}"
    return _with_zone(text, name, instant)


def _day(day: date) -> str:
    return f"{services().presentation.day(day)} {day.year}"


def _with_zone(text: str, name: str, instant: datetime) -> Markup:
    label = services().presentation.zone_label(instant, name)
    return Markup('{} <span class="desk-under">{}</span>').format(text, label)


def lesson_time(view: Any, context: Any, booking: Any, name: str) -> Markup | str:
    """The lesson in its own zone. Rows that never got instants show their wall clock alone."""
    if booking.starts_at is None or booking.ends_at is None:
        day = _day(booking.booking_date)
        wall = services().presentation.time_of_day
        start, end = wall(booking.start_time, is_24h=True), wall(booking.end_time, is_24h=True)
        return f"{day}, {start} – {end}"
    zone_name = booking.time_zone or services().platform_zone
    clock = services().presentation.clock
    day = _day(booking.starts_at.astimezone(zone(zone_name)).date())
    start, end = clock(booking.starts_at, zone_name), clock(booking.ends_at, zone_name)
    return _with_zone(f"{day}, {start} – {end}", zone_name, booking.starts_at)


def lesson_moment(view: Any, context: Any, booking: Any, name: str) -> Markup | str:
    """Something that happened to a lesson, in the lesson's zone."""
    return moment(getattr(booking, name), booking.time_zone)


def reader_moment(view: Any, context: Any, row: Any, name: str) -> Markup | str:
    """Something that belongs to no lesson, in the zone of whoever reads it."""
    return moment(getattr(row, name), reading_zone())


def money(view: Any, context: Any, booking: Any, name: str) -> str:
    return services().presentation.money(getattr(booking, name))


def minutes(view: Any, context: Any, booking: Any, name: str) -> str:
    return services().presentation.duration(getattr(booking, name))


def words(view: Any, context: Any, row: Any, name: str) -> str:
    """A stored word such as ``student_home`` as people write it."""
    value = getattr(row, name)
    return str(value).replace("_", " ").capitalize() if value else NOTHING


def place(view: Any, context: Any, booking: Any, name: str) -> str:
    return services().presentation.place(booking.location_type) or NOTHING


def status(view: Any, context: Any, booking: Any, name: str) -> Markup:
    label, look = STATUSES[BookingStatus(booking.status)]
    return Markup('<span class="badge {}">{}</span>').format(look, label)


def text(view: Any, context: Any, row: Any, name: str) -> str:
    value = getattr(row, name)
    return NOTHING if value in (None, "") else str(value)


def prose(view: Any, context: Any, row: Any, name: str) -> Markup:
    """What people wrote, with their line breaks."""
    return Markup('<span class="prose">{}</span>').format(text(view, context, row, name))


def active(view: Any, context: Any, user: Any, name: str) -> str:
    return "Open" if user.is_open else "Closed"


def party(view: Any, context: Any, booking: Any, name: str) -> Markup:
    """The student or instructor of a lesson, loaded with the row."""
    user = getattr(booking, name)
    link = _person_link(user.id, user.full_name)
    return Markup('{} <span class="desk-under">{}</span>').format(link, user.email)


def party_by_id(view: Any, context: Any, booking: Any, name: str) -> Markup | str:
    """Who did it, by name when it was one of the two; nobody else is loaded for this."""
    user_id = getattr(booking, name)
    if user_id is None:
        return NOTHING
    known = {user.id: user for user in (booking.student, booking.instructor)}
    user = known.get(user_id)
    return _person_link(user_id, user.full_name if user else f"Person {user_id}")


def _person_link(user_id: int, label: str) -> Markup:
    address = url_for("admin_users.details_view", id=user_id)
    return Markup('<a href="{}">{}</a>').format(address, label)
