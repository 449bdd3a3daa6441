"""Whatever is thrown at any field of any operation, it is refused in one shape or taken whole.

The fields are found in the API's own description, so that a new one is tried by itself.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.models.user import User
from tests.answers import PROBLEM_FIELDS, counts
from tests.authorisation import World
from tests.bad_input import WORDS, Field, Operation, Request, operations, values
from tests.factories import Make, Person

PER_FIELD = {"injection": 3, "sizes": 4, "times": 6, "ids": 6, "types": 6}
LEAST = 30
Tokens = Callable[[str], dict[str, str]]


@pytest.fixture
def world(make: Make) -> World:
    return World.made(make)


@pytest.fixture
def token(app: Flask, make: Make, world: World) -> Tokens:
    """Headers that speak for somebody now, whatever has ended his older ones."""
    runtime = app.extensions["runtime"]

    def of(role: str) -> dict[str, str]:
        person: Person = world.people[role]
        with make.session() as session:
            version = session.get_one(User, person.id).auth_version
        issued = runtime.tokens.issue(person.id, person.email, version, now=runtime.clock.now())
        return {"Authorization": f"Bearer {issued}"}

    return of


@pytest.mark.slow
@pytest.mark.parametrize("name", WORDS)
def test_no_value_of_any_field_breaks_anything(
    app: Flask, client: FlaskClient, make: Make, world: World, token: Tokens, name: str
) -> None:
    sent, refused, faults = 0, 0, []
    rows = counts(make)
    for operation in operations(app):
        headers = token(operation.role())
        for spot in (each for each in operation.fields if each.takes(name)):
            for value in values(name, operation, spot, PER_FIELD[name]):
                request = operation.spoilt(world, spot, value)
                answer = ask(client, request, headers)
                sent += 1
                refused += answer.status_code >= 400
                faults += [
                    f"{request} ({spot.where} {spot.name}): {fault}: {answer.text[:300]}"
                    for fault in faults_of(answer, operation, spot)
                ]
                if request.method != "GET":
                    before, rows = rows, counts(make)
                    if answer.status_code < 400:
                        headers = token(operation.role())
                    elif rows != before:
                        faults.append(f"{request}: refused, but rows were written")

    assert faults == [], "\n".join(faults)
    assert refused >= sent // 3
    assert sent >= LEAST * PER_FIELD[name]


def ask(client: FlaskClient, request: Request, headers: dict[str, str]) -> TestResponse:
    body = {} if request.body is None else {"data": request.body}
    kind = None if request.body is None else "application/json"
    return client.open(
        request.path, method=request.method, headers=headers, content_type=kind, **body
    )


def faults_of(answer: TestResponse, operation: Operation, spot: Field) -> list[str]:
    """What is wrong with an answer."""
    status = answer.status_code
    if status < 400:
        return []
    if status >= 500:
        return ["server error"]
    if answer.mimetype != "application/problem+json":
        return ["not the shape of refusals"]
    told, found = answer.get_json(), []
    if set(told) < PROBLEM_FIELDS or told["status"] != status or not told["detail"].strip():
        found.append("an incomplete refusal")
    if status not in (401, 403, 404, 405, 409, 410, 413, 422):
        found.append("an odd status")
    if status == 422 and spot.where != "path" and not names_it(told, operation, spot):
        found.append("the field is not named")
    if status == 401 and told["code"] != "bad_credentials":
        found.append("the token was not taken")
    return found


def names_it(told: dict[str, Any], operation: Operation, spot: Field) -> bool:
    """Whether a refusal names the field, what it is part of, or a part of it.

    A rule may be broken by several fields together, or by none; what it names must exist.
    """
    named = [each["field"] for each in told["errors"]]
    known = [each.name for each in operation.fields]
    if told["code"] == "validation_error":
        known = [spot.name]
    elif not named:
        return True
    return any(name.startswith(each) or each.startswith(name) for each in known for name in named)
