"""Warming: after a write somebody else's question is answered already, and no write pays for it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.infra.clock import StoppedClock
from app.services.public_answers import PublicAnswerService
from config import Settings
from tests.applications import another_app
from tests.factories import TUESDAY, Make
from tests.integration.cached import DAYS, Studio, before_each_statement, statements, two_apps

USUAL = f"availability?start_date={TUESDAY}"


@pytest.fixture
def studio(make: Make) -> Studio:
    return Studio.opened(make)


@pytest.fixture
def app(settings: Settings, clock: StoppedClock) -> Iterator[Flask]:
    with another_app(settings, clock) as made:
        yield made


def write(app: Flask, studio: Studio, hour: int = 10) -> int:
    """Book, and end the request as a server does; how many statements that costs the writer."""
    client = app.test_client()
    seen: list[str] = []
    with before_each_statement(app, seen.append):
        answer = studio.book(client, DAYS[0], hour)
    assert answer.status_code == 201, answer.text
    paid = len(seen)
    answer.close()
    return paid


def test_what_was_asked_lately_is_ready_again_after_a_write(app: Flask, studio: Studio) -> None:
    path = studio.path(USUAL)
    statements(app, path)

    write(app, studio)

    cost, answer = statements(app, path)
    assert cost == 1
    assert '"end_time":"10:00"' in answer.text
    changed = app.extensions["runtime"].caching.changed
    assert (changed.warmed, changed.skipped) == (1, 0)


def test_what_nobody_asked_is_not_made_ready(app: Flask, studio: Studio) -> None:
    write(app, studio)

    assert statements(app, studio.path(USUAL))[0] == 2
    changed = app.extensions["runtime"].caching.changed
    assert (changed.warmed, changed.skipped) == (0, 1)


def test_the_writer_does_not_pay_for_it(app: Flask, studio: Studio) -> None:
    cold = write(app, studio, 9)
    statements(app, studio.path(USUAL))

    assert write(app, studio, 12) == cold


def test_a_fault_in_it_is_nobodys_fault(
    app: Flask, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(PublicAnswerService, "warm", broken)

    write(app, studio)

    assert app.test_client().get(studio.path(USUAL)).status_code == 200


def test_the_command_warms_the_busiest_for_all_processes(
    settings: Settings, clock: StoppedClock, studio: Studio, make: Make, redis_url: str
) -> None:
    quiet = make.instructor()
    make.open_days(quiet, DAYS, "09:00-17:00")
    with two_apps(settings, clock, redis_url) as (one, other):
        studio.book(one.test_client(), DAYS[0], 10)

        done = one.test_cli_runner().invoke(args=["cache", "warm", "--count", "1"])

        assert (done.exit_code, done.output) == (0, "Warmed 1 instructors.\n")
        assert statements(other, studio.path(USUAL))[0] == 0
        quiet_path = f"/api/public/instructors/{quiet.id}/{USUAL}"
        assert statements(other, quiet_path)[0] == 2


def test_without_a_shared_cache_the_command_says_why_it_does_nothing(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["cache", "warm"])

    assert done.exit_code == 1
    assert "REDIS_URL" in done.output


def test_tomorrows_usual_question_is_another(
    app: Flask, studio: Studio, clock: StoppedClock
) -> None:
    statements(app, studio.path(USUAL))
    clock.advance(timedelta(days=1))

    write(app, studio, 15)

    assert statements(app, studio.path(f"availability?start_date={DAYS[0]}"))[0] == 1
