"""Why not this time? Every reason of the one evaluation, as far as the asker may learn it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.audience import all_told, told
from app.domain.evaluation import Reason
from app.domain.offers import LessonRequest
from app.domain.vocabulary import Role
from app.domain.zones import local_date, zone
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker, Judgement

_BY_THE_INSTRUCTOR = {
    "schedule": "/teach/schedule?week={day}",
    "days_off": "/teach/schedule?week={day}",
    "rules": "/teach/profile#rule-fields",
    "services": "/teach/profile#service-fields",
    "lesson": "/lessons/{booking_id}",
}
_BY_STAFF = {
    "lesson": "/admin/bookings/details/?id={booking_id}",
    "account": "/admin/users/details/?id={instructor_id}",
}
"""The pages on which somebody can do something about a reason, by what has to be mended."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One reason. ``facts`` and ``mend`` are for the instructor and staff only."""

    code: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
    mend: str | None = None


class BookingExplanationService(BaseService):
    """Explains wished lessons."""

    def __init__(self, context: Context, checker: ConflictChecker) -> None:
        super().__init__(context)
        self._checker = checker

    @measure_operation
    def explain(self, person: User, request: LessonRequest) -> list[Explanation]:
        """Everything against a wished lesson; nothing means that it could be booked now.

        Students are judged with their own lessons and learn what ``audience`` lets them; the
        owning instructor and staff learn all. Raises NotFound, InvalidInput, InvalidRange,
        OffsetMismatch.
        """
        student = person if person.kind is Role.STUDENT else None
        judged = self._checker.judge(request, student)
        reasons = judged.reasons
        if not (person.kind.is_staff or person.id == request.instructor_id):
            return [Explanation(code, message) for code, message in told(reasons)]
        is_staff = person.kind.is_staff
        return [
            Explanation(code, message, reason.facts, _mended_at(reason, judged, is_staff=is_staff))
            for reason, (code, message) in zip(reasons, all_told(reasons), strict=True)
        ]


def _mended_at(reason: Reason, judged: Judgement, *, is_staff: bool) -> str | None:
    """Null where the asker has no page for it. A time that the clock skips has no day."""
    address = (_BY_STAFF if is_staff else _BY_THE_INSTRUCTOR).get(reason.mend or "")
    if address is None or (judged.starts_at is None and "{day}" in address):
        return None
    day = judged.starts_at and local_date(zone(judged.offer.zone_name), judged.starts_at)
    return address.format(
        day=day,
        booking_id=reason.facts.get("booking_id"),
        instructor_id=judged.offer.instructor.id,
    )
