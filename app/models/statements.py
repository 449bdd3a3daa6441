"""Counting what is sent to the database; only where speed is measured."""

from collections import deque
from threading import Lock
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
KEPT = 200


class StatementCounter:
    """Statements of all connections of one process, but for what begins and ends transactions."""

    def __init__(self, engine: Engine) -> None:
        self._lock = Lock()
        self._texts: deque[str] = deque(maxlen=KEPT)
        self._total = self._of_signing_in = 0
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(UNCOUNTED):
            return
        with self._lock:
            self._total += 1
            self._texts.append(statement)

    def person_is_known(self) -> None:
        """What was sent until now was for finding out who asks."""
        with self._lock:
            self._of_signing_in = self._total

    def read(self, *, reset: bool) -> tuple[int, int, list[str]]:
        """How many since the last reset without and with finding out who asks, and the last."""
        with self._lock:
            found = self._total - self._of_signing_in, self._total, list(self._texts)
            if reset:
                self._total = self._of_signing_in = 0
                self._texts.clear()
        return found
