"""Hours changed by several at once: nothing is lost, nothing is there twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import Make
from tests.integration.hours import AFTER, NEXT, PATH, Hours

THREADS, ROUNDS = 8, 3


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


@pytest.fixture
def at_once(app: Flask, hours: Hours) -> Callable[..., list[TestResponse]]:
    """Sends requests of one instructor from a thread each, all released together."""

    def send(*wishes: tuple[str, str, Any, dict[str, str]]) -> list[TestResponse]:
        together = Barrier(len(wishes))

        def one(wish: tuple[str, str, Any, dict[str, str]]) -> TestResponse:
            method, tail, sent, headers = wish
            client = app.test_client()
            together.wait(10)
            return client.open(
                PATH + tail, method=method, json=sent, headers=hours.headers | headers
            )

        with ThreadPoolExecutor(len(wishes)) as threads:
            return list(threads.map(one, wishes))

    return send


def added(start: int, end: int, day: Any = NEXT) -> tuple[str, str, Any, dict[str, str]]:
    sent = {"specific_date": f"{day}", "start_time": f"{start:02}:00", "end_time": f"{end:02}:00"}
    return "POST", "/specific-date", sent, {}


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_windows_that_touch_become_one(hours: Hours, at_once: Any, attempt: int) -> None:
    answers = at_once(*(added(8 + n, 9 + n) for n in range(THREADS)))

    assert {each.status_code for each in answers} == {200}
    assert hours.spans(NEXT) == ["08:00-16:00"]
    assert hours.generation == THREADS


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_windows_apart_are_all_there(hours: Hours, at_once: Any, attempt: int) -> None:
    answers = at_once(*(added(2 * n, 2 * n + 1) for n in range(THREADS)))

    assert {each.status_code for each in answers} == {200}
    assert len(hours.spans(NEXT)) == THREADS


def test_of_many_who_add_the_same_one_does(hours: Hours, at_once: Any) -> None:
    answers = at_once(*[added(9, 10)] * THREADS)

    assert sorted(each.status_code for each in answers) == [200] + [409] * (THREADS - 1)
    assert hours.spans(NEXT) == ["09:00-10:00"]


def test_of_many_who_save_one_version_of_a_week_one_does(hours: Hours, at_once: Any) -> None:
    seen = {"If-Match": hours.send("GET", f"/week?start_date={NEXT}").headers["ETag"]}
    weeks = [
        {"schedule": [{"date": f"{NEXT}", "start_time": f"{h:02}:00", "end_time": f"{h:02}:30"}]}
        for h in range(THREADS)
    ]

    answers = at_once(*(("POST", "/week", sent, seen) for sent in weeks))

    statuses = [each.status_code for each in answers]
    assert sorted(statuses) == [200] + [409] * (THREADS - 1)
    winner = statuses.index(200)
    assert hours.spans(NEXT) == [f"{winner:02}:00-{winner:02}:30"]
    assert hours.generation == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_additions_survive_whatever_else_happens_to_their_week(
    hours: Hours, at_once: Any, make: Make, attempt: int
) -> None:
    """A save that adds, a list, single windows, a split and a merge on one day."""
    (key,) = make.hours(hours.teacher, NEXT, "00:00-02:00")
    day = {"date": f"{NEXT}"}
    save = {"schedule": [day | {"start_time": "04:00", "end_time": "05:00"}]}
    bulk = [{"action": "add", "start_time": "06:00", "end_time": "07:00"} | day]

    answers = at_once(
        ("POST", "/week", save | {"clear_existing": False}, {}),
        ("PATCH", "/bulk-update", {"operations": bulk}, {}),
        added(8, 9),
        added(10, 11),
        ("POST", "/merge", day, {}),
        ("PATCH", f"/{key}", {"end_time": "01:00"}, {}),
    )

    assert {each.status_code for each in answers} == {200}
    assert hours.spans(NEXT) == [
        "00:00-01:00",
        "04:00-05:00",
        "06:00-07:00",
        "08:00-09:00",
        "10:00-11:00",
    ]


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_copies_at_once_leave_one_weeks_hours_and_not_a_mixture(
    hours: Hours, at_once: Any, make: Make, attempt: int
) -> None:
    sources = [AFTER + timedelta(days=7 * n) for n in range(1, 5)]
    for number, monday in enumerate(sources):
        for day in range(7):
            make.hours(hours.teacher, monday + timedelta(days=day), f"0{number}:00-0{number}:30")

    copies = [
        ("POST", "/copy-week", {"from_week_start": f"{each}", "to_week_start": f"{NEXT}"}, {})
        for each in sources
    ]
    ranges = [
        (
            "POST",
            "/apply-to-date-range",
            {
                "from_week_start": f"{each}",
                "start_date": f"{NEXT}",
                "end_date": f"{NEXT + timedelta(days=6)}",
            },
            {},
        )
        for each in sources
    ]
    answers = at_once(*copies, *ranges)

    assert {each.status_code for each in answers} == {200}
    left = {tuple(hours.spans(NEXT + timedelta(days=day))) for day in range(7)}
    assert len(left) == 1
    assert len(left.pop()) == 1
