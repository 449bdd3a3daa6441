"""Whatever is sent to the API, it is refused by the shape of refusals and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import counts, problem
from tests.authorisation import TABLE, Row, World
from tests.authorisation_world import nothing
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher

CORPORA = Path(__file__).parent.parent / "corpora"
STRINGS: list[str] = json.loads((CORPORA / "strings.json").read_text("utf-8"))
VALUES: list[Any] = json.loads((CORPORA / "values.json").read_text("utf-8"))
WRITES = [
    row
    for row in TABLE
    if row.path.startswith("/api/") and row.method != "GET" and row.sends is not nothing
]
IDS = ("0", "-1", "1.5", "1e308", "999", "2147483647", "2147483648", "9" * 400, "abc", "%00", "%FF")
RAW_BODIES = {
    "nothing": b"",
    "cut": b'{"email": ',
    "words": b"hello",
    "invalid UTF-8": b'{"email": "\xff\xfe"}',
    "UTF-16": '{"email": "a"}'.encode("utf-16"),
    "NUL alone": b"\x00",
    "deep lists": b"[" * 30_000 + b"]" * 30_000,
    "nested to the brim": b"[" * 900 + b"]" * 900,
    "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "deep in a field": b'{"username": ' + b"[" * 950 + b"]" * 950 + b"}",
    "endless number": b'{"email": ' + b"9" * 5_000 + b"}",
    "not a number": b'{"email": NaN}',
    "surrogate": rb'{"email": "\ud800"}',
    "surrogate key": rb'{"\udc00": 1}',
    "NUL key": rb'{"\u0000": 1}',
    "NUL": rb'{"email": "\u0000"}',
    "null": b"null",
    "number": b"1",
    "text": b'"text"',
    "list": b"[]",
}


@pytest.fixture
def world(make: Make) -> World:
    return World.made(make)


@pytest.fixture
def headers(app: Flask, world: World) -> dict[str, dict[str, str]]:
    """A bearer token by role."""
    runtime = app.extensions["runtime"]

    def token(person: Person | Teacher) -> dict[str, str]:
        issued = runtime.tokens.issue(person.id, person.email, 0, now=runtime.clock.now())
        return {"Authorization": f"Bearer {issued}"}

    return {role: token(person) for role, person in world.people.items()}


def role_for(row: Row) -> str:
    """Somebody whom the route lets in."""
    return "instructor" if row.answers[2] < 300 else "student"


def spoilt(good: dict[str, Any]) -> list[Any]:
    """The body with each field taken away or replaced, and bodies that are none."""
    found: list[Any] = [*(value for value in VALUES if not isinstance(value, dict) or value)]
    for name in good:
        found += [good | {name: value} for value in [*VALUES, *STRINGS, "x" * 10_000]]
        found.append({key: value for key, value in good.items() if key != name})
    found.append(good | {"unexpected": 1})
    return found


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.endpoint)
def test_no_field_can_break_a_write(
    client: FlaskClient,
    make: Make,
    world: World,
    headers: dict[str, dict[str, str]],
    row: Row,
) -> None:
    role = role_for(row)
    sends = row.sends(world, role)
    good = sends.get("json") or sends["data"]
    path, before = world.path(row.path, role), counts(make)

    for bad in spoilt(good):
        text = json.dumps(bad)
        answer = client.open(
            path,
            method=row.method,
            data=text,
            headers=headers[role],
            content_type="application/json",
        )
        assert answer.status_code < 500, (text[:300], answer.text)
        now = counts(make)
        if answer.status_code >= 400:
            assert answer.status_code in (401, 403, 404, 409, 422), text[:300]
            problem(answer, answer.status_code)
            assert now == before, text[:300]
        before = now


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.endpoint)
def test_no_body_can_break_a_write(
    app: Flask,
    client: FlaskClient,
    make: Make,
    world: World,
    headers: dict[str, dict[str, str]],
    row: Row,
) -> None:
    role, before = role_for(row), counts(make)
    path = world.path(row.path, role)

    may_be_absent = app.view_functions[row.endpoint].documentation.optional_body
    for name, raw in RAW_BODIES.items():
        if may_be_absent and not raw:
            continue
        answer = client.open(
            path,
            method=row.method,
            data=raw,
            headers=headers[role],
            content_type="application/json",
        )
        assert answer.status_code == 422, (name, answer.text)
        problem(answer, 422)
    for content_type in ("text/plain", "application/xml", "multipart/form-data", "", "x" * 300):
        answer = client.open(
            path, method=row.method, data=b"{}", headers=headers[role], content_type=content_type
        )
        problem(answer, 422 if row.endpoint == "auth_api.login" else 415)
    huge = client.open(
        path,
        method=row.method,
        data=b'"' + b"x" * 70_000 + b'"',
        headers=headers[role],
        content_type="application/json",
    )
    problem(huge, 413)
    assert counts(make) == before


QUERIES = [
    (
        "/api/instructors/?{}",
        (
            *("search", "skill", "area", "min_price", "max_price"),
            *("duration_minutes", "free_date", "part_of_day", "free_from", "free_until"),
            *("sort", "skip", "limit", "cursor"),
        ),
    ),
    (
        "/api/bookings/?{}",
        (
            "status",
            "upcoming_only",
            "start_date",
            "end_date",
            "page",
            "per_page",
            "cursor",
        ),
    ),
    (
        "/api/bookings/opportunities?{}",
        ("instructor_id", "date", "duration_minutes", "earliest", "latest", "service_id"),
    ),
    ("/api/instructors/availability-windows/week?{}", ("start_date",)),
    ("/api/instructors/availability-windows/week/booked-slots?{}", ("start_date",)),
    ("/api/instructors/availability-windows/?{}", ("start_date", "end_date")),
    ("/api/instructors/availability-windows/gaps?{}", ("date", "min_gap_minutes")),
    ("/api/public/instructors/{instructor}/availability?{}", ("start_date", "end_date")),
    ("/api/public/instructors/{instructor}/next-available?{}", ("duration_minutes",)),
    (
        "/api/public/instructors/{instructor}/starts?{}",
        ("service_id", "start_date", "end_date", "duration_minutes"),
    ),
]
GOOD = {
    "start_date": f"{TUESDAY}",
    "end_date": f"{WEDNESDAY}",
    "service_id": "1",
    "instructor_id": "1",
    "date": f"{WEDNESDAY}",
}


@pytest.mark.parametrize(("path", "names"), QUERIES, ids=lambda each: str(each)[:60])
def test_no_query_can_break_a_read(
    client: FlaskClient,
    world: World,
    headers: dict[str, dict[str, str]],
    path: str,
    names: tuple[str, ...],
) -> None:
    role = "instructor"
    target = path.partition("?")[0].format(instructor=world.teacher.id)
    texts = [text.encode("utf-8", "replace").decode() for text in STRINGS]
    values = [*texts, *IDS, "9" * 5000, "x" * 10_000]

    for name in (*names, "unexpected"):
        for value in values:
            sent = {key: GOOD[key] for key in names if key in GOOD} | {name: value}
            answer = client.get(target, query_string=sent, headers=headers[role])
            assert answer.status_code in (200, 404, 422), (name, value[:80], answer.text)
            if answer.status_code != 200:
                problem(answer, answer.status_code)
        if name == "start_date":
            for end_of_time in ("9999-12-31", "0001-01-01", "9999-12-28"):
                sent = {"service_id": world.teacher.service_id, "start_date": end_of_time}
                sent = {key: sent[key] for key in names if key in sent}
                problem(client.get(target, query_string=sent, headers=headers[role]), 422)
    raw = client.get(f"{target}?start_date=%FF%FE&page=%ED%A0%80&%00=1", headers=headers[role])
    problem(raw, 422)


@pytest.mark.parametrize("number", IDS)
def test_no_number_in_a_path_can_break_anything(
    client: FlaskClient,
    make: Make,
    world: World,
    headers: dict[str, dict[str, str]],
    number: str,
) -> None:
    before = counts(make)
    named = ("{lesson}", "rs/{i", "{window}", "{day_off}")
    rows = [row for row in TABLE if row.is_api and any(each in row.path for each in named)]

    for row in rows:
        path = row.path.replace("rs/{instructor}", f"rs/{number}")
        for each in ("{lesson}", "{window}", "{day_off}"):
            path = path.replace(each, number)
        for role in ("student", "instructor"):
            answer = client.open(
                world.path(path, role),
                method=row.method,
                headers=headers[role],
                **row.sends(world, role),
            )
            is_closed = role == "student" and row.endpoint.startswith("availability_")
            status = 403 if is_closed and answer.status_code == 403 else 404
            problem(answer, 422 if number == "%00" else status)

    assert counts(make) == before
