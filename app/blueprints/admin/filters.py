"""The narrowings offered above a list. A value that cannot be one is refused, never guessed."""

from collections.abc import Mapping
from typing import Any

from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_admin.model.filters import BaseDateFilter

from app.blueprints.admin.formatting import STATUSES
from app.domain.vocabulary import OCCUPYING


class ChoiceFilter(BaseSQLAFilter):
    """Rows whose column holds one of a closed list of words."""

    def __init__(self, column: Any, name: str, choices: Mapping[str, str]) -> None:
        super().__init__(column, name, options=tuple(choices.items()))

    def validate(self, value: str) -> bool:
        return value in dict(self.options)

    def apply(self, query: Any, value: str, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) == value)

    def operation(self) -> str:
        return "is"


class StatusFilter(ChoiceFilter):
    """Lessons in one state, or in any that keeps its time (``standing``)."""

    def __init__(self, column: Any, name: str) -> None:
        states = {status.value: label for status, (label, _) in STATUSES.items()}
        super().__init__(column, name, {"standing": "All but cancelled", **states})

    def apply(self, query: Any, value: str, alias: Any = None) -> Any:
        if value == "standing":
            return query.filter(self.get_column(alias).in_(OCCUPYING))
        return super().apply(query, value, alias)


class ActiveFilter(ChoiceFilter):
    """Open or closed accounts. Null, which the original's rows may hold, means open."""

    def __init__(self, column: Any, name: str) -> None:
        super().__init__(column, name, {"open": "Open", "closed": "Closed"})

    def apply(self, query: Any, value: str, alias: Any = None) -> Any:
        column = self.get_column(alias)
        is_closed = column.is_(False)
        return query.filter(is_closed if value == "closed" else column.is_not(False))


class DayFilter(BaseSQLAFilter, BaseDateFilter):
    """Lessons on a day or on one side of it, the day included; days of the lesson's zone."""

    def validate(self, value: str) -> bool:
        return len(value) == len("2026-11-24") and bool(super().validate(value))


class FromDayFilter(DayFilter):
    """Lessons on that day or later."""

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) >= value)

    def operation(self) -> str:
        return "from"


class UntilDayFilter(DayFilter):
    """Lessons on that day or earlier."""

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) <= value)

    def operation(self) -> str:
        return "until"
