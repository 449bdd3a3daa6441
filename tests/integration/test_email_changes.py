"""Another address for an account: asked for with the password, confirmed by a link, told."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.infra.tokens import token_hash
from app.models.email_change import EmailChange
from app.models.outbox import OutboxMail
from app.models.password_reset import PasswordResetToken
from app.models.user import User
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, Make, Person
from tests.integration.addresses import (
    CHANGE,
    NEW,
    OLD,
    Asked,
    address_of,
    ask,
    asked,
    confirm,
    person,
    sent,
    stop,
)
from tests.integration.life import trail
from tests.integration.test_mails import deliver

__all__ = ["asked", "person", "sent"]
STRINGS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))


def test_asking_changes_nothing_and_mails_both_addresses(
    client: FlaskClient, make: Make, person: Person, asked: Asked, sent: list[Mail]
) -> None:
    asked(person)

    assert address_of(make, person) == OLD
    to_new, to_old = sent
    assert (to_new.to, to_old.to) == (NEW, OLD)
    assert "/account/email/confirm?token=" in to_new.text
    assert "/account/email/stop?token=" in to_old.text
    assert "an***@example.org" in to_old.text
    assert NEW not in to_old.text
    told = client.get(CHANGE, headers=bearer(client, person)).get_json()
    assert told == {"new_email": NEW, "expires_at": "2026-12-02T12:00:00Z"}
    assert trail(make) == ["account.email_change_asked"]


def test_confirming_changes_it_and_ends_everything_older(
    app: Flask, client: FlaskClient, make: Make, person: Person, asked: Asked, sent: list[Mail]
) -> None:
    browser, old = log_in(app.test_client(), person), bearer(client, person)
    client.post("/api/auth/password-reset/request", json={"email": OLD})
    links = asked(person, headers=old)

    answer = confirm(client, old, links.confirm)
    assert answer.status_code == 200
    assert address_of(make, person) == NEW
    problem(client.get("/api/auth/me", headers=old), 401, "invalid_token")
    assert browser.get("/lessons").status_code == 303
    fresh = {"Authorization": f"Bearer {answer.get_json()['access_token']}"}
    told = client.get("/api/auth/me", headers=fresh).get_json()
    assert (told["email"], told["email_verified"]) == (NEW, True)
    assert bearer(client, Person(person.id, NEW))
    wrong = {"username": OLD, "password": PASSWORD}
    problem(client.post("/api/auth/login", data=wrong), 401, "bad_credentials")
    with make.session() as session:
        assert session.scalars(select(PasswordResetToken.used)).all() == [True]
    deliver(app)
    assert (sent[-1].to, sent[-1].subject) == (
        OLD,
        "Your InstaInstru Email Address Has Been Changed",
    )
    assert client.get(CHANGE, headers=fresh).get_json() == {"new_email": None, "expires_at": None}
    assert trail(make)[-1] == "account.email"


def test_a_link_works_once_for_a_day_and_only_the_newest(
    client: FlaskClient, clock: StoppedClock, make: Make, person: Person, asked: Asked
) -> None:
    older, newer = asked(person), asked(person, "ann.two@example.org")
    headers = bearer(client, person)
    problem(confirm(client, headers, older.confirm), 422, "email_change_link_used")
    clock.advance(timedelta(days=1))
    headers = bearer(client, person)
    problem(confirm(client, headers, newer.confirm), 422, "email_change_link_expired")
    assert address_of(make, person) == OLD

    again = asked(person)
    fresh = confirm(client, bearer(client, person), again.confirm).get_json()["access_token"]
    headers = {"Authorization": f"Bearer {fresh}"}
    problem(confirm(client, headers, again.confirm), 422, "email_change_link_used")


def test_only_whoever_asked_can_confirm(
    client: FlaskClient, make: Make, person: Person, asked: Asked
) -> None:
    """Who reads a mistyped address gets a link, and no account by it."""
    stranger, links = make.student(), asked(person)
    told = problem(
        confirm(client, bearer(client, stranger), links.confirm), 422, "email_change_link_invalid"
    )
    unknown = problem(
        confirm(client, bearer(client, stranger), "nothing"), 422, "email_change_link_invalid"
    )
    assert told["detail"] == unknown["detail"]
    problem(client.post(f"{CHANGE}/confirm", json={"token": links.confirm}), 401)
    assert (address_of(make, person), address_of(make, stranger)) == (OLD, stranger.email)


def test_of_many_confirmations_at_once_one_succeeds(
    app: Flask, client: FlaskClient, make: Make, person: Person, asked: Asked
) -> None:
    links, headers, start = asked(person), bearer(client, person), Barrier(8)

    def attempt(_: int) -> int:
        start.wait()
        return confirm(app.test_client(), headers, links.confirm).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(8)))
    assert answers.count(200) == 1
    assert set(answers) <= {200, 401, 422, 503}
    assert trail(make).count("account.email") == 1


@pytest.mark.parametrize("round_", range(3))
def test_of_many_requests_at_once_one_link_stays_open(
    app: Flask, client: FlaskClient, make: Make, person: Person, round_: int
) -> None:
    headers, start = bearer(client, person), Barrier(5)

    def attempt(number: int) -> int:
        start.wait()
        return ask(app.test_client(), headers, f"ann{number}@example.org").status_code

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(attempt, range(5))) <= {200, 503}
    with make.session() as session:
        still_open = select(EmailChange).where(EmailChange.used.is_(False))
        assert len(session.scalars(still_open).all()) == 1


@pytest.mark.parametrize(
    ("new", "password", "status", "code"),
    [
        ("taken@example.com", PASSWORD, 409, "email_taken"),
        (" Taken@Example.COM ", PASSWORD, 409, "email_taken"),
        ("taken@example.com", "wrong", 422, "wrong_password"),  # nobody looks who lacks it
        (NEW, "wrong", 422, "wrong_password"),
        (NEW, "x" * 200, 422, "wrong_password"),
        ("ANN@example.com", PASSWORD, 422, "same_address"),
        ("nobody", PASSWORD, 422, "validation_error"),
        (f"{'a' * 250}@example.com", PASSWORD, 422, "validation_error"),
        ("", PASSWORD, 422, "validation_error"),
    ],
)
def test_a_refusal_leaves_everything_as_it_was(
    client: FlaskClient,
    make: Make,
    person: Person,
    new: str,
    password: str,
    status: int,
    code: str,
) -> None:
    make.student(email="taken@example.com")
    headers, before = bearer(client, person), counts(make)
    problem(ask(client, headers, new, password), status, code)
    assert counts(make) == before


def test_an_address_that_was_taken_meanwhile_is_refused_and_the_link_stays_good(
    client: FlaskClient, make: Make, person: Person, asked: Asked
) -> None:
    links = asked(person)
    rival = make.student(email=NEW)
    before = counts(make)
    problem(confirm(client, bearer(client, person), links.confirm), 409, "email_taken")
    assert (address_of(make, person), counts(make)) == (OLD, before)
    with make.session() as session:
        session.delete(session.get_one(User, rival.id))
        session.commit()
    assert confirm(client, bearer(client, person), links.confirm).status_code == 200


def test_what_was_asked_for_can_be_called_off(
    client: FlaskClient, make: Make, person: Person, asked: Asked
) -> None:
    links, headers = asked(person), bearer(client, person)
    assert client.delete(CHANGE, headers=headers).status_code == 204
    assert client.delete(CHANGE, headers=headers).status_code == 204
    problem(confirm(client, headers, links.confirm), 422, "email_change_link_used")
    problem(stop(client, links.stop), 422, "nothing_to_stop")
    assert address_of(make, person) == OLD
    assert trail(make) == ["account.email_change_asked", "account.email_change_cancelled"]


def test_nothing_in_the_database_is_a_link(
    make: Make, client: FlaskClient, person: Person, asked: Asked
) -> None:
    links = asked(person)
    with make.session() as session:
        change = session.scalars(select(EmailChange)).one()
        mails = session.scalars(select(OutboxMail)).all()
    assert (change.token, change.stop_token) == (token_hash(links.confirm), token_hash(links.stop))
    assert links.confirm != links.stop
    for mail in mails:
        kept = f"{mail.text}{mail.html}{mail.facts}{mail.dedupe_key}{vars(change)}"
        assert links.confirm not in kept
        assert links.stop not in kept
    headers = bearer(client, person)
    for other in (change.token, change.stop_token, change.nonce, links.stop):
        problem(confirm(client, headers, other), 422, "email_change_link_invalid")
    problem(stop(client, links.confirm), 422, "nothing_to_stop")


def test_no_text_can_break_it(client: FlaskClient, make: Make, person: Person) -> None:
    headers, before = bearer(client, person), counts(make)
    for text in STRINGS:
        for answer in (
            ask(client, headers, text),
            confirm(client, headers, text),
            stop(client, text),
        ):
            assert answer.status_code == 422, text[:80]
    assert counts(make) == before
