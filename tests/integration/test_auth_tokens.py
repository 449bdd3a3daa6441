"""Bearer tokens: whom they speak for, how long, and the forged ones that open nothing."""

import base64
import json
from datetime import datetime, timedelta

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock
from app.infra.keys import derived_key
from app.models.user import User
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import Make, Person


def claims_of(person: Person, now: datetime) -> dict[str, object]:
    return {
        "sub": str(person.id),
        "email": person.email,
        "iat": now,
        "exp": now + timedelta(minutes=30),
        "jti": "one",
        "iss": "instainstru",
        "aud": "instainstru-api",
        "ver": 0,
    }


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def sealed(claims: dict[str, object], key: str | bytes, algorithm: str = "HS256") -> str:
    """A signed token of any claims, also of those that PyJWT would refuse to write."""
    plain = {k: int(v.timestamp()) if isinstance(v, datetime) else v for k, v in claims.items()}
    text = json.dumps(plain).encode()
    return jwt.api_jws.encode(text, key, algorithm=algorithm)


def forged(person: Person, key: bytes, now: datetime) -> dict[str, str]:
    """Tokens that must open nothing, by what is wrong with them."""
    good = claims_of(person, now)
    signed = sealed(good, key)
    head, body, seal = signed.split(".")
    plain = good | {"iat": int(now.timestamp()), "exp": int(now.timestamp()) + 1800}
    other_key = "another key that is long enough for HS256"
    tokens = {
        "none": f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(plain)}.",
        "nOnE": f"{part({'alg': 'nOnE', 'typ': 'JWT'})}.{part(plain)}.",
        "other key": sealed(good, other_key),
        "stronger algorithm": sealed(good, key * 2, "HS512"),
        "unsigned": f"{head}.{body}.",
        "altered": f"{head}.{part(plain | {'sub': '2'})}.{seal}",
        "cut": signed[:-3],
        "empty parts": "..",
        "words": "not-a-token",
        "huge": "a" * 100_000,
        "huge number": f"{head}.{part({'sub': 10**400})}.{seal}",
    }
    wrong = {
        "expired": {"exp": now},
        "integer sub": {"sub": person.id},
        "wordy sub": {"sub": "one"},
        "endless sub": {"sub": "9" * 40},
        "unknown sub": {"sub": "999999"},
        "other audience": {"aud": "another"},
        "other issuer": {"iss": "another"},
        "old version": {"ver": -1},
        "no version": {"ver": None},
        "listed version": {"ver": [0]},
        "endless exp": {"exp": 1e400},
        "wordy exp": {"exp": "tomorrow"},
    }
    for name, change in wrong.items():
        tokens[name] = sealed(good | change, key)
    for name in good:
        rest = {claim: value for claim, value in good.items() if claim != name}
        tokens[f"without {name}"] = sealed(rest, key)
    return tokens


def me(client: FlaskClient, token: str) -> TestResponse:
    return client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def key(settings: Settings) -> bytes:
    return derived_key(settings.secret_key, "access-token")


def test_a_token_says_what_is_promised_and_no_role(
    client: FlaskClient, make: Make, key: bytes
) -> None:
    person = make.student()
    token = bearer(client, person)["Authorization"].removeprefix("Bearer ")

    claims = json.loads(jwt.api_jws.decode(token, key, algorithms=["HS256"]))

    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    assert set(claims) == {"sub", "email", "iat", "exp", "jti", "iss", "aud", "ver"}
    assert (claims["sub"], claims["email"]) == (str(person.id), person.email)
    assert claims["exp"] - claims["iat"] == 30 * 60


def test_the_forgers_own_untouched_token_would_be_good(
    client: FlaskClient, make: Make, key: bytes, clock: StoppedClock
) -> None:
    person = make.student()

    assert me(client, sealed(claims_of(person, clock.now()), key)).status_code == 200


def test_no_forged_token_opens_anything(
    client: FlaskClient, make: Make, key: bytes, clock: StoppedClock
) -> None:
    person = make.student()
    make.student()

    for name, token in forged(person, key, clock.now()).items():
        answer = me(client, token)
        assert answer.status_code == 401, name
        told = problem(answer, 401, "invalid_token")
        assert told["detail"] == "Could not validate credentials", name
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Token x", "bearer\t", "\xff\xfe"]
)
def test_without_a_token_nobody_is_signed_in(client: FlaskClient, header: str) -> None:
    problem(client.get("/api/auth/me", headers={"Authorization": header}), 401)


def test_a_token_lives_thirty_minutes(client: FlaskClient, make: Make, clock: StoppedClock) -> None:
    headers = bearer(client, make.student())

    clock.advance(timedelta(minutes=29, seconds=59))
    assert client.get("/api/auth/me", headers=headers).status_code == 200
    clock.advance(timedelta(seconds=1))
    problem(client.get("/api/auth/me", headers=headers), 401, "invalid_token")


@pytest.mark.parametrize("change", [{"auth_version": 1}, {"is_active": False}])
def test_a_token_dies_with_the_credentials_it_was_given_for(
    client: FlaskClient, make: Make, change: dict[str, object]
) -> None:
    person = make.student()
    headers = bearer(client, person)

    with make.session() as session:
        session.execute(update(User).where(User.id == person.id).values(**change))
        session.commit()

    problem(client.get("/api/auth/me", headers=headers), 401, "invalid_token")


def test_a_new_role_ends_older_tokens(app: Flask, client: FlaskClient, make: Make) -> None:
    person = make.student()
    headers = bearer(client, person)

    done = app.test_cli_runner().invoke(
        args=["users", "set-role", "--email", person.email, "--role", "support"]
    )

    assert done.exit_code == 0, done.output
    problem(client.get("/api/auth/me", headers=headers), 401, "invalid_token")
    again = client.get("/api/auth/me", headers=bearer(client, person))
    assert again.get_json()["role"] == "support"


def test_a_retired_secret_still_verifies_and_no_longer_signs(
    settings: Settings, client: FlaskClient, make: Make, clock: StoppedClock
) -> None:
    person = make.student()
    old = bearer(client, person)
    fresh = "a new key for tests, long enough as well"

    rotated = {"secret_key": fresh, "secret_key_fallbacks": (settings.secret_key,)}
    with another_app(settings, clock, **rotated) as app:
        assert app.test_client().get("/api/auth/me", headers=old).status_code == 200
        new = bearer(app.test_client(), person)

    problem(client.get("/api/auth/me", headers=new), 401)
