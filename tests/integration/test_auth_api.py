"""Accounts over the API: opening one, and proving who one is."""

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock
from app.models.instructor import InstructorProfile
from app.models.user import User
from config import Settings
from tests.answers import counts, problem
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import PASSWORD, Make, Person

ACCOUNT = {
    "email": "Ann@Example.com",
    "password": "lantern-orchard-42",
    "full_name": "  Ann   Lee ",
    "role": "student",
}


def register(client: FlaskClient, **changes: object) -> TestResponse:
    return client.post("/api/auth/register", json=ACCOUNT | changes)


def login(client: FlaskClient, name: str, password: str = PASSWORD) -> TestResponse:
    return client.post("/api/auth/login", json={"username": name, "password": password})


def test_registering_answers_the_account_without_secrets(client: FlaskClient, make: Make) -> None:
    answer = register(client, is_active=False, time_zone="Europe/Paris")

    assert answer.status_code == 201
    assert answer.get_json() == {
        "id": 1,
        "email": "ann@example.com",
        "full_name": "Ann Lee",
        "role": "student",
        "is_active": True,
        "time_zone": "Europe/Paris",
        "email_verified": False,
    }
    assert counts(make)["user_sessions"] == 0  # the API opens no session


def test_an_instructor_starts_with_an_empty_profile_that_the_list_does_not_show(
    client: FlaskClient, make: Make
) -> None:
    assert register(client, role="instructor").status_code == 201

    headers = bearer(client, Person(1, "ann@example.com"))
    profile = client.get("/api/instructors/profile", headers=headers)

    assert profile.status_code == 200
    assert profile.get_json()["services"] == []
    assert client.get("/api/instructors/").get_json()["instructors"] == []
    with make.session() as session:
        assert session.query(InstructorProfile).count() == 1


@pytest.mark.parametrize("spelling", ["ann@example.com", "ANN@EXAMPLE.COM", " Ann@Example.com "])
def test_an_address_is_taken_in_every_spelling(
    client: FlaskClient, make: Make, spelling: str
) -> None:
    register(client)
    before = counts(make)

    told = problem(register(client, email=spelling), 409, "email_taken")

    assert told["detail"] == "Email already registered"
    assert counts(make) == before


@pytest.mark.parametrize("spelling", ["ann@example.com", "ANN@example.COM"])
@pytest.mark.parametrize("how", ["form", "json"])
def test_signing_in_takes_form_and_json_in_every_spelling(
    client: FlaskClient, spelling: str, how: str
) -> None:
    register(client)
    sent = {"username": spelling, "password": ACCOUNT["password"]}

    answer = client.post("/api/auth/login", **{"json" if how == "json" else "data": sent})

    assert answer.status_code == 200
    assert set(answer.get_json()) == {"access_token", "token_type"}
    assert answer.get_json()["token_type"] == "bearer"
    token = answer.get_json()["access_token"]
    me = client.get("/api/auth/me", headers={"Authorization": f"bEaReR {token}"})
    assert me.get_json()["email"] == "ann@example.com"


def test_an_adopted_account_in_mixed_case_can_sign_in(client: FlaskClient, make: Make) -> None:
    make.student(email="Old@Example.com")

    assert login(client, "Old@Example.com").status_code == 200


def test_the_oauth_form_may_say_all_it_knows(client: FlaskClient, make: Make) -> None:
    extra = {"grant_type": "password", "scope": "", "client_id": "x", "client_secret": "y"}
    sent = {"username": make.student().email, "password": PASSWORD, **extra}

    assert client.post("/api/auth/login", data=sent).status_code == 200
    problem(client.post("/api/auth/login", data=sent | {"grant_type": "code"}), 422)


@pytest.mark.parametrize("role", ["support", "admin", "STUDENT", "", None, 1])
def test_no_other_role_can_be_registered(client: FlaskClient, make: Make, role: object) -> None:
    problem(register(client, role=role), 422)

    assert counts(make)["users"] == 0


@pytest.mark.parametrize(
    "password",
    [
        "short77",
        "password",
        "Password1!",
        "P@ssw0rd123",
        "12345678",
        "aaaaaaaa",
        "ann@example.com",
        "Ann Lee",
        "x" * 73,
        "é" * 37,
        "lantern\x00orchard",
        "",
    ],
)
def test_a_weak_or_impossible_password_is_refused(
    client: FlaskClient, make: Make, password: str
) -> None:
    told = problem(register(client, password=password), 422)

    assert "lantern" not in str(told)
    assert counts(make)["users"] == 0


@pytest.mark.parametrize("password", ["lantern-orchard-42", "correct horse battery", "éàüö" * 9])
def test_a_good_password_needs_no_composition(client: FlaskClient, password: str) -> None:
    assert register(client, password=password).status_code == 201
    assert login(client, "ann@example.com", password).status_code == 200


def test_every_failed_sign_in_says_the_same(client: FlaskClient, make: Make) -> None:
    known, closed = make.student(), make.student(is_active=False)
    tries = [
        (known.email, "wrong-password"),
        ("nobody@example.com", PASSWORD),
        (closed.email, PASSWORD),
        (known.email, PASSWORD + "x" * 60),
        (known.email, "x" * 5000),
        (known.email, "é" * 72),
    ]

    answers = [login(client, *each) for each in tries]
    told = [problem(answer, 401, "bad_credentials") for answer in answers]

    assert len({json.dumps(each | {"request_id": ""}) for each in told}) == 1
    assert told[0]["detail"] == "Incorrect email or password"
    for answer in answers:
        answer.headers.remove("X-Request-ID")
    assert len({str(answer.headers) for answer in answers}) == 1


def test_a_failed_sign_in_names_the_scheme(client: FlaskClient) -> None:
    assert login(client, "nobody@example.com").headers["WWW-Authenticate"] == "Bearer"


def test_a_hash_of_lower_cost_is_renewed_at_the_next_sign_in(
    settings: Settings, make: Make, clock: StoppedClock
) -> None:
    person = make.student()

    with another_app(settings, clock, bcrypt_rounds=5) as dearer:
        assert login(dearer.test_client(), person.email, "wrong-password").status_code == 401
        before = hash_of(make, person)
        assert login(dearer.test_client(), person.email).status_code == 200
        after = hash_of(make, person)
        assert login(dearer.test_client(), person.email).status_code == 200

    assert (before[:7], after[:7]) == ("$2b$04$", "$2b$05$")
    assert hash_of(make, person) == after


def hash_of(make: Make, person: Person) -> str:
    with make.session() as session:
        return session.get_one(User, person.id).hashed_password
