"""The week page's form: seven typed days, read into ranges or told what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import InvalidWindow
from app.domain.hours_text import parse_hours
from app.domain.time_range import TimeRange
from app.domain.week import Week

NOT_SENT = "This day did not arrive. Please save again."


@dataclass(frozen=True, slots=True)
class WeekForm:
    """What was sent. ``typed`` keeps every text as it was, ``errors`` says what each day needs."""

    version: str | None
    typed: Mapping[date, str]
    ranges: Mapping[date, tuple[TimeRange, ...]]
    errors: Mapping[date, str]

    @classmethod
    def read(cls, sent: Mapping[str, str], *, week: Week, today: date) -> "WeekForm":
        """The page sends no day that has passed, unless it passed while the page was open.

        Such a day is handed on where it reads well: the save refuses it if it was changed.
        """
        names = {day: f"hours-{day.isoformat()}" for day in week.days}
        typed = {day: sent[name] for day, name in names.items() if name in sent}
        ranges: dict[date, tuple[TimeRange, ...]] = {}
        errors = {day: NOT_SENT for day in week.days if day >= today and day not in typed}
        for day, text in typed.items():
            try:
                ranges[day] = parse_hours(text, field=names[day])
            except InvalidWindow as refused:
                if day >= today:
                    errors[day] = refused.message
        return cls(sent.get("version") or None, typed, ranges, errors)

    @property
    def notice(self) -> dict[str, object] | None:
        """The error notice for ``_week.html``, or None where all days could be read."""
        if not self.errors:
            return None
        days = "One day needs" if len(self.errors) == 1 else f"{len(self.errors)} days need"
        return {
            "kind": "error",
            "text": f"Not saved. {days} another look; the rest of what you entered is kept.",
            "errors": dict(self.errors),
        }
