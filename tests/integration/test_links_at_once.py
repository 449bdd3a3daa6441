"""Links that are asked for by many requests at once: one of them stays open."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.mail_providers import Mail
from app.infra.tokens import token_hash
from app.models.email_verification import EmailVerificationToken
from app.models.password_reset import PasswordResetToken
from app.models.secret_link import SecretLink
from tests.clients import bearer
from tests.factories import Make, Person
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
MANY = 6
VERIFY, RESET = "/api/auth/email-verification", "/api/auth/password-reset"


@pytest.fixture
def person(make: Make) -> Person:
    return make.student(email_verified_at=None)


def at_once(ask: Callable[[], int]) -> None:
    start = Barrier(MANY)

    def one(_: int) -> int:
        start.wait()
        return ask()

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(one, range(MANY)))
    assert answers.count(200) >= 2
    assert set(answers) <= {200, 503}  # 503: SQLite's one writer was waited for too long


def still_open(make: Make, model: type[SecretLink]) -> SecretLink:
    with make.session() as session:
        return session.scalars(select(model).where(model.used.is_(False))).one()


def tokens_in(mails: list[Mail]) -> list[str]:
    found = [re.search(r"\?token=([\w-]+)", mail.text) for mail in mails]
    return [each[1] for each in found if each]


@pytest.mark.parametrize("round_", range(3))
def test_of_links_to_confirm_an_address(
    app: Flask, client: FlaskClient, make: Make, person: Person, sent: list[Mail], round_: int
) -> None:
    headers = bearer(client, person)
    at_once(lambda: app.test_client().post(f"{VERIFY}/request", headers=headers).status_code)

    link = still_open(make, EmailVerificationToken)
    deliver(app)
    answers = {
        token_hash(token) == link.token: client.post(
            f"{VERIFY}/confirm", json={"token": token}
        ).status_code
        for token in sorted(tokens_in(sent), key=lambda each: token_hash(each) == link.token)
    }
    assert answers == {False: 422, True: 200}


@pytest.mark.parametrize("round_", range(3))
def test_of_links_to_a_new_password(
    app: Flask, make: Make, person: Person, sent: list[Mail], round_: int
) -> None:
    wanted = {"email": person.email}
    at_once(lambda: app.test_client().post(f"{RESET}/request", json=wanted).status_code)

    link = still_open(make, PasswordResetToken)
    deliver(app)
    assert [token_hash(token) for token in tokens_in(sent)].count(link.token) == 1
