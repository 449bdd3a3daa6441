"""The breaker: leaves a dead server alone, and finds out when it is back."""

from datetime import UTC, datetime, timedelta

import pytest

from app.infra.breaker import CircuitBreaker
from app.infra.clock import StoppedClock

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 12, 1, 12, tzinfo=UTC))


@pytest.fixture
def breaker(clock: StoppedClock) -> CircuitBreaker:
    return CircuitBreaker(clock)


def opened(breaker: CircuitBreaker) -> CircuitBreaker:
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_three_failures_in_a_row_open_it_and_fewer_do_not(breaker):
    assert [breaker.failed(), breaker.failed()] == [False, False]
    assert breaker.succeeded() is False
    assert [breaker.failed(), breaker.failed()] == [False, False]
    assert breaker.state == "closed"
    assert breaker.failed() is True
    assert (breaker.state, breaker.allows()) == ("open", False)


def test_one_call_is_let_through_every_five_seconds(breaker, clock):
    opened(breaker)
    clock.advance(4.9 * SECOND)
    assert not breaker.allows()

    clock.advance(0.1 * SECOND)

    assert breaker.state == "half_open"
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.failed()
    clock.advance(5 * SECOND)
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_probe_that_succeeds_closes_it(breaker, clock):
    opened(breaker)
    clock.advance(5 * SECOND)
    assert breaker.allows()

    assert breaker.succeeded() is True

    assert breaker.state == "closed"
    assert [breaker.allows() for _ in range(3)] == [True, True, True]
    assert breaker.failures == 0


def test_a_probe_that_fails_leaves_it_open_without_counting_another_opening(breaker, clock):
    opened(breaker)
    clock.advance(5 * SECOND)
    breaker.allows()

    assert breaker.failed() is False
    assert breaker.state == "open"


def test_a_clock_that_is_set_back_does_not_keep_it_open(breaker, clock):
    opened(breaker)
    clock.advance(-3600 * SECOND)

    assert breaker.allows()
