"""Accounts on pages: forms, sessions that are rows, cookies, and where one goes next."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from app.infra.tokens import token_hash
from app.models.session import UserSession
from app.models.user import User
from app.web.render import safe_path
from config import Settings
from tests.answers import counts
from tests.applications import PRODUCTION, PRODUCTION_URL, another_app
from tests.clients import csrf_token, log_in
from tests.factories import PASSWORD, Make

REDIRECTS = (Path(__file__).parent.parent / "corpora/open_redirects.txt").read_text("utf-8")
ACCOUNT = {"email": "Ann@Example.com", "password": PASSWORD, "full_name": "Ann Lee"}


def sends(client: FlaskClient, path: str, **data: object) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf_token(client, "/register"), **data})


def is_in(client: FlaskClient) -> bool:
    return client.get("/lessons").status_code == 200


def token_in(client: FlaskClient) -> str:
    """The session's token, as the cookie holds it."""
    with client.session_transaction() as cookie:
        return str(cookie["_user_id"])


def sessions(make: Make) -> list[UserSession]:
    with make.session() as session:
        return list(session.scalars(select(UserSession)))


@pytest.mark.parametrize(("role", "onward"), [("student", "/"), ("instructor", "/teach/profile")])
def test_registering_signs_in_and_leads_on(
    client: FlaskClient, make: Make, role: str, onward: str
) -> None:
    answer = sends(client, "/register", **ACCOUNT, role=role)

    assert (answer.status_code, answer.location) == (303, onward)
    assert is_in(client)
    with make.session() as session:
        person = session.scalars(select(User)).one()
        assert (person.email, person.role) == ("ann@example.com", role)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"role": "admin"}, 422),
        ({"role": "support"}, 422),
        ({"role": "nonsense"}, 422),
        ({"email": "not an address"}, 422),
        ({"email": ""}, 422),
        ({"full_name": "   "}, 422),
        ({"full_name": "x" * 101}, 422),
        ({"password": "short77"}, 422),
        ({"password": "password1"}, 422),
        ({"password": "x" * 5000}, 422),
        ({"email": "TAKEN@example.com"}, 409),
    ],
)
def test_a_refused_registration_keeps_what_was_typed_except_the_password(
    client: FlaskClient, make: Make, change: dict[str, str], status: int
) -> None:
    make.student(email="taken@example.com")
    before = counts(make)

    answer = sends(client, "/register", **{**ACCOUNT, "role": "student", **change})

    assert answer.status_code == status
    assert PASSWORD not in answer.text
    assert 'name="full_name"' in answer.text
    assert counts(make) == before
    assert not is_in(client)


@pytest.mark.parametrize(
    ("role", "onward"),
    [
        ("student", "/"),
        ("instructor", "/teach/schedule"),
        ("support", "/admin/"),
        ("admin", "/admin/"),
    ],
)
def test_signing_in_leads_everybody_to_his_place(
    client: FlaskClient, make: Make, role: str, onward: str
) -> None:
    person = make.user(Role(role))

    answer = sends(client, "/login", email=person.email.upper(), password=PASSWORD)

    assert (answer.status_code, answer.location) == (303, onward)
    assert client.get("/login").location == onward


def test_every_failed_sign_in_shows_the_same_page(client: FlaskClient, make: Make) -> None:
    known, closed = make.student(), make.student(is_active=False)
    tries = [
        (known.email, "wrong-password"),
        ("nobody@example.com", PASSWORD),
        (closed.email, PASSWORD),
        (known.email, PASSWORD + "x" * 60),
        (known.email, "x" * 2000),
    ]
    token = csrf_token(client)

    pages = set()
    for email, password in tries:
        answer = client.post(
            "/login", data={"csrf_token": token, "email": email, "password": password}
        )
        assert answer.status_code == 401, email
        pages.add(answer.text.replace(email, "somebody"))

    assert len(pages) == 1
    assert "Incorrect email or password" in pages.pop()
    assert sessions(make) == []


def test_signing_in_begins_a_new_session_and_ends_the_old_one(
    client: FlaskClient, make: Make
) -> None:
    first, second = make.student(), make.student()
    client.set_cookie("session", "chosen-by-an-attacker")
    token = csrf_token(client)
    with client.session_transaction() as cookie:
        cookie["planted"] = "yes"
    log_in(client, first)
    old = token_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie

    answer = sends(client, "/login", email=second.email, password=PASSWORD)

    assert answer.status_code == 303
    new = token_in(client)
    assert csrf_token(client, "/register") != token
    assert [(row.user_id, row.token_hash) for row in sessions(make)] == [
        (second.id, token_hash(new))
    ]
    assert old != new


def test_the_database_never_holds_what_the_cookie_holds(client: FlaskClient, make: Make) -> None:
    log_in(client, make.student())
    token = token_in(client)

    assert len(token) >= 43
    assert [row.token_hash for row in sessions(make)] == [token_hash(token)]


def test_signing_out_ends_the_session_in_the_database_too(
    app: Flask, client: FlaskClient, make: Make
) -> None:
    log_in(client, make.student())
    stolen = client.get_cookie("session")
    assert stolen is not None

    assert sends(client, "/logout").status_code == 303

    thief = app.test_client()
    thief.set_cookie("session", stolen.value)
    assert not is_in(thief)
    assert not is_in(client)
    assert sessions(make) == []


def test_signing_out_here_leaves_other_browsers_alone(app: Flask, make: Make) -> None:
    person = make.student()
    here, there = (log_in(app.test_client(), person) for _ in range(2))

    sends(here, "/logout")

    assert not is_in(here)
    assert is_in(there)


@pytest.mark.parametrize("role", list(Role))
def test_an_idle_session_ends(
    client: FlaskClient, make: Make, clock: StoppedClock, role: Role
) -> None:
    idle = timedelta(minutes=30) if role.is_staff else timedelta(days=14)
    log_in(client, make.user(role))

    clock.advance(idle)
    assert is_in(client)
    clock.advance(idle + timedelta(seconds=1))
    assert not is_in(client)


@pytest.mark.parametrize(
    ("role", "step", "whole"),
    [
        (Role.STUDENT, timedelta(days=10), timedelta(days=90)),
        (Role.SUPPORT, timedelta(minutes=24), timedelta(hours=12)),
    ],
)
def test_no_session_is_kept_alive_for_ever(
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    role: Role,
    step: timedelta,
    whole: timedelta,
) -> None:
    log_in(client, make.user(role))

    for _ in range(whole // step):
        clock.advance(step)
        assert is_in(client)
    clock.advance(timedelta(seconds=1))

    assert not is_in(client)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"auth_version": 1}, {"role": "support", "auth_version": 1}]
)
def test_sessions_end_with_the_account_they_were_given_for(
    client: FlaskClient, make: Make, change: dict[str, object]
) -> None:
    person = make.student()
    log_in(client, person)

    with make.session() as session:
        session.execute(update(User).where(User.id == person.id).values(**change))
        session.commit()

    assert client.get("/lessons").location.startswith("/login")


def cookie_of(answer: TestResponse) -> tuple[str, set[str]]:
    line = answer.headers.getlist("Set-Cookie")[-1]
    head, *flags = (part.strip() for part in line.split(";"))
    return head.partition("=")[0], {flag for flag in flags if not flag.startswith("Expires")}


def test_the_cookie_of_development_is_plain_and_closed(client: FlaskClient, make: Make) -> None:
    log_in(client, make.student())

    name, flags = cookie_of(client.get("/lessons"))

    assert (name, flags) == ("session", {"HttpOnly", "Path=/", "SameSite=Lax"})


def test_the_cookie_of_production_is_bound_to_the_host(
    settings: Settings, make: Make, clock: StoppedClock
) -> None:
    person = make.student()
    with another_app(settings, clock, **PRODUCTION) as app:
        client = app.test_client()
        page = client.get("/login", base_url=PRODUCTION_URL)
        token = page.text.partition('"X-CSRFToken": "')[2].partition('"')[0]
        answer = client.post(
            "/login",
            base_url=PRODUCTION_URL,
            headers={"Referer": f"{PRODUCTION_URL}/login"},
            data={"email": person.email, "password": PASSWORD, "csrf_token": token},
        )

    assert answer.status_code == 303, answer.text
    name, flags = cookie_of(answer)
    assert name == "__Host-session"
    assert flags == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.parametrize("wanted", REDIRECTS.splitlines())
def test_nobody_is_led_to_another_site(client: FlaskClient, make: Make, wanted: str) -> None:
    person = make.student()
    path = f"/login?next={quote(wanted)}"

    answer = sends(client, path, email=person.email, password=PASSWORD)

    assert answer.status_code == 303
    shown = urlsplit(urljoin("http://localhost/login", answer.location.replace("\\", "/")))
    assert (shown.scheme, shown.netloc) == ("http", "localhost")
    assert not answer.location.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", ["/lessons", "/instructors/3?service=1&from=2026-12-02", "/é"])
def test_a_path_of_this_site_is_gone_on_to(path: str) -> None:
    assert safe_path(path, "/") == path
