"""Hashing and checking of passwords, never more at once than the machine can bear."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import bcrypt

from app.domain.errors import Unavailable
from app.domain.limits import PASSWORD_MAX_BYTES

WAIT_SECONDS = 2.0
WAITING_AT_MOST = 2
"""More would hold threads that others need for pages without a password."""


class Passwords:
    """bcrypt with a configurable cost; reads every ``$2b$`` hash of the original."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        at_once = max(1, (os.cpu_count() or 2) - 1)
        self._slots = BoundedSemaphore(at_once)
        self._queue = BoundedSemaphore(at_once + WAITING_AT_MOST)
        self._nobody = bcrypt.hashpw(b"nobody", bcrypt.gensalt(rounds)).decode()

    def hash(self, password: str) -> str:
        """Of at most 72 bytes: longer ones are refused by the rule before they come here.

        Raises Unavailable where too many are waiting.
        """
        with self._slot():
            return self._hashed(password)

    def hash_if_idle(self, password: str) -> str | None:
        """As ``hash``, but ``None`` at once where it would have to wait."""
        try:
            with self._slot(wait_seconds=0):
                return self._hashed(password)
        except Unavailable:
            return None

    def verify(self, password: str, hashed: str | None) -> bool:
        """False for a null hash, at the same price, so that time tells nothing.

        An over-long password never matches. Raises Unavailable where too many are waiting.
        """
        raw = password.encode()
        is_possible = hashed is not None and len(raw) <= PASSWORD_MAX_BYTES
        with self._slot():
            try:
                matches = bcrypt.checkpw(
                    raw[:PASSWORD_MAX_BYTES], (hashed or self._nobody).encode()
                )
            except ValueError:  # a NUL byte, or a stored hash that is none
                matches = False
        return matches and is_possible

    def needs_rehash(self, hashed: str) -> bool:
        """Stored under a lower cost than today's."""
        parts = hashed.split("$")
        return len(parts) < 4 or not parts[2].isdigit() or int(parts[2]) < self._rounds

    def _hashed(self, password: str) -> str:
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._rounds)).decode()

    @contextmanager
    def _slot(self, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise Unavailable
        try:
            if not self._slots.acquire(timeout=wait_seconds):
                raise Unavailable
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._queue.release()
