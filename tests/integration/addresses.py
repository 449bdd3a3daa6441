"""A changing address as its tests see it: asking, and the links in the mails about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.mail_providers import Mail
from app.models.user import User
from tests.clients import bearer
from tests.factories import PASSWORD, Make, Person
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
CHANGE = "/api/auth/email-change"
OLD, NEW = "ann@example.com", "ann.lee@example.org"


@dataclass(frozen=True)
class Links:
    """What the new address and the old one got."""

    confirm: str
    stop: str


Asked = Callable[..., Links]


@pytest.fixture
def person(make: Make) -> Person:
    return make.student(email=OLD, full_name="Ann Lee")


@pytest.fixture
def asked(app: Flask, client: FlaskClient, sent: list[Mail]) -> Asked:
    """Asks for a change and reads the links from the mails."""

    def ask_for(person: Person, new: str = NEW, headers: dict[str, str] | None = None) -> Links:
        answer = ask(client, headers or bearer(client, person), new)
        assert answer.status_code == 200, answer.text
        deliver(app)
        return Links(token_in(sent, "confirm"), token_in(sent, "stop"))

    return ask_for


def ask(
    client: FlaskClient, headers: dict[str, str], new: str = NEW, password: str = PASSWORD
) -> TestResponse:
    wanted = {"new_email": new, "current_password": password}
    return client.post(CHANGE, json=wanted, headers=headers)


def confirm(client: FlaskClient, headers: dict[str, str], token: str) -> TestResponse:
    return client.post(f"{CHANGE}/confirm", json={"token": token}, headers=headers)


def stop(client: FlaskClient, token: str) -> TestResponse:
    return client.post(f"{CHANGE}/stop", json={"token": token})


def token_in(mails: list[Mail], act: str) -> str:
    """Of the newest mail with such a link."""
    texts = [mail.text for mail in reversed(mails) if f"/account/email/{act}?" in mail.text]
    found = re.search(rf"/account/email/{act}\?token=([\w-]+)", texts[0])
    assert found is not None
    return found[1]


def address_of(make: Make, person: Person) -> str:
    with make.session() as session:
        return session.get_one(User, person.id).email
