"""Health: alive, ready, and honest when the database is away."""

import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.infra.clock import SystemClock
from config import Settings
from tests.applications import another_app
from tests.integration.cached import before_each_statement


@pytest.fixture
def stranded() -> Flask:
    """An application whose database does not answer."""
    settings = Settings(
        environment="testing",
        secret_key="a key for tests, long enough for every rule",
        database_url="postgresql+psycopg://nobody@127.0.0.1:9/nowhere",
        bcrypt_rounds=4,
        rate_limit_enabled=False,
    )
    return create_app(settings)


def test_live_and_ready_say_their_state_and_no_more(client):
    assert client.get("/health/live").get_json() == {"status": "live"}
    assert client.get("/health/ready").get_json() == {"status": "ready"}


def test_without_its_database_it_lives_but_is_not_ready(stranded):
    client = stranded.test_client()

    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")

    assert ready.status_code == 503
    assert ready.get_json() == {"status": "not ready"}
    assert "Retry-After" in ready.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/instructors/1", "/api/instructors/", "/api/public/instructors/1/next-available"],
)
def test_what_needs_the_database_says_so_soon(stranded, path):
    started = time.monotonic()

    answer = stranded.test_client().get(path)

    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert time.monotonic() - started < 5
    if path.startswith("/api"):
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["code"] == "unavailable_now"


def test_somebody_signed_in_is_told_too_by_a_whole_page(stranded):
    """The page that says so must not ask the database who reads it."""
    client = stranded.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "a token that nobody can look up now"

    answer = client.get("/lessons")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Content-Security-Policy" in answer.headers
    assert "The service is busy" in answer.text


@pytest.mark.parametrize("sent", [{"query_string": {"a": "\x00"}}, {"data": {"a": "x" * 70_000}}])
def test_a_wrong_host_is_refused_whatever_comes_with_it(settings, clock, sent):
    with another_app(settings, clock, trusted_hosts=("lessons.example.com",)) as app:
        answer = app.test_client().post("/login", base_url="http://evil.example", **sent)

    assert answer.status_code in (400, 413)
    assert "Traceback" not in answer.text


TOKEN = "kept-by-the-scraper-1"
MACHINE = {"Authorization": f"Bearer {TOKEN}"}


def health(settings, clock, **changes):
    """What a machine is told: status and body."""
    with another_app(settings, clock, metrics_token=TOKEN, **changes) as app:
        answer = app.test_client().get("/health", headers=MACHINE)
    return answer.status_code, answer.get_json()


def test_staff_are_told_of_every_part(settings, clock):
    """The original's health asked nothing and was always well."""
    status, told = health(settings, clock)

    assert (status, told["status"], told["environment"]) == (200, "healthy", "testing")
    parts = told["parts"]
    assert set(parts) == {"database", "migrations", "outbox", "redis"}
    assert parts["migrations"]["status"] == "ok"
    assert parts["outbox"] == {"status": "ok", "waiting": 0, "oldest_seconds": 0}
    assert parts["redis"] == {"status": "not configured"}


def test_redis_away_is_a_pity_and_no_more(settings, clock):
    status, told = health(settings, clock, redis_url="redis://127.0.0.1:9/0")

    assert (status, told["status"]) == (200, "degraded")
    assert told["parts"]["redis"] == {"status": "away"}


def test_mails_that_wait_for_long_are_told(settings, clock, make):
    with another_app(settings) as app:  # on the real clock
        asked = {"email": make.student().email}
        app.test_client().post("/api/auth/password-reset/request", json=asked)
    clock.move_to(SystemClock().now() + timedelta(minutes=11))

    status, told = health(settings, clock)

    assert (status, told["status"]) == (200, "degraded")
    outbox = told["parts"]["outbox"]
    assert (outbox["status"], outbox["waiting"]) == ("late", 1)
    assert 600 < outbox["oldest_seconds"] < 720


def test_a_database_that_lags_behind_the_program_is_unhealthy(settings, clock, make):
    with make.session() as session:
        head = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '008_instants_zones_roles'"))
        session.commit()
        try:
            status, told = health(settings, clock)
        finally:
            session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})
            session.commit()

    assert (status, told["status"]) == (503, "unhealthy")
    assert told["parts"]["migrations"]["status"] == "behind"


def test_a_machine_is_told_that_the_database_is_away(settings, clock):
    status, told = health(
        settings, clock, database_url="postgresql+psycopg://nobody@127.0.0.1:9/nowhere"
    )

    assert (status, told["status"]) == (503, "unhealthy")
    assert told["parts"]["database"]["status"] == "away"


def test_ready_asks_the_database_once_a_second_at_most(settings, clock):
    with another_app(settings, clock) as app:
        client, seen = app.test_client(), []
        with before_each_statement(app, seen.append):
            for _ in range(5):
                assert client.get("/health/ready").status_code == 200
            once = len(seen)
            clock.advance(timedelta(seconds=1))
            client.get("/health/ready")

    assert (once, len(seen)) == (1, 2)
