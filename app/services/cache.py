"""The cache: JSON under keys, never the truth, and never a reason to fail."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from threading import Lock
from typing import Any, TypeVar

from app.infra.breaker import CircuitBreaker
from app.infra.cache_backends import CacheBackend, SharedBackend
from app.infra.clock import Clock

log = logging.getLogger(__name__)
R = TypeVar("R")
EPOCH = "epoch"


class Tier(IntEnum):
    """For how many seconds something is kept at most."""

    HOT = 300
    WARM = 3600
    COLD = 86_400
    STATIC = 604_800


@dataclass(frozen=True, slots=True)
class CacheFigures:
    """What was asked of the cache since the start, or since the figures were reset."""

    hits: int = 0
    misses: int = 0
    sets: int = 0
    deletes: int = 0
    errors: int = 0
    breaker_opens: int = 0

    @property
    def hit_rate(self) -> float:
        """Of the reads, in percent."""
        reads = self.hits + self.misses
        return round(100 * self.hits / reads, 2) if reads else 0.0


class CacheService:
    """Cache-aside over one backend, as long-lived as the process.

    A backend that fails counts as empty; after three failures in a row it is left alone and
    tried again every five seconds. Nothing is ever deleted by pattern: what must not be found
    any more gets another key.
    """

    def __init__(self, backend: CacheBackend, clock: Clock) -> None:
        self.breaker = CircuitBreaker(clock)
        self._backend = backend
        self._shared = backend if isinstance(backend, SharedBackend) else None
        self._figures = CacheFigures()
        self._lock = Lock()
        self._needs_epoch = False

    @property
    def is_shared(self) -> bool:
        """Whether other processes use the same cache."""
        return self._shared is not None

    def get(self, key: str) -> Any:
        """The value, or null where there is none that can be read."""
        return self.get_many([key])[0]

    def get_many(self, keys: Sequence[str]) -> list[Any]:
        """In the order of the keys, in one round trip."""
        nothing: Sequence[str | None] = [None] * len(keys)
        values = [self._read(each) for each in self._call(self._fetch(keys), nothing)]
        hits = sum(each is not None for each in values)
        self._count(hits=hits, misses=len(values) - hits)
        return values

    def set(self, key: str, value: Any, seconds: int = Tier.WARM) -> None:
        """Keep a JSON value; ``seconds`` is a tier, or less."""
        self.set_many({key: value}, seconds)

    def set_many(self, values: Mapping[str, Any], seconds: int = Tier.WARM) -> None:
        """The same for several, in one round trip."""
        texts = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
        if self._done(lambda: self._backend.set_many(texts, seconds)):
            self._count(sets=len(texts))

    def delete(self, key: str) -> None:
        """Forget one key."""
        if self._done(lambda: self._backend.delete(key)):
            self._count(deletes=1)

    def numbers(self, keys: Sequence[str]) -> list[int | None] | None:
        """The epoch (0 unless it was ever raised) and then numbers kept by ``raise_numbers``.

        Null when there is no shared backend, or none that answers. Not counted as reads.
        """
        if self._shared is None:
            return None
        texts = self._call(self._fetch([EPOCH, *keys]), None)
        if texts is None:
            return None
        epoch, *found = (_whole(each) for each in texts)
        return [epoch or 0, *found]

    def raise_numbers(self, numbers: Mapping[str, int], seconds: int) -> None:
        """Store numbers for all processes where they are greater, or else distrust them all."""
        shared = self._shared
        if shared is not None and not self._done(lambda: shared.raise_to(numbers, seconds)):
            self.distrust()

    def distrust(self) -> None:
        """The other processes could not be told something: a new epoch begins before this one
        uses the shared backend again, and nothing published in the old one counts.
        """
        self._needs_epoch = self._shared is not None

    def statistics(self) -> CacheFigures:
        return self._figures

    def reset_statistics(self) -> None:
        """Count from zero again; the breaker stays as it is."""
        with self._lock:
            self._figures = CacheFigures()

    def _fetch(self, keys: Sequence[str]) -> Callable[[], Sequence[str | None]]:
        return lambda: self._backend.get_many(keys)

    def _done(self, what: Callable[[], None]) -> bool:
        """Whether it could be done."""

        def do() -> bool:
            what()
            return True

        return self._call(do, default=False)

    def _call(self, what: Callable[[], R], default: R) -> R:
        if not self.breaker.allows():
            return default
        try:
            self._begin_epoch()
            found = what()
        except Exception as fault:  # noqa: BLE001 whatever a driver raises is no reason to fail
            self._failed(fault)
            return default
        if self.breaker.succeeded():
            log.warning("the cache answers again")
        return found

    def _begin_epoch(self) -> None:
        """After an outage nobody knows what was missed, so that nothing published counts."""
        if self._shared is not None and (self._needs_epoch or self.breaker.is_open):
            self._shared.count_up(EPOCH)
            self._needs_epoch = False

    def _failed(self, fault: Exception) -> None:
        has_opened = self.breaker.failed()
        self._count(errors=1, breaker_opens=int(has_opened))
        if has_opened:
            log.error("the cache does not answer and is left alone: %s", type(fault).__name__)

    def _read(self, text: str | None) -> Any:
        """What somebody else put there and is no JSON counts as absent."""
        if text is None:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            self._count(errors=1)
            return None

    def _count(self, **more: int) -> None:
        with self._lock:
            now = self._figures
            added = {name: getattr(now, name) + number for name, number in more.items()}
            self._figures = replace(now, **added)


def _whole(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if text is not None and is_number else None
