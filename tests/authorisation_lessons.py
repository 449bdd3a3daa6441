"""Rows of the authorisation table for the pages on which lessons are booked and changed."""

from typing import Any

from tests.authorisation_row import GOES_ON, PARTIES, SIGNED_IN, Row
from tests.authorisation_world import REASON, ROLES, World, agreed, as_form

_WISH = "?service={service}&minutes=60&start=2026-12-02T19:00:00Z"
_BOOK = "/instructors/{instructor}/book"
_LESSON = "/lessons/{lesson}"
_BOOKING = (200, 200, 403, 403, 403)
_GOES_ON = (303, 303, 403, 403, 403)
_DONE = (303, 303, 303, 404, 404)
SEEN = {"seen": "0", "was": ""}


def seen(_world: World, _role: str) -> dict[str, Any]:
    return dict(SEEN)


def reason(_world: World, _role: str) -> dict[str, Any]:
    return REASON | SEEN


def moved(_world: World, role: str) -> dict[str, Any]:
    hour = 14 + (ROLES.index(role) if role in ROLES else 0)
    return {"start": f"2026-12-02T{hour}:00:00Z", **SEEN}


def renewals(_world: World, _role: str) -> dict[str, Any]:
    return {"renewals": "0"}


def place(_world: World, _role: str) -> dict[str, Any]:
    return {"location_type": "student_home", "meeting_location": "12 Grove Street"}


def note(_world: World, _role: str) -> dict[str, Any]:
    return {"student_note": "The first suite."}


OF_LESSONS = (
    Row("bookings.book", "GET", _BOOK + _WISH, _BOOKING),
    Row("bookings.confirm", "POST", _BOOK + _WISH, _GOES_ON, as_form(agreed)),
    Row("bookings.place", "GET", f"{_BOOK}/place{_WISH}", _BOOKING),
    Row("bookings.keep_place", "POST", f"{_BOOK}/place{_WISH}", _GOES_ON, as_form(place)),
    Row("bookings.note", "GET", f"{_BOOK}/note{_WISH}", _BOOKING),
    Row("bookings.keep_note", "POST", f"{_BOOK}/note{_WISH}", _GOES_ON, as_form(note)),
    Row("lessons.lessons", "GET", "/lessons", SIGNED_IN),
    Row("lessons.lesson", "GET", _LESSON, PARTIES),
    Row("lessons.booked", "GET", f"{_LESSON}/booked", (303, 200, 303, 404, 404)),
    Row("lessons.calendar_file", "GET", f"{_LESSON}/calendar.ics", PARTIES),
    Row("lessons.cancel", "GET", f"{_LESSON}/cancel", PARTIES),
    Row("lessons.confirm_cancel", "POST", f"{_LESSON}/cancel", _DONE, as_form(reason)),
    Row("lessons.approve", "POST", f"{_LESSON}/approve", (303, 403, 303, 404, 404), as_form(seen)),
    Row("lessons.decline", "GET", f"{_LESSON}/decline", (303, 303, 303, 404, 404)),
    Row(
        "lessons.confirm_decline",
        "POST",
        f"{_LESSON}/decline",
        (303, 403, 409, 404, 404),
        as_form(reason),
    ),
    Row("calendar_pages.show", "GET", "/lessons/calendar", SIGNED_IN),
    Row("calendar_pages.ask", "GET", "/lessons/calendar/renew", SIGNED_IN),
    Row("calendar_pages.renew", "POST", "/lessons/calendar/renew", GOES_ON, as_form(renewals)),
    Row("moves.choose", "GET", f"{_LESSON}/move", PARTIES),
    Row("moves.move", "POST", f"{_LESSON}/move", _DONE, as_form(moved)),
)
