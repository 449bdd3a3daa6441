"""A typed sentence while it is being read: what has been understood is taken out of it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_GLUE = re.compile(r"(?:\b(?:in|near|around|at|on|for|by|from|with)\s+)+$")
_TAKEN = "\0"
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve"] + [
    f"{word}teen" for word in ("thir", "four", "fif", "six", "seven", "eigh", "nine")
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_SPELLED = re.compile(
    rf"\b(?:(?:a|one)\s+hundred|(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<ones>{'|'.join(_ONES)}))?"
    rf"|(?P<small>{'|'.join(_TEENS + _ONES)}))\b"
)


class Kind(StrEnum):
    """What a part of the sentence is about."""

    SKILL = "skill"
    AREA = "area"
    PRICE = "price"
    DAY = "day"
    TIME = "time"
    LENGTH = "length"
    SORT = "sort"
    WORDS = "words"


@dataclass(slots=True)
class Reading:
    """``left`` is as long as ``original``, in small letters without accents.

    So places in one are places in the other. Numbers that are spelled out stand there as digits.
    """

    original: str
    left: str = ""
    spans: list[tuple[int, int, Kind]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Reading":
        plain = "".join(map(_plain, text))
        return cls(text, _SPELLED.sub(_in_digits, plain))

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """What is still there; may be taken while going on."""
        start = 0
        while found := pattern.search(self.left, start):
            yield found
            start = max(found.end(), start + 1)

    def take(self, kind: Kind, start: int, end: int) -> None:
        """Take a stretch out, with the small words that lead up to it."""
        if glue := _GLUE.search(self.left, 0, start):
            start = glue.start()
        self.left = self.left[:start] + _TAKEN * (end - start) + self.left[end:]
        self.spans.append((start, end, kind))

    def without(self, kinds: Sequence[Kind]) -> str:
        """The original without what was understood as one of these kinds."""
        chars = list(self.original)
        for start, end, kind in self.spans:
            if kind in kinds:
                chars[start:end] = " " * (end - start)
        return " ".join("".join(chars).split())


def _plain(char: str) -> str:
    """One character for one: what cannot be printed is a space."""
    if not char.isprintable():
        return " "
    small = unicodedata.normalize("NFD", char)[0].lower()
    return small if len(small) == 1 else char


def _in_digits(found: re.Match[str]) -> str:
    """As long as the words were."""
    tens, ones, small = found.group("tens", "ones", "small")
    number = (
        _NUMBERS.get(small or "", 0) + _NUMBERS.get(tens or "", 0) + _NUMBERS.get(ones or "", 0)
    )
    return f"{number or 100:<{len(found[0])}}"
