"""JSON of single windows of open hours."""

from flask.typing import ResponseReturnValue

from app.blueprints.availability.api import ONLY_INSTRUCTORS
from app.blueprints.availability.window_schemas import (
    DatedWindowIn,
    DayIn,
    DoneOut,
    GapOut,
    GapsQuery,
    MergedOut,
    SplitIn,
    WindowChangeIn,
    WindowRowOut,
    WindowsQuery,
)
from app.domain.vocabulary import Role
from app.domain.windows import Window
from app.web.access import bearer
from app.web.api import ApiBlueprint, body, field_named, query
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("availability_windows_api", __name__, "/instructors/availability-windows")


@bp.get("/")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(query=WindowsQuery, answer=list[WindowRowOut], errors=(404,))
def listed() -> ResponseReturnValue:
    """My windows of a range of days, by date and time."""
    asked = query(WindowsQuery)
    found = services().availability.windows(bearer_actor(), asked.start_date, asked.end_date)
    return [_shown(each) for each in found]


@bp.post("/specific-date")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=DatedWindowIn, answer=WindowRowOut, errors=(404, 409))
def add() -> ResponseReturnValue:
    """Open some hours of one day.

    What overlaps or touches becomes one window; the answer is the one that now has the hours
    in it. A window that is there exactly so is refused by 409.
    """
    wanted = body(DatedWindowIn)
    with field_named("end_time"):
        made = services().slots.create(bearer_actor(), wanted.specific_date, wanted.range)
    return _shown(made)


@bp.get("/gaps")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(query=GapsQuery, answer=list[GapOut])
def gaps() -> ResponseReturnValue:
    """Closed time between my windows of one day."""
    asked = query(GapsQuery)
    found = services().slots.gaps(bearer_actor(), asked.date, asked.min_gap_minutes)
    return [GapOut.of(each).model_dump(mode="json") for each in found]


@bp.post("/merge")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=DayIn, answer=MergedOut, errors=(404,))
def merge() -> ResponseReturnValue:
    """Make one of my windows of a day that overlap or touch."""
    merged, windows = services().slots.merge(bearer_actor(), body(DayIn).date)
    return {"merged": merged, "windows": [_shown(each) for each in windows]}


@bp.patch("/<id:window_id>")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=WindowChangeIn, answer=WindowRowOut, errors=(404,))
def change(window_id: int) -> ResponseReturnValue:
    """Give one of my windows other hours; what they meet becomes part of it."""
    wanted = body(WindowChangeIn)
    field = "start_time" if wanted.end_time is None else "end_time"
    with field_named(field):
        changed = services().slots.update(bearer_actor(), window_id, wanted.start_time, wanted.end)
    return _shown(changed)


@bp.delete("/<id:window_id>")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(answer=DoneOut, errors=(404,))
def remove(window_id: int) -> ResponseReturnValue:
    """Take one of my windows away. Lessons on it stay."""
    services().slots.delete(bearer_actor(), window_id)
    return {"message": "Availability time slot deleted"}


@bp.post("/<id:window_id>/split")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=SplitIn, answer=list[WindowRowOut], errors=(404,))
def split(window_id: int) -> ResponseReturnValue:
    """Make two windows of one of mine, so that either can be changed alone.

    They stay two until their day is saved or something is opened beside them.
    """
    minute = body(SplitIn).split_time
    with field_named("split_time"):
        parts = services().slots.split(bearer_actor(), window_id, minute)
    return [_shown(each) for each in parts]


def _shown(window: Window) -> dict[str, object]:
    return WindowRowOut.of(window, bearer_actor().id).model_dump(mode="json")
