"""What people change about their own account: password, sessions, name, zone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.mail_providers import Mail
from app.models.audit import AuditEntry
from app.models.outbox import OutboxMail
from app.models.user import User
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, Make, Person
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]

NEW = "violet-harbour-77"
PATH = "/api/auth/change-password"


@pytest.fixture
def person(make: Make) -> Person:
    return make.student()


def change(client: FlaskClient, token: dict[str, str], new: str = NEW, current: str = PASSWORD):
    sent = {"current_password": current, "new_password": new}
    return client.post(PATH, json=sent, headers=token)


def test_a_change_of_password_ends_everything_older(
    app: Flask, client: FlaskClient, make: Make, person: Person
) -> None:
    browser, old = log_in(app.test_client(), person), bearer(client, person)
    answer = change(client, old)
    assert answer.status_code == 200
    assert browser.get("/lessons").status_code == 303
    problem(client.get("/api/auth/me", headers=old), 401, "invalid_token")
    fresh = {"Authorization": f"Bearer {answer.get_json()['access_token']}"}
    assert client.get("/api/auth/me", headers=fresh).status_code == 200
    assert bearer(client, Person(person.id, person.email, NEW))
    with make.session() as session:
        (mail,) = session.scalars(select(OutboxMail)).all()
        assert (mail.kind, mail.facts) == ("password_changed", '{"by_link": false}')
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id) == ("account.password", person.id)
    assert "lantern" not in entry.changes


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("not-my-password", NEW, "wrong_password"),
        (PASSWORD + "x" * 100, NEW, "wrong_password"),
        (PASSWORD, "short", "password_refused"),
        (PASSWORD, "é" * 40, "password_refused"),
        (PASSWORD, "password123", "password_refused"),
    ],
)
def test_a_refused_change_changes_nothing(
    client: FlaskClient, make: Make, person: Person, current: str, new: str, code: str
) -> None:
    token = bearer(client, person)
    before = counts(make)
    problem(change(client, token, new, current), 422, code)
    assert counts(make) == before
    assert client.get("/api/auth/me", headers=token).status_code == 200


def test_signing_out_everywhere_ends_sessions_and_tokens(
    app: Flask, client: FlaskClient, person: Person, make: Make
) -> None:
    other = make.student()
    browser, token, stranger = (
        log_in(app.test_client(), person),
        bearer(client, person),
        bearer(client, other),
    )
    assert client.post("/api/auth/logout-everywhere", headers=token).status_code == 204
    assert browser.get("/lessons").status_code == 303
    problem(client.get("/api/auth/me", headers=token), 401, "invalid_token")
    assert client.get("/api/auth/me", headers=stranger).status_code == 200
    assert bearer(client, person)


def test_name_and_zone_can_be_changed(client: FlaskClient, make: Make, person: Person) -> None:
    token = bearer(client, person)
    sent = {"full_name": "  Ann   Other ", "time_zone": "Europe/Paris"}
    told = client.patch("/api/auth/me", json=sent, headers=token).get_json()
    assert (told["full_name"], told["time_zone"]) == ("Ann Other", "Europe/Paris")
    again = client.patch("/api/auth/me", json=sent, headers=token)
    assert again.status_code == 200
    with make.session() as session:
        assert session.get_one(User, person.id).full_name == "Ann Other"
        assert session.scalars(select(AuditEntry.action)).all() == ["account.update"]


@pytest.mark.parametrize(
    "sent",
    [
        {"full_name": "   "},
        {"full_name": "x" * 101},
        {"time_zone": "Mars/Olympus"},
        {"role": "admin"},
        {"email": "other@example.com"},
        {"is_active": False},
    ],
)
def test_nothing_else_can_be_changed_there(
    client: FlaskClient, make: Make, person: Person, sent: dict[str, object]
) -> None:
    token = bearer(client, person)
    problem(client.patch("/api/auth/me", json=sent, headers=token), 422)
    with make.session() as session:
        row = session.get_one(User, person.id)
    assert (row.role, row.email, row.is_active) == ("student", person.email, True)


def test_whoever_changes_a_password_is_told_of_a_change_and_of_no_reset(
    app: Flask, client: FlaskClient, person: Person, sent: list[Mail]
) -> None:
    change(client, bearer(client, person))
    deliver(app)
    assert [mail.subject for mail in sent] == ["Your InstaInstru Password Has Been Changed"]
