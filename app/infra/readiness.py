"""An answer that is good for a second, so that asking often costs little."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from app.infra.clock import Clock

GOOD_FOR = timedelta(seconds=1)


class Readiness:
    """Remembers the last answer. While one asks, the others wait for what he hears."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked_at: datetime | None = None
        self._answer = False

    def holds(self, ask: Callable[[], bool], clock: Clock) -> bool:
        with self._lock:
            now = clock.now()
            is_old = self._asked_at is None or not timedelta(0) <= now - self._asked_at < GOOD_FOR
            if is_old:
                self._answer, self._asked_at = ask(), now
            return self._answer
