"""Why not this time? Every reason of the one evaluation, as far as the asker may learn it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.audience import all_told, told
from app.domain.offers import LessonRequest
from app.domain.vocabulary import Role
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker

MENDED_AT = {"schedule": "/teach/schedule", "rules": "/teach/profile", "services": "/teach/profile"}
"""The pages on which an instructor can do something about a reason."""


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
        reasons = self._checker.judge(request, student).reasons
        if not (person.kind.is_staff or person.id == request.instructor_id):
            return [Explanation(code, message) for code, message in told(reasons)]
        return [
            Explanation(code, message, reason.facts, MENDED_AT.get(reason.mend or ""))
            for reason, (code, message) in zip(reasons, all_told(reasons), strict=True)
        ]
