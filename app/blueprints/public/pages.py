"""An instructor's page: who, what, for how much, and when."""

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.blueprints.public.about import facts_for_others
from app.blueprints.public.choices import Choice, chosen, offered
from app.blueprints.public.gone import or_kindly_gone
from app.blueprints.public.times import chosen_day, shown_day, shown_month, waiting_days
from app.domain.months import Month
from app.models.instructor import InstructorProfile
from app.web import queries
from app.web.access import public
from app.web.auth import reading_zone, student, visitor
from app.web.render import page_or_piece
from app.web.services import services
from app.web.starts import booking_address

bp = Blueprint("public", __name__)


@bp.get("/instructors/<id:instructor_id>")
@public
@or_kindly_gone
def instructor(instructor_id: int) -> ResponseReturnValue:
    """The page by number; where there is a short name, that is what search engines are told."""
    return _page(services().instructors.profile(instructor_id))


@bp.get("/@<string:handle>")
@public
@or_kindly_gone
def called(handle: str) -> ResponseReturnValue:
    """The page by short name, however it is written."""
    return _page(services().instructors.profile_called(handle))


def _page(profile: InstructorProfile) -> Response:
    choice = chosen(profile, queries.whole("service", 0), queries.whole("minutes", 0))
    times = {"choice": None} if choice is None else _times(choice)
    person = visitor()
    return page_or_piece(
        "public/instructor.html",
        "public/_times.html",
        profile=profile,
        is_own=person is not None and person.id == profile.user_id,
        about=facts_for_others(profile),
        **times,
    )


def _times(choice: Choice) -> dict[str, Any]:
    profile, day = choice.profile, queries.day("day")
    own_zone = profile.time_zone or services().platform_zone
    read_in = reading_zone(own_zone)
    open_month = services().open_days.month(
        profile,
        choice.service,
        choice.minutes,
        wanted=Month.containing(day) if day else queries.month("month"),
        reader_zone=read_in,
        student=student(),
    )
    day, next_start = chosen_day(open_month, day), open_month.next_start
    return {
        "choice": choice,
        "choices": offered(profile),
        "month": shown_month(open_month, choice, day),
        "day": day and shown_day(open_month, choice, day, services().clock.now()),
        "wait_days": waiting_days(open_month, day, own_zone),
        "next_start": next_start,
        "next_url": next_start and booking_address(next_start, profile.user_id),
        "own_zone": own_zone,
        "read_in": read_in,
    }
