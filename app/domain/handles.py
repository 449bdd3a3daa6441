"""The short name under which an instructor's page is found: ``/@marta``."""

import re

from app.domain.errors import Conflict, InvalidInput
from app.domain.limits import HANDLE_MAX_CHARS, HANDLE_MIN_CHARS

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_RESERVED = """
abuse account accounts admin administrator all anybody api app auth billing book booking
bookings calendar contact demo docs everybody everyone guest health help here home info
instainstru instructor instructors jobs legal lesson lessons log-in login logout mail me
metrics moderator news nobody none null official owner password payments postmaster press
privacy prices pricing profile register robots root search security settings sign-in sign-up
signin signup sitemap staff static status student students support system teach team terms
undefined verify waiting webmaster welcome www
"""
RESERVED = frozenset(_RESERVED.split())
"""Words that would read like the site itself or its staff."""


class HandleTaken(Conflict):
    code = "handle_taken"
    default = "Somebody else has this short name. Please choose another one."

    def __init__(self) -> None:
        super().__init__(field="handle")


def plain_handle(text: str) -> str:
    """As somebody types it, such as ``@Marta``, in the form that is stored; maybe empty."""
    return text.strip().removeprefix("@").lower()


def checked_handle(text: str) -> str:
    """The stored form, empty for none. Raises InvalidInput.

    A letter must be in it, so that nobody reads it as the number of somebody's page.
    """
    handle = plain_handle(text)
    if not handle:
        return ""
    if not HANDLE_MIN_CHARS <= len(handle) <= HANDLE_MAX_CHARS:
        raise InvalidInput(
            f"A short name has {HANDLE_MIN_CHARS} to {HANDLE_MAX_CHARS} characters.", field="handle"
        )
    if not text.isascii() or not _PLAIN.fullmatch(handle) or handle.isdigit():
        raise InvalidInput(
            "A short name has letters from a to z, digits and hyphens between them, "
            "and at least one letter.",
            field="handle",
        )
    if handle in RESERVED:
        raise InvalidInput("This short name is kept for the site itself.", field="handle")
    return handle
