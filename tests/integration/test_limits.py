"""How often somebody may ask: counted per account, address and person, and hard to get around."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.vocabulary import Role
from app.infra.clock import SystemClock
from app.web import limits
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.clients import HTMX, bearer, csrf_token
from tests.factories import PASSWORD, WEDNESDAY, Make, Person

Limited = Callable[..., AbstractContextManager[Flask]]


@pytest.fixture
def limited(settings: Settings) -> Limited:
    """Makes applications that count; each counts for itself unless it is given a Redis."""
    return partial(another_app, settings, SystemClock(), rate_limit_enabled=True)


@pytest.fixture
def client(limited: Limited) -> Iterator[FlaskClient]:
    with limited() as app:
        yield app.test_client()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """General limits of five, so that reaching them takes no time."""
    monkeypatch.setattr(limits, "ANONYMOUS_API", "5 per minute")
    monkeypatch.setattr(limits, "PERSONAL_API", "7 per minute")
    monkeypatch.setattr(limits, "PAGES", "5 per minute")


def login(
    client: FlaskClient, name: str, password: str = "wrong-password", address: str = "10.0.0.1"
) -> TestResponse:
    sent = {"username": name, "password": password}
    return client.post("/api/auth/login", json=sent, environ_base={"REMOTE_ADDR": address})


def too_fast(answer: TestResponse, words: str = "") -> None:
    told = problem(answer, 429, "rate_limit_exceeded")
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600
    assert words in str(told["detail"])


def statuses(ask: Callable[[], TestResponse], times: int) -> list[int]:
    return [ask().status_code for _ in range(times)]


def test_five_failures_close_an_account_for_one_address(client: FlaskClient, make: Make) -> None:
    person, other = make.student(), make.student()

    assert statuses(lambda: login(client, person.email), 5) == [401] * 5

    too_fast(login(client, person.email), "Too many login attempts. Please try again later.")
    too_fast(login(client, f" {person.email.upper()} ", PASSWORD))
    assert login(client, other.email, PASSWORD).status_code == 200
    assert login(client, person.email, PASSWORD, "10.0.0.2").status_code == 200


def test_an_unknown_account_closes_like_a_known_one(client: FlaskClient) -> None:
    assert statuses(lambda: login(client, "nobody@example.com"), 6) == [401] * 5 + [429]


def test_successes_do_not_count_against_the_account(client: FlaskClient, make: Make) -> None:
    person = make.student()

    assert statuses(lambda: login(client, person.email, PASSWORD), 9) == [200] * 9
    assert statuses(lambda: login(client, person.email), 5) == [401] * 5
    too_fast(login(client, person.email, PASSWORD))


def test_the_page_and_the_api_count_the_same_failures(client: FlaskClient, make: Make) -> None:
    person = make.student()
    token = csrf_token(client)
    sent = {"csrf_token": token, "email": person.email, "password": "wrong-password"}
    assert statuses(lambda: client.post("/login", data=sent), 5) == [401] * 5

    page = client.post("/login", data=sent | {"password": PASSWORD})
    piece = client.post("/login", data=sent, headers=HTMX)

    assert (page.status_code, piece.status_code) == (429, 429)
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    assert "Too many login attempts" in page.text
    assert "<html" in page.text
    assert "<html" not in piece.text
    too_fast(login(client, person.email, PASSWORD, "127.0.0.1"))


def test_an_address_has_thirty_attempts_whatever_the_account(client: FlaskClient) -> None:
    names = [f"{uuid4()}@example.com" for _ in range(31)]

    got = [login(client, name).status_code for name in names]

    assert got == [401] * 30 + [429]
    assert login(client, names[0], address="10.0.0.2").status_code == 401


@pytest.mark.parametrize("depth", [900, 30_000])
def test_a_body_too_deep_to_read_is_refused_and_counted(client: FlaskClient, depth: int) -> None:
    deep = b'{"username": ' + b"[" * depth + b"]" * depth + b"}"

    def ask() -> TestResponse:
        return client.post("/api/auth/login", data=deep, content_type="application/json")

    assert statuses(ask, 31) == [422] * 30 + [429]


def test_an_address_registers_ten_people_an_hour(client: FlaskClient) -> None:
    def ask() -> TestResponse:
        person = {"email": f"{uuid4().hex}@example.com", "full_name": "New Person"}
        account = {**person, "password": PASSWORD, "role": "student"}
        return client.post("/api/auth/register", json=account)

    assert statuses(ask, 10) == [201] * 10
    too_fast(ask(), "Too many registration attempts. Please try again later.")


def test_strangers_have_a_hundred_calls_a_minute(client: FlaskClient) -> None:
    def ask() -> TestResponse:
        return client.get("/api/public/instructors/1/next-available")

    assert set(statuses(ask, 100)) == {404}
    too_fast(ask())
    assert client.get("/").status_code == 200


def test_answers_say_what_is_left_and_when_to_come_back_only_once_it_is_too_late(
    few: None, client: FlaskClient
) -> None:
    first = client.get("/api/instructors/")

    assert first.headers["X-RateLimit-Limit"] == "5"
    assert first.headers["X-RateLimit-Remaining"] == "4"
    assert "Retry-After" not in first.headers


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "Client-IP"]
)
def test_nobody_gets_another_address_by_saying_so(
    few: None, client: FlaskClient, header: str
) -> None:
    got = [
        client.get("/api/instructors/", headers={header: f"10.1.1.{n}"}).status_code
        for n in range(6)
    ]

    assert got == [200] * 5 + [429]


def test_behind_one_proxy_only_its_own_word_counts(few: None, limited: Limited) -> None:
    with limited(trusted_proxies=1) as app:
        client = app.test_client()

        def ask(chain: str) -> int:
            return client.get("/api/instructors/", headers={"X-Forwarded-For": chain}).status_code

        assert [ask(f"10.1.1.{n}, 10.9.9.9") for n in range(6)] == [200] * 5 + [429]
        assert ask("10.9.9.9, 10.1.1.1") == 200


@pytest.mark.parametrize("token", ["made-up-{}", "e30.e30.{}", "{}" + "x" * 5000])
def test_made_up_tokens_buy_nothing(few: None, client: FlaskClient, token: str) -> None:
    got = [
        client.get(
            "/api/instructors/", headers={"Authorization": f"Bearer {token.format(n)}"}
        ).status_code
        for n in range(6)
    ]

    assert got == [200] * 5 + [429]


def test_who_is_signed_in_has_an_allowance_of_his_own(
    few: None, client: FlaskClient, make: Make
) -> None:
    headers, others = (bearer(client, make.student()) for _ in range(2))
    statuses(lambda: client.get("/api/instructors/"), 5)
    too_fast(client.get("/api/instructors/"))

    mine = statuses(lambda: client.get("/api/auth/me", headers=headers), 8)

    assert mine == [200] * 7 + [429]
    assert client.get("/api/auth/me", headers=others).status_code == 200


def test_static_files_and_health_are_never_limited(few: None, client: FlaskClient) -> None:
    assert statuses(lambda: client.get("/"), 6) == [200] * 5 + [429]

    for path in ("/static/app.css", "/health/live", "/health/ready"):
        assert set(statuses(lambda path=path: client.get(path, buffered=True), 12)) == {200}


@pytest.mark.parametrize(
    ("path", "most", "words"),
    [
        ("/api/bookings/", 20, "Too many booking attempts."),
        ("/api/bookings/check-availability", 30, "Too many availability checks."),
    ],
)
def test_bookings_and_checks_are_counted_by_person(
    client: FlaskClient, make: Make, path: str, most: int, words: str
) -> None:
    wish = {
        "instructor_id": 999,
        "service_id": 1,
        "booking_date": f"{WEDNESDAY}",
        "start_time": "10:00",
    }
    one, other = (bearer(client, make.student()) for _ in range(2))

    def ask(headers: dict[str, str]) -> TestResponse:
        return client.post(path, json=wish, headers=headers)

    assert statuses(lambda: ask(one), most) == [404] * most
    too_fast(ask(one), words)
    assert ask(other).status_code == 404


def test_reminders_are_triggered_once_an_hour_and_refusals_do_not_count(
    client: FlaskClient, make: Make
) -> None:
    staff, other = (bearer(client, make.user(Role.SUPPORT)) for _ in range(2))
    student = bearer(client, make.student())

    def ask(headers: dict[str, str]) -> TestResponse:
        return client.post("/api/bookings/send-reminders", headers=headers)

    assert statuses(lambda: ask(student), 2) == [403, 403]
    assert ask(staff).status_code == 200
    refused = ask(other)
    too_fast(refused, "Reminder emails can only be triggered once per hour.")
    assert int(refused.headers["Retry-After"]) > 3500


def test_applications_with_one_redis_share_their_counts(
    few: None, limited: Limited, redis_url: str
) -> None:
    address = {"REMOTE_ADDR": f"10.{uuid4().int % 250}.{uuid4().int % 250}.7"}
    got = []

    for _ in range(2):
        with limited(redis_url=redis_url) as app:
            client = app.test_client()
            ask = partial(client.get, "/api/instructors/", environ_base=address)
            got += statuses(ask, 3)
    with limited() as app:
        alone = app.test_client().get("/api/instructors/", environ_base=address).status_code

    assert got == [200] * 5 + [429]
    assert alone == 200


def test_without_redis_limits_go_on_in_memory(few: None, limited: Limited, make: Make) -> None:
    person: Person = make.student()

    with limited(redis_url="redis://127.0.0.1:1/0") as app:
        client = app.test_client()
        got = statuses(lambda: client.get("/api/instructors/"), 6)
        failures = statuses(lambda: login(client, person.email), 5)
        pages = statuses(lambda: client.get("/"), 3)

    assert got == [200] * 5 + [429]
    assert failures == [401] * 5
    assert pages == [200] * 3


def test_reset_mails_are_few_per_account_wherever_they_are_asked_for(client: FlaskClient) -> None:
    def ask(number: int, email: str = "Ann@example.com") -> TestResponse:
        path, sent = "/api/auth/password-reset/request", {"email": email}
        return client.post(path, json=sent, environ_base={"REMOTE_ADDR": f"10.0.1.{number}"})

    assert [ask(number).status_code for number in range(3)] == [200] * 3
    too_fast(ask(4), "Too many password reset attempts for this email.")
    too_fast(ask(5, "ann@EXAMPLE.com"), "for this email")
    too_fast(ask(6, "ann@\uff45xample.com"), "for this email")  # the same domain, written wide
    assert ask(7, "other@example.com").status_code == 200


def test_reset_links_cannot_be_guessed_quickly(client: FlaskClient) -> None:
    sent = {"token": "guess", "new_password": PASSWORD}
    tries = statuses(lambda: client.post("/api/auth/password-reset/confirm", json=sent), 11)
    assert tries == [422] * 10 + [429]
    looks = statuses(lambda: client.get("/api/auth/password-reset/verify/guess"), 21)
    assert looks == [200] * 20 + [429]
