"""Open hours one window at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import PastIsReadOnly
from app.domain.time_range import TimeRange
from app.domain.windows import Draft, Window
from app.models.user import User
from app.repositories.availability import StoredWindow
from app.services.base import measure_operation
from app.services.hours import HoursSteps, sound


@dataclass(frozen=True, slots=True)
class Gap:
    """Closed time between two windows of a day."""

    range: TimeRange
    after: Window
    before: Window


class SlotManager(HoursSteps):
    """Adds, changes, joins and splits windows. Other people's are not found.

    Every change raises NotFound, and PastIsReadOnly for a day that has passed in the
    instructor's zone.
    """

    @measure_operation
    def create(self, instructor: User, day: date, wanted: TimeRange) -> Window:
        """Open some hours; the window that now has them in it. Raises SlotExists, InvalidWindow."""
        with self.transaction():
            draft, rows = self._draft(instructor, days=[day])
            if day < draft.today:
                told = "Cannot set availability for past dates"
                raise PastIsReadOnly(told, field="specific_date")
            made = draft.open(day, wanted)
            ids = self._write(instructor, "hours.add", rows, draft.windows)
        return _stored(made, ids)

    @measure_operation
    def update(
        self, instructor: User, slot_id: int, start: int | None = None, end: int | None = None
    ) -> Window:
        """Change a window's hours, in minutes of its day; what is not given stays.

        Raises InvalidRange, InvalidWindow.
        """
        with self.transaction():
            draft, rows = self._draft(instructor, slot_id)
            old = draft.find(slot_id)
            wanted = TimeRange(
                old.range.start if start is None else start, old.range.end if end is None else end
            )
            changed = draft.move(old, old.day, wanted)
            self._write(instructor, "hours.change", rows, draft.windows)
        return changed

    @measure_operation
    def delete(self, instructor: User, slot_id: int) -> None:
        """Take a window away, whatever lessons lie on it."""
        with self.transaction():
            draft, rows = self._draft(instructor, slot_id)
            draft.close(draft.find(slot_id))
            self._write(instructor, "hours.remove", rows, draft.windows)

    @measure_operation
    def split(self, instructor: User, slot_id: int, minute: int) -> tuple[Window, Window]:
        """Make two windows of one. Raises InvalidInput, InvalidWindow."""
        with self.transaction():
            draft, rows = self._draft(instructor, slot_id)
            first, second = draft.split(draft.find(slot_id), minute)
            ids = self._write(instructor, "hours.split", rows, draft.windows)
        return first, _stored(second, ids)

    @measure_operation
    def merge(self, instructor: User, day: date) -> tuple[int, Sequence[Window]]:
        """Join a day's windows that overlap or touch; how many went into others, and the rest.

        Rows that end before they start, which an older program left, go too.
        """
        with self.transaction():
            draft, rows = self._draft(instructor, days=[day], broken=True)
            joined = draft.join(day)
            self._write(instructor, "hours.merge", rows, draft.windows)
        return joined, draft.windows

    @measure_operation
    def gaps(self, instructor: User, day: date, min_minutes: int) -> Sequence[Gap]:
        """Closed time of so many minutes or more between windows of a day, ascending."""
        windows = sorted(sound(self._availability.between(instructor.id, (day, day)).windows))
        found: list[Gap] = []
        latest: Window | None = None
        for each in windows:
            if latest is not None and each.range.start - latest.range.end >= max(1, min_minutes):
                between = TimeRange(latest.range.end, each.range.start)
                found.append(Gap(between, after=latest, before=each))
            if latest is None or each.range.end > latest.range.end:
                latest = each
        return found

    def _draft(
        self, instructor: User, *slot_ids: int, days: Sequence[date] = (), broken: bool = False
    ) -> tuple[Draft, Sequence[StoredWindow]]:
        """The days of the windows named and others, locked, and the rows they are made of.

        ``broken`` adds the rows that end before they start, to be taken away.
        """
        here = self._locked(instructor)
        found = self._availability.around(instructor.id, days, slot_ids).windows
        rows = [each for each in found if broken or each.range is not None]
        return Draft(sound(rows), today=here.today), rows


def _stored(window: Window, ids: Mapping[int, int]) -> Window:
    return Window(window.day, window.range, ids.get(window.key, window.key))
