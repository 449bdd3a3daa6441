"""A shared cache without a server."""

import time
from collections.abc import Mapping, Sequence
from threading import Lock


class MemoryBackend:
    """Keeps everything in a dictionary, and fails when told to."""

    def __init__(self) -> None:
        self.is_away = False
        self.calls = 0
        self.texts: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def get_many(self, keys: Sequence[str]) -> Sequence[str | None]:
        with self._answering():
            return [self._kept(key) for key in keys]

    def set_many(self, texts: Mapping[str, str], seconds: int) -> None:
        with self._answering():
            for key, text in texts.items():
                self.texts[key] = (time.monotonic() + seconds, text)

    def delete(self, key: str) -> None:
        with self._answering():
            self.texts.pop(key, None)

    def raise_to(self, numbers: Mapping[str, int], seconds: int) -> None:
        with self._answering():
            for key, number in numbers.items():
                if number > int(self._kept(key) or -1):
                    self.texts[key] = (time.monotonic() + seconds, str(number))

    def count_up(self, key: str) -> None:
        with self._answering():
            number = int(self._kept(key) or 0) + 1
            self.texts[key] = (float("inf"), str(number))

    def _kept(self, key: str) -> str | None:
        until, text = self.texts.get(key, (0.0, ""))
        return text if until > time.monotonic() else None

    def _answering(self) -> Lock:
        self.calls += 1
        if self.is_away:
            raise ConnectionError("the cache is away")
        return self._lock
