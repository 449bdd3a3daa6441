"""A list of changes to open hours, carried out in order: each is done, or says why it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import DomainError, InvalidInput, NotFound, PastIsReadOnly, SlotExists
from app.domain.time_range import TimeRange
from app.domain.windows import Draft, Hours, Window


class Action(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Operation:
    """One wish; ``start`` and ``end`` are minutes of its day.

    An addition needs the day and both times. A removal names a window by its id, or by day and
    times as they are. An update names it by id, and what it does not give stays.
    """

    action: Action
    day: date | None = None
    start: int | None = None
    end: int | None = None
    slot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation: ``reason`` is why it was not done, ``key`` names the window."""

    operation: Operation
    reason: str | None
    key: int | None


@dataclass(frozen=True, slots=True)
class Bulk:
    """Carries operations out on a draft, for an instructor whose clock shows ``minute``."""

    draft: Draft
    owner_id: int
    minute: int

    def carried_out(self, operations: Iterable[Operation]) -> list[Outcome]:
        """One outcome for each, in order; every one meets what those before it left."""
        return [self._outcome(each) for each in operations]

    def _outcome(self, wish: Operation) -> Outcome:
        do = {Action.ADD: self._add, Action.REMOVE: self._remove, Action.UPDATE: self._update}
        try:
            return Outcome(wish, None, do[wish.action](wish))
        except DomainError as refused:
            return Outcome(wish, refused.message, wish.slot_id)

    def _add(self, wish: Operation) -> int:
        day, wanted = _dated(wish)
        today = self.draft.today
        if day < today:
            told = f"Cannot add availability for past date {day} (today is {today})"
            raise PastIsReadOnly(told)
        if day == today and wanted.end <= self.minute:
            told = f"Cannot add availability for past time slot {_span(wanted)} on {day}"
            raise PastIsReadOnly(told)
        try:
            return self.draft.open(day, wanted).key
        except SlotExists as refused:
            raise SlotExists(f"Time slot {_span(wanted)} already exists on {day}") from refused

    def _remove(self, wish: Operation) -> int:
        window = self._named(wish)
        self.draft.close(window)
        return window.key

    def _update(self, wish: Operation) -> int:
        if wish.slot_id is None:
            raise _incomplete(wish, ["slot_id"])
        old = self._named(wish)
        wanted = TimeRange(
            old.range.start if wish.start is None else wish.start,
            old.range.end if wish.end is None else wish.end,
        )
        return self.draft.move(old, wish.day or old.day, wanted).key

    def _named(self, wish: Operation) -> Window:
        if wish.slot_id is not None:
            try:
                return self.draft.find(wish.slot_id)
            except NotFound as refused:
                told = f"Slot {wish.slot_id} not found or not owned by instructor {self.owner_id}"
                raise NotFound(told) from refused
        if wish.day is None and wish.start is None and wish.end is None:
            raise _incomplete(wish, ["slot_id"])
        day, wanted = _dated(wish)
        found = [each for each in self.draft.on(day) if each.range == wanted]
        if not found:
            raise NotFound(f"There is no time slot {_span(wanted)} on {day}")
        return found[0]


def week_changes(saved: Hours, current: Hours) -> list[Operation]:
    """What makes the saved hours the current ones: first what goes, then what comes."""
    old = {(day, each) for day, ranges in saved.items() for each in ranges}
    new = {(day, each) for day, ranges in current.items() for each in ranges}
    gone = [Operation(Action.REMOVE, day, each.start, each.end) for day, each in sorted(old - new)]
    return gone + [
        Operation(Action.ADD, day, each.start, each.end) for day, each in sorted(new - old)
    ]


def _dated(wish: Operation) -> tuple[date, TimeRange]:
    """Raises InvalidInput where the day or a time is missing, InvalidRange."""
    if wish.day is None or wish.start is None or wish.end is None:
        given = {"date": wish.day, "start_time": wish.start, "end_time": wish.end}
        raise _incomplete(wish, [name for name, value in given.items() if value is None])
    return wish.day, TimeRange(wish.start, wish.end)


def _incomplete(wish: Operation, missing: list[str]) -> InvalidInput:
    listed = ", ".join(missing)
    return InvalidInput(f"Missing required fields for {wish.action} operation: {listed}")


def _span(window: TimeRange) -> str:
    return f"{window.start_time:%H:%M}-{window.end_time:%H:%M}"
