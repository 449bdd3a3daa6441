"""Public answers that are kept: found again while nothing they say has changed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.evaluation import GRID, Hold
from app.services.caching import Caching
from app.services.generations import Seen
from app.services.public_shapes import Shape

_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """Ready to send. ``etag`` is a digest of the text, so that it is strong."""

    text: str
    etag: str

    @classmethod
    def of(cls, shape: Shape) -> "Answer":
        text = json.dumps(shape, separators=(",", ":"), ensure_ascii=False)
        return cls(text, hashlib.sha256(text.encode()).hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about an instructor, and when. ``words`` say all of it."""

    instructor_id: int
    words: str
    asked_at: datetime

    @property
    def bucket(self) -> int:
        """The stretch of the clock in which the same is true: offers end on quarter hours.

        Even numbers are the quarter hours themselves, odd ones the time between them.
        """
        quarter, rest = divmod(self.asked_at - _ORIGIN, GRID)
        return quarter * 2 + bool(rest)

    def holds_until(self, holds: Iterable[Hold]) -> datetime:
        """When the clock alone may change the answer: the next quarter hour, or a hold's end."""
        next_quarter = self.asked_at + GRID - (self.asked_at - _ORIGIN) % GRID
        ends = [each.expires_at for each in holds if each.expires_at > self.asked_at]
        return min([next_quarter, *ends])


class KeptAnswers:
    """Keeps answers under everything they depend on, so that none has ever to be deleted.

    ``style`` names the settings that shape all answers.
    """

    def __init__(self, caching: Caching, style: str, seconds: int) -> None:
        self._caching = caching
        self._style = style
        self._seconds = seconds

    def seen(self, question: Question) -> Seen:
        """To be asked before the database is."""
        return self._caching.generations.seen(question.instructor_id)

    def find(self, question: Question, seen: Seen) -> Answer | None:
        """The answer of a generation that is known to be current."""
        if seen.generation is None:
            return None
        return _answer(self._caching.cache.get(self._key(question, seen)), question.asked_at)

    def keep(
        self, question: Question, seen: Seen, answer: Answer, until: datetime, *, is_usual: bool
    ) -> None:
        """Under the generation that was read before the rest. ``is_usual``: worth warming."""
        values: dict[str, Any] = {
            self._key(question, seen): [until.timestamp(), answer.etag, answer.text]
        }
        if is_usual:
            values[_asked(question.instructor_id)] = True
        self._caching.cache.set_many(values, self._seconds)

    def learn(self, question: Question, seen: Seen) -> None:
        """Tell the other processes a generation just read from the database."""
        if seen.generation is not None:
            self._caching.generations.publish({question.instructor_id: seen.generation})

    def was_asked(self, instructor_id: int) -> bool:
        """Whether somebody has lately asked the usual question about an instructor."""
        return self._caching.cache.get(_asked(instructor_id)) is True

    def _key(self, question: Question, seen: Seen) -> str:
        about = f"{seen.epoch}:{question.instructor_id}:{seen.generation}"
        return f"answer:{about}:{question.bucket}:{self._style}:{question.words}"


def _asked(instructor_id: int) -> str:
    return f"asked:{instructor_id}"


def _answer(value: Any, now: datetime) -> Answer | None:
    """What was kept, unless it is something else or has had its time."""
    match value:
        case [int() | float() as until, str(etag), str(text)] if now.timestamp() < until:
            return Answer(text, etag)
    return None
