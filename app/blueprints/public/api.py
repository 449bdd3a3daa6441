"""JSON of public availability, which anybody may keep and ask again."""

from flask.typing import ResponseReturnValue

from app.blueprints.public.schemas import (
    AvailabilityMinimalOut,
    AvailabilityOut,
    AvailabilitySummaryOut,
    NextIn,
    NextOut,
    NothingFreeOut,
    RangeIn,
    StartsIn,
    StartsOut,
)
from app.web.access import public
from app.web.api import ApiBlueprint, query
from app.web.conditional import ConditionalHeaders, conditional, wants_fresh
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("public_api", __name__, "/public/instructors")

ANY_LEVEL = AvailabilityOut | AvailabilitySummaryOut | AvailabilityMinimalOut


@bp.get("/<id:instructor_id>/availability")
@public
@documented(query=RangeIn, headers=ConditionalHeaders, answer=ANY_LEVEL, errors=(304, 404))
def availability(instructor_id: int) -> ResponseReturnValue:
    """Free time by day, in the instructor's zone, as much of it as this installation tells."""
    wanted = query(RangeIn)
    found = services().public_answers.availability(
        instructor_id, wanted.start_date, wanted.end_date, fresh=wants_fresh()
    )
    return conditional(found)


@bp.get("/<id:instructor_id>/next-available")
@public
@documented(
    query=NextIn, headers=ConditionalHeaders, answer=NextOut | NothingFreeOut, errors=(304, 404)
)
def next_available(instructor_id: int) -> ResponseReturnValue:
    """The first time free for a lesson of that length."""
    minutes = query(NextIn).duration_minutes
    found = services().public_answers.next_available(instructor_id, minutes, fresh=wants_fresh())
    return conditional(found)


@bp.get("/<id:instructor_id>/starts")
@public
@documented(query=StartsIn, headers=ConditionalHeaders, answer=StartsOut, errors=(304, 404))
def starts(instructor_id: int) -> ResponseReturnValue:
    """Every start of a service that can be booked, a week of them unless said otherwise."""
    wanted = query(StartsIn)
    found = services().public_answers.starts(
        instructor_id,
        wanted.service_id,
        wanted.duration_minutes,
        wanted.start_date,
        wanted.end_date,
        fresh=wants_fresh(),
    )
    return conditional(found)
