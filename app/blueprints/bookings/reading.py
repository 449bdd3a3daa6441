"""JSON that reads bookings: what comes next, what they come to, and why a time cannot be had."""

from flask import Response
from flask.typing import ResponseReturnValue

from app.blueprints.bookings.reading_schemas import (
    ExplainIn,
    ExplainOut,
    ExplanationOut,
    OpportunitiesIn,
    OpportunityOut,
    PreviewOut,
    StatsOut,
    UpcomingIn,
    UpcomingOut,
)
from app.blueprints.bookings.timeline_schemas import TimelineOut
from app.domain.vocabulary import Role
from app.web.access import bearer
from app.web.api import ApiBlueprint, query
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import check_limit
from app.web.services import services

bp = ApiBlueprint("bookings_reading_api", __name__, "/bookings")


@bp.get("/upcoming")
@bearer()
@documented(query=UpcomingIn, answer=list[UpcomingOut])
def upcoming() -> ResponseReturnValue:
    """My next lessons, soonest first: those I take, or as an instructor those I give."""
    person, most = bearer_actor(), query(UpcomingIn).limit
    is_teaching = person.kind is Role.INSTRUCTOR
    found = services().booking_lists.upcoming(person, as_instructor=is_teaching, limit=most)
    return [UpcomingOut.of(each).model_dump(mode="json") for each in found]


@bp.get("/stats")
@bearer(Role.INSTRUCTOR, refusal="Only instructors can view booking stats")
@documented(answer=StatsOut)
def stats() -> ResponseReturnValue:
    """What my bookings come to; the month is that of my zone."""
    found = services().booking_statistics.of_instructor(bearer_actor())
    return StatsOut.of(found).model_dump(mode="json")


@bp.get("/explain")
@bearer()
@check_limit
@documented(query=ExplainIn, answer=ExplainOut, errors=(404,))
def explain() -> ResponseReturnValue:
    """Every reason that stands against a wished start; none means that it can be booked."""
    reasons = services().booking_explanations.explain(bearer_actor(), query(ExplainIn).to_request())
    shown = [ExplanationOut.model_validate(each) for each in reasons]
    return ExplainOut(bookable=not shown, reasons=shown).model_dump(mode="json")


@bp.get("/opportunities")
@bearer()
@check_limit
@documented(query=OpportunitiesIn, answer=list[OpportunityOut], errors=(404,))
def opportunities() -> ResponseReturnValue:
    """Free times of a day, one after the other; each can be booked.

    Times at which I am busy myself are left out. Without ``service_id`` any service counts that
    lasts so long.
    """
    wanted = query(OpportunitiesIn)
    found = services().opportunities.on_day(bearer_actor(), wanted.to_wish())
    return [OpportunityOut.of(each, wanted.instructor_id).model_dump(mode="json") for each in found]


@bp.get("/<id:booking_id>/preview")
@bearer()
@documented(answer=PreviewOut, errors=(404,))
def preview(booking_id: int) -> ResponseReturnValue:
    """One of my bookings in short; for staff anybody's."""
    booking = services().bookings.read(bearer_actor(), booking_id)
    return PreviewOut.of(booking, services().presentation).model_dump(mode="json")


@bp.get("/<id:booking_id>/timeline")
@bearer()
@documented(answer=TimelineOut, errors=(404,))
def timeline(booking_id: int) -> ResponseReturnValue:
    """What happened to one of my bookings, and every mail that I was sent about it."""
    person = bearer_actor()
    booking = services().bookings.get(person, booking_id)
    return TimelineOut.of(booking, services().timelines.of(person, booking)).model_dump(mode="json")


@bp.get("/<id:booking_id>/calendar.ics")
@bearer()
@documented(answer=str, media_type="text/calendar", errors=(404,))
def calendar_file(booking_id: int) -> ResponseReturnValue:
    """One of my bookings as a calendar file."""
    person = bearer_actor()
    booking = services().bookings.get(person, booking_id)
    sent = services().calendar_files.lesson_file(booking, person)
    response = Response(sent, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="lesson.ics"'
    return response
