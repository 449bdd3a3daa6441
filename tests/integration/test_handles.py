"""The short name of an instructor's page: who may have which, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models.audit import AuditEntry, AuditPersonal
from app.models.instructor import InstructorProfile
from tests.answers import problem
from tests.authorisation_world import profile_form
from tests.clients import bearer, csrf_token, log_in
from tests.factories import PASSWORD, Make, Person

OWN = "/api/instructors/profile"


def handle_of(make: Make, person: Person) -> str | None:
    with make.session() as session:
        wanted = select(InstructorProfile.handle).where(InstructorProfile.user_id == person.id)
        return session.scalars(wanted).one()


def save(client: FlaskClient, **fields: str) -> TestResponse:
    """Send the form of the profile, as the person who is signed in."""
    sent = profile_form(None, "instructor") | {"csrf_token": csrf_token(client)} | fields
    return client.post("/teach/profile", data=sent)


def test_an_instructor_names_his_page_and_takes_the_name_away(
    client: FlaskClient, make: Make
) -> None:
    teacher = make.instructor()
    headers = bearer(client, teacher)

    given = client.put(OWN, json={"handle": "@Marta"}, headers=headers)
    other = client.put(OWN, json={"years_experience": 9}, headers=headers)
    gone = client.put(OWN, json={"handle": ""}, headers=headers)

    assert given.get_json()["handle"] == other.get_json()["handle"] == "marta"
    assert gone.get_json()["handle"] is None
    assert handle_of(make, teacher) is None


@pytest.mark.parametrize("handle", ["ab", "a" * 31, "a" * 32, "123", "a b c", "-ab", "admin", None])
def test_the_api_refuses_what_is_no_short_name_by_field(
    client: FlaskClient, make: Make, handle: str | None
) -> None:
    teacher = make.instructor(handle="marta")

    refused = client.put(OWN, json={"handle": handle}, headers=bearer(client, teacher))

    assert [each["field"] for each in problem(refused, 422)["errors"]] == ["handle"]
    assert handle_of(make, teacher) == "marta"


def test_nobody_gets_the_name_of_another(client: FlaskClient, make: Make) -> None:
    make.instructor(handle="marta")
    teacher = make.instructor(bio="Says this for now.")
    wanted = {"handle": "MARTA", "bio": "Says this from now on."}

    refused = client.put(OWN, json=wanted, headers=bearer(client, teacher))

    assert problem(refused, 409)["code"] == "handle_taken"
    assert refused.get_json()["errors"][0]["field"] == "handle"
    shown = client.get(OWN, headers=bearer(client, teacher)).get_json()
    assert (shown["bio"], shown["handle"]) == ("Says this for now.", None)


def test_of_many_who_want_a_name_at_once_one_has_it(app: Flask, make: Make) -> None:
    teachers = [make.instructor() for _ in range(4)]
    headers = [bearer(app.test_client(), each) for each in teachers]
    together = Barrier(len(teachers))

    def want(number: int) -> int:
        together.wait(10)
        mine = app.test_client()
        return mine.put(OWN, json={"handle": "marta"}, headers=headers[number]).status_code

    with ThreadPoolExecutor(len(teachers)) as pool:
        answers = sorted(pool.map(want, range(len(teachers))))

    assert answers == [200, 409, 409, 409]
    assert sorted(str(handle_of(make, each)) for each in teachers).count("marta") == 1


def test_the_form_sets_it_and_keeps_what_was_typed_when_it_is_taken(
    client: FlaskClient, make: Make
) -> None:
    make.instructor(handle="marta")
    teacher = make.instructor()
    log_in(client, teacher)

    taken = save(client, handle="Marta", areas="Queens")
    wrong = save(client, handle="no spaces please")
    saved = save(client, handle="@Marta-2")
    shown = client.get("/teach/profile").text
    silent = save(client)

    assert taken.status_code == 409
    assert "Somebody else has this short name." in taken.text
    assert 'value="Marta"' in taken.text
    assert 'value="Queens"' in taken.text
    assert 'aria-invalid="true"' in taken.text
    assert wrong.status_code == 422
    assert 'id="handle-error"' in wrong.text
    assert saved.status_code == silent.status_code == 303
    assert 'value="marta-2"' in shown
    assert handle_of(make, teacher) == "marta-2"


def test_the_form_takes_it_away(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor(handle="marta")
    log_in(client, teacher)

    assert save(client, handle="").status_code == 303

    assert handle_of(make, teacher) is None


def test_the_trail_tells_of_it_as_a_personal_value(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor(handle="marta")

    client.put(OWN, json={"handle": "marta-lee"}, headers=bearer(client, teacher))

    with make.session() as session:
        entry = session.scalars(select(AuditEntry)).one()
        personal = session.scalars(select(AuditPersonal)).one()
    assert entry.action == "profile.update"
    assert "marta" not in str(entry.changes)
    assert "marta-lee" in str(personal.values)


def test_a_closed_account_leaves_its_name_to_others(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor(handle="marta")
    other = make.instructor()

    closed = client.delete(
        "/api/auth/me", json={"current_password": PASSWORD}, headers=bearer(client, teacher)
    )
    taken = client.put(OWN, json={"handle": "marta"}, headers=bearer(client, other))

    assert closed.status_code in (200, 204)
    assert handle_of(make, teacher) is None
    assert taken.status_code == 200
