"""A forgotten password: alike for everybody, once, within an hour, and everybody else is out."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.extensions import db
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.infra.tokens import token_hash
from app.models.audit import AuditEntry
from app.models.outbox import OutboxMail
from app.models.password_reset import PasswordResetToken
from app.models.user import User
from app.services import password_reset
from config import Settings
from tests.answers import counts, problem
from tests.applications import another_app
from tests.clients import bearer, csrf_token, log_in
from tests.factories import Make, Person
from tests.integration.test_database_busy import be_impatient, written_elsewhere
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
STRINGS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))
NEW = "violet-harbour-77"
REQUEST, CONFIRM = "/api/auth/password-reset/request", "/api/auth/password-reset/confirm"
Linked = Callable[[Person], str]


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long requests waited before they answered."""
    waited: list[float] = []
    monkeypatch.setattr(password_reset.time, "sleep", waited.append)
    return waited


@pytest.fixture
def person(make: Make) -> Person:
    return make.student()


@pytest.fixture
def linked(app: Flask, client: FlaskClient, sent: list[Mail]) -> Linked:
    """Asks for a link and reads it from the mail."""

    def ask(person: Person) -> str:
        assert client.post(REQUEST, json={"email": person.email}).status_code == 200
        deliver(app)
        found = re.search(r"/reset-password\?token=([\w-]+)", sent[-1].text)
        assert found is not None
        return found[1]

    return ask


def confirm(client: FlaskClient, token: str, password: str = NEW):
    return client.post(CONFIRM, json={"token": token, "new_password": password})


def can_sign_in(client: FlaskClient, person: Person, password: str) -> bool:
    sent = {"username": person.email, "password": password}
    return client.post("/api/auth/login", json=sent).status_code == 200


def test_a_link_sets_a_new_password_once(
    client: FlaskClient, person: Person, linked: Linked
) -> None:
    token = linked(person)
    assert confirm(client, token).status_code == 200
    assert can_sign_in(client, person, NEW)
    assert not can_sign_in(client, person, person.password)
    problem(confirm(client, token, "another-lantern-9"), 422, "reset_link_used")
    assert can_sign_in(client, person, NEW)


def test_everybody_who_was_signed_in_is_out(
    app: Flask, client: FlaskClient, person: Person, linked: Linked
) -> None:
    browser, token = log_in(app.test_client(), person), bearer(client, person)
    assert browser.get("/lessons").status_code == 200
    confirm(client, linked(person))
    assert browser.get("/lessons").status_code == 303
    problem(client.get("/api/auth/me", headers=token), 401, "invalid_token")


def test_known_unknown_and_inactive_addresses_are_answered_alike(
    client: FlaskClient, make: Make, person: Person, pauses: list[float]
) -> None:
    closed = make.student(is_active=False)
    told = [
        client.post(REQUEST, json={"email": email})
        for email in (person.email, "nobody@example.com", closed.email)
    ]
    assert {each.status_code for each in told} == {200}
    assert len({each.get_data() for each in told}) == 1
    for each in told:
        each.headers.remove("X-Request-ID")
    assert len({str(each.headers) for each in told}) == 1
    assert len(pauses) == 3  # each waits until the same time after it came
    assert counts(make)["password_reset_tokens"] == 1


def test_who_is_known_does_not_show_while_nothing_can_be_written(
    settings: Settings, make: Make, clock: StoppedClock, person: Person
) -> None:
    with another_app(settings, clock) as app:
        with app.app_context():
            event.listen(db.engine, "connect", be_impatient)
        with written_elsewhere(settings.database_url):
            known, unknown = (
                app.test_client().post(REQUEST, json={"email": email}).status_code
                for email in (person.email, "nobody@example.com")
            )
    assert known == unknown


def test_a_link_that_came_by_mail_proves_the_address(
    client: FlaskClient, make: Make, linked: Linked
) -> None:
    person = make.student(email_verified_at=None)

    confirm(client, linked(person))

    me = client.get("/api/auth/me", headers=bearer(client, Person(person.id, person.email, NEW)))
    assert me.get_json()["email_verified"] is True


@pytest.mark.parametrize(
    "path",
    ["/reset-password?token=a", "/verify-email?token=a", "/api/auth/password-reset/verify/a"],
)
def test_no_request_carries_a_link_on(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Referrer-Policy"] == "no-referrer"


def test_nothing_in_the_database_is_a_link(
    make: Make, client: FlaskClient, person: Person, linked: Linked
) -> None:
    token = linked(person)
    with make.session() as session:
        link = session.scalars(select(PasswordResetToken)).one()
        mail = session.scalars(select(OutboxMail)).one()
    assert link.token == token_hash(token)
    assert token not in f"{mail.text}{mail.html}{mail.facts}{mail.dedupe_key}"
    assert "(hidden)" in mail.text
    problem(confirm(client, link.token), 422, "reset_link_invalid")


def test_a_link_lasts_an_hour(
    client: FlaskClient, clock: StoppedClock, person: Person, linked: Linked
) -> None:
    token = linked(person)
    clock.move_to(clock.now() + timedelta(hours=1))
    problem(confirm(client, token), 422, "reset_link_expired")
    answer = client.get(f"/api/auth/password-reset/verify/{token}")
    assert answer.get_json() == {"valid": False}
    assert can_sign_in(client, person, person.password)


def test_a_newer_link_makes_the_older_useless(
    client: FlaskClient, person: Person, linked: Linked
) -> None:
    older, newer = linked(person), linked(person)
    problem(confirm(client, older), 422, "reset_link_used")
    assert confirm(client, newer).status_code == 200


def test_a_link_of_somebody_deactivated_is_dead(
    client: FlaskClient, make: Make, person: Person, linked: Linked
) -> None:
    token = linked(person)
    with make.session() as session:
        session.get_one(User, person.id).is_active = False
        session.commit()
    problem(confirm(client, token), 422, "reset_link_invalid")


def test_of_twenty_at_once_one_succeeds(
    app: Flask, client: FlaskClient, person: Person, linked: Linked, make: Make
) -> None:
    token, start = linked(person), Barrier(20)

    def attempt(number: int) -> tuple[int, str]:
        password = f"violet-harbour-{number:03}"
        start.wait()
        return confirm(app.test_client(), token, password).status_code, password

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(20)))
    winners = [password for status, password in answers if status == 200]
    assert len(winners) == 1
    assert {status for status, _ in answers} <= {200, 422, 503}  # 503: too many hashes at once
    assert can_sign_in(client, person, winners[0])
    with make.session() as session:
        done = select(AuditEntry).where(AuditEntry.action == "account.password_reset")
        assert len(session.scalars(done).all()) == 1


def test_no_password_can_break_the_form_of_a_link(
    app: Flask, client: FlaskClient, person: Person, linked: Linked
) -> None:
    path = f"/reset-password?token={linked(person)}"
    for text in STRINGS:
        form = {"password": text.encode("utf-8", "replace").decode()}
        answer = client.post(path, data=form | {"csrf_token": csrf_token(client)})
        assert answer.status_code in (303, 422), (text[:80], answer.text[:300])
        if answer.status_code == 303:
            path = f"/reset-password?token={linked(person)}"


def test_a_refused_password_leaves_the_link_good(
    client: FlaskClient, person: Person, linked: Linked
) -> None:
    token = linked(person)
    problem(confirm(client, token, "short"), 422, "password_refused")
    problem(confirm(client, token, person.email), 422, "password_refused")
    assert confirm(client, token).status_code == 200


@pytest.mark.parametrize(
    ("email", "masked"),
    [("joanna@example.com", "jo***@example.com"), ("jo@example.com", "***@example.com")],
)
def test_a_good_link_names_its_account_masked(
    client: FlaskClient, make: Make, linked: Linked, email: str, masked: str
) -> None:
    token = linked(make.student(email=email))
    told = client.get(f"/api/auth/password-reset/verify/{token}").get_json()
    assert told == {"valid": True, "email": masked}


def test_whoever_owns_the_account_learns_of_the_change(
    app: Flask, client: FlaskClient, person: Person, linked: Linked, sent: list[Mail]
) -> None:
    confirm(client, linked(person))
    deliver(app)
    assert [mail.to for mail in sent] == [person.email, person.email]
    assert "Password Has Been Reset" in sent[-1].subject


def test_the_pages_lead_from_forgetting_to_signing_in(
    app: Flask, client: FlaskClient, person: Person, sent: list[Mail]
) -> None:
    form = {"email": person.email, "csrf_token": csrf_token(client)}
    assert "on its way" in client.post("/forgot-password", data=form).get_data(as_text=True)
    deliver(app)
    path = re.search(r"/reset-password\?token=[\w-]+", sent[-1].text)
    assert path is not None
    for _ in range(3):  # a mail scanner opens links and uses nothing up
        assert client.get(path[0]).status_code == 200
    form = {"password": "short", "csrf_token": csrf_token(client)}
    refused = client.post(path[0], data=form)
    assert (refused.status_code, "at least 8" in refused.get_data(as_text=True)) == (422, True)
    answer = client.post(path[0], data=form | {"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/login")
    assert client.get(path[0]).status_code == 410
    assert can_sign_in(client, person, NEW)
