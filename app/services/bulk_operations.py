"""Many changes of open hours in one request, and what they would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.bulk import Action, Bulk, Operation, Outcome, week_changes
from app.domain.errors import InvalidInput
from app.domain.week import Week
from app.domain.windows import Draft, Hours, RowChange
from app.models.user import User
from app.repositories.availability import StoredWindow
from app.services.base import measure_operation
from app.services.hours import Here, HoursSteps, sound

NOT_ALONE = "Not done, because another operation failed."


class Status(StrEnum):
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one operation.

    ``slot_id`` is the window that was removed, or has the hours now; null while it has no row.
    """

    operation: Operation
    status: Status
    reason: str | None
    slot_id: int | None


class BulkOperationService(HoursSteps):
    """Carries out lists of operations in order, in one transaction.

    An operation that cannot be done says why and leaves the others be, unless they are to be
    done all or none. Both the real thing and the rehearsal raise NotFound without a profile.
    """

    @measure_operation
    def process(
        self, instructor: User, operations: Sequence[Operation], *, atomic: bool = False
    ) -> Sequence[Result]:
        """``atomic``: if one fails, nothing is done."""
        with self.transaction():
            here = self._locked(instructor)
            rows, draft, done = self._tried(instructor, operations, here)
            if atomic and _has_failed(done):
                return _results(done, draft, {}, none_done=True)
            ids = self._write(instructor, "hours.bulk", rows, draft.windows)
        return _results(done, draft, ids)

    @measure_operation
    def rehearse(
        self, instructor: User, operations: Sequence[Operation], *, atomic: bool = False
    ) -> Sequence[Result]:
        """What ``process`` would answer now; windows that it would make have no id yet."""
        here = self._here(instructor)
        rows, draft, done = self._tried(instructor, operations, here)
        if atomic and _has_failed(done):
            return _results(done, draft, {}, none_done=True)
        return _results(done, draft, RowChange.between(sound(rows), draft.windows).same)

    @measure_operation
    def validate_week_changes(
        self, instructor: User, week: Week, *, saved: Hours, current: Hours
    ) -> Sequence[Result]:
        """What would become of the changes from one state of a week to another.

        Raises InvalidInput for a day outside the week.
        """
        if not {*saved, *current} <= {*week.days}:
            raise InvalidInput("A day lies outside that week.", field="week_start")
        return self.rehearse(instructor, week_changes(saved, current))

    def _tried(
        self, instructor: User, operations: Sequence[Operation], here: Here
    ) -> tuple[Sequence[StoredWindow], Draft, Sequence[Outcome]]:
        """Every day that the operations are about, read once; those days afterwards, and what
        became of each operation.
        """
        days = {each.day for each in operations if each.day is not None}
        ids = {each.slot_id for each in operations if each.slot_id is not None}
        found = self._availability.around(instructor.id, days, ids).windows
        rows = [each for each in found if each.range is not None]
        draft = Draft(sound(rows), today=here.today)
        return rows, draft, Bulk(draft, instructor.id, here.minute).carried_out(operations)


def _has_failed(done: Sequence[Outcome]) -> bool:
    return any(each.reason for each in done)


def _results(
    done: Sequence[Outcome], draft: Draft, ids: Mapping[int, int], *, none_done: bool = False
) -> list[Result]:
    """``ids`` are those of rows by the keys that the draft made up."""
    found = []
    for each in done:
        status, reason, key = Status.SUCCESS, each.reason, each.key
        if reason is not None:
            status = Status.FAILED
        elif none_done:
            status, reason, key = Status.SKIPPED, NOT_ALONE, each.operation.slot_id
        elif key is not None and each.operation.action is not Action.REMOVE:
            key = draft.survivor_of(key)
        slot_id = None if key is None else ids.get(key, key)
        found.append(
            Result(each.operation, status, reason, slot_id if (slot_id or 0) > 0 else None)
        )
    return found
