"""Who may use the site: deactivated people are out at once, and come back only when let in."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.errors import InvalidInput, LastAdministrator, NotAllowed
from app.domain.vocabulary import Role
from app.models.audit import AuditEntry
from app.models.booking import Booking
from app.models.user import User
from app.web.services import services
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import WEDNESDAY, Make, Person, at

Told = Callable[..., str]


@pytest.fixture
def told(app: Flask) -> Told:
    """Runs a command about somebody; what it printed."""

    def run(command: str, person: Person, *more: str, code: int = 0) -> str:
        args = ["users", command, "--email", person.email, *more]
        done = app.test_cli_runner().invoke(args=args)
        assert done.exit_code == code, done.output
        return done.output

    return run


def decide(
    app: Flask, what: str, actor: Person, person: Person, reason: str | None = "Spam"
) -> Any:
    with app.test_request_context(), app.app_context():
        people = services().people
        by = people.with_email(actor.email)
        return getattr(people, what)(by, person.id, reason)


def test_whoever_is_deactivated_is_out_at_once_and_keeps_his_lessons(
    app: Flask, client: FlaskClient, make: Make, told: Told
) -> None:
    person, teacher = make.student(), make.instructor()
    lesson = make.booking(person, teacher, at(WEDNESDAY, "10:00"))
    browser, token = log_in(app.test_client(), person), bearer(client, person)

    assert told("deactivate", person, "--reason", "Asked for it") == (
        f"Account {person.id} is inactive now.\n"
    )
    assert browser.get("/lessons").status_code == 303
    problem(client.get("/api/auth/me", headers=token), 401, "invalid_token")
    sent = {"username": person.email, "password": person.password}
    problem(client.post("/api/auth/login", json=sent), 401, "bad_credentials")
    with make.session() as session:
        assert session.get_one(Booking, lesson).status == "CONFIRMED"
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_role) == ("account.deactivate", "system")

    told("reactivate", person)
    problem(client.get("/api/auth/me", headers=token), 401, "invalid_token")  # signs in anew
    assert browser.get("/lessons").status_code == 303
    assert client.get("/api/auth/me", headers=bearer(client, person)).status_code == 200


def test_a_deactivated_instructor_is_not_shown(client: FlaskClient, make: Make, told: Told) -> None:
    teacher = make.instructor()
    told("deactivate", teacher)
    assert client.get(f"/api/instructors/{teacher.id}").status_code == 404
    told("reactivate", teacher)
    assert client.get(f"/api/instructors/{teacher.id}").status_code == 200


def test_doing_it_twice_changes_nothing(make: Make, told: Told) -> None:
    person = make.student()
    told("reactivate", person)
    assert counts(make)["audit_entries"] == 0
    told("deactivate", person)
    before = counts(make)
    told("deactivate", person)
    assert counts(make) == before


def test_a_closed_account_stays_closed(client: FlaskClient, make: Make, told: Told) -> None:
    person = make.student()
    sent = {"current_password": person.password}
    client.delete("/api/auth/me", json=sent, headers=bearer(client, person))
    gone = Person(person.id, f"closed-{person.id}@closed.invalid")
    assert "closed for good" in told("reactivate", gone, code=1)
    assert "No account" in told("reactivate", person, code=1)


def test_the_last_administrator_cannot_be_shut_out(make: Make, told: Told) -> None:
    one, other = make.user(Role.ADMIN), make.user(Role.ADMIN)
    told("deactivate", one)
    assert "last administrator" in told("deactivate", other, code=1)
    with make.session() as session:
        assert session.get_one(User, other.id).is_open


@pytest.mark.parametrize(
    ("actor", "person", "may"),
    [
        (Role.ADMIN, Role.SUPPORT, True),
        (Role.ADMIN, Role.STUDENT, True),
        (Role.SUPPORT, Role.STUDENT, True),
        (Role.SUPPORT, Role.INSTRUCTOR, True),
        (Role.SUPPORT, Role.SUPPORT, False),
        (Role.SUPPORT, Role.ADMIN, False),
        (Role.INSTRUCTOR, Role.STUDENT, False),
        (Role.STUDENT, Role.STUDENT, False),
    ],
)
@pytest.mark.parametrize("what", ["deactivate", "reactivate"])
def test_support_decides_about_students_and_instructors_only(
    app: Flask, make: Make, actor: Role, person: Role, may: bool, what: str
) -> None:
    make.user(Role.ADMIN)
    by, about = make.user(actor), make.user(person, is_active=what == "deactivate")
    if may:
        decide(app, what, by, about)
    else:
        with pytest.raises(NotAllowed):
            decide(app, what, by, about)
    with make.session() as session:
        is_open = session.get_one(User, about.id).is_open
        entries = session.scalars(select(AuditEntry)).all()
    assert is_open == ((what == "reactivate") == may)
    assert [entry.actor_id for entry in entries] == ([by.id] if may else [])


def test_staff_say_why(app: Flask, make: Make) -> None:
    admin, person = make.user(Role.ADMIN), make.student()
    for reason in (None, "", "  "):
        with pytest.raises(InvalidInput):
            decide(app, "deactivate", admin, person, reason)
    with pytest.raises(LastAdministrator):
        decide(app, "deactivate", admin, admin)


def test_the_last_administrator_keeps_the_role(make: Make, told: Told) -> None:
    admin = make.user(Role.ADMIN)

    refused = told("set-role", admin, "--role", "support", code=1)
    assert "last administrator" in refused

    make.user(Role.ADMIN)
    told("set-role", admin, "--role", "support")
    with make.session() as session:
        assert session.get_one(User, admin.id).kind is Role.SUPPORT


def test_only_administrators_give_roles(app: Flask, make: Make) -> None:
    support, person = make.user(Role.SUPPORT), make.student()

    with app.test_request_context(), app.app_context():
        people = services().people
        by = people.with_email(support.email)
        with pytest.raises(NotAllowed):
            people.set_role(by, person.id, Role.ADMIN, "Asked")
