"""JSON of open hours."""

from flask import request
from flask.typing import ResponseReturnValue

from app.blueprints.availability.schemas import (
    BookedSlotOut,
    BookedSlotsOut,
    WeekHeaders,
    WeekIn,
    WeekMap,
    WeekQuery,
)
from app.blueprints.availability.versions import expected_version, shown
from app.domain.vocabulary import Role
from app.web.access import bearer
from app.web.api import ApiBlueprint, body, field_named, query
from app.web.auth import bearer_actor
from app.web.conditional import ConditionalHeaders
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("availability_api", __name__, "/instructors/availability-windows")
ONLY_INSTRUCTORS = "Only instructors can perform this action"


@bp.get("/week")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(query=WeekQuery, headers=ConditionalHeaders, answer=WeekMap, errors=(304, 404))
def week() -> ResponseReturnValue:
    """My hours of a week, by day; days without any are left out.

    ``ETag`` is the week's version, which ``If-None-Match`` may ask for and a save may name.
    """
    wanted = query(WeekQuery).week
    answer = shown(services().availability.week(bearer_actor(), wanted))
    return answer.make_conditional(request)


@bp.post("/week")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=WeekIn, headers=WeekHeaders, answer=WeekMap, errors=(404, 409))
def save_week() -> ResponseReturnValue:
    """Store my hours of a week; the same again changes nothing.

    The week is the one that begins on ``week_start``, which must be a Monday; without it that of
    the earliest day in ``schedule``. An empty ``schedule`` without ``week_start`` clears the
    current week, in your zone. What is not in ``schedule`` is closed, unless ``clear_existing``
    is false. Days that have passed stay as they are.

    With ``If-Match`` (or ``version`` in the body) a week that was changed since is refused by
    409, and nothing is lost.
    """
    wanted = body(WeekIn)
    week = wanted.week() or services().availability.current_week(bearer_actor())
    version = expected_version()
    if version is None:
        version = wanted.version
    with field_named("schedule"):
        saved = services().availability.save_week(
            bearer_actor(), week, wanted.hours(), version=version, replace=wanted.clear_existing
        )
    return shown(saved)


@bp.get("/week/booked-slots")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(query=WeekQuery, answer=BookedSlotsOut, errors=(404,))
def booked() -> ResponseReturnValue:
    """The lessons of a week."""
    wanted = query(WeekQuery).week
    hours = services().availability.week(bearer_actor(), wanted)
    lessons = services().booking_lists.week_lessons(bearer_actor(), wanted, hours.zone_name)
    slots = [BookedSlotOut.of(each, services().presentation) for each in lessons]
    return BookedSlotsOut(booked_slots=slots).model_dump(mode="json")
