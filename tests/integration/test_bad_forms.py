"""Whatever is sent to pages, nobody sees a fault, nothing is half-written, tokens are asked for."""

import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock
from config import Settings
from tests.answers import counts, problem
from tests.applications import another_app
from tests.authorisation import TABLE, Row, World
from tests.clients import HTMX, csrf_token, log_in
from tests.factories import Make

CORPORA = Path(__file__).parent.parent / "corpora"
STRINGS: list[str] = json.loads((CORPORA / "strings.json").read_text("utf-8"))
TEXTS = [text.encode("utf-8", "replace").decode() for text in STRINGS] + ["x" * 10_000]
WITHOUT_FIELDS = {
    "passwords.reset": 410,
    "verification.confirm": 410,
    "verification.send": 303,
    "bookings.keep_note": 303,
}
WITHOUT_FIELDS |= {"links.confirm_cancel": 404, "links.confirm_move": 404, "links.send": 404}
WITHOUT_FIELDS |= {"account_email.confirm": 410, "account_email.stop": 410}
WITHOUT_FIELDS |= {"account_sessions.end": 404}
"""What an empty form is answered where it is not the fields that decide."""
BUTTONS = {"waiting.leave": 303, "waiting.decline": 303, "account_email.cancel": 303}
"""Forms that are nothing but a button: empty they do their work, and then there is none left."""
SIGNS_OUT = ("auth.logout", "account_sessions.end_all")
RENEWS_THE_SESSION = ("account.save_password", "account_sessions.end_all", "account_leaving.close")
ANSWERED_BY_INSTRUCTORS = ("lessons.approve", "lessons.confirm_decline")
WRITES = [row for row in TABLE if not row.is_api and row.method == "POST"]
OF_SESSIONS = [row for row in WRITES if not row.endpoint.startswith("links.")]
"""Those behind links in mails need no session: the link itself is what no other site knows."""
READS = [row for row in TABLE if not row.is_api and row.method == "GET"]
IDS = ("0", "-1", "1.5", "1e308", "999", "2147483647", "2147483648", "9" * 400, "abc", "%FF")
KNOWN = (200, 302, 303, 401, 404, 409, 410, 422)


@pytest.fixture
def world(make: Make) -> World:
    return World.made(make)


def role_for(row: Row) -> str:
    is_teaching = row.path.startswith("/teach") or row.endpoint in ANSWERED_BY_INSTRUCTORS
    return "instructor" if is_teaching else "student"


def someone(app: Flask, row: Row, world: World) -> FlaskClient:
    """A client of a person whom the route lets in; nobody for the pages of accounts."""
    client = app.test_client()
    is_account = row.endpoint.startswith("auth.")
    return client if is_account else log_in(client, world.people[role_for(row)])


def faceless(answer: TestResponse) -> bool:
    """Whether a refusal is a page for people: neither bare text nor JSON nor a trace."""
    return answer.mimetype == "text/html" and "Traceback" not in answer.text


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.endpoint)
def test_no_field_can_break_a_form(app: Flask, make: Make, world: World, row: Row) -> None:
    client, path = someone(app, row, world), world.path(row.path, "student")
    good = {"csrf_token": csrf_token(client, "/register"), **row.sends(world, "x").get("data", {})}
    names = [*good, "unexpected", "version"]
    if row.endpoint == "teach.save_schedule":
        names = [name for name in names if not name.startswith("hours-") or name.endswith("-07")]
    names.remove("csrf_token")
    before = counts(make)

    for name in names:
        for text in TEXTS:
            answer = client.post(path, data=good | {name: text})
            assert answer.status_code in KNOWN, (name, text[:80], answer.text[:300])
            now = counts(make)
            if answer.status_code >= 400:
                assert now == before
            before = now
            if row.endpoint.startswith("auth.") and answer.status_code == 303:
                client = app.test_client()
                good["csrf_token"] = csrf_token(client, "/register")
            if row.endpoint in RENEWS_THE_SESSION and answer.status_code == 303:
                good["csrf_token"] = csrf_token(client, "/register")


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.endpoint)
def test_no_body_can_break_a_form(app: Flask, make: Make, world: World, row: Row) -> None:
    client, path = someone(app, row, world), world.path(row.path, "student")
    token = {"X-CSRFToken": csrf_token(client, "/register")}
    fields = row.sends(world, "x").get("data", {})
    before = counts(make)
    if row.endpoint in SIGNS_OUT:
        return

    empty = client.post(path, headers=token)
    assert empty.status_code == (WITHOUT_FIELDS | BUTTONS).get(row.endpoint, 422)
    if row.endpoint in BUTTONS:
        before = counts(make)
    for name in fields or {"unexpected": ""}:
        file = (io.BytesIO(b"not a text"), "file.txt")
        answer = client.post(path, headers=token, data={**fields, name: file})
        assert answer.status_code == 422, (name, answer.text[:300])
    raw = b"email=%FF%FE&password=%00&reason=%ED%A0%80&hours-2026-12-07=%00"
    for body in (raw, b"\xff\xfe\x00", b"&&&===%%%", b"a" * 5000):
        answer = client.post(
            path, headers=token, data=body, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (303, 404, 410, 422), answer.text[:300]
    for body in (b"{}", b'{"email": 5, "reason": ["x"]}', b"[1]", b'"\\u0000"'):
        answer = client.post(path, headers=token, data=body, content_type="application/json")
        assert answer.status_code == 415
        assert "application/json" not in answer.text
    broken = "multipart/form-data; boundary=x"
    answer = client.post(path, headers=token, data=b"--x\r\nbroken", content_type=broken)
    assert answer.status_code in (303, 400, 404, 410, 422)
    answer = client.post(path, headers=token, data={"reason": "x" * 70_000})
    assert answer.status_code == 413
    assert faceless(answer)
    assert counts(make) == before


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("row", OF_SESSIONS, ids=lambda row: row.endpoint)
def test_a_write_without_a_token_is_refused_and_changes_nothing(
    app: Flask, make: Make, world: World, row: Row, headers: dict[str, str]
) -> None:
    client, path = someone(app, row, world), world.path(row.path, "student")
    fields = row.sends(world, "x").get("data", {})
    before = counts(make)
    stranger = csrf_token(app.test_client())

    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": stranger}):
        answer = client.post(path, data={**fields, **token}, headers=headers)
        assert answer.status_code == 400
        assert "out of date" in answer.text
        assert ("<html" in answer.text) == (not headers)
        assert (answer.headers.get("HX-Retarget") == "#alerts") == bool(headers)

    assert counts(make) == before
    if not row.endpoint.startswith("auth."):
        assert client.get("/lessons").status_code == 200


def test_a_form_of_an_ended_session_is_stale(app: Flask, make: Make, world: World) -> None:
    client = log_in(app.test_client(), world.people["student"])
    token = csrf_token(client, "/lessons")
    client.post("/logout", data={"csrf_token": token})
    log_in(client, world.people["student"])
    before = counts(make)

    path = f"/lessons/{world.lessons['student']}/cancel"
    answer = client.post(path, data={"csrf_token": token, "reason": "Late."})

    assert answer.status_code == 400
    assert counts(make) == before


QUERIES = {
    "/": ("skill", "page"),
    "/login": ("next",),
    "/instructors/{instructor}": ("service", "minutes", "day", "month"),
    "/@marta": ("service", "minutes", "day", "month"),
    "/instructors/{instructor}/why": ("service", "minutes", "start"),
    "/instructors/{instructor}/book": ("service", "minutes", "start"),
    "/instructors/{instructor}/book/place": ("service", "minutes", "start"),
    "/lessons": ("view", "after"),
    "/lessons/{lesson}/move": ("from", "start"),
    "/teach/schedule": ("week", "all"),
    "/teach/lessons": ("view", "after"),
}
EDGES = (
    "9999-12-31T23:59:00Z",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:00-14:00",
    "2026-12-02T19:00:00",
    "2026-12-02T19:00:00+99:99",
    "2199-12-30",
    "2200-01-01",
    "1999-12-31",
    "2026-W01-1",
)


@pytest.mark.parametrize("path", QUERIES)
def test_no_query_can_break_a_page(app: Flask, make: Make, world: World, path: str) -> None:
    role = "instructor" if path.startswith("/teach") else "student"
    client = log_in(app.test_client(), world.people[role])
    good = {"service": f"{world.teacher.service_id}", "minutes": "60"}
    good["start"] = "2026-12-02T19:00:00Z"
    before = counts(make)

    for name in QUERIES[path]:
        for text in (*TEXTS, *IDS, *EDGES, "9" * 5000):
            sent = {key: good[key] for key in QUERIES[path] if key in good} | {name: text}
            answer = client.get(world.path(path, role), query_string=sent)
            assert answer.status_code in KNOWN, (name, text[:80], answer.text[:300])
    raw = client.get(world.path(path, role) + "?from=%FF&week=%ED%A0%80&page=%C0%80")
    assert raw.status_code in KNOWN
    assert counts(make) == before


@pytest.mark.parametrize("start", EDGES[:6])
def test_a_booking_at_the_end_of_time_is_refused(
    app: Flask, make: Make, world: World, start: str
) -> None:
    client = log_in(app.test_client(), world.people["student"])
    token, before = csrf_token(client, "/lessons"), counts(make)
    teacher = world.teacher
    path = f"/instructors/{teacher.id}/book?service={teacher.service_id}&minutes=60&start="

    answer = client.post(path + quote(start), data={"csrf_token": token})

    assert answer.status_code in (404, 409, 422), answer.text[:300]
    assert counts(make) == before


@pytest.mark.parametrize("number", [*IDS, "%00"])
def test_no_number_in_a_path_can_break_a_page(app: Flask, world: World, number: str) -> None:
    for row in (each for each in READS if "{lesson}" in each.path or "rs/{i" in each.path):
        path = row.path.replace("{lesson}", number).replace("rs/{instructor}", f"rs/{number}")
        if row.endpoint.startswith("admin"):
            continue
        answer = someone(app, row, world).get(world.path(path, "student"))
        assert answer.status_code == (422 if number == "%00" else 404), path
        assert faceless(answer)


def test_every_face_of_not_found_and_not_allowed(client: FlaskClient) -> None:
    page = client.get("/nothing/here")
    piece = client.get("/nothing/here", headers=HTMX)
    method = client.delete("/login")

    problem(client.get("/api/nothing"), 404, "not_found")
    problem(client.put("/api/auth/me"), 405)
    assert (page.status_code, piece.status_code, method.status_code) == (404, 404, 405)
    assert all(faceless(each) for each in (page, piece, method))
    assert "<html" in page.text
    assert "<html" not in piece.text
    assert {"GET", "POST"} <= {each.strip() for each in method.headers["Allow"].split(",")}


@pytest.mark.parametrize("host", ["evil.example", "lessons.example.com.evil.example", "x" * 300])
@pytest.mark.parametrize("path", ["/", "/login", "/api/instructors/", "/nothing", "/admin/"])
def test_an_unknown_host_is_refused(
    settings: Settings, clock: StoppedClock, host: str, path: str
) -> None:
    with another_app(settings, clock, trusted_hosts=("lessons.example.com",)) as app:
        client = app.test_client()
        good = client.get("/health/live", headers={"Host": "lessons.example.com"})
        answer = client.get(path, headers={"Host": host})

    assert good.status_code == 200
    assert answer.status_code == 400
    assert host not in answer.text
    if path.startswith("/api"):
        problem(answer, 400)
