"""A switch that stops asking a server which does not answer."""

from datetime import datetime, timedelta
from threading import Lock

from app.infra.clock import Clock

FAILURES = 3
PROBE_EVERY = timedelta(seconds=5)


class CircuitBreaker:
    """Opens after three failures in a row; then lets one call through every five seconds.

    One per process and server, shared by all threads: made anew per request it could never
    open.
    """

    threshold = FAILURES

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._probed_at: datetime | None = None
        """When the last call was let through while open; null while closed."""

    @property
    def is_open(self) -> bool:
        return self._probed_at is not None

    @property
    def state(self) -> str:
        """``closed``, ``open``, or ``half_open`` when the next call will be a probe."""
        with self._lock:
            if self._probed_at is None:
                return "closed"
            return "half_open" if self._may_probe(self._probed_at) else "open"

    @property
    def failures(self) -> int:
        """How many calls failed in a row."""
        return self._failures

    def allows(self) -> bool:
        """Whether to call. While open, true for one caller every five seconds."""
        with self._lock:
            if self._probed_at is None:
                return True
            if not self._may_probe(self._probed_at):
                return False
            self._probed_at = self._clock.now()
            return True

    def succeeded(self) -> bool:
        """Close; true when it was open."""
        with self._lock:
            was_open, self._probed_at, self._failures = self.is_open, None, 0
            return was_open

    def failed(self) -> bool:
        """Count a failure; true when it opens now."""
        with self._lock:
            self._failures += 1
            if self.is_open or self._failures < FAILURES:
                return False
            self._probed_at = self._clock.now()
            return True

    def _may_probe(self, probed_at: datetime) -> bool:
        """Also when the clock was set back meanwhile."""
        waited = self._clock.now() - probed_at
        return waited >= PROBE_EVERY or waited < timedelta(0)
