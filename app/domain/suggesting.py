"""How a sentence that is being typed may go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from app.domain.asking_text import Kind
from app.domain.searching import words

_MOST_WORDS = 4
_LIKENESS = 0.75
EACH_MAX = 4
"""Suggestions of one kind."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A known name, and the whole sentence with it."""

    kind: Kind
    name: str
    text: str


def completions(text: str, skills: Sequence[str], places: Sequence[str]) -> list[Completion]:
    """Names that the last words begin, skills before places; of each those known best first."""
    if not text or text[-1].isspace():
        return []
    return [*_of_kind(Kind.SKILL, text, skills), *_of_kind(Kind.AREA, text, places)]


def alike(text: str, skills: Sequence[str]) -> str | None:
    """A skill that is written much like one of the first words, for somebody who mistyped it."""
    by_words = {" ".join(words(name)): name for name in skills}
    for word in [*words(text)[:_MOST_WORDS], " ".join(words(text)[:_MOST_WORDS])]:
        near = get_close_matches(word, by_words, n=1, cutoff=_LIKENESS)
        if near:
            return by_words[near[0]]
    return None


def _of_kind(kind: Kind, text: str, names: Sequence[str]) -> list[Completion]:
    spoken = [(name, words(name)) for name in names]
    for head, tail in _tails(text):
        fitting = [name for name, said in spoken if _begins(tail, said)]
        if not fitting and len(tail) == 1:
            fitting = [name for name, said in spoken if any(_begins(tail, (w,)) for w in said)]
        if fitting:
            return [Completion(kind, name, f"{head} {name}".strip()) for name in fitting[:EACH_MAX]]
    return []


def _tails(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The last words, many before few, each with what stands before them."""
    typed = text.split()
    for size in range(min(_MOST_WORDS, len(typed)), 0, -1):
        tail = words(" ".join(typed[-size:]))
        if tail:
            yield " ".join(typed[:-size]), tail


def _begins(tail: Sequence[str], said: Sequence[str]) -> bool:
    *whole, last = tail
    size = len(whole)
    return len(said) > size and list(said[:size]) == whole and said[size].startswith(last)
