"""Confirming an address: a link by mail, a button, once; until then few lessons."""

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
from sqlalchemy import select

from app.domain.mails import MailKind
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.infra.tokens import token_hash
from app.models.email_verification import EmailVerificationToken
from app.models.outbox import OutboxMail
from app.models.user import User
from app.services.mail_words import BLUE
from config import Settings
from tests.answers import counts, problem
from tests.applications import another_app
from tests.clients import bearer, csrf_token, log_in
from tests.factories import PASSWORD, WEDNESDAY, Make, Person, Teacher
from tests.integration.life import trail
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
STRINGS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))
AGAIN, CONFIRM = (f"/api/auth/email-verification/{step}" for step in ("request", "confirm"))
Linked = Callable[[Person], str]


@pytest.fixture
def person(make: Make) -> Person:
    """Somebody who has not confirmed his address."""
    return make.student(email_verified_at=None)


@pytest.fixture
def linked(app: Flask, client: FlaskClient, sent: list[Mail]) -> Linked:
    """Asks for a link and reads it from the mail."""

    def ask(person: Person) -> str:
        assert client.post(AGAIN, headers=bearer(client, person)).status_code == 200
        deliver(app)
        return token_in(sent[-1])

    return ask


def token_in(mail: Mail) -> str:
    found = re.search(r"/verify-email\?token=([\w-]+)", mail.text)
    assert found is not None
    return found[1]


def confirm(client: FlaskClient, token: str):
    return client.post(CONFIRM, json={"token": token})


def is_verified(client: FlaskClient, person: Person) -> bool:
    told = client.get("/api/auth/me", headers=bearer(client, person)).get_json()
    return bool(told["email_verified"])


def test_a_new_account_gets_a_link_that_confirms_its_address(
    app: Flask, client: FlaskClient, make: Make, sent: list[Mail]
) -> None:
    account = {"email": "ann@example.com", "password": PASSWORD, "full_name": "Ann Lee"}
    answer = client.post("/api/auth/register", json=account | {"role": "student"})
    assert answer.get_json()["email_verified"] is False
    ann = Person(answer.get_json()["id"], "ann@example.com")

    deliver(app)
    mail = next(each for each in sent if "confirm" in each.subject.lower())
    assert (mail.to, BLUE in mail.html) == ("ann@example.com", True)
    assert token_in(mail) in mail.html
    assert not is_verified(client, ann)

    assert confirm(client, token_in(mail)).status_code == 200
    assert is_verified(client, ann)
    assert trail(make) == ["account.register", "account.verified"]


def test_a_link_confirms_once(client: FlaskClient, person: Person, linked: Linked) -> None:
    token = linked(person)
    assert confirm(client, token).status_code == 200
    problem(confirm(client, token), 422, "verification_link_used")
    problem(client.post(AGAIN, headers=bearer(client, person)), 409, "already_verified")


def test_of_twenty_at_once_one_succeeds(
    app: Flask, make: Make, person: Person, linked: Linked
) -> None:
    token, start = linked(person), Barrier(20)

    def attempt(_: int) -> int:
        client = app.test_client()
        start.wait()
        return confirm(client, token).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(20)))
    assert answers.count(200) == 1
    assert set(answers) <= {200, 422, 503}  # 503: SQLite's one writer was waited for too long
    assert trail(make).count("account.verified") == 1


def test_a_link_lasts_a_week(
    client: FlaskClient, clock: StoppedClock, person: Person, linked: Linked
) -> None:
    token = linked(person)
    clock.advance(timedelta(days=7))
    problem(confirm(client, token), 422, "verification_link_expired")
    assert not is_verified(client, person)


def test_a_newer_link_makes_the_older_useless(
    client: FlaskClient, person: Person, linked: Linked
) -> None:
    older, newer = linked(person), linked(person)
    problem(confirm(client, older), 422, "verification_link_used")
    assert confirm(client, newer).status_code == 200


@pytest.mark.parametrize("change", [{"email": "other@example.com"}, {"is_active": False}])
def test_a_link_speaks_for_the_address_it_was_sent_to_and_an_open_account(
    client: FlaskClient, make: Make, person: Person, linked: Linked, change: dict[str, object]
) -> None:
    token = linked(person)
    with make.session() as session:
        for name, value in change.items():
            setattr(session.get_one(User, person.id), name, value)
        session.commit()
    problem(confirm(client, token), 422, "verification_link_invalid")
    with make.session() as session:
        assert session.get_one(User, person.id).email_verified_at is None


def test_no_link_does_another_links_work(
    app: Flask, client: FlaskClient, person: Person, linked: Linked, sent: list[Mail]
) -> None:
    verification = linked(person)
    reset_path = "/api/auth/password-reset"
    client.post(f"{reset_path}/request", json={"email": person.email})
    deliver(app)
    found = re.search(r"/reset-password\?token=([\w-]+)", sent[-1].text)
    assert found is not None

    problem(confirm(client, found[1]), 422, "verification_link_invalid")
    wrong = {"token": verification, "new_password": "violet-harbour-77"}
    problem(client.post(f"{reset_path}/confirm", json=wrong), 422, "reset_link_invalid")
    told = client.get(f"{reset_path}/verify/{verification}").get_json()
    assert told == {"valid": False}
    tokens = app.extensions["runtime"].sender
    assert tokens.reset_tokens.token("one") != tokens.verification_tokens.token("one")


def test_nothing_in_the_database_is_a_link(
    make: Make, client: FlaskClient, person: Person, linked: Linked
) -> None:
    token = linked(person)
    with make.session() as session:
        link = session.scalars(select(EmailVerificationToken)).one()
        mail = session.scalars(select(OutboxMail)).one()
    assert (link.token, mail.kind) == (token_hash(token), MailKind.VERIFY_EMAIL)
    assert person.email not in str(vars(link))
    assert token not in f"{mail.text}{mail.html}{mail.facts}{mail.dedupe_key}"
    assert "(hidden)" in mail.text
    problem(confirm(client, link.token), 422, "verification_link_invalid")


def test_opening_a_link_changes_nothing_and_the_button_does(
    client: FlaskClient, make: Make, person: Person, linked: Linked
) -> None:
    path = f"/verify-email?token={linked(person)}"
    before = counts(make)
    for method in ("GET", "GET", "HEAD"):  # programs that check mails open every link
        page = client.open(path, method=method)
        assert page.status_code == 200
        assert page.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
        assert page.headers["Cache-Control"] == "no-store"
    assert (counts(make), is_verified(client, person)) == (before, False)

    assert client.post(path).status_code == 400  # without the form's token
    assert not is_verified(client, person)
    answer = client.post(path, data={"csrf_token": csrf_token(client)})
    assert (answer.status_code, answer.location) == (303, "/login")
    assert is_verified(client, person)
    assert client.get(path).status_code == 410
    assert client.post(path, data={"csrf_token": csrf_token(client)}).status_code == 410


def test_pages_ask_for_it_and_send_another_link(
    app: Flask, client: FlaskClient, person: Person, sent: list[Mail]
) -> None:
    log_in(client, person)
    page = client.get("/lessons?view=past").text
    assert "Please confirm your email address." in page
    found = re.search(r'action="(/verify-email/send[^"]*)"', page)
    assert found is not None

    answer = client.post(found[1], data={"csrf_token": csrf_token(client, "/lessons")})
    assert (answer.status_code, answer.location) == (303, "/lessons?view=past")
    assert "A new link is on its way." in client.get("/lessons").text
    deliver(app)
    token = {"csrf_token": csrf_token(client, "/lessons")}
    answer = client.post(f"/verify-email?token={token_in(sent[-1])}", data=token)
    assert (answer.status_code, answer.location) == (303, "/lessons")
    assert "Please confirm" not in client.get("/lessons").text
    client.post("/verify-email/send", data=token)
    assert "confirmed already" in client.get("/lessons").text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_asking_again_leads_nowhere_else(client: FlaskClient, person: Person, wanted: str) -> None:
    log_in(client, person)
    sent = {"csrf_token": csrf_token(client, "/lessons")}
    answer = client.post("/verify-email/send", query_string={"next": wanted}, data=sent)
    assert answer.location == "/lessons"


def test_no_token_can_break_the_page(client: FlaskClient, make: Make) -> None:
    token, before = csrf_token(client), counts(make)
    for text in STRINGS:
        query = {"token": text.encode("utf-8", "replace").decode()}
        looked = client.get("/verify-email", query_string=query)
        pressed = client.post("/verify-email", query_string=query, data={"csrf_token": token})
        assert {looked.status_code, pressed.status_code} <= {410, 422}, text[:80]
    assert counts(make) == before


def wish(teacher: Teacher, hour: int) -> dict[str, object]:
    return {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
        "start_time": f"{hour:02}:00",
    }


def test_an_unconfirmed_address_holds_two_lessons_to_come(
    settings: Settings, make: Make, clock: StoppedClock, person: Person
) -> None:
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY)
    with another_app(settings, clock, unverified_lessons=2) as app:
        client = app.test_client()
        headers = bearer(client, person)

        def book(hour: int):
            return client.post("/api/bookings/", json=wish(teacher, hour), headers=headers)

        assert [book(hour).status_code for hour in (9, 10)] == [201, 201]
        told = problem(book(11), 422, "verify_email_first")
        assert told["detail"] == "Please confirm your email address before you book more lessons."
        log_in(client, person)
        path = f"/instructors/{teacher.id}/book?service={teacher.service_id}&minutes=60"
        path += "&start=2026-12-02T17:00:00Z"
        form = {"agreed_price": "60.00", "csrf_token": csrf_token(client, "/lessons")}
        page = client.post(path, data=form)
        assert (page.status_code, str(told["detail"]) in page.text) == (422, True)
        assert "/verify-email/send?next=" in page.text
        with make.session() as session:
            session.get_one(User, person.id).email_verified_at = clock.now()
            session.commit()
        assert book(11).status_code == 201


def test_an_account_made_by_the_command_line_is_vouched_for(app: Flask, make: Make) -> None:
    made = ["users", "create", "--email", "help@example.com", "--role", "support"]
    done = app.test_cli_runner().invoke(args=made, input=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    with make.session() as session:
        assert session.scalars(select(User)).one().email_verified_at is not None
        assert session.scalars(select(OutboxMail)).all() == []
