"""Why not this time? A page of its own, and a piece on the instructor's page.

What is said comes from the one evaluation. Students learn what they may; the instructor and
staff learn everything, with the place where each can be mended. Guests learn only what the page
shows them anyhow, that the time is not free: to know more, one signs in and comes back here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.blueprints.public.choices import Choice
from app.domain.audience import UNAVAILABLE
from app.domain.errors import NotFound
from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES
from app.domain.offers import LessonRequest, OfferedStart
from app.domain.zones import local_date, zone
from app.models.instructor import InstructorProfile
from app.services.booking_explanations import Explanation
from app.web import queries
from app.web.access import public
from app.web.api import instant_of
from app.web.auth import reading_zone, student, visitor
from app.web.limits import check_limit
from app.web.render import page_or_piece
from app.web.services import services
from app.web.starts import booking_address, linked

bp = Blueprint("why", __name__)

MENDED_BY = {
    "outside_hours": "Open more hours",
    "too_long": "Open more hours",
    "day_off": "Look at the day",
    "taken": "See the lesson",
    "buffer": "Change the pause",
    "notice": "Change the notice",
    "horizon": "Change how far ahead",
    "needs_approval": "Change the rules",
    "service_inactive": "Change what is offered",
    "duration_not_offered": "Change the lengths",
    "instructor_inactive": "See the account",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words, with an instant of its facts and a link that mends it, if any."""

    message: str
    moment: datetime | None
    mend: str | None
    mend_words: str


@bp.get("/instructors/<id:instructor_id>/why")
@public
@check_limit
def why(instructor_id: int) -> ResponseReturnValue:
    """Every reason that the asker may know, and the nearest free times. Raises NotFound."""
    wish = _wish(instructor_id)
    profile = services().instructors.profile(instructor_id)
    person = visitor()
    found = None if person is None else services().booking_explanations.explain(person, wish)
    shown = _shown(profile, wish)
    if found is None and any(each.starts_at == wish.starts_at for each in shown["near"]):
        found = []
    return page_or_piece(
        "public/why.html",
        "public/_why.html",
        profile=profile,
        reasons=None if found is None else [_told(each, profile) for each in found],
        **shown,
    )


def _wish(instructor_id: int) -> LessonRequest:
    service_id = queries.whole("service", 0)
    minutes = queries.whole("minutes", 0, low=DURATION_MIN_MINUTES, high=DURATION_MAX_MINUTES)
    if not service_id or not minutes:
        raise NotFound("This link is not complete. Please choose a time again.")
    starts_at = instant_of(queries.word("start") or "", "start")
    return LessonRequest(instructor_id, service_id, starts_at=starts_at, minutes=minutes)


def _told(each: Explanation, profile: InstructorProfile) -> Told:
    facts = each.facts.get("starts_at") or each.facts.get("window_ends_at")
    moment = facts if isinstance(facts, datetime) else None
    message = each.message.removesuffix(".") + "."
    if each.code == UNAVAILABLE:
        message = (
            f"{profile.user.full_name} cannot be booked then: it may be taken already, "
            "or outside the hours that are open for lessons."
        )
    return Told(message, moment, each.mend, MENDED_BY.get(each.code, "Change it"))


def _shown(profile: InstructorProfile, wish: LessonRequest) -> dict[str, Any]:
    """What the page needs beside the reasons. Raises NotFound for a service of somebody else."""
    service = next((each for each in profile.services if each.id == wish.service_id), None)
    if service is None or wish.starts_at is None or wish.minutes is None:
        raise NotFound("Service not found or no longer available")
    own_zone = profile.time_zone or services().platform_zone
    read_in = reading_zone(own_zone)
    near: Sequence[OfferedStart] = services().public_availability.nearest(
        profile.user_id, service.id, wish.minutes, wish.starts_at, student()
    )
    start = OfferedStart(wish.starts_at, wish.minutes, own_zone, service.id)
    choice = Choice(profile, service, wish.minutes)
    return {
        "service": service,
        "start": start,
        "near": linked(near, profile.user_id),
        "book_url": booking_address(start, profile.user_id),
        "back_url": choice.address(local_date(zone(read_in), wish.starts_at)),
        "here": request.full_path,
        "own_zone": own_zone,
        "read_in": read_in,
    }
