"""How often an address may be changed and a copy be asked for, and what the pages cost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus
from app.infra.clock import SystemClock
from app.models.session import UserSession
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, TUESDAY, Make, Person, at
from tests.integration.test_statements import BY_SESSION, Statements, statements

__all__ = ["statements"]
CHANGE, DATA = "/api/auth/email-change", "/api/auth/me/data"
PAGES = {
    "/account": 2,
    "/account/name": 0,
    "/account/time-zone": 0,
    "/account/password": 0,
    "/account/email": 1,
    "/account/sessions": 1,
    "/account/data": 0,
    "/account/close": 2,
}
"""Statements that a page takes at most, once it is known who asks."""


@pytest.fixture
def limited(settings: Settings) -> Iterator[FlaskClient]:
    with another_app(settings, SystemClock(), rate_limit_enabled=True) as app:
        yield app.test_client()


def test_nobody_asks_for_many_addresses(limited: FlaskClient, make: Make) -> None:
    """A taken address is answered as such, so that this must not be a list of who is here."""
    people = [make.student() for _ in range(3)]
    taken = {"new_email": people[0].email, "current_password": PASSWORD}
    answers = [
        limited.post(CHANGE, json=taken, headers=headers).status_code
        for headers in (bearer(limited, each) for each in people[1:])
        for _ in range(6)
    ]
    assert answers[:6] == [409] * 5 + [429]
    assert answers.count(409) <= 10
    told = limited.post(CHANGE, json=taken, headers=bearer(limited, people[0]))
    assert "Too many changes" in str(problem(told, 429)["detail"])
    assert int(told.headers["Retry-After"]) > 60


def test_a_copy_is_made_five_times_an_hour(limited: FlaskClient, make: Make) -> None:
    person, other = make.student(), make.student()
    headers, sent = bearer(limited, person), {"current_password": PASSWORD}
    answers = [limited.post(DATA, json=sent, headers=headers).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert limited.post(DATA, json=sent, headers=bearer(limited, other)).status_code == 200


def with_much(make: Make, lessons: int) -> Person:
    """Somebody with so many lessons ahead and behind, and so many sessions."""
    person, teacher = make.student(), make.instructor()
    for number in range(lessons):
        ahead, behind = TUESDAY + timedelta(days=1 + number), TUESDAY - timedelta(days=1 + number)
        make.booking(person, teacher, at(ahead, "10:00"))
        make.booking(person, teacher, at(behind, "10:00"), status=BookingStatus.COMPLETED)
        make._stored(
            UserSession(
                user_id=person.id,
                token_hash=f"{person.id}-{number}",
                auth_version=0,
                created_at=at(TUESDAY, "06:00"),
                last_seen_at=at(TUESDAY, "06:00"),
            )
        )
    return person


@pytest.mark.parametrize("lessons", [1, 30])
def test_pages_cost_the_same_for_little_and_for_much(
    app: Flask, make: Make, statements: Statements, lessons: int
) -> None:
    client = log_in(app.test_client(), with_much(make, lessons))
    for path, most in PAGES.items():
        taken = statements.of(lambda path=path: client.get(path)) - BY_SESSION
        assert taken <= most, (path, statements)


@pytest.mark.parametrize("lessons", [1, 30])
def test_a_copy_takes_one_statement_for_each_kind_of_thing(
    app: Flask, client: FlaskClient, make: Make, statements: Statements, lessons: int
) -> None:
    headers = bearer(client, with_much(make, lessons))
    sent = {"current_password": PASSWORD}
    assert statements.of(lambda: client.post(DATA, json=sent, headers=headers)) <= 30
