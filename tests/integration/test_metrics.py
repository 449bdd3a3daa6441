"""Figures for those who watch: theirs alone, true, and about nobody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock, SystemClock
from app.infra.slow_statements import SlowStatements
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.clients import bearer, log_in
from tests.factories import Make, Person
from tests.integration.life import trail

TOKEN = "kept-by-the-scraper-1"
MACHINE = {"Authorization": f"Bearer {TOKEN}"}
CLOSED = (
    "/health",
    "/metrics",
    "/metrics/performance",
    "/metrics/cache",
    "/metrics/slow-queries",
    "/metrics/rate-limits",
)


@pytest.fixture
def watched(settings: Settings, clock: StoppedClock) -> Iterator[Flask]:
    with another_app(settings, clock, metrics_token=TOKEN) as app:
        yield app


@pytest.fixture
def watcher(watched: Flask) -> FlaskClient:
    return watched.test_client()


@pytest.fixture
def admin(make: Make) -> Person:
    return make.user(Role.ADMIN)


@pytest.mark.parametrize("path", CLOSED)
def test_who_may_not_watch_is_refused_and_never_answered_200(
    watched: Flask, path: str, admin: Person
) -> None:
    """The original said "Unauthorized" with status 200."""
    client = watched.test_client()

    assert client.get(path, headers=MACHINE).status_code == 200
    problem(client.get(path), 401)
    for wrong in (f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ", f"Basic {TOKEN}", TOKEN):
        problem(client.get(path, headers={"Authorization": wrong}), 401)
    problem(client.get(f"{path}?token={TOKEN}"), 401)
    problem(log_in(client, admin).get(path), 401)


def test_without_a_token_set_none_opens_it(client: FlaskClient) -> None:
    for sent in ("", "None", "null", TOKEN):
        problem(client.get("/metrics", headers={"Authorization": f"Bearer {sent}"}), 401)


def test_figures_are_kept_by_nobody(watcher: FlaskClient) -> None:
    answer = watcher.get("/metrics", headers=MACHINE)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "authorization" in {each.lower() for each in answer.vary}
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"


def test_requests_are_told_by_route_and_class_of_status_whatever_was_asked(
    watcher: FlaskClient, make: Make
) -> None:
    """The original kept a list for every path with every id, for good."""
    teacher = make.instructor()
    for number in (teacher.id, 998, 999):
        watcher.get(f"/api/public/instructors/{number}/next-available")
    for number in range(20):
        watcher.get(f"/nothing/{number}")
    watcher.open("/health/live", method="BREW")

    text = watcher.get("/metrics", headers=MACHINE).text

    route = "/api/public/instructors/<id:instructor_id>/next-available"
    counted = 'instainstru_http_requests_total{method="GET",route="%s",status="%s"} %s'
    assert counted % (route, "2xx", 1) in text
    assert counted % (route, "4xx", 2) in text
    assert counted % ("(none)", "4xx", 20) in text
    assert 'method="other"' in text
    assert f'http_request_duration_seconds_count{{method="GET",route="{route}"}} 3' in text
    assert 'operation_duration_seconds_count{operation="PublicAnswerService.next_available"} 3' in (
        text
    )
    assert 'cache_reads_total{result="miss"} 1' in text
    assert "cache_breaker_open 0\n" in text
    assert "/nothing/" not in text
    assert re.search(r'route="[^"]*999', text) is None


def test_performance_tells_operations_by_service_and_does_not_wait(
    watcher: FlaskClient, make: Make
) -> None:
    watcher.get(f"/api/public/instructors/{make.instructor().id}/next-available")

    told = watcher.get("/metrics/performance", headers=MACHINE).get_json()

    assert {"availability_service", "booking_service", "conflict_checker"} <= set(told)
    assert set(told["public_answer_service"]["next_available"]) == {
        "count",
        "avg_time",
        "min_time",
        "max_time",
        "total_time",
        "success_rate",
        "success_count",
        "failure_count",
    }
    assert set(told["system"]) == {"cpu_percent", "memory_percent", "disk_usage"}
    assert told["database"]["pool_status"]["checked_out"] <= told["database"]["pool_status"]["size"]
    assert told["cache"]["circuit_breaker"] == {
        "state": "closed",
        "failure_count": 0,
        "threshold": 3,
    }


def test_cache_figures_can_be_reset_and_somebody_is_named_for_it(
    watched: Flask, make: Make, admin: Person
) -> None:
    client = watched.test_client()
    path = f"/api/public/instructors/{make.instructor().id}/next-available"
    for _ in range(3):
        client.get(path)
    before = client.get("/metrics/cache", headers=MACHINE).get_json()

    done = client.post("/metrics/cache/reset-stats", headers=bearer(client, admin))

    assert (before["hits"], before["misses"], before["hit_rate"]) == (2, 1, "66.67%")
    assert before["total_requests"] == 3
    assert done.get_json() == {"status": "Cache stats reset"}
    after = client.get("/metrics/cache", headers=MACHINE).get_json()
    assert (after["hits"], after["misses"], after["hit_rate"]) == (0, 0, "0.00%")
    assert trail(make)[-1] == "cache.reset_figures"


def test_slow_statements_are_told_without_what_they_were_sent_with(
    watched: Flask, watcher: FlaskClient, make: Make
) -> None:
    slow: SlowStatements = watched.extensions["runtime"].slow_statements
    slow.threshold_seconds = 0.0
    student = make.student(email="somebody@example.com")
    bearer(watcher, student)

    told = watcher.get("/metrics/slow-queries", headers=MACHINE)

    queries = told.get_json()["slow_queries"]
    assert any("FROM users" in each["query"] for each in queries)
    assert all(set(each) == {"query", "avg_time_ms", "calls", "total_time_ms"} for each in queries)
    assert "somebody" not in told.text
    assert len(queries) <= 20


@pytest.fixture
def limited(settings: Settings) -> Iterator[FlaskClient]:
    wanted: dict[str, Any] = {"rate_limit_enabled": True, "metrics_token": TOKEN}
    with another_app(settings, SystemClock(), **wanted) as app:
        yield app.test_client()


def tries(client: FlaskClient, email: str, address: str, times: int) -> list[int]:
    sent = {"username": email, "password": "wrong-password"}
    ask = {"environ_base": {"REMOTE_ADDR": address}, "json": sent}
    return [client.post("/api/auth/login", **ask).status_code for _ in range(times)]


def test_limits_are_told_without_addresses_and_e_mails(limited: FlaskClient) -> None:
    tries(limited, "somebody@example.com", "203.0.113.7", 7)

    told = limited.get("/metrics/rate-limits", headers=MACHINE)

    assert told.get_json()["top_limited"] == [{"scope": "login-failures", "refused": 2}]
    assert {"scope": "login", "limit": "30 per 1 minute"} in told.get_json()["limits"]
    assert told.get_json()["storage"] == "memory"
    assert "203.0.113" not in told.text
    assert "@" not in told.text


def test_an_administrator_gives_one_person_his_attempts_back_and_nobody_else(
    limited: FlaskClient, make: Make, admin: Person
) -> None:
    for address in ("203.0.113.7", "203.0.113.70"):
        assert tries(limited, "somebody@example.com", address, 6)[-1] == 429
    headers = bearer(limited, admin)
    sent = {"email": "Somebody@example.com", "address": "203.0.113.7"}

    done = limited.post("/metrics/rate-limits/reset", json=sent, headers=headers)

    assert (done.status_code, done.get_json()["limits_reset"]) == (200, 3)
    assert tries(limited, "somebody@example.com", "203.0.113.7", 1) == [401]
    assert tries(limited, "somebody@example.com", "203.0.113.70", 1) == [429]
    assert trail(make)[-1] == "limits.reset"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        {"pattern": "*"},
        {"address": "*"},
        {"address": "203.0.113"},
        {"address": "x" * 5000},
        {"email": "*"},
        {"person_id": 0},
        {"person_id": None},
    ],
)
def test_limits_are_reset_for_somebody_never_by_a_pattern(
    limited: FlaskClient, admin: Person, sent: object
) -> None:
    answer = limited.post("/metrics/rate-limits/reset", json=sent, headers=bearer(limited, admin))

    problem(answer, 422)


def test_the_test_limit_lets_three_through_and_checks_its_number(limited: FlaskClient) -> None:
    path = "/metrics/rate-limits/test"
    problem(limited.get(f"{path}?requests=21"), 422)

    statuses = [limited.get(path).status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]
