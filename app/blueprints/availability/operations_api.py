"""JSON of operations on many days at once."""

from flask.typing import ResponseReturnValue

from app.blueprints.availability.api import ONLY_INSTRUCTORS
from app.blueprints.availability.operation_schemas import (
    AppliedOut,
    ApplyWeekIn,
    CopiedWeekOut,
    CopyMetadata,
    CopyWeekIn,
)
from app.blueprints.availability.schemas import WeekHeaders
from app.blueprints.availability.versions import expected_version, shown
from app.domain.vocabulary import Role
from app.web.access import bearer
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import many_hours_limit
from app.web.services import services

bp = ApiBlueprint("availability_operations_api", __name__, "/instructors/availability-windows")


@bp.post("/copy-week")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@many_hours_limit
@documented(body=CopyWeekIn, headers=WeekHeaders, answer=CopiedWeekOut, errors=(404, 409))
def copy_week() -> ResponseReturnValue:
    """Make one of my weeks like another; the same again changes nothing.

    Days that have passed stay as they are, and `_metadata` says which. With ``If-Match`` a
    target week that was changed since is refused by 409.
    """
    source, target = body(CopyWeekIn).weeks()
    week, done = services().week_operations.copy_week(
        bearer_actor(), source, target, version=expected_version()
    )
    return shown(week, _metadata=CopyMetadata.of(done).model_dump(mode="json"))


@bp.post("/apply-to-date-range")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@many_hours_limit
@documented(body=ApplyWeekIn, answer=AppliedOut, errors=(404,))
def apply_to_range() -> ResponseReturnValue:
    """Make every day of a range like its weekday of a week; the same again changes nothing.

    A week without hours clears the range. At most a year at once, from today on.
    """
    wanted = body(ApplyWeekIn)
    done = services().week_operations.apply_to_range(
        bearer_actor(), wanted.week(), wanted.start_date, wanted.end_date
    )
    return AppliedOut.of(done).model_dump(mode="json")
