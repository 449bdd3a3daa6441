"""Limits with several server processes, and when the Redis they share goes and comes back."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from redis import from_url

from tests.servers import ServerMissing, free_port, redis_server_on
from tests.web_server import WebServer, serving

WORKERS, MOST = 4, 100
HEADERS = (
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "X-Forwarded-Host",
    "Client-IP",
    "True-Client-IP",
    "X-Client-IP",
    "CF-Connecting-IP",
)
SLOW_SECONDS = 2.0
CONNECTIONS = 2 * WORKERS * 4 + 2
"""One for the limits and one for the cache in each thread at most, and those that look on."""


class Redis:
    """A Redis that a test may kill and start again where it was."""

    def __init__(self) -> None:
        self.port = free_port()
        self._running = ExitStack()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        try:
            self._running.enter_context(redis_server_on(self.port))
        except ServerMissing as fault:
            pytest.skip(f"MISSING {fault}")

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def redis() -> Iterator[Redis]:
    server = Redis()
    yield server
    server.stop()


@pytest.fixture
def server(database_url: str, redis: Redis, tmp_path: Path) -> Iterator[WebServer]:
    """The production server with four processes that share a Redis."""
    variables = {
        "RATE_LIMIT_ENABLED": "true",
        "REDIS_URL": redis.url,
        "WEB_CONCURRENCY": str(WORKERS),
    }
    with serving(database_url, tmp_path, variables=variables) as found:
        yield found


def ask(server: WebServer, number: int) -> tuple[int, float]:
    """The status and seconds of one call that claims to come from somewhere else."""
    claimed = {HEADERS[number % len(HEADERS)]: f"10.{number % 250}.1.1"}
    wanted = Request(f"{server.address}/api/instructors/?limit=1", headers=claimed)
    started = time.perf_counter()
    try:
        with urlopen(wanted, timeout=30) as answer:
            status = int(answer.status)
    except HTTPError as refused:
        status = refused.code
        refused.close()
    return status, time.perf_counter() - started


def test_limits_hold_over_four_processes_and_while_redis_is_away(
    server: WebServer, redis: Redis
) -> None:
    with_redis = [ask(server, number) for number in range(MOST + 30)]
    assert Counter(status for status, _ in with_redis) == {200: MOST, 429: 30}
    with from_url(redis.url) as client:
        connections = client.info("stats")["total_connections_received"]
    assert connections <= CONNECTIONS, "calls should share connections"

    redis.stop()
    without = [ask(server, number) for number in range(WORKERS * MOST + 60)]
    counted = Counter(status for status, _ in without)
    assert set(counted) == {200, 429}
    assert MOST <= counted[200] <= WORKERS * MOST
    assert counted[429] >= 60
    assert max(seconds for _, seconds in without) < SLOW_SECONDS

    redis.start()
    assert _recovers(server, redis), "no process takes up the Redis that came back"
    assert server.faults() == []


def _recovers(server: WebServer, redis: Redis) -> bool:
    """Somebody counts in the Redis that came back empty."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        got = Counter(ask(server, number)[0] for number in range(20))
        assert set(got) <= {200, 429}
        with from_url(redis.url) as client:
            if client.dbsize() > 0:
                return True
        time.sleep(0.5)
    return False
