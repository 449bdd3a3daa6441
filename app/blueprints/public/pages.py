"""An instructor's page."""

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.blueprints.public.times import Choice, Span, choices, chosen, grouped
from app.models.instructor import InstructorProfile
from app.web import queries
from app.web.access import public
from app.web.auth import student
from app.web.render import page_or_piece
from app.web.services import services
from app.web.starts import linked

bp = Blueprint("public", __name__)


@bp.get("/instructors/<id:instructor_id>")
@public
def instructor(instructor_id: int) -> ResponseReturnValue:
    """Who somebody is, and a week of his free times. Raises NotFound."""
    profile = services().instructors.profile(instructor_id)
    choice = chosen(profile, queries.whole("service", 0), queries.whole("minutes", 0))
    if choice is None:
        return _shown(profile, choices=[], days=[], service=None, minutes=0)
    zone_name = profile.time_zone or services().platform_zone
    today = services().clock.today(zone_name)
    span = Span.of(queries.day("from"), today, profile.booking_horizon_days)
    return _shown(profile, **_times(profile, choice, span))


def _times(profile: InstructorProfile, choice: Choice, span: Span) -> dict[str, Any]:
    key = profile.user_id
    starts = services().public_availability.starts(
        key, choice.service.id, choice.minutes, span.days[0], span.days[-1], student()
    )
    return {
        "service": choice.service,
        "minutes": choice.minutes,
        "days": grouped(linked(starts, key), span.days),
        "choices": choices(profile, choice, span.first),
        "previous_url": span.previous and choice.address(key, span.previous),
        "next_url": span.next and choice.address(key, span.next),
    }


def _shown(profile: InstructorProfile, **times: Any) -> Response:
    zone_name = profile.time_zone or services().platform_zone
    return page_or_piece(
        "public/instructor.html",
        "public/_times.html",
        profile=profile,
        zone_name=zone_name,
        **{"previous_url": None, "next_url": None, **times},
    )
