"""Hashing and checking of passwords, never more at once than the machine can bear."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import bcrypt

from app.domain.errors import Unavailable
from app.domain.limits import PASSWORD_MAX_BYTES

WAIT_SECONDS = 2.0


class Passwords:
    """bcrypt with a configurable cost; reads every ``$2b$`` hash of the original."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        self._slots = BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
        self._nobody = bcrypt.hashpw(b"nobody", bcrypt.gensalt(rounds)).decode()

    def hash(self, password: str) -> str:
        """Of at most 72 bytes: longer ones are refused by the rule before they come here."""
        with self._slot():
            return bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._rounds)).decode()

    def verify(self, password: str, hashed: str | None) -> bool:
        """False for a null hash, at the same price, so that time tells nothing.

        An over-long password never matches.
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

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=WAIT_SECONDS):
            raise Unavailable
        try:
            yield
        finally:
            self._slots.release()
