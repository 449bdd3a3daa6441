"""What the waiting list costs in SQL statements, however many wait."""

import pytest
from flask.testing import FlaskClient

from tests.clients import bearer, log_in
from tests.factories import WEDNESDAY, Make
from tests.integration.test_statements import (
    BY_SESSION,
    BY_TOKEN,
    FEW,
    MANY,
    Statements,
    statements,
)
from tests.integration.waiting import Waiting, full, waiting

__all__ = ["statements", "waiting"]
LOCKS = 2
"""Statements that only PostgreSQL needs: the locks of an instructor and of a student."""


def count(statements: Statements, step) -> int:
    statements.clear()
    step()
    return len(statements)


@pytest.mark.parametrize("people", [FEW, MANY])
def test_idle_it_is_one_and_a_line_costs_the_same_for_few_and_many(
    waiting: Waiting, make: Make, statements: Statements, people: int
) -> None:
    teacher, lessons = full(make)
    for _ in range(people):
        waiting.join(make.student(), teacher)

    assert count(statements, waiting.work) <= 9
    assert count(statements, waiting.work) == 1
    waiting.cancel(lessons[1])
    assert count(statements, waiting.work) <= 28
    assert waiting.offers()[0][1] == "open"


@pytest.mark.parametrize("people", [FEW, MANY])
def test_pages_and_json_cost_the_same_for_few_and_many(
    client: FlaskClient, waiting: Waiting, make: Make, statements: Statements, people: int
) -> None:
    teacher, lessons = full(make)
    student = make.student()
    waiting.join(student, teacher)
    for _ in range(people):
        waiting.join(make.student(), teacher)
    waiting.cancel(lessons[1])
    waiting.work()
    headers = bearer(client, student)
    page = log_in(client, student)

    def cost(path: str) -> int:
        return statements.of(lambda: page.get(path)) - BY_SESSION

    def told(path: str) -> int:
        return statements.of(lambda: client.get(path, headers=headers)) - BY_TOKEN

    assert cost("/waiting") <= 3
    assert cost("/waiting/offers/1") <= 1
    assert cost(f"/instructors/{teacher.id}/wait") <= 2
    assert told("/api/waiting/") <= 3
    assert told("/api/waiting/1") <= 3
    days = f"/api/waiting/days?start_date={WEDNESDAY}&end_date={WEDNESDAY}"
    headers = bearer(client, teacher)
    assert told(days) <= 1


@pytest.mark.parametrize("people", [FEW, MANY])
def test_joining_and_taking_cost_the_same_for_few_and_many(
    client: FlaskClient, waiting: Waiting, make: Make, statements: Statements, people: int
) -> None:
    teacher, lessons = full(make)
    student = make.student()
    headers = bearer(client, student)
    wish = {"instructor_id": teacher.id, "service_id": teacher.service_id}
    wish |= {"duration_minutes": 60, "first_day": f"{WEDNESDAY}"}

    def join():
        return client.post("/api/waiting/", json=wish, headers=headers)

    taken = statements.of(join, 201) - BY_TOKEN
    assert taken <= 10 + LOCKS  # with reading it back
    for _ in range(people):
        waiting.join(make.student(), teacher)
    waiting.cancel(lessons[1])
    waiting.work()

    def take():
        return client.post("/api/waiting/offers/1/take", headers=headers)

    assert statements.of(take, 201) - BY_TOKEN <= 12 + LOCKS
