"""JSON of the waiting list."""

from flask.typing import ResponseReturnValue

from app.blueprints.waiting.schemas import (
    DaysIn,
    TakeIn,
    TakenOut,
    WaitingDayOut,
    WishIn,
    WishOut,
)
from app.domain.vocabulary import Role
from app.services.waiting_list import Waiting
from app.web.access import bearer
from app.web.api import ApiBlueprint, body, optional_body, query, told_of
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import booking_limit, waiting_limit
from app.web.services import services

bp = ApiBlueprint("waiting_api", __name__, "/waiting")
ONLY_STUDENTS = "Only students wait for lessons"


@bp.get("/")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@documented(answer=list[WishOut])
def listed() -> ResponseReturnValue:
    """What I wait for, and what became of what I waited for before; open wishes first."""
    return [_shown(each) for each in services().waiting_list.mine(bearer_actor())]


@bp.post("/")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
@documented(body=WishIn, answer=WishOut, status=201, errors=(404, 409))
def join() -> ResponseReturnValue:
    """Wait until a time frees on some days.

    The same wish twice is one. Where such a time is free now, 409 ``times_are_free`` names the
    first ones in ``starts``.
    """
    wanted = body(WishIn).to_wish()
    with told_of("minutes", as_field="duration_minutes"):
        wish = services().waiting_joining.join(bearer_actor(), wanted)
    return _shown(services().waiting_list.one(bearer_actor(), wish.id)), 201


@bp.get("/<id:wish_id>")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@documented(answer=WishOut, errors=(404,))
def show(wish_id: int) -> ResponseReturnValue:
    """One of my wishes."""
    return _shown(services().waiting_list.one(bearer_actor(), wish_id))


@bp.delete("/<id:wish_id>")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
@documented(status=204, errors=(404, 409))
def leave(wish_id: int) -> ResponseReturnValue:
    """Wait no longer. A time that is kept for me goes to the next."""
    services().waiting_joining.leave(bearer_actor(), wish_id)
    return "", 204


@bp.post("/offers/<id:offer_id>/take")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@booking_limit
@documented(
    body=TakeIn, answer=TakenOut, status=201, errors=(404, 409), optional_body=True, reasons=True
)
def take(offer_id: int) -> ResponseReturnValue:
    """Book the time that is kept for me. Twice it is the same lesson."""
    said = optional_body(TakeIn)
    details = said.to_details() if said else None
    lesson = services().waiting_answers.take(bearer_actor(), offer_id, details)
    return TakenOut.model_validate(lesson).model_dump(mode="json"), 201


@bp.post("/offers/<id:offer_id>/decline")
@bearer(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
@documented(answer=WishOut, errors=(404, 409))
def decline(offer_id: int) -> ResponseReturnValue:
    """Let a time go to the next, and wait for others."""
    person = bearer_actor()
    services().waiting_answers.decline(person, offer_id)
    wish_id = services().waiting_answers.offer(person, offer_id).wish_id
    return _shown(services().waiting_list.one(person, wish_id))


@bp.get("/days")
@bearer(Role.INSTRUCTOR, Role.SUPPORT, Role.ADMIN)
@documented(query=DaysIn, answer=list[WaitingDayOut])
def days() -> ResponseReturnValue:
    """How many people wait for each day: of my own line, for staff of anybody's."""
    person, asked = bearer_actor(), query(DaysIn)
    found = services().waiting_list.per_day(
        person, asked.instructor_id or person.id, asked.start_date, asked.end_date
    )
    shown = [WaitingDayOut(day=day, people=count) for day, count in found.items()]
    return [each.model_dump(mode="json") for each in shown]


def _shown(waiting: Waiting) -> dict[str, object]:
    return WishOut.of(waiting).model_dump(mode="json")
