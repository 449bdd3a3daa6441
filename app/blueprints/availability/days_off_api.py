"""JSON of an instructor's days off."""

from flask.typing import ResponseReturnValue

from app.blueprints.availability.api import ONLY_INSTRUCTORS
from app.blueprints.availability.window_schemas import DayOffIn, DayOffOut, DoneOut
from app.domain.vocabulary import Role
from app.web.access import bearer
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.services import services

PREFIX = "/instructors/availability-windows/blackout-dates"
bp = ApiBlueprint("availability_days_off_api", __name__, PREFIX)


@bp.get("")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(answer=list[DayOffOut], errors=(404,))
def listed() -> ResponseReturnValue:
    """My days off from today on, earliest first."""
    found = services().days_off.upcoming(bearer_actor())
    return [DayOffOut.model_validate(each).model_dump(mode="json") for each in found]


@bp.post("")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=DayOffIn, answer=DayOffOut, errors=(404, 409))
def add() -> ResponseReturnValue:
    """Close a day to new bookings. Lessons on it stay."""
    wanted = body(DayOffIn)
    row = services().days_off.add(bearer_actor(), wanted.date, wanted.reason)
    return DayOffOut.model_validate(row).model_dump(mode="json")


@bp.delete("/<id:blackout_id>")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(answer=DoneOut, errors=(404,))
def remove(blackout_id: int) -> ResponseReturnValue:
    """Open one of my days off again."""
    services().days_off.remove(bearer_actor(), blackout_id)
    return {"message": "Blackout date deleted"}
