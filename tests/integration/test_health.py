"""Health: alive, ready, and honest when the database is away."""

import time

import pytest
from flask import Flask

from app import create_app
from config import Settings
from tests.applications import another_app


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
