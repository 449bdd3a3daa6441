"""Every route answers everybody as the table says, and no route is without a row."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.answers import counts, problem
from tests.authorisation import ROLES, TABLE, Row, World
from tests.clients import csrf_token, log_in
from tests.factories import Make, Person

AUTOMATIC = {"HEAD", "OPTIONS"}


@pytest.fixture
def world(make: Make) -> World:
    return World.made(make)


def token_of(app: Flask, person: Person) -> dict[str, str]:
    runtime = app.extensions["runtime"]
    token = runtime.tokens.issue(person.id, person.email, 0, now=runtime.clock.now())
    return {"Authorization": f"Bearer {token}"}


def ask(
    client: FlaskClient, row: Row, world: World, role: str, headers: dict[str, str] | None = None
) -> TestResponse:
    """Send what the row says; pages' writes with the token of the client's own session."""
    sends = row.sends(world, role)
    if row.method == "POST" and not row.is_api:
        token = csrf_token(client, "/register")
        sends = {"data": {**sends.get("data", {}), "csrf_token": token}}
    path = world.path(row.path, role)
    return client.open(path, method=row.method, headers=headers, buffered=True, **sends)


def as_role(app: Flask, row: Row, world: World, role: str) -> TestResponse:
    """Ask with the way in that the route takes: a token for the API, a session for pages."""
    client = app.test_client()
    if role == "anonymous":
        return ask(client, row, world, role)
    if row.is_api:
        return ask(client, row, world, role, token_of(app, world.people[role]))
    return ask(log_in(client, world.people[role]), row, world, role)


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    routes = [
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
    ]

    rows = [(row.endpoint, row.method) for row in TABLE]

    assert sorted(rows) == sorted(routes)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method}-{row.endpoint}")
def test_everybody_gets_what_the_table_says(app: Flask, world: World, row: Row) -> None:
    got = {role: as_role(app, row, world, role) for role in ROLES}

    assert {role: each.status_code for role, each in got.items()} == {
        role: row.expected(role) for role in ROLES
    }
    if row.is_open:
        return
    if row.is_api:
        told = problem(got["anonymous"], 401)
        assert told["code"] == "not_authenticated"
        assert got["anonymous"].headers["WWW-Authenticate"] == "Bearer"
    else:
        back = "/login" if row.method == "POST" else "/login?next="
        assert got["anonymous"].location.startswith(back)


def test_the_session_cookie_never_opens_the_api(app: Flask, make: Make, world: World) -> None:
    closed = [row for row in TABLE if row.is_api and not row.is_open]
    before = counts(make)
    clients = {role: log_in(app.test_client(), world.people[role]) for role in ROLES[1:]}

    statuses = {
        ask(client, row, world, role).status_code
        for row in closed
        for role, client in clients.items()
    }

    assert statuses == {401}
    assert counts(make) == before | {"user_sessions": len(clients)}


def test_a_bearer_token_never_opens_pages(app: Flask, make: Make, world: World) -> None:
    closed = [row for row in TABLE if not row.is_api and not row.is_open]
    before = counts(make)

    for row in closed:
        for role in ROLES[1:]:
            headers = token_of(app, world.people[role])
            answer = ask(app.test_client(), row, world, role, headers)
            assert answer.status_code == row.expected("anonymous"), row
            assert answer.location.startswith("/login"), row

    assert counts(make) == before


@pytest.mark.parametrize("role", ["student", "instructor"])
def test_somebody_elses_lesson_is_not_found(
    app: Flask, make: Make, world: World, role: str
) -> None:
    stranger = make.student() if role == "student" else make.instructor()
    rows = [row for row in TABLE if "{lesson}" in row.path and "admin" not in row.endpoint]
    page = log_in(app.test_client(), stranger)

    for row in rows:
        headers = token_of(app, stranger) if row.is_api else None
        client = app.test_client() if row.is_api else page
        assert ask(client, row, world, role, headers).status_code == 404, row

    assert len(rows) == 21


def test_somebody_elses_hours_and_days_off_are_not_found(
    app: Flask, make: Make, world: World
) -> None:
    """Fault W31: there any instructor could change and delete another one's windows."""
    stranger = make.instructor()
    rows = [row for row in TABLE if "{window}" in row.path or "{day_off}" in row.path]
    before = counts(make)

    told = [
        problem(ask(app.test_client(), row, world, "instructor", token_of(app, stranger)), 404)
        for row in rows
    ]
    unknown = [
        problem(
            app.test_client().open(
                row.path.format(window=999_999, day_off=999_999),
                method=row.method,
                headers=token_of(app, stranger),
                **row.sends(world, "instructor"),
            ),
            404,
        )
        for row in rows
    ]

    assert len(rows) == 4
    assert [each["detail"] for each in told] == [each["detail"] for each in unknown]
    assert {each["detail"] for each in told} == {"Slot not found", "Blackout date not found"}
    assert counts(make) == before


def test_a_token_of_a_student_who_began_to_teach_follows_the_role(
    app: Flask, client: FlaskClient, make: Make, world: World
) -> None:
    headers = token_of(app, world.people["student"])
    create = next(row for row in TABLE if row.endpoint == "instructors_api.create")

    assert ask(client, create, world, "student", headers).status_code == 201
    assert client.get("/api/instructors/profile", headers=headers).status_code == 200
    book = next(row for row in TABLE if row.endpoint == "bookings_api.book")
    problem(ask(client, book, world, "student", headers), 403)
