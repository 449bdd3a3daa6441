"""The fixed words of mails about lessons, and their colours."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.mails import MailKind

INDIGO, GREEN, RED, AMBER = "#4F46E5", "#047857", "#B91C1C", "#B45309"
GREY, BLUE, VIOLET = "#4B5563", "#1D4ED8", "#6D28D9"
"""The hues of the original's mails, dark enough for white letters (contrast 4.5 or more)."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one kind; ``{service}``, ``{other}``, ``{when}`` stand for the lesson's."""

    subject: str
    colour: str
    heading: str
    paragraphs: tuple[str, ...]


WORDS: Mapping[MailKind, Said] = {
    MailKind.BOOKED_STUDENT: Said(
        "Booking Confirmed: {service} with {other}",
        INDIGO,
        "Your lesson is booked",
        ("{reminders}{pay}",),
    ),
    MailKind.BOOKED_INSTRUCTOR: Said(
        "New Booking: {service} with {other}",
        GREEN,
        "You have a new booking",
        ("{other} has booked a lesson with you.",),
    ),
    MailKind.REQUESTED_STUDENT: Said(
        "Request sent: {service} with {other}",
        INDIGO,
        "Your request is on its way",
        ("{other} answers every request. The time is kept for you meanwhile.",),
    ),
    MailKind.REQUESTED_INSTRUCTOR: Said(
        "Please answer: {service} with {other}",
        GREEN,
        "Somebody would like a lesson",
        ("{other} asks for a lesson. Unanswered, the request lapses.",),
    ),
    MailKind.APPROVED_STUDENT: Said(
        "Booking Confirmed: {service} with {other}",
        INDIGO,
        "Your request was accepted",
        ("{other} has said yes. {pay}",),
    ),
    MailKind.APPROVED_INSTRUCTOR: Said(
        "Accepted: {service} with {other}",
        GREEN,
        "You accepted a request",
        ("The lesson is now in your calendar.",),
    ),
    MailKind.DECLINED_STUDENT: Said(
        "Not possible: {service} with {other}",
        AMBER,
        "Your request was declined",
        ("{other} cannot teach at that time. Nothing is owed; other times may be free.",),
    ),
    MailKind.EXPIRED_STUDENT: Said(
        "No answer: {service} with {other}",
        AMBER,
        "Your request has lapsed",
        ("{other} did not answer in time. Nothing is owed; other times may be free.",),
    ),
    MailKind.EXPIRED_INSTRUCTOR: Said(
        "Lapsed: {service} with {other}",
        AMBER,
        "A request has lapsed",
        ("It was not answered in time, so the time is free again.",),
    ),
    MailKind.CANCELLED_STUDENT: Said(
        "Booking Cancelled: {service}",
        RED,
        "Your lesson was cancelled",
        ("The lesson with {other} will not take place. Nothing is owed.",),
    ),
    MailKind.CANCELLED_INSTRUCTOR: Said(
        "Booking Cancelled: {service}",
        AMBER,
        "A lesson was cancelled",
        ("The lesson with {other} will not take place. The time is free again.",),
    ),
    MailKind.OWN_CANCELLATION_STUDENT: Said(
        "Cancellation Confirmed: {service}",
        GREY,
        "You cancelled a lesson",
        ("{other} has been told.",),
    ),
    MailKind.OWN_CANCELLATION_INSTRUCTOR: Said(
        "Cancellation Confirmed: {service}",
        GREY,
        "You cancelled a lesson",
        ("{other} has been told. The time is free again.",),
    ),
    MailKind.MOVED_STUDENT: Said(
        "Lesson moved: {service} with {other}",
        INDIGO,
        "Your lesson takes place at another time",
        ("It was on {before}. The new time is below.",),
    ),
    MailKind.MOVED_INSTRUCTOR: Said(
        "Lesson moved: {service} with {other}",
        GREEN,
        "A lesson takes place at another time",
        ("It was on {before}. The new time is below.",),
    ),
    MailKind.PLACE_STUDENT: Said(
        "Another place: {service} with {other}",
        INDIGO,
        "Your lesson takes place somewhere else",
        ("{other} has changed the place. The time stays as it was.",),
    ),
    MailKind.LINKS_STUDENT: Said(
        "Your lesson: {service} with {other}",
        INDIGO,
        "Your lesson as it is now",
        ("You asked for links that work. Those of older mails are closed.",),
    ),
    MailKind.LINKS_INSTRUCTOR: Said(
        "Your lesson: {service} with {other}",
        GREEN,
        "Your lesson as it is now",
        ("You asked for links that work. Those of older mails are closed.",),
    ),
    MailKind.REMINDER_24H_STUDENT: Said(
        "Reminder: {service} {Soon}", BLUE, "Your lesson is {soon}", ("We wish you a good lesson.",)
    ),
    MailKind.REMINDER_24H_INSTRUCTOR: Said(
        "Reminder: {service} {Soon}", VIOLET, "You teach {soon}", ("{other} is coming.",)
    ),
    MailKind.REMINDER_1H_STUDENT: Said(
        "Reminder: {service} within the hour",
        BLUE,
        "Your lesson is within the hour",
        ("We wish you a good lesson.",),
    ),
    MailKind.REMINDER_1H_INSTRUCTOR: Said(
        "Reminder: {service} within the hour",
        VIOLET,
        "You teach within the hour",
        ("{other} is coming.",),
    ),
}

ASKED_AGAIN: Mapping[MailKind, tuple[str, str]] = {
    MailKind.REQUESTED_STUDENT: (
        "You asked for another time",
        "Your lesson was on {before}. {other} answers every request; the new time is kept for"
        " you meanwhile.",
    ),
    MailKind.REQUESTED_INSTRUCTOR: (
        "Somebody would like another time",
        "{other} asks for another time: the lesson was on {before}. Unanswered, the request"
        " lapses.",
    ),
}
"""Heading and words of a request that moves a lesson."""
