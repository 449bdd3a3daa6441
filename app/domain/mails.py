"""The mails we send: their kinds, the states they go through, and when they are tried again."""

from datetime import timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """What a mail tells, and which side it tells it to."""

    WELCOME = "welcome"
    VERIFY_EMAIL = "verify_email"
    PASSWORD_RESET = "password_reset"  # noqa: S105 a kind of mail
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 a kind of mail
    EMAIL_CHANGE_CONFIRM = "email_change_confirm"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    EMAIL_CHANGE_STOPPED = "email_change_stopped"
    DATA_COPIED = "data_copied"
    ACCOUNT_CLOSED = "account_closed"
    BOOKED_STUDENT = "booked_student"
    BOOKED_INSTRUCTOR = "booked_instructor"
    REQUESTED_STUDENT = "requested_student"
    REQUESTED_INSTRUCTOR = "requested_instructor"
    APPROVED_STUDENT = "approved_student"
    APPROVED_INSTRUCTOR = "approved_instructor"
    DECLINED_STUDENT = "declined_student"
    EXPIRED_STUDENT = "expired_student"
    EXPIRED_INSTRUCTOR = "expired_instructor"
    CANCELLED_STUDENT = "cancelled_student"
    CANCELLED_INSTRUCTOR = "cancelled_instructor"
    OWN_CANCELLATION_STUDENT = "own_cancellation_student"
    OWN_CANCELLATION_INSTRUCTOR = "own_cancellation_instructor"
    MOVED_STUDENT = "moved_student"
    MOVED_INSTRUCTOR = "moved_instructor"
    PLACE_STUDENT = "place_student"
    WAITING_OFFER = "waiting_offer"
    WAITING_PASSED = "waiting_passed"
    WAITING_WITHDRAWN = "waiting_withdrawn"
    LINKS_STUDENT = "links_student"
    LINKS_INSTRUCTOR = "links_instructor"
    REMINDER_24H_STUDENT = "reminder_24h_student"
    REMINDER_24H_INSTRUCTOR = "reminder_24h_instructor"
    REMINDER_1H_STUDENT = "reminder_1h_student"
    REMINDER_1H_INSTRUCTOR = "reminder_1h_instructor"


FORMER_NAME, FORMER_ADDRESS = "former_name", "former_address"
"""Facts of a mail about somebody who closed his account; forgotten with its last attempt."""

TO_ADDRESS = "to_address"
"""Fact of a mail that goes elsewhere than to the address its account has when it is sent."""

TOLD_START = "told_start"
"""Fact of a mail about a lesson: the start, in UTC, that the lesson had when it was written."""


class MailState(StrEnum):
    """What became of a mail. The last four are final."""

    DUE = "due"
    SENDING = "sending"
    RETRY = "retry"
    SENT = "sent"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


UNSENT = (MailState.DUE, MailState.RETRY)
"""States of mails that nobody sends yet."""
FINAL = tuple(state for state in MailState if state not in (*UNSENT, MailState.SENDING))
"""States of mails that are done with."""


RETRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""Waits between attempts; after the last of them a mail is parked for somebody to look at."""

MAILS_KEPT = timedelta(days=90)
"""How long copies of mails are kept once nothing is to be done about them."""

REMINDERS = (
    (timedelta(hours=24), MailKind.REMINDER_24H_STUDENT, MailKind.REMINDER_24H_INSTRUCTOR),
    (timedelta(hours=1), MailKind.REMINDER_1H_STUDENT, MailKind.REMINDER_1H_INSTRUCTOR),
)
"""How long before the start, in elapsed time, and what each side is sent."""
REMINDER_GRACE = 2 / 3
"""A reminder still helps while so much of its lead is left; later it is skipped."""
