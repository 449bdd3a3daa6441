"""One search in the words of each database's full text: the same answer from both.

Words hold letters and digits only, so nothing in them can be taken for an operator.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from app.domain.searching import words


class SearchLanguage(Protocol):
    """Writes the condition that a service must meet, as text for the database's own parser."""

    skill: ClassVar[str]
    name: ClassVar[str]
    skill_or_name: ClassVar[str]
    said: ClassVar[str]  # skill, name and bio
    areas: ClassVar[str]

    def begin(self, text: str, where: str) -> str:
        """Every word of the text begins some word there."""
        ...

    def equal(self, text: str, where: str) -> str:
        """Every word of the text is a word there."""
        ...

    def phrase(self, text: str, where: str) -> str:
        """The words of the text stand there one after the other, the last perhaps unfinished."""
        ...

    def all_of(self, conditions: Sequence[str]) -> str: ...


class Fts5(SearchLanguage):
    """SQLite."""

    skill = "{skill}"
    name = "{name}"
    skill_or_name = "{skill name}"
    said = "{skill name bio}"
    areas = "{areas}"

    def begin(self, text: str, where: str) -> str:
        return _joined(where + " : (", " AND ", [f'"{word}"*' for word in words(text)], ")")

    def equal(self, text: str, where: str) -> str:
        return _joined(where + " : (", " AND ", [f'"{word}"' for word in words(text)], ")")

    def phrase(self, text: str, where: str) -> str:
        return _joined(where + ' : "', " ", words(text), '"*')

    def all_of(self, conditions: Sequence[str]) -> str:
        return " AND ".join(conditions)


class TextVector(SearchLanguage):
    """PostgreSQL; a place is the labels of its words."""

    skill = "A"
    name = "B"
    skill_or_name = "AB"
    said = "ABC"
    areas = "D"

    def begin(self, text: str, where: str) -> str:
        return _joined("", " & ", [f"'{word}':*{where}" for word in words(text)])

    def equal(self, text: str, where: str) -> str:
        return _joined("", " & ", [f"'{word}':{where}" for word in words(text)])

    def phrase(self, text: str, where: str) -> str:
        *whole, last = words(text)
        steps = [*(f"'{word}':{where}" for word in whole), f"'{last}':*{where}"]
        return _joined("", " <-> ", steps)

    def all_of(self, conditions: Sequence[str]) -> str:
        return " & ".join(conditions)


def _joined(opening: str, between: str, parts: Sequence[str], closing: str = "") -> str:
    """In brackets of its own, so that it can stand beside others."""
    return f"({opening}{between.join(parts)}{closing})"
