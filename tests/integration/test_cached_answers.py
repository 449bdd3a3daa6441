"""Kept public answers: never old after a committed write, whoever wrote and wherever."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.clock import StoppedClock
from app.models.hold import TimeHold
from app.models.instructor import InstructorProfile
from config import Settings
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, at
from tests.integration.cached import (
    DAYS,
    Studio,
    assert_true,
    before_each_statement,
    figures,
    statements,
    two_apps,
)

STEPS = 40


@pytest.fixture(params=["process", "redis"])
def kept_in(request: pytest.FixtureRequest) -> str | None:
    """The Redis that both applications use, or none."""
    return request.getfixturevalue("redis_url") if request.param == "redis" else None


@pytest.fixture
def apps(settings: Settings, clock: StoppedClock, kept_in: str | None) -> Iterator[list[Flask]]:
    with two_apps(settings, clock, kept_in) as both:
        yield both


@pytest.fixture
def studio(make: Make) -> Studio:
    return Studio.opened(make)


def generation(make: Make, studio: Studio) -> int:
    with make.session() as session:
        wanted = select(InstructorProfile.generation).filter_by(user_id=studio.teacher.id)
        return session.scalars(wanted).one()


def test_no_answer_is_old_after_any_committed_write(
    apps: list[Flask], client: FlaskClient, studio: Studio, clock: StoppedClock
) -> None:
    """Reads and writes in any order on two processes; the original cleared keys by guesswork."""
    chance = random.Random(5)
    booked: list[int] = []
    kinds = {"book": 0, "cancel": 0, "hours": 0, "notice": 0, "name": 0, "clock": 0}
    for number in range(STEPS):
        writer = chance.choice(apps).test_client()
        kind = chance.choice(list(kinds))
        day = chance.choice(DAYS)
        if kind == "book":
            answer = studio.book(writer, day, chance.randrange(9, 17))
            assert answer.status_code in (201, 409, 422), answer.text
            booked += [answer.get_json()["id"]] if answer.status_code == 201 else []
        elif kind == "cancel" and booked:
            answer = studio.cancel(writer, booked.pop())
        elif kind == "hours":
            answer = studio.open_hours(writer, *chance.sample(range(9, 18), 6))
        elif kind == "notice":
            hours = chance.randrange(0, 6)
            answer = studio.change_profile(writer, min_advance_booking_hours=hours)
        elif kind == "name":
            answer = studio.rename(writer, f"Maya Number{chr(65 + number % 26)}")
        else:
            clock.advance(timedelta(minutes=chance.choice((1, 7, 15, 40))))
            continue
        kinds[kind] += answer.status_code in (200, 201)
        assert_true(apps, client, studio)

    assert min(count for kind, count in kinds.items() if kind != "clock") >= 2, kinds
    assert figures(apps[0]).hits > 100


@pytest.mark.parametrize("statement", [1, 2])
@pytest.mark.parametrize("question", range(4))
def test_a_write_in_the_middle_of_a_read_is_seen_by_the_next(
    apps: list[Flask], client: FlaskClient, studio: Studio, statement: int, question: int
) -> None:
    """A reader takes the generation before the rest, so that nothing old is kept as new."""
    reader, writer = apps
    asked: list[str] = []

    def write(sql: str) -> None:
        asked.append(sql)
        if len(asked) == statement:
            assert studio.book(writer.test_client(), DAYS[0], 9).status_code == 201

    with before_each_statement(reader, write):
        reader.test_client().get(studio.questions[question])

    assert len(asked) == 2
    assert_true(apps, client, studio)


def test_the_clock_ends_an_answer_like_a_write(
    apps: list[Flask], client: FlaskClient, studio: Studio, clock: StoppedClock
) -> None:
    studio.change_profile(apps[0].test_client(), min_advance_booking_hours=3)
    for minute in (0, 1, 14, 15, 16, 30):
        clock.move_to(at(WEDNESDAY, "09:00") + timedelta(minutes=minute))
        assert_true(apps, client, studio)
    clock.move_to(at(WEDNESDAY, "23:59"))
    assert_true(apps, client, studio)
    clock.advance(timedelta(minutes=1))
    assert_true(apps, client, studio)


def test_a_hold_that_ends_frees_its_time_at_once(
    apps: list[Flask], client: FlaskClient, studio: Studio, make: Make, clock: StoppedClock
) -> None:
    """Nothing is written when a hold ends: the answer itself says how long it is good for."""
    start = at(WEDNESDAY, "10:00")
    hold = TimeHold(
        instructor_id=studio.teacher.id,
        holder_id=studio.student.id,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        expires_at=clock.now() + timedelta(minutes=4),
        created_at=clock.now(),
    )
    with make.session() as session:
        session.add(hold)
        session.commit()
    for seconds in (1, 120, 238, 239, 240, 241):
        clock.move_to(hold.created_at + timedelta(seconds=seconds))
        assert_true(apps, client, studio)


def test_an_answer_that_is_kept_costs_one_statement_and_with_redis_none(
    apps: list[Flask], studio: Studio, kept_in: str | None
) -> None:
    for path in studio.questions:
        assert statements(apps[0], path)[0] == 2

        costs = [statements(app, path)[0] for app in (apps[0], apps[1], apps[0])]

        assert costs == ([0, 0, 0] if kept_in else [1, 2, 1])


def test_after_a_write_an_answer_costs_two_statements_again(
    apps: list[Flask], studio: Studio
) -> None:
    path = studio.questions[0]
    statements(apps[0], path)
    assert studio.book(apps[1].test_client(), DAYS[0], 10).status_code == 201

    assert statements(apps[0], path)[0] == 2


def test_a_closed_account_is_not_found_though_its_answer_was_kept(
    apps: list[Flask], studio: Studio, make: Make
) -> None:
    path = studio.questions[0]
    assert apps[0].test_client().get(path).status_code == 200
    with apps[1].app_context():
        runner = apps[1].test_cli_runner()
        done = runner.invoke(
            args=["users", "set-role", "--email", studio.teacher.email, "--role", "student"]
        )
    assert done.exit_code == 0, done.output

    assert apps[0].test_client().get(path).status_code == 404


def test_a_client_passes_by_the_cache_where_speed_is_measured_and_nowhere_else(
    settings: Settings, clock: StoppedClock, studio: Studio
) -> None:
    def costs(**changes: Any) -> list[int]:
        with another_app(settings, clock, **changes) as app:
            client, counted = app.test_client(), []
            for _ in range(3):
                seen: list[str] = []
                with before_each_statement(app, seen.append):
                    client.get(studio.questions[0], headers={"Cache-Control": "no-cache"})
                counted.append(len(seen))
            return counted

    assert costs(benchmark=True) == [2, 2, 2]
    assert costs() == [2, 1, 1]


def test_two_writers_at_once_raise_it_twice(settings: Settings, studio: Studio, make: Make) -> None:
    """The second waits for the first, and both numbers are told."""
    with another_app(settings) as app:
        headers = bearer(app.test_client(), studio.student)

        def write(hour: int) -> int:
            return studio.book(app.test_client(), DAYS[1], hour, headers).status_code

        before = generation(make, studio)
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(write, range(9, 17)))
        after = generation(make, studio)

    assert done.count(201) == after - before
    assert done.count(201) >= 4
