"""JSON of many changes of open hours in one request."""

from flask.typing import ResponseReturnValue

from app.blueprints.availability.api import ONLY_INSTRUCTORS
from app.blueprints.availability.bulk_schemas import (
    BulkIn,
    BulkOut,
    WeekChangesIn,
    WeekChangesOut,
)
from app.domain.vocabulary import Role
from app.web.access import bearer
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import many_hours_limit
from app.web.services import services

bp = ApiBlueprint("availability_bulk_api", __name__, "/instructors/availability-windows")


@bp.patch("/bulk-update")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@many_hours_limit
@documented(body=BulkIn, answer=BulkOut, errors=(404,))
def update() -> ResponseReturnValue:
    """Carry out up to 100 changes of my hours, in order and in one transaction.

    A change that cannot be made says why and leaves the others be; with ``atomic`` nothing is
    changed then, and the others are ``skipped``. With ``validate_only`` nothing is changed at
    all, and the answer is what it would be, but that new windows have no ``slot_id`` yet.
    """
    wanted = body(BulkIn)
    service = services().bulk_operations
    do = service.rehearse if wanted.validate_only else service.process
    operations = [each.operation for each in wanted.operations]
    done = do(bearer_actor(), operations, atomic=wanted.atomic)
    return BulkOut.of(done).model_dump(mode="json")


@bp.post("/week/validate-changes")
@bearer(Role.INSTRUCTOR, refusal=ONLY_INSTRUCTORS)
@documented(body=WeekChangesIn, answer=WeekChangesOut, errors=(404,))
def validate_changes() -> ResponseReturnValue:
    """What would become of the changes from one state of my week to another."""
    wanted = body(WeekChangesIn)
    found = services().bulk_operations.validate_week_changes(
        bearer_actor(), wanted.week, saved=wanted.saved, current=wanted.current
    )
    return WeekChangesOut.of(found).model_dump(mode="json")
