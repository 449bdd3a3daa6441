"""Counts and timings of named operations, in this process."""

from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class OperationFigures:
    """What is known of one operation; seconds."""

    count: int = 0
    failures: int = 0
    total_seconds: float = 0.0
    longest_seconds: float = 0.0


class Metrics:
    """Thread-safe store, one per application."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._figures: dict[str, OperationFigures] = {}

    def record(self, operation: str, seconds: float, *, failed: bool) -> None:
        with self._lock:
            old = self._figures.get(operation, OperationFigures())
            self._figures[operation] = OperationFigures(
                old.count + 1,
                old.failures + failed,
                old.total_seconds + seconds,
                max(old.longest_seconds, seconds),
            )

    def snapshot(self) -> dict[str, OperationFigures]:
        with self._lock:
            return dict(self._figures)
