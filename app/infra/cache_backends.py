"""Where cached texts live: what a store can do, and its twin that keeps nothing."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable


class CacheBackend(Protocol):
    """Keeps texts under keys for some seconds. Any method may raise when its server is away."""

    def get_many(self, keys: Sequence[str]) -> Sequence[str | None]: ...
    def set_many(self, texts: Mapping[str, str], seconds: int) -> None: ...
    def delete(self, key: str) -> None: ...


@runtime_checkable
class SharedBackend(CacheBackend, Protocol):
    """One that all processes see, and can therefore tell one another by."""

    def raise_to(self, numbers: Mapping[str, int], seconds: int) -> None:
        """Store whole numbers where they are greater than what is there, each in one step."""
        ...

    def count_up(self, key: str) -> None:
        """Add one to a number that is kept for good."""
        ...


class NullBackend:
    """Keeps nothing."""

    def get_many(self, keys: Sequence[str]) -> Sequence[str | None]:
        return [None] * len(keys)

    def set_many(self, texts: Mapping[str, str], seconds: int) -> None:
        """Forget it."""

    def delete(self, key: str) -> None:
        """There is nothing to delete."""
