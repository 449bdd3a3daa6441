"""Links in mails that open one lesson for one person: for what, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

VIEW_LASTS = timedelta(days=7)
"""How long after the end of a lesson its links still show it."""


class LinkPurpose(StrEnum):
    """What a link is for, and nothing else."""

    VIEW = "view"
    MOVE = "move"
    CANCEL = "cancel"


class LinkState(StrEnum):
    """What becomes of whoever opens a link. ``OPEN`` is the only one that lets him act."""

    OPEN = "open"
    CHANGED = "changed"
    TOO_LATE = "too_late"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"

    @property
    def shows_lesson(self) -> bool:
        """Whether the lesson may still be shown as it is now."""
        return self in (LinkState.OPEN, LinkState.CHANGED, LinkState.TOO_LATE)


@dataclass(frozen=True, slots=True)
class LinkClaims:
    """What a link speaks of: a lesson as it was at a version, and a person as he was at one."""

    booking_id: int
    person_id: int
    version: int
    account_version: int


@dataclass(frozen=True, slots=True)
class ByLink:
    """A change asked for by a link: made only while lesson and account have its versions."""

    version: int
    account_version: int


def link_state(
    purpose: LinkPurpose,
    claims: LinkClaims,
    *,
    version: int,
    account_version: int,
    ends_at: datetime,
    is_possible: bool,
    now: datetime,
) -> LinkState:
    """What a genuine link opens now. ``is_possible``: the lesson allows now what the link is for.

    The oldest truth first: links that were called back show nothing, and neither do those of
    lessons long over.
    """
    if claims.account_version != account_version:
        return LinkState.REVOKED
    if now > ends_at + VIEW_LASTS:
        return LinkState.EXPIRED
    if claims.version != version:
        return LinkState.CHANGED
    is_open = purpose is LinkPurpose.VIEW or is_possible
    return LinkState.OPEN if is_open else LinkState.TOO_LATE
