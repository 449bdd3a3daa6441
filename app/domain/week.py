"""Weeks, Monday to Sunday, in the instructor's calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.errors import InvalidInput, NotAMonday

FIRST_MONDAY = date(2000, 1, 3)
LAST_MONDAY = date(2199, 12, 30)


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """Seven days from a Monday on."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise NotAMonday
        if not FIRST_MONDAY <= self.monday <= LAST_MONDAY:
            raise InvalidInput("That week is too far away.", field="week")

    @classmethod
    def starting(
        cls, monday: date, *, refusal: str | None = None, field: str | None = None
    ) -> "Week":
        """Raises NotAMonday, in the words of ``refusal`` where it is given."""
        if monday.weekday() != 0:
            raise NotAMonday(refusal, field=field)
        return cls(monday)

    @classmethod
    def containing(cls, day: date) -> "Week":
        if not FIRST_MONDAY <= day <= LAST_MONDAY:
            raise InvalidInput("That day is too far away.", field="week")
        return cls(day - timedelta(days=day.weekday()))

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=offset) for offset in range(7))

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.monday + timedelta(days=6)

    @property
    def next(self) -> "Week":
        return Week(min(self.monday + timedelta(days=7), LAST_MONDAY))

    @property
    def previous(self) -> "Week":
        return Week(max(self.monday - timedelta(days=7), FIRST_MONDAY))

    @property
    def iso_name(self) -> str:
        """Such as ``2026-W53``."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"


def rest_of_week(day: date) -> tuple[date, date]:
    """A day, and the Sunday of its week."""
    return day, day + timedelta(days=6 - day.weekday())


def rest_of_weekend(day: date) -> tuple[date, date]:
    """The Saturday of a day's week, or the day itself where it is later, and the Sunday."""
    _, sunday = rest_of_week(day)
    return max(day, sunday - timedelta(days=1)), sunday


def days_between(first: date, last: date) -> list[date]:
    """Every day of a range, both ends included; none where it ends before it starts."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
