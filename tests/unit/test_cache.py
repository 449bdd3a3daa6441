"""The cache: JSON only, never the truth, and no reason to fail."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from app.infra.cache_backends import NullBackend
from app.infra.clock import StoppedClock
from app.services.cache import CacheFigures, CacheService, Tier
from app.web.caching import TextSerializer
from tests.memory_cache import MemoryBackend

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Trap:
    """Raises the alarm when somebody unpickles it."""

    sprung = False

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return _spring, ()


def _spring() -> None:
    Trap.sprung = True


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def backend() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def cache(backend: MemoryBackend, clock: StoppedClock) -> CacheService:
    return CacheService(backend, clock)


@pytest.mark.parametrize("value", [1, "zwölf", [1, None, {"a": [True]}], {}, "", 0, False])
def test_what_is_kept_comes_back_as_it_was(cache, value):
    cache.set("a", value)

    assert cache.get("a") == value


def test_several_are_kept_and_found_in_one_round_trip(cache, backend):
    cache.set_many({"a": 1, "b": 2}, Tier.HOT)

    assert cache.get_many(["b", "missing", "a"]) == [2, None, 1]
    assert backend.calls == 2


def test_tiers_last_as_long_as_their_names_say():
    assert [int(each) for each in Tier] == [300, 3600, 86_400, 604_800]


def test_a_deleted_key_is_gone_and_no_other(cache):
    cache.set_many({"instructor:1": 1, "instructor:11": 2})

    cache.delete("instructor:1")

    assert cache.get_many(["instructor:1", "instructor:11"]) == [None, 2]


def test_nothing_can_be_deleted_by_pattern():
    """In the original a pattern with a 2 in it took every limit of 127.0.0.1 with it."""
    names = {name for kind in (CacheService, MemoryBackend) for name in dir(kind)}

    assert not {name for name in names if "pattern" in name or "scan" in name or "clear" in name}


def test_figures_tell_what_was_asked_and_can_be_reset(cache):
    cache.set("a", 1)
    cache.get_many(["a", "b"])
    cache.delete("a")

    assert cache.statistics() == CacheFigures(hits=1, misses=1, sets=1, deletes=1)
    assert cache.statistics().hit_rate == 50.0
    cache.reset_statistics()
    assert cache.statistics() == CacheFigures()


@pytest.mark.parametrize(
    "poison",
    [pickle.dumps(Trap()).decode("latin-1"), "{", "\x00", "[" * 100_000, "nan_"],
    ids=["pickle", "brace", "nul", "deep", "word"],
)
def test_what_is_no_json_counts_as_absent(cache, backend, poison):
    backend.set_many({"a": poison}, 60)

    assert cache.get("a") is None
    assert cache.statistics().errors == 1
    assert not Trap.sprung


def test_the_serializer_takes_bytes_for_text_and_never_for_objects():
    bomb = pickle.dumps(Trap())

    read = TextSerializer().loads(bomb)

    assert isinstance(read, str)
    assert not Trap.sprung
    pickle.loads(bomb)  # the trap does work
    assert Trap.sprung
    Trap.sprung = False


def test_a_backend_that_is_away_counts_as_empty_and_is_left_alone(cache, backend):
    cache.set("a", 1)
    backend.is_away = True

    assert [cache.get("a") for _ in range(10)] == [None] * 10
    cache.set("b", 1)
    cache.delete("a")

    figures = cache.statistics()
    assert (figures.errors, figures.breaker_opens, figures.sets, figures.deletes) == (3, 1, 1, 0)
    assert backend.calls == 1 + 3


def test_it_is_tried_every_five_seconds_and_used_again_when_it_answers(cache, backend, clock):
    backend.is_away = True
    for _ in range(3):
        cache.get("a")
    calls = backend.calls

    for _ in range(20):
        clock.advance(timedelta(seconds=1))
        cache.get("a")
    assert backend.calls - calls == 4
    backend.is_away = False
    clock.advance(timedelta(seconds=5))

    cache.set("a", 1)

    assert cache.get("a") == 1
    assert cache.breaker.state == "closed"
    assert cache.statistics().breaker_opens == 1


def test_without_a_shared_backend_there_are_no_numbers():
    cache = CacheService(NullBackend(), StoppedClock(NOW))

    cache.raise_numbers({"a": 1}, 60)

    assert cache.numbers(["a"]) is None
    assert not cache.is_shared


@pytest.mark.parametrize("poison", ["²", "-1", "1e3", "9" * 5000, "x", ""])
def test_a_number_that_is_none_counts_as_absent(cache, backend, poison):
    backend.set_many({"a": poison, "epoch": poison}, 60)

    assert cache.numbers(["a"]) == [0, None]
