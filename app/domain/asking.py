"""Understands what somebody types into the search field: what, for how much, where and when.

What is not understood stays words to be searched for. Nothing that is typed is an error.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from app.domain.asking_amounts import take_clocks, take_length, take_part, take_prices
from app.domain.asking_days import take_days
from app.domain.asking_text import Kind, Reading
from app.domain.day_parts import PartOfDay
from app.domain.limits import ASKED_MAX_CHARS
from app.domain.searching import Sort, words

__all__ = ["Kind", "Understood", "understand"]

_PLACE_MIN_CHARS = 5
"""Of the beginning of a place's name; less may be anything."""
_NOW = re.compile(r"\b(?:right\s+)?(?:now|asap|immediately|urgent(?:ly)?)\b")
_SORTS = (
    (re.compile(r"\b(?:cheap(?:est)?|lowest\s+price)\b"), Sort.PRICE),
    (re.compile(r"\b(?:soonest|earliest|as\s+soon\s+as\s+possible)\b"), Sort.SOONEST),
)
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_FILLERS = frozenset(
    words(
        "a an the in on at near around by for with and or of to from my me i im want wanna need"
        " looking look find learn lesson lessons class classes tutor tutors teacher teachers"
        " instructor instructors course courses please some free available any time times best"
        " good hour hourly per can who teach teaches teaching is would like book this next week"
    )
)
"""Words that say nothing about what is looked for, as long as others do."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence asks for; null and false ask for nothing. Clocks are minutes of the day.

    ``words`` is what was not understood, to be searched for as it stands.
    """

    reading: Reading
    skill: str | None = None
    area: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    is_now: bool = False
    first: date | None = None
    last: date | None = None
    part: PartOfDay | None = None
    after: int | None = None
    before: int | None = None
    minutes: int | None = None
    sort: Sort | None = None
    words: str = ""

    def without(self, *kinds: Kind) -> str:
        """What was typed, but for all that was understood as one of these kinds."""
        if Kind.WORDS in kinds:
            kept = sorted(span for span in self.reading.spans if span[2] not in kinds)
            return " ".join(self.reading.original[start:end].strip() for start, end, _ in kept)
        left = self.reading.without(kinds)
        is_more = any(kind not in kinds for _, _, kind in self.reading.spans)
        return left if is_more or not all(map(_is_filler, left.split())) else ""


def understand(
    text: str, *, today: date, skills: Sequence[str] = (), places: Sequence[str] = ()
) -> Understood:
    """Read a sentence on the reader's ``today``, knowing what is taught and where.

    Only the first ``ASKED_MAX_CHARS`` characters are read, and of those no half of a word.
    """
    start = text[:ASKED_MAX_CHARS]
    reading = Reading.of(start if len(start) == len(text) else start.rpartition(" ")[0] or start)
    skill, area = _take_names(reading, tuple(skills), tuple(places))
    sort = next((sort for pattern, sort in _SORTS if _take(reading, Kind.SORT, pattern)), None)
    is_now = _take(reading, Kind.DAY, _NOW)
    days = None if is_now else take_days(reading, today)
    minutes = take_length(reading)
    after, before = take_clocks(reading)
    part = take_part(reading) or (days.part if days else None)
    min_price, max_price = take_prices(reading)
    return Understood(
        reading,
        skill,
        area,
        min_price,
        max_price,
        is_now,
        days.first if days else None,
        days.last if days else None,
        part,
        after,
        before,
        minutes,
        sort,
        _rest(reading),
    )


def _take(reading: Reading, kind: Kind, pattern: re.Pattern[str]) -> bool:
    for found in reading.find(pattern):
        reading.take(kind, *found.span())
        return True
    return False


_Names = dict[tuple[str, ...], tuple[Kind, str]]


@lru_cache(maxsize=4)
def _names(skills: tuple[str, ...], places: tuple[str, ...]) -> tuple[_Names, int]:
    """Known names by their words, and how many words the longest has.

    A place is also known by the words it begins with: Brooklyn, where there is Brooklyn Heights.
    """
    found: _Names = {}
    for name in places:
        said = name.split()
        for size in range(1, len(said)):
            start = " ".join(said[:size])
            if len(start) >= _PLACE_MIN_CHARS:
                found[words(start)] = (Kind.AREA, start)
    found |= {words(name): (Kind.AREA, name) for name in places}
    found |= {words(name): (Kind.SKILL, name) for name in skills}
    found.pop((), None)
    return found, max(map(len, found), default=0)


def _take_names(
    reading: Reading, skills: tuple[str, ...], places: tuple[str, ...]
) -> tuple[str | None, str | None]:
    """The first skill and the first place, each by the longest name that fits."""
    known, most = _names(skills, places)
    taken: dict[Kind, str] = {}
    for size in range(most, 0, -1):
        for start, end, said in _runs(reading, size):
            kind, name = known.get(said, (Kind.WORDS, ""))
            if kind is not Kind.WORDS and kind not in taken:
                taken[kind] = name
                reading.take(kind, start, end)
    return taken.get(Kind.SKILL), taken.get(Kind.AREA)


def _runs(reading: Reading, size: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """So many words in a row, between which nothing was taken; read from what was typed."""
    found = [each.span() for each in re.finditer(r"[^\W_]+", reading.original)]
    for at in range(len(found) - size + 1):
        start, end = found[at][0], found[at + size - 1][1]
        if "\0" not in reading.left[start:end]:
            yield start, end, words(reading.original[start:end])


def _rest(reading: Reading) -> str:
    """Words that were not understood; small words only where there is nothing else at all."""
    left = [reading.original[found.start() : found.end()] for found in _WORD.finditer(reading.left)]
    telling = [word for word in left if not _is_filler(word)]
    return " ".join(telling if telling or reading.spans else left)


def _is_filler(word: str) -> bool:
    return "".join(words(word)) in _FILLERS
