"""JSON of operations on many days at once."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.blueprints.availability.schemas import WindowOut
from app.domain.week import Week
from app.services.week_operations import Carried
from app.web.api import ApiIn, ApiOut, IsoDate, told_of


class CopyWeekIn(ApiIn):
    """From which week to which; both by their Mondays."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"from_week_start": "2026-12-07", "to_week_start": "2026-12-14"}]
        }
    )

    from_week_start: IsoDate
    to_week_start: IsoDate

    def weeks(self) -> tuple[Week, Week]:
        """Raises NotAMonday."""
        return _week("from_week_start", self.from_week_start), _week(
            "to_week_start", self.to_week_start
        )


class ApplyWeekIn(ApiIn):
    """Which week's hours, and the days that shall have them, both ends included."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "from_week_start": "2026-12-07",
                    "start_date": "2026-12-14",
                    "end_date": "2027-01-31",
                }
            ]
        }
    )

    from_week_start: IsoDate
    start_date: IsoDate
    end_date: IsoDate

    def week(self) -> Week:
        """Raises NotAMonday."""
        told = "Source week must start on a Monday"
        return _week("from_week_start", self.from_week_start, told)


class CopyMetadata(ApiOut):
    """What a copy did. ``slots_created`` are the windows that the target has from it."""

    operation: Literal["week_copy"] = "week_copy"
    slots_created: int
    message: Annotated[str, Field(examples=["Week copied successfully. 2 slots created."])]
    slots_added: int
    slots_removed: int
    days_skipped: Sequence[dt.date]

    @classmethod
    def of(cls, done: Carried) -> "CopyMetadata":
        said = f"Week copied successfully. {done.windows} slots created."
        if done.untouched:
            said += f" Days that have passed were left as they are: {len(done.untouched)}."
        return cls(
            slots_created=done.windows,
            message=said + _of_adjusted(done),
            slots_added=done.added,
            slots_removed=done.removed,
            days_skipped=done.untouched,
        )


class CopiedWeekOut(ApiOut):
    """The target week by date, and what the copy did."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, list[WindowOut]] = Field(init=False)

    metadata: CopyMetadata = Field(alias="_metadata")


class AppliedOut(ApiOut):
    """What became of a range. ``slots_created`` are the windows that it has from the week."""

    message: Annotated[str, Field(examples=["Successfully applied schedule to 49 days"])]
    start_date: dt.date
    end_date: dt.date
    dates_processed: int
    dates_with_slots: int
    slots_created: int
    slots_added: int
    slots_removed: int

    @classmethod
    def of(cls, done: Carried) -> "AppliedOut":
        said = f"Successfully applied schedule to {len(done.days)} days"
        adjusted = _of_adjusted(done)
        return cls(
            message=f"{said}.{adjusted}" if adjusted else said,
            start_date=done.days[0],
            end_date=done.days[-1],
            dates_processed=len(done.days),
            dates_with_slots=done.days_with_hours,
            slots_created=done.windows,
            slots_added=done.added,
            slots_removed=done.removed,
        )


def _week(field: str, monday: dt.date, refusal: str | None = None) -> Week:
    told = f"{monday} is not a Monday (weekday={monday.weekday()})"
    with told_of("week", as_field=field):
        return Week.starting(monday, refusal=refusal or told, field=field)


def _of_adjusted(done: Carried) -> str:
    if not done.adjusted:
        return ""
    return f" Old hours that had to be cut to the quarter hour: {done.adjusted}."
