"""Hashing: few at once, few waiting, everybody else is told at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import bcrypt
import pytest

from app.domain.errors import Unavailable
from app.infra import passwords
from app.infra.passwords import Passwords


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Passwords:
    monkeypatch.setattr(passwords.os, "cpu_count", lambda: 2)  # one at once
    return Passwords(4)


def test_two_wait_and_more_are_refused_at_once(
    hasher: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, may_end = Event(), Event()
    check = bcrypt.checkpw

    def slow(password: bytes, hashed: bytes) -> bool:
        running.set()
        may_end.wait(5)
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", slow)
    with ThreadPoolExecutor(5) as threads:
        first = threads.submit(hasher.verify, "x", None)
        assert running.wait(5)
        waiting = [threads.submit(hasher.verify, "x", None) for _ in range(2)]
        time.sleep(0.2)
        began = time.monotonic()
        refused = [threads.submit(hasher.verify, "x", None) for _ in range(2)]
        for each in refused:
            with pytest.raises(Unavailable):
                each.result(1)
        assert time.monotonic() - began < 0.5
        assert hasher.hash_if_idle("x") is None
        may_end.set()

        assert [each.result(5) for each in (first, *waiting)] == [False] * 3
    assert hasher.verify("x", hasher.hash("x"))


def test_who_waits_too_long_is_refused(hasher: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    with hasher._slot(), pytest.raises(Unavailable), hasher._slot(wait_seconds=0.05):
        pass
    assert hasher.hash_if_idle("x")
