"""Generations: what readers may go by, whatever happens between a commit and its telling."""

from datetime import UTC, datetime, timedelta

import pytest

from app.infra.clock import StoppedClock
from app.services.cache import CacheService
from app.services.generations import Generations, Seen
from tests.memory_cache import MemoryBackend


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 12, 1, 12, tzinfo=UTC))


@pytest.fixture
def backend() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def ours(backend, clock) -> Generations:
    """One process's."""
    return Generations(CacheService(backend, clock))


@pytest.fixture
def theirs(backend, clock) -> Generations:
    """Another's, over the same server."""
    return Generations(CacheService(backend, clock))


def test_what_nobody_published_only_the_database_knows(ours):
    assert ours.seen(1) == Seen(0, None)


def test_what_is_published_is_seen_by_all(ours, theirs):
    ours.publish({1: 7, 2: 9})

    assert [theirs.seen(1), theirs.seen(2)] == [Seen(0, 7), Seen(0, 9)]


def test_a_late_teller_does_not_turn_it_back(ours, theirs):
    ours.publish({1: 8})
    theirs.publish({1: 7})

    assert ours.seen(1).generation == 8


def test_from_its_announcement_to_its_publication_nobody_goes_by_the_old_one(ours, theirs):
    ours.publish({1: 7})

    ours.announce({1: 8})
    assert theirs.seen(1).generation is None
    theirs.publish({1: 7})  # a reader who looked before the commit
    assert theirs.seen(1).generation is None

    ours.publish({1: 8})
    assert theirs.seen(1).generation == 8


def test_two_writers_in_a_row_may_tell_in_any_order(ours, theirs):
    ours.announce({1: 8})
    theirs.announce({1: 9})
    ours.publish({1: 8})
    assert ours.seen(1).generation is None

    theirs.publish({1: 9})
    assert ours.seen(1).generation == 9


def test_a_process_that_could_not_tell_makes_everything_published_void(
    ours, theirs, backend, clock
):
    theirs.publish({1: 7})
    backend.is_away = True
    ours.announce({1: 8})
    ours.publish({1: 8})
    backend.is_away = False
    assert theirs.seen(1).generation == 7  # it cannot know yet

    ours.seen(2)

    assert theirs.seen(1) == Seen(1, None)
    theirs.publish({1: 8})
    assert ours.seen(1) == Seen(1, 8)


def test_after_an_outage_nothing_published_before_counts(ours, backend, clock):
    ours.publish({1: 7})
    backend.is_away = True
    for _ in range(3):
        assert ours.seen(1) == Seen(0, None)
    backend.is_away = False
    assert ours.seen(1) == Seen(0, None)  # the breaker is still open

    clock.advance(timedelta(seconds=5))

    assert ours.seen(1) == Seen(1, None)
