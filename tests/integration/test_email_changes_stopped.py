"""The old address takes a change back, before it has happened and after."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.models.email_change import EmailChange
from app.models.user import User
from app.web.services import services
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, Make, Person
from tests.integration.addresses import (
    NEW,
    OLD,
    Asked,
    Links,
    address_of,
    ask,
    asked,
    confirm,
    person,
    sent,
    stop,
    token_in,
)
from tests.integration.life import trail
from tests.integration.test_mails import deliver

__all__ = ["asked", "person", "sent"]
WEEK = timedelta(days=7)


@pytest.fixture
def changed(client: FlaskClient, person: Person, asked: Asked) -> Links:
    """It has happened: who did it has the new address, a session and the password."""
    links = asked(person)
    assert confirm(client, bearer(client, person), links.confirm).status_code == 200
    return links


def test_it_is_stopped_before_it_happens(
    app: Flask, client: FlaskClient, make: Make, person: Person, asked: Asked, sent: list[Mail]
) -> None:
    browser, links = log_in(app.test_client(), person), asked(person)
    headers = bearer(client, person)

    assert stop(client, links.stop).status_code == 200
    assert address_of(make, person) == OLD
    problem(confirm(client, headers, links.confirm), 401)
    assert browser.get("/lessons").status_code == 303
    wrong = {"username": OLD, "password": PASSWORD}
    problem(client.post("/api/auth/login", data=wrong), 401)  # whoever asked knew it
    deliver(app)
    assert (sent[-1].to, "/forgot-password" in sent[-1].text) == (OLD, True)
    problem(stop(client, links.stop), 422, "nothing_to_stop")
    assert trail(make)[-1] == "account.email_change_stopped"


def test_it_is_taken_back_after_it_happened(
    app: Flask, client: FlaskClient, make: Make, person: Person, changed: Links, sent: list[Mail]
) -> None:
    intruder = bearer(client, Person(person.id, NEW))
    client.post("/api/auth/password-reset/request", json={"email": NEW})
    deliver(app)
    reset = next(mail for mail in sent if "/reset-password?token=" in mail.text)
    assert token_in(sent, "stop") == changed.stop  # the second mail has the same way back

    assert stop(client, changed.stop).status_code == 200
    assert address_of(make, person) == OLD
    problem(client.get("/api/auth/me", headers=intruder), 401, "invalid_token")
    token = reset.text.partition("/reset-password?token=")[2].split()[0]
    stolen = {"token": token, "new_password": "violet-harbour-77"}
    problem(client.post("/api/auth/password-reset/confirm", json=stolen), 422, "reset_link_used")
    for email in (OLD, NEW):
        wrong = {"username": email, "password": PASSWORD}
        problem(client.post("/api/auth/login", data=wrong), 401)
    with make.session() as session:
        assert session.get_one(User, person.id).email_verified_at is not None


def test_the_first_owner_gets_it_back_whatever_was_done_since(
    client: FlaskClient, make: Make, person: Person, changed: Links, asked: Asked
) -> None:
    now = Person(person.id, NEW)
    third = asked(now, "third@example.org")
    fresh = confirm(client, bearer(client, now), third.confirm).get_json()["access_token"]
    waiting = ask(client, {"Authorization": f"Bearer {fresh}"}, "fourth@example.org")
    assert waiting.status_code == 200

    assert stop(client, changed.stop).status_code == 200
    assert address_of(make, person) == OLD
    problem(stop(client, third.stop), 422, "nothing_to_stop")
    with make.session() as session:
        assert all(each.used for each in session.scalars(select(EmailChange)))


def test_it_ends_a_week_after_the_asking(
    client: FlaskClient, make: Make, clock: StoppedClock, person: Person, changed: Links
) -> None:
    clock.advance(WEEK - timedelta(seconds=1))
    assert client.get(f"/account/email/stop?token={changed.stop}").status_code == 200
    clock.advance(timedelta(seconds=1))
    problem(stop(client, changed.stop), 422, "nothing_to_stop")
    assert address_of(make, person) == NEW


def account(email: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD, "full_name": "An Intruder", "role": "student"}


def test_nobody_else_gets_the_old_address_while_it_can_come_back(
    client: FlaskClient, make: Make, clock: StoppedClock, person: Person, changed: Links
) -> None:
    other = make.student()
    problem(client.post("/api/auth/register", json=account(OLD)), 409, "email_taken")
    problem(ask(client, bearer(client, other), OLD), 409, "email_taken")
    assert ask(client, bearer(client, Person(person.id, NEW)), OLD).status_code == 200
    clock.advance(WEEK)
    assert client.post("/api/auth/register", json=account(OLD)).status_code == 201


def test_a_closed_account_keeps_nothing_of_it(
    client: FlaskClient, make: Make, person: Person, changed: Links
) -> None:
    gone = {"current_password": PASSWORD}
    headers = bearer(client, Person(person.id, NEW))
    assert client.delete("/api/auth/me", json=gone, headers=headers).status_code == 204
    problem(stop(client, changed.stop), 422, "nothing_to_stop")
    assert counts(make)["email_changes"] == 0


def test_old_ones_are_forgotten(
    app: Flask, make: Make, clock: StoppedClock, person: Person, asked: Asked
) -> None:
    asked(person)
    with app.app_context():
        assert services().email_changes.forget_old() == 0
    clock.advance(WEEK + timedelta(seconds=1))
    with app.app_context():
        assert services().email_changes.forget_old() == 1
    assert counts(make)["email_changes"] == 0


def test_opening_a_link_changes_nothing(
    app: Flask, client: FlaskClient, make: Make, person: Person, asked: Asked
) -> None:
    """Programs that check mails open every link in them, by GET and by HEAD."""
    links = asked(person)
    browser = log_in(app.test_client(), person)
    before = counts(make)
    for path, who in (("stop", client), ("confirm", browser)):
        token = getattr(links, path)
        for method in ("GET", "HEAD", "GET"):
            page = who.open(f"/account/email/{path}?token={token}", method=method)
            assert page.status_code == 200, path
            assert page.headers["Referrer-Policy"] == "no-referrer"
            assert page.headers["Cache-Control"] == "no-store"
        assert who.post(f"/account/email/{path}?token={token}").status_code == 400  # no CSRF token
    away = app.test_client().get(f"/account/email/confirm?token={links.confirm}")
    assert (away.status_code, away.location.partition("?")[0]) == (303, "/login")
    assert (counts(make), address_of(make, person)) == (before, OLD)
