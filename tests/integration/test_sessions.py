"""Where somebody is signed in: seen, and ended one by one or all at once."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from app.models.session import UserSession
from tests.answers import problem
from tests.clients import HTMX, bearer, csrf_token, log_in
from tests.factories import Make, Person
from tests.integration.life import trail

SESSIONS = "/api/auth/sessions"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def person(make: Make) -> Person:
    return make.student()


def browser(app: Flask, person: Person, runs_on: str = DESK) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = runs_on
    return log_in(client, person)


def listed(client: FlaskClient, person: Person) -> list[dict]:
    answer = client.get(SESSIONS, headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def press(client: FlaskClient, path: str, **headers: str):
    token = csrf_token(client, "/account/sessions")
    return client.post(path, data={"csrf_token": token}, headers=headers)


def test_each_is_listed_with_what_it_runs_on(
    app: Flask, client: FlaskClient, make: Make, clock: StoppedClock, person: Person
) -> None:
    browser(app, person, PHONE)
    clock.advance(timedelta(minutes=5))
    browser(app, person, DESK)
    browser(app, make.student(), DESK)

    found = listed(client, person)
    assert [each["device"] for each in found] == ["Firefox on Windows", "Safari on iPhone"]
    assert set(found[0]) == {"id", "began_at", "last_seen_at", "device"}
    assert found[1]["began_at"] == "2026-12-01T12:00:00Z"
    with make.session() as session:
        assert all(
            "Mozilla" not in str(vars(each)) for each in session.scalars(select(UserSession))
        )


def test_what_has_ended_is_not_listed(
    app: Flask, client: FlaskClient, make: Make, clock: StoppedClock, person: Person
) -> None:
    browser(app, person)
    clock.advance(timedelta(days=14, seconds=1))
    assert listed(client, person) == []
    staff = make.user(Role.SUPPORT)
    browser(app, staff)
    clock.advance(timedelta(minutes=31))
    assert listed(client, staff) == []


def test_one_is_ended_and_the_others_go_on(
    app: Flask, client: FlaskClient, make: Make, person: Person
) -> None:
    phone, desk = browser(app, person, PHONE), browser(app, person, DESK)
    headers = bearer(client, person)
    key = next(each["id"] for each in listed(client, person) if "iPhone" in each["device"])

    assert client.delete(f"{SESSIONS}/{key}", headers=headers).status_code == 204
    assert phone.get("/account").status_code == 303
    assert desk.get("/account").status_code == 200
    problem(client.delete(f"{SESSIONS}/{key}", headers=headers), 404, "not_found")
    assert trail(make) == ["account.session_ended"]


def test_other_peoples_are_not_found(
    app: Flask, client: FlaskClient, make: Make, person: Person
) -> None:
    theirs = browser(app, person)
    stranger = make.student()
    key = listed(client, person)[0]["id"]
    told = problem(client.delete(f"{SESSIONS}/{key}", headers=bearer(client, stranger)), 404)
    unknown = problem(client.delete(f"{SESSIONS}/99999", headers=bearer(client, stranger)), 404)
    assert told["detail"] == unknown["detail"]
    assert press(browser(app, stranger), f"/account/sessions/{key}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_the_page_marks_this_one_and_ends_another(app: Flask, person: Person) -> None:
    phone, desk = browser(app, person, PHONE), browser(app, person, DESK)
    page = desk.get("/account/sessions").text
    assert page.index("Firefox on Windows") < page.index("This browser")
    assert page.index("This browser") < page.index("Safari on iPhone")
    (path,) = re.findall(r'action="(/account/sessions/\d+/end)"', page)
    assert "On 2 browsers" in desk.get("/account").text

    piece = press(desk, path, **HTMX)
    assert (piece.status_code, "<html" in piece.text) == (200, False)
    assert "Safari on iPhone" not in piece.text
    assert phone.get("/account").status_code == 303
    again = press(desk, path)
    assert again.status_code == 404
    assert "On this browser only" in desk.get("/account").text


def test_without_script_it_comes_back_to_the_page(app: Flask, person: Person) -> None:
    browser(app, person, PHONE)
    desk = browser(app, person, DESK)
    (path,) = re.findall(
        r'action="(/account/sessions/\d+/end)"', desk.get("/account/sessions").text
    )
    answer = press(desk, path)
    assert (answer.status_code, answer.location) == (303, "/account/sessions")
    assert "Signed out there." in desk.get("/account/sessions").text


def test_everywhere_is_here_too(
    app: Flask, client: FlaskClient, make: Make, person: Person
) -> None:
    phone, desk, headers = browser(app, person, PHONE), browser(app, person), bearer(client, person)
    answer = press(desk, "/account/sessions/end")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert "signed out everywhere" in desk.get("/login").text
    for each in (phone, desk):
        assert each.get("/account").status_code == 303
    problem(client.get("/api/auth/me", headers=headers), 401, "invalid_token")
    assert trail(make) == ["account.sessions_ended"]
