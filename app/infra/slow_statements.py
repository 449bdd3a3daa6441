"""Statements that took long, as they were sent: with places for values, never the values."""

from collections import deque
from dataclasses import dataclass
from threading import Lock

THRESHOLD_SECONDS = 0.1
KEPT = 200
TEXT_MAX_CHARS = 1000


@dataclass(frozen=True, slots=True)
class SlowStatement:
    """One text and how long it took, each time that it was slow."""

    text: str
    calls: int
    total_seconds: float

    @property
    def average_seconds(self) -> float:
        return self.total_seconds / self.calls


class SlowStatements:
    """The last two hundred of this process."""

    def __init__(self, threshold_seconds: float = THRESHOLD_SECONDS) -> None:
        self.threshold_seconds = threshold_seconds
        self.count = 0
        """How many there were since the start."""
        self._lock = Lock()
        self._seen: deque[tuple[str, float]] = deque(maxlen=KEPT)

    def saw(self, text: str, seconds: float) -> None:
        """Any statement; the quick ones are not kept."""
        if seconds < self.threshold_seconds:
            return
        with self._lock:
            self.count += 1
            self._seen.append((" ".join(text.split())[:TEXT_MAX_CHARS], seconds))

    def grouped(self) -> list[SlowStatement]:
        """By text, those that cost most in all first."""
        with self._lock:
            seen = list(self._seen)
        texts = dict.fromkeys(text for text, _ in seen)
        found = [_grouped(text, [taken for each, taken in seen if each == text]) for text in texts]
        return sorted(found, key=lambda each: -each.total_seconds)


def _grouped(text: str, seconds: list[float]) -> SlowStatement:
    return SlowStatement(text, len(seconds), sum(seconds))
