"""Lessons whose people were mailed links, and what stands in the mails."""

import hashlib
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app.domain.lesson_links import LinkPurpose
from app.infra.mail_providers import Mail
from app.models.audit import AuditEntry
from app.models.base import Base
from app.models.booking import Booking
from app.models.user import User
from tests import databases
from tests.factories import Make, Person, Teacher
from tests.integration.life import book

VIEW, MOVE, CANCEL = LinkPurpose
LinkOf = Callable[..., str]
Links = dict[str, str]


def links_in(mail: Mail) -> Links:
    """Path and token by purpose, of those in the text."""
    return {found[2]: found[1] for found in re.finditer(r"(/links/(\w+)\?token=[\w-]+)", mail.text)}


def token_in(path: str) -> str:
    return path.partition("token=")[2]


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser that keeps no cookies, as those of some mail programs."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def link_of(app: Flask, make: Make) -> Callable[..., str]:
    """A link of a person to a booking as both are now."""

    def path(purpose: str, booking_id: int, person: Person) -> str:
        addresses = app.extensions["runtime"].lesson_addresses
        with make.session() as session:
            booking, user = session.get(Booking, booking_id), session.get(User, person.id)
            token = addresses.token(LinkPurpose(purpose), booking, user)
        return f"/links/{purpose}?token={token}"

    return path


def press(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Press the button of a link's page, as its form does: the token in the body."""
    token = token_in(path)
    return client.post(path.partition("?")[0], data={"token": token, **fields})


def digest(url: str) -> dict[str, str]:
    """Of every table all that it holds."""
    with databases.opened(url) as connection:
        return {
            table.name: hashlib.sha256(
                repr(
                    sorted(
                        repr(tuple(row))
                        for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))
                    )
                ).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def lesson(client: FlaskClient, student: Person, teacher: Teacher) -> int:
    """On Thursday at ten, in two days."""
    return int(book(client, student, teacher)["id"])


def stored(make: Make, lesson: int) -> Booking:
    with make.session() as session:
        return session.get_one(Booking, lesson)


def last_entry(make: Make) -> AuditEntry:
    with make.session() as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
