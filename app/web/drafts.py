"""What somebody has typed for a lesson that he has not booked yet, kept in his own cookie.

It outlives signing in and registering, and is for one instructor: whoever chooses another time
of his finds it again. Nothing of it is secret from the reader, and only we can write it.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from datetime import timedelta

from flask import session

from app.domain.offers import MeetingPlace
from app.domain.vocabulary import LocationType
from app.web.services import services

KEY = "lesson_draft"
LASTS = timedelta(hours=2)
KEPT_MAX_CHARS = 3000
"""Browsers drop cookies of more than 4096 bytes, and the session has more to say."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Place and note; null where nothing was said of it yet."""

    instructor_id: int
    place: MeetingPlace | None = None
    note: str | None = None


def keep(draft: Draft) -> bool:
    """Remember a draft instead of any other; false where there is more than a cookie can hold."""
    place = draft.place and [draft.place.location_type.value, draft.place.address]
    said = [draft.instructor_id, place, draft.note, int(services().clock.now().timestamp())]
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 9)
    kept = base64.urlsafe_b64encode(packed).decode()
    if len(kept) > KEPT_MAX_CHARS:
        return False
    session[KEY] = kept
    return True


def kept_for(instructor_id: int) -> Draft:
    """What was typed lately for this instructor; an empty draft where nothing was."""
    draft, kept_at = _opened(session.get(KEY, ""))
    is_fresh = services().clock.now().timestamp() - kept_at <= LASTS.total_seconds()
    if draft is None or draft.instructor_id != instructor_id or not is_fresh:
        return Draft(instructor_id)
    return draft


def forget() -> None:
    """The lesson is booked."""
    session.pop(KEY, None)


def _opened(kept: str) -> tuple[Draft | None, int]:
    """A draft and when it was kept. What an older program left is as if it were absent."""
    try:
        said = json.loads(zlib.decompress(base64.urlsafe_b64decode(kept.encode())))
        instructor_id, place, note, kept_at = said
        kind = place and MeetingPlace(LocationType(place[0]), place[1])
    except (ValueError, TypeError, KeyError, zlib.error, binascii.Error):
        return None, 0
    return Draft(instructor_id, kind, note), kept_at
