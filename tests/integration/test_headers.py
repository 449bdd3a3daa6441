"""Every answer carries the strict policy and the other headers, whatever kind of answer it is."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock, SystemClock
from app.web.access import public
from config import Settings
from tests.answers import problem
from tests.applications import PRODUCTION, PRODUCTION_URL, another_app
from tests.authorisation import World
from tests.clients import HTMX, bearer, csrf_token, log_in
from tests.factories import TUESDAY, Make

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def policy_of(answer: TestResponse) -> dict[str, str]:
    parts = (
        part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";")
    )
    return {name: value for name, _, value in parts}


def assert_armoured(answer: TestResponse) -> None:
    assert policy_of(answer) == POLICY
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["Permissions-Policy"]
    assert len(answer.headers["X-Request-ID"]) >= 8
    assert answer.headers.getlist("Content-Security-Policy").__len__() == 1
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.fixture
def world(make: Make) -> World:
    return World.made(make)


@pytest.fixture
def broken(
    settings: Settings, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> Iterator[FlaskClient]:
    """A client of an application with a view, of each kind, that fails."""
    with another_app(settings, clock, environment="development") as app:

        @app.get("/broken")
        @public
        def page() -> str:
            raise ZeroDivisionError("a secret of the house")

        app.add_url_rule("/api/broken", "api_broken", page)
        with caplog.at_level(logging.CRITICAL):
            yield app.test_client()


def test_answers_of_every_kind_carry_all_headers(
    app: Flask, client: FlaskClient, world: World
) -> None:
    student = log_in(app.test_client(), world.people["student"])
    staff = log_in(app.test_client(), world.people["support"])
    headers = bearer(client, world.people["student"])
    icon = client.get("/static/favicon.svg", buffered=True)
    fresh = {"If-None-Match": icon.headers["ETag"]}
    kinds = {
        "page": (client.get("/"), 200),
        "piece": (client.get("/", headers=HTMX), 200),
        "json": (client.get("/api/instructors/"), 200),
        "health": (client.get("/health/live"), 200),
        "head": (client.head("/"), 200),
        "options": (client.options("/login"), 200),
        "redirect": (client.get("/lessons"), 303),
        "htmx redirect": (client.get("/lessons", headers=HTMX), 401),
        "static": (icon, 200),
        "unchanged": (client.get("/static/favicon.svg", headers=fresh, buffered=True), 304),
        "missing static": (client.get("/static/none.css"), 404),
        "desk": (staff.get("/admin/"), 200),
        "desk list": (staff.get("/admin/bookings/"), 200),
        "desk refuses": (student.get("/admin/"), 403),
        "desk sends away": (client.get("/admin/"), 302),
        "stale": (client.post("/login"), 400),
        "stale htmx": (client.post("/login", headers=HTMX), 400),
        "stranger": (client.get("/api/auth/me"), 401),
        "forbidden": (client.get("/api/instructors/profile", headers=headers), 403),
        "forbidden page": (student.get("/teach/schedule"), 403),
        "not found": (client.get("/nothing"), 404),
        "no such api": (client.get("/api/nothing"), 404),
        "method": (client.put("/login"), 405),
        "too much": (client.post("/login", data={"email": "x" * 70_000}), 413),
        "content type": (client.post("/api/auth/register", data="{}"), 415),
        "invalid": (client.post("/api/auth/register", json={}), 422),
    }

    for name, (answer, status) in kinds.items():
        assert answer.status_code == status, name
        assert_armoured(answer)
        assert "Strict-Transport-Security" not in answer.headers


def test_a_fault_of_ours_is_armoured_and_tells_nothing(broken: FlaskClient) -> None:
    page, piece = broken.get("/broken"), broken.get("/broken", headers=HTMX)
    told = problem(broken.get("/api/broken"), 500)

    for answer in (page, piece, broken.get("/api/broken")):
        assert answer.status_code == 500
        assert_armoured(answer)
        assert "secret of the house" not in answer.text
        assert "ZeroDivision" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Request-ID"] in page.text
    assert "ours" in str(told["detail"])
    assert "<html" not in piece.text


def test_too_fast_is_armoured(settings: Settings, make: Make) -> None:
    with another_app(settings, SystemClock(), rate_limit_enabled=True) as app:
        client = app.test_client()
        sent = {"username": "nobody@example.com", "password": "wrong-password"}
        answers = [client.post("/api/auth/login", json=sent) for _ in range(6)]

    assert answers[-1].status_code == 429
    assert_armoured(answers[-1])


def test_an_unknown_host_is_armoured(settings: Settings, clock: StoppedClock) -> None:
    with another_app(settings, clock, trusted_hosts=("lessons.example.com",)) as app:
        answer = app.test_client().get("/")

    assert answer.status_code == 400
    assert_armoured(answer)


def test_only_production_asks_for_https_for_a_year(settings: Settings, clock: StoppedClock) -> None:
    with another_app(settings, clock, **PRODUCTION) as app:
        client = app.test_client()
        answers = [
            client.get(path, base_url=PRODUCTION_URL) for path in ("/", "/nothing", "/api/auth/me")
        ]

    for answer in answers:
        assert_armoured(answer)
        wanted = answer.headers["Strict-Transport-Security"]
        assert wanted == "max-age=31536000; includeSubDomains"


def test_private_answers_are_stored_by_nobody(
    app: Flask, client: FlaskClient, world: World
) -> None:
    student = log_in(app.test_client(), world.people["student"])
    headers = bearer(client, world.people["student"])
    lesson = world.lessons["student"]
    answers = [
        student.get("/lessons"),
        student.get(f"/lessons/{lesson}"),
        student.get("/"),
        client.get("/api/auth/me", headers=headers),
        client.get(f"/api/bookings/{lesson}", headers=headers),
        client.get("/api/bookings/999", headers=headers),
        client.get("/lessons"),
    ]

    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]
        assert {"cookie", "authorization"} <= {each.lower() for each in answer.vary}


def test_pages_vary_by_the_kind_of_htmx_request(client: FlaskClient) -> None:
    assert {"hx-request", "hx-request-type"} <= {each.lower() for each in client.get("/").vary}


@pytest.mark.parametrize("given", ["abcdefgh", "A1-b2-C3-d4", "x" * 64])
def test_a_well_formed_request_id_is_kept(client: FlaskClient, given: str) -> None:
    answer = client.get("/api/nothing", headers={"X-Request-ID": given})

    assert answer.headers["X-Request-ID"] == given
    assert answer.get_json()["request_id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "has space", "é" * 10, "<script>alert", "a_b_c_d_e"]
)
def test_any_other_request_id_is_replaced(client: FlaskClient, given: str) -> None:
    first, second = (
        client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] for _ in range(2)
    )

    assert given not in (first, second)
    assert first != second


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_no_other_site_may_read(client: FlaskClient, make: Make, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answers = [
        client.get("/api/instructors/", headers=asked),
        client.options("/api/bookings/", headers=asked),
    ]

    assert not any(
        name.startswith("Access-Control") for each in answers for name, _ in each.headers
    )


def test_pages_hold_no_inline_script_or_style(app: Flask, world: World) -> None:
    roles = {role: log_in(app.test_client(), world.people[role]) for role in world.people}
    teacher = world.teacher.id
    pages = [
        roles["student"].get(f"/instructors/{teacher}"),
        roles["student"].get("/lessons"),
        roles["instructor"].get("/teach/schedule"),
        roles["instructor"].get("/teach/profile"),
        roles["support"].get("/admin/"),
        roles["support"].get("/admin/bookings/"),
        roles["support"].get(f"/admin/users/details/?id={teacher}"),
        app.test_client().get("/"),
        app.test_client().get("/register"),
        app.test_client().get("/nothing"),
    ]

    for page in pages:
        text = page.text.lower()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert "javascript:" not in text
        known = ("<script src=", "<script defer src=", '<script type="application/ld+json">')
        assert text.count("<script") == sum(text.count(each) for each in known)


def test_what_people_wrote_is_shown_as_text(client: FlaskClient, make: Make) -> None:
    attack = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
    teacher = make.instructor(user={"full_name": attack}, bio=attack, skill=attack)
    make.hours(teacher, TUESDAY, "09:00-17:00")

    for path in (
        "/",
        f"/instructors/{teacher.id}",
        f"/instructors?skill={attack}",
        f"/instructors?q={attack}",
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert csrf_token(client)
