"""Counts and timings of named operations and of requests, in this process."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds, in seconds, of the classes in which durations are counted; one more follows."""


@dataclass(frozen=True, slots=True)
class OperationFigures:
    """What is known of one operation; seconds. ``classes`` count durations by BOUNDS."""

    count: int = 0
    failures: int = 0
    total_seconds: float = 0.0
    longest_seconds: float = 0.0
    shortest_seconds: float = 0.0
    classes: tuple[int, ...] = (0,) * (len(BOUNDS) + 1)

    def with_one(self, seconds: float, *, failed: bool) -> "OperationFigures":
        place = bisect_left(BOUNDS, seconds)
        shortest = min(self.shortest_seconds, seconds) if self.count else seconds
        return OperationFigures(
            self.count + 1,
            self.failures + failed,
            self.total_seconds + seconds,
            max(self.longest_seconds, seconds),
            shortest,
            tuple(n + (index == place) for index, n in enumerate(self.classes)),
        )


@dataclass(frozen=True, slots=True, order=True)
class RequestKind:
    """Requests are told apart by route template and method only, so that kinds stay few."""

    method: str
    route: str


class Metrics:
    """Thread-safe store, one per application. Bounded by operations, routes and statuses."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._figures: dict[str, OperationFigures] = {}
        self._requests: dict[RequestKind, OperationFigures] = {}
        self._statuses: dict[tuple[RequestKind, str], int] = {}
        self._refused: dict[str, int] = {}

    def record(self, operation: str, seconds: float, *, failed: bool) -> None:
        with self._lock:
            old = self._figures.get(operation, OperationFigures())
            self._figures[operation] = old.with_one(seconds, failed=failed)

    def record_request(self, kind: RequestKind, status: int, seconds: float) -> None:
        """``status`` is counted by its class, such as 2xx."""
        counted = kind, f"{status // 100}xx"
        with self._lock:
            old = self._requests.get(kind, OperationFigures())
            self._requests[kind] = old.with_one(seconds, failed=status >= 500)
            self._statuses[counted] = self._statuses.get(counted, 0) + 1

    def record_refusal(self, limit: str) -> None:
        """Somebody asked more often than the named limit allows."""
        with self._lock:
            self._refused[limit] = self._refused.get(limit, 0) + 1

    def snapshot(self) -> dict[str, OperationFigures]:
        with self._lock:
            return dict(self._figures)

    def requests(self) -> Mapping[RequestKind, OperationFigures]:
        with self._lock:
            return dict(self._requests)

    def statuses(self) -> Mapping[tuple[RequestKind, str], int]:
        """Requests by kind and class of status."""
        with self._lock:
            return dict(self._statuses)

    def refusals(self) -> Mapping[str, int]:
        """Refused requests by limit."""
        with self._lock:
            return dict(self._refused)
