"""JSON of many changes of open hours in one request."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from app.domain.bulk import Action, Operation
from app.domain.errors import InvalidRange
from app.domain.limits import BULK_OPERATIONS_MAX, WINDOWS_PER_DAY_MAX
from app.domain.time_range import DAY_MINUTES, TimeRange
from app.domain.week import Week
from app.domain.windows import Hours
from app.services.bulk_operations import Result, Status
from app.web.api import ApiIn, ApiOut, ClockTime, IsoDate, Minute, told_of
from app.web.lesson_fields import Id


class OperationIn(ApiIn):
    """One change.

    `add` needs date and times. `remove` names a window by `slot_id`, or by date and times.
    `update` names it by `slot_id`; date and times that are not sent stay.
    """

    action: Action
    date: IsoDate | None = None
    start_time: Minute | None = None
    end_time: Minute | None = None
    slot_id: Id | None = None

    @property
    def operation(self) -> Operation:
        end = DAY_MINUTES if self.end_time == 0 else self.end_time
        return Operation(self.action, self.date, self.start_time, end, self.slot_id)


class BulkIn(ApiIn):
    """Changes in the order in which they are to be made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operations": [
                        {
                            "action": "add",
                            "date": "2026-12-07",
                            "start_time": "09:00",
                            "end_time": "12:00",
                        },
                        {"action": "update", "slot_id": 34, "end_time": "17:30"},
                        {"action": "remove", "slot_id": 35},
                    ],
                    "validate_only": False,
                    "atomic": True,
                }
            ]
        }
    )

    operations: Annotated[list[OperationIn], Field(max_length=BULK_OPERATIONS_MAX)]
    validate_only: bool = False
    atomic: bool = False


class ResultOut(ApiOut):
    """What became of one operation. ``slot_id`` is null for a window that has no row."""

    operation_index: int
    action: Action
    status: Status
    reason: Annotated[str | None, Field(examples=[None])]
    slot_id: int | None


class BulkOut(ApiOut):
    """What became of all of them."""

    successful: int
    failed: int
    skipped: int
    results: Sequence[ResultOut]

    @classmethod
    def of(cls, results: Sequence[Result]) -> "BulkOut":
        return cls(
            successful=_count(results, Status.SUCCESS),
            failed=_count(results, Status.FAILED),
            skipped=_count(results, Status.SKIPPED),
            results=[
                ResultOut(
                    operation_index=index,
                    action=each.operation.action,
                    status=each.status,
                    reason=each.reason,
                    slot_id=each.slot_id,
                )
                for index, each in enumerate(results)
            ],
        )


class TimesIn(ApiIn):
    """Hours of one day; an end of 00:00 or 24:00 is midnight."""

    start_time: Minute
    end_time: Minute

    @model_validator(mode="after")
    def _ends_after_start(self) -> "TimesIn":
        if self.start_time >= (self.end_time or DAY_MINUTES):
            raise ValueError(InvalidRange.default)
        return self


Days = Annotated[
    dict[IsoDate, Annotated[list[TimesIn], Field(max_length=WINDOWS_PER_DAY_MAX)]],
    Field(max_length=7),
]


class WeekChangesIn(ApiIn):
    """Two states of one week: as it is stored, and as it is wanted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "week_start": "2026-12-07",
                    "saved_week": {
                        "2026-12-07": [{"start_time": "09:00:00", "end_time": "12:00:00"}]
                    },
                    "current_week": {
                        "2026-12-08": [{"start_time": "14:00:00", "end_time": "16:00:00"}]
                    },
                }
            ]
        }
    )

    current_week: Days
    saved_week: Days
    week_start: IsoDate

    @property
    def week(self) -> Week:
        """Raises NotAMonday."""
        with told_of("week", as_field="week_start"):
            return Week.starting(self.week_start, field="week_start")

    @property
    def current(self) -> Hours:
        return _hours(self.current_week)

    @property
    def saved(self) -> Hours:
        return _hours(self.saved_week)


class ByType(ApiOut):
    """Operations by what they do."""

    add: int
    remove: int
    update: int


class EstimatedChanges(ApiOut):
    """What carrying out the valid operations would change."""

    slots_added: int
    slots_removed: int
    conflicts: int


class ChangesSummary(ApiOut):
    """The operations, counted."""

    total_operations: int
    valid_operations: int
    invalid_operations: int
    operations_by_type: ByType
    has_conflicts: bool
    estimated_changes: EstimatedChanges


class ChangeDetail(ApiOut):
    """One operation. A removal is told by the id of its window, where there is such a window."""

    operation_index: int
    action: Action
    date: dt.date | None
    start_time: ClockTime | None
    end_time: ClockTime | None
    slot_id: int | None
    reason: Annotated[str, Field(examples=["Validation passed - slot can be added"])]
    conflicts_with: None = None

    @classmethod
    def of(cls, index: int, result: Result) -> "ChangeDetail":
        wish = result.operation
        assert wish.start is not None and wish.end is not None  # noqa: PT018, S101 both are dated
        window = TimeRange(wish.start, wish.end)
        done = "removed" if wish.action is Action.REMOVE else "added"
        by_id = wish.action is Action.REMOVE and result.slot_id is not None
        return cls(
            operation_index=index,
            action=wish.action,
            date=None if by_id else wish.day,
            start_time=None if by_id else window.start_time,
            end_time=None if by_id else window.end_time,
            slot_id=result.slot_id if by_id else None,
            reason=result.reason or f"Validation passed - slot can be {done}",
        )


class WeekChangesOut(ApiOut):
    """Whether a week can be changed so, and what each change would meet."""

    valid: bool
    summary: ChangesSummary
    details: Sequence[ChangeDetail]
    warnings: Sequence[str]

    @classmethod
    def of(cls, results: Sequence[Result]) -> "WeekChangesOut":
        failed = _count(results, Status.FAILED)
        valid = [each for each in results if each.status is Status.SUCCESS]
        summary = ChangesSummary(
            total_operations=len(results),
            valid_operations=len(valid),
            invalid_operations=failed,
            operations_by_type=ByType(**{action.value: _of(results, action) for action in Action}),
            has_conflicts=bool(failed),
            estimated_changes=EstimatedChanges(
                slots_added=_of(valid, Action.ADD),
                slots_removed=_of(valid, Action.REMOVE),
                conflicts=failed,
            ),
        )
        return cls(
            valid=not failed,
            summary=summary,
            details=[ChangeDetail.of(index, each) for index, each in enumerate(results)],
            warnings=[f"{failed} operations will fail"] if failed else [],
        )


def _hours(days: dict[dt.date, list[TimesIn]]) -> Hours:
    return {
        day: [TimeRange(each.start_time, each.end_time or DAY_MINUTES) for each in windows]
        for day, windows in days.items()
    }


def _count(results: Sequence[Result], status: Status) -> int:
    return sum(1 for each in results if each.status is status)


def _of(results: Sequence[Result], action: Action) -> int:
    return sum(1 for each in results if each.operation.action is action)
