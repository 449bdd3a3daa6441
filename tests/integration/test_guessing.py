"""Guessing passwords: braked per account and address, per account from anywhere, and in all."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web import limits
from tests.answers import problem
from tests.clients import bearer, csrf_token
from tests.factories import PASSWORD, Make, Person
from tests.integration.test_limits import Limited, limited, login, statuses, too_fast

__all__ = ["limited"]


@pytest.fixture
def limited_app(limited: Limited) -> Iterator[Flask]:
    with limited() as app:
        yield app


@pytest.fixture
def client(limited_app: Flask) -> FlaskClient:
    return limited_app.test_client()


@pytest.fixture
def person(make: Make) -> Person:
    return make.student()


def test_of_many_guesses_at_once_five_are_looked_at(
    limited_app: Flask, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are counted before the password is hashed, so that speed buys nothing."""
    passwords, start, hashed = limited_app.extensions["runtime"].passwords, Barrier(16), []
    verify = passwords.verify

    def counting(password: str, stored: str | None) -> bool:
        hashed.append(password)
        return verify(password, stored)

    monkeypatch.setattr(passwords, "verify", counting)

    def attempt(number: int) -> int:
        client = limited_app.test_client()
        start.wait()
        return login(client, person.email, f"guess-{number}").status_code

    with ThreadPoolExecutor(16) as pool:
        got = Counter(pool.map(attempt, range(16)))
    assert got[429] == 11
    assert got[401] + got[503] == 5  # 503: more wait for a hash than may
    assert len(hashed) == 5


def test_many_addresses_cannot_guess_one_account(client: FlaskClient, person: Person) -> None:
    def ask(number: int, email: str = person.email) -> TestResponse:
        return login(client, email, address=f"10.1.{number // 3}.1")

    assert [ask(number).status_code for number in range(30)] == [401] * 30
    too_fast(ask(600), "Too many login attempts. Please try again later.")
    too_fast(login(client, person.email, PASSWORD, "10.9.9.9"))
    assert ask(601, "other@example.com").status_code == 401


def test_unknown_accounts_are_braked_alike(client: FlaskClient) -> None:
    def ask(number: int) -> int:
        return login(client, "nobody@example.com", address=f"10.2.{number // 3}.1").status_code

    assert [ask(number) for number in range(31)] == [401] * 30 + [429]


def test_a_success_wipes_out_what_was_counted(client: FlaskClient, person: Person) -> None:
    assert statuses(lambda: login(client, person.email), 4) == [401] * 4
    assert login(client, person.email, PASSWORD).status_code == 200
    client.environ_base["REMOTE_ADDR"] = "10.0.0.1"
    token = csrf_token(client)
    form = {"email": person.email, "csrf_token": token}
    failed = [client.post("/login", data=form | {"password": "no"}).status_code for _ in range(4)]
    assert failed == [401] * 4
    assert client.post("/login", data=form | {"password": PASSWORD}).status_code == 303
    assert statuses(lambda: login(client, person.email), 6) == [401] * 5 + [429]


def test_what_is_no_guess_does_not_count(client: FlaskClient, person: Person) -> None:
    def empty() -> TestResponse:
        sent = {"username": person.email, "password": ""}
        return client.post("/api/auth/login", json=sent, environ_base={"REMOTE_ADDR": "10.0.0.1"})

    assert statuses(empty, 8) == [422] * 8
    assert statuses(lambda: login(client, person.email), 6) == [401] * 5 + [429]


def test_all_accounts_together_are_braked(
    limited: Limited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of stolen passwords is tried against many accounts from many addresses."""
    assert limits.FAILURES_IN_ALL == "1000 per 5 minutes"
    monkeypatch.setattr(limits, "FAILURES_IN_ALL", "40 per 5 minutes")
    with limited() as app:
        client = app.test_client()
        got = Counter(
            login(client, f"a{number}@example.com", address=f"10.3.{number // 20}.1").status_code
            for number in range(42)
        )
    assert got == {401: 40, 429: 2}


Ask = Callable[[FlaskClient, int], TestResponse]


def hourly(path: str, **sent: object) -> Ask:
    return lambda client, number: client.post(
        path, json={name: str(each).format(number) for name, each in sent.items()}
    )


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (
            hourly(
                "/api/auth/register",
                email="n{}@example.com",
                password=PASSWORD,
                full_name="New",
                role="student",
            ),
            10,
        ),
        (hourly("/api/auth/password-reset/request", email="ann@example.com"), 3),
        (hourly("/api/auth/password-reset/request", email="ann{}@example.com"), 10),
    ],
)
def test_whoever_is_refused_is_told_when_to_come_back(
    client: FlaskClient, ask: Ask, most: int
) -> None:
    answers = [ask(client, number) for number in range(most + 1)]
    assert {answer.status_code for answer in answers[:-1]} <= {200, 201}
    problem(answers[-1], 429, "rate_limit_exceeded")
    assert 3500 <= int(answers[-1].headers["Retry-After"]) <= 3600
    assert answers[-1].headers["X-RateLimit-Remaining"] == "0"
    assert int(answers[-1].headers["X-RateLimit-Limit"]) == most


def test_confirmation_mails_are_few_per_person(client: FlaskClient, make: Make) -> None:
    one, other = (bearer(client, make.student(email_verified_at=None)) for _ in range(2))
    path = "/api/auth/email-verification/request"

    def ask(headers: dict[str, str], address: int) -> TestResponse:
        from_ = {"REMOTE_ADDR": f"10.4.0.{address}"}
        return client.post(path, headers=headers, environ_base=from_)

    assert [ask(one, number).status_code for number in range(3)] == [200] * 3
    too_fast(ask(one, 9), "Too many confirmation mails.")
    assert ask(other, 9).status_code == 200


def test_verification_links_cannot_be_guessed_quickly(client: FlaskClient) -> None:
    path = "/api/auth/email-verification/confirm"
    tries = statuses(lambda: client.post(path, json={"token": "guess"}), 11)
    assert tries == [422] * 10 + [429]
    looks = statuses(lambda: client.get("/verify-email?token=guess"), 21)
    assert looks == [410] * 20 + [429]


def test_the_password_cannot_be_guessed_by_closing(client: FlaskClient, person: Person) -> None:
    headers = bearer(client, person)
    sent = {"current_password": "wrong-password"}
    tries = statuses(lambda: client.delete("/api/auth/me", json=sent, headers=headers), 6)
    assert tries == [422] * 5 + [429]


@pytest.mark.parametrize(
    ("hops", "chain", "same"),
    [
        (0, "10.5.{0}.1", True),
        (0, "10.5.{0}.1, 10.6.{0}.1, 10.7.{0}.1", True),
        (1, "10.5.{0}.1, 10.9.9.9", True),
        (1, "10.9.9.9, 10.5.{0}.1", False),
        (2, "10.5.{0}.1, 10.9.9.9, 10.6.{0}.1", True),
        (2, "10.5.{0}.1, 10.6.{0}.1", False),
        (2, "10.5.{0}.1", True),  # too short a chain cannot have come through both proxies
    ],
)
def test_an_address_is_believed_only_as_far_as_our_own_proxies_reach(
    limited: Limited, monkeypatch: pytest.MonkeyPatch, hops: int, chain: str, same: bool
) -> None:
    monkeypatch.setattr(limits, "ANONYMOUS_API", "5 per minute")
    with limited(trusted_proxies=hops) as app:
        client = app.test_client()
        got = [
            client.get(
                "/api/instructors/", headers={"X-Forwarded-For": chain.format(number)}
            ).status_code
            for number in range(8)
        ]
    assert got == ([200] * 5 + [429] * 3 if same else [200] * 8)
