"""The cache in Redis: what lies there, what poison does, and what happens without it."""

import time
from datetime import timedelta

import pytest
import redis
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.services.caching import Caching
from app.web.caching import PREFIX
from config import Settings
from tests import servers
from tests.applications import another_app
from tests.factories import Make
from tests.integration.cached import DAYS, Studio, assert_true, figures, statements, two_apps


@pytest.fixture
def studio(make: Make) -> Studio:
    return Studio.opened(make)


def test_settings_that_shape_answers_keep_them_apart(
    settings: Settings, clock: StoppedClock, studio: Studio, redis_url: str
) -> None:
    """Two applications with one Redis may be set up differently, as during a deployment."""
    path = studio.questions[0]
    with two_apps(settings, clock, redis_url) as (app, _):
        full = app.test_client().get(path).get_json()
    for change in (
        {"public_availability_detail_level": "minimal"},
        {"public_availability_show_instructor_name": False},
        {"public_availability_days": 7},
    ):
        with another_app(settings, clock, redis_url=redis_url, **change) as other:
            assert other.test_client().get(path).get_json() != full


def test_the_cache_holds_nothing_but_json_and_nothing_about_who_asked(
    settings: Settings, clock: StoppedClock, studio: Studio, redis_url: str
) -> None:
    with two_apps(settings, clock, redis_url) as (app, _):
        client = app.test_client()
        studio.book(client, DAYS[0], 10)
        for path in studio.questions:
            client.get(path)
        client.get("/lessons")
    with redis.from_url(redis_url) as server:
        keys = [key for key in server.scan_iter() if not key.startswith(b"LIMITS")]
        values = b"".join(server.get(key) for key in keys)

    assert all(key.decode().startswith(PREFIX) for key in keys)
    assert {key.decode().removeprefix(PREFIX).partition(":")[0] for key in keys} == {
        "announced",
        "answer",
        "asked",
        "generation",
    }
    for private in (studio.student.email, studio.teacher.email, "Student Number", "token"):
        assert private.encode() not in values


@pytest.mark.parametrize(
    "poison",
    [b"\x80\x05cposix\nsystem\n", b"!pickled", b"[1, 2]", b'[9e99, "etag", 5]', b"{", b"\xff"],
)
def test_whoever_writes_to_redis_gets_nothing_run_and_breaks_no_answer(
    settings: Settings, clock: StoppedClock, studio: Studio, redis_url: str, poison: bytes
) -> None:
    path = studio.questions[0]
    with two_apps(settings, clock, redis_url) as (app, _):
        wanted = app.test_client().get(path)
        with redis.from_url(redis_url) as server:
            for key in list(server.scan_iter(f"{PREFIX}*")):
                server.set(key, poison)
        told = app.test_client().get(path)

    assert (told.status_code, told.data) == (200, wanted.data)


def test_without_its_redis_it_answers_from_the_database_and_uses_it_again_when_it_is_back(
    settings: Settings, clock: StoppedClock, client: FlaskClient, studio: Studio
) -> None:
    port = servers.free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with another_app(settings, clock, redis_url=url) as app:
        caching: Caching = app.extensions["runtime"].caching
        with servers.redis_server_on(port):
            statements(app, studio.questions[0])
            assert statements(app, studio.questions[0])[0] == 0

        started = time.monotonic()
        assert_true([app], client, studio)
        assert studio.book(app.test_client(), DAYS[0], 10).status_code == 201
        assert_true([app], client, studio)
        assert time.monotonic() - started < 5
        assert caching.cache.breaker.state == "open"
        assert figures(app).breaker_opens == 1

        with servers.redis_server_on(port):
            assert_true([app], client, studio)
            assert caching.cache.breaker.state == "open"
            clock.advance(timedelta(seconds=5))
            assert_true([app], client, studio)
            assert caching.cache.breaker.state == "closed"
            assert statements(app, studio.questions[0])[0] == 0
            with redis.from_url(url) as server:
                assert server.get(f"{PREFIX}epoch") == b"1"


def test_without_a_redis_from_the_start_it_serves_all_the_same(
    settings: Settings, clock: StoppedClock, client: FlaskClient, studio: Studio
) -> None:
    url = f"redis://127.0.0.1:{servers.free_port()}/0"
    with another_app(settings, clock, redis_url=url) as app:
        assert_true([app], client, studio)
        assert app.test_client().get("/health/ready").status_code == 200
