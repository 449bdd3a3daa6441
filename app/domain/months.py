"""Months of the calendar, as a reader leafs through them."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.limits import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month; ``number`` is 1 to 12. Years as far as zones and columns can be relied upon."""

    year: int
    number: int

    @classmethod
    def containing(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parsed(cls, text: str) -> "Month | None":
        """A month written ``2026-12``, else nothing."""
        year, _, number = text.partition("-")
        if not (text.isascii() and year.isdigit() and number.isdigit() and len(text) == 7):
            return None
        is_one = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12
        return cls(int(year), int(number)) if is_one else None

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month.containing(self.first - timedelta(days=1))

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """Whole weeks from Monday to Sunday that cover it, with days of its neighbours."""
        monday = self.first - timedelta(days=self.first.weekday())
        count = ((self.last - monday).days + 7) // 7
        days = [monday + timedelta(days=offset) for offset in range(7 * count)]
        return tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))

    @property
    def name(self) -> str:
        """Such as ``2026-12``."""
        return f"{self.year:04d}-{self.number:02d}"
