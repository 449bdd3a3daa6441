"""The pages of one's own account: name, zone, password, address, and leaving."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import Role
from app.infra.mail_providers import Mail
from app.models.user import User
from tests.answers import counts
from tests.clients import csrf_token, log_in
from tests.factories import NEW_YORK, PASSWORD, WEDNESDAY, Make, Person, at
from tests.integration.addresses import NEW, OLD, address_of, person, sent, token_in
from tests.integration.life import trail
from tests.integration.test_mails import deliver

__all__ = ["person", "sent"]
STRINGS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))
NEW_PASSWORD = "violet-harbour-77"


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return log_in(app.test_client(), person)


def send(client: FlaskClient, path: str, **fields: str):
    token = csrf_token(client, "/account")
    return client.post(path, data={"csrf_token": token, **fields})


def stored(make: Make, person: Person) -> User:
    with make.session() as session:
        return session.get_one(User, person.id)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_finds_it_in_the_menu_and_reads_every_page(
    app: Flask, make: Make, role: Role
) -> None:
    somebody = make.instructor() if role is Role.INSTRUCTOR else make.user(role)
    client = log_in(app.test_client(), somebody)
    assert 'href="/account"' in client.get("/").text
    overview = client.get("/account").text
    links = set(re.findall(r'href="(/account/[a-z-]+)"', overview))
    assert links == {
        f"/account/{name}"
        for name in ("name", "email", "password", "time-zone", "sessions", "data", "close")
    }
    assert ("/teach/profile" in overview.partition("<main")[2]) == (role is Role.INSTRUCTOR)
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_name_is_changed_and_wrong_ones_are_kept_on_the_page(
    browser: FlaskClient, make: Make, person: Person
) -> None:
    answer = send(browser, "/account/name", full_name="  Ann   Other ")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Your name is saved." in browser.get("/account").text
    assert stored(make, person).full_name == "Ann Other"

    before = counts(make)
    for wrong in ("", "   ", "x" * 101, "see www.example.com", "Ann\u202eLee"):
        page = send(browser, "/account/name", full_name=wrong)
        assert (page.status_code, 'aria-invalid="true"' in page.text) == (422, True), wrong
    assert (counts(make), stored(make, person).full_name) == (before, "Ann Other")


def test_a_zone_is_chosen_of_those_there_are(
    browser: FlaskClient, make: Make, person: Person
) -> None:
    assert "Not chosen" in browser.get("/account").text
    page = browser.get("/account/time-zone").text
    assert page.count("<option") > 400
    assert '<option selected value="">Not chosen yet</option>' in page

    before = counts(make)
    for wrong in ("", "Mars/Olympus", "../../etc/passwd", "x" * 5000):
        assert send(browser, "/account/time-zone", time_zone=wrong).status_code == 422
    assert counts(make) == before
    answer = send(browser, "/account/time-zone", time_zone="America/Argentina/Buenos_Aires")
    assert answer.status_code == 303
    page = browser.get("/account").text
    assert "Times are now shown in Buenos Aires time." in page
    assert "It is 9:00 AM there." in page
    assert stored(make, person).time_zone == "America/Argentina/Buenos_Aires"
    assert trail(make) == ["account.update"]


def test_a_zone_that_the_list_lacks_stays_chosen(app: Flask, make: Make) -> None:
    client = log_in(app.test_client(), make.student(time_zone="US/Eastern"))
    page = client.get("/account/time-zone").text
    assert '<option selected value="US/Eastern">Eastern</option>' in page
    assert send(client, "/account/time-zone", time_zone="US/Eastern").status_code == 303


def test_a_new_password_leaves_this_browser_signed_in_and_no_other(
    app: Flask, browser: FlaskClient, make: Make, person: Person
) -> None:
    other = log_in(app.test_client(), person)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    answer = send(browser, "/account/password", **change)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "signed out everywhere else" in browser.get("/account").text
    assert other.get("/account").status_code == 303
    assert log_in(app.test_client(), Person(person.id, person.email, NEW_PASSWORD))
    assert trail(make) == ["account.password"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"current_password": "wrong", "new_password": NEW_PASSWORD}, "current_password"),
        ({"current_password": "", "new_password": NEW_PASSWORD}, "current_password"),
        ({"current_password": "x" * 1001, "new_password": NEW_PASSWORD}, "current_password"),
        ({"current_password": PASSWORD, "new_password": "short"}, "new_password"),
        ({"current_password": PASSWORD, "new_password": "é" * 40}, "new_password"),
        ({"current_password": PASSWORD, "new_password": "password123"}, "new_password"),
        ({"current_password": PASSWORD, "new_password": ""}, "new_password"),
        ({"current_password": PASSWORD, "new_password": OLD}, "new_password"),
    ],
)
def test_a_refused_password_is_said_beside_its_field(
    browser: FlaskClient, make: Make, change: dict[str, str], field: str
) -> None:
    before = counts(make)
    page = send(browser, "/account/password", **change)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert counts(make) == before
    assert PASSWORD not in page.text


def test_an_address_changes_by_a_button_behind_a_link(
    app: Flask, browser: FlaskClient, make: Make, person: Person, sent: list[Mail]
) -> None:
    other = log_in(app.test_client(), person)
    answer = send(browser, "/account/email", new_email=NEW, current_password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account/email")
    assert f"{NEW} is to become your address." in browser.get("/account/email").text
    assert f"{NEW} waits for its link." in browser.get("/account").text
    deliver(app)

    path = f"/account/email/confirm?token={token_in(sent, 'confirm')}"
    assert NEW in browser.get(path).text
    assert address_of(make, person) == OLD
    answer = send(browser, path)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert f"Your email address is now {NEW}" in browser.get("/account").text
    assert other.get("/account").status_code == 303
    assert browser.get(path).status_code == 410
    assert send(browser, path).status_code == 410


def test_the_old_address_takes_it_back_on_a_page(
    app: Flask, browser: FlaskClient, make: Make, person: Person, sent: list[Mail]
) -> None:
    send(browser, "/account/email", new_email=NEW, current_password=PASSWORD)
    deliver(app)
    send(browser, f"/account/email/confirm?token={token_in(sent, 'confirm')}")
    owner, path = app.test_client(), f"/account/email/stop?token={token_in(sent, 'stop')}"
    page = owner.get(path).text
    assert "Take your address back?" in page
    assert ("an***@example.com" in page, OLD in page) == (True, False)
    answer = owner.post(path, data={"csrf_token": csrf_token(owner)})
    assert (answer.status_code, answer.location) == (303, "/forgot-password")
    assert "The change is stopped" in owner.get("/forgot-password").text
    assert address_of(make, person) == OLD
    assert browser.get("/account").status_code == 303
    assert "There is nothing to stop" in owner.get(path).text


@pytest.mark.parametrize(
    ("new", "password", "status", "field"),
    [
        ("taken@example.com", PASSWORD, 409, "new_email"),
        (OLD, PASSWORD, 422, "new_email"),
        ("nobody", PASSWORD, 422, "new_email"),
        (NEW, "wrong", 422, "current_password"),
        ("taken@example.com", "wrong", 422, "current_password"),
    ],
)
def test_a_refused_address_is_said_beside_its_field(
    browser: FlaskClient, make: Make, new: str, password: str, status: int, field: str
) -> None:
    make.student(email="taken@example.com")
    before = counts(make)
    page = send(browser, "/account/email", new_email=new, current_password=password)
    assert (page.status_code, f'id="{field}-error"' in page.text) == (status, True)
    assert counts(make) == before


def test_a_change_is_called_off_and_a_first_link_sent_again(app: Flask, make: Make) -> None:
    somebody = make.student(email=OLD, email_verified_at=None)
    client = log_in(app.test_client(), somebody)
    page = client.get("/account/email").text
    assert 'action="/verify-email/send?next=/account/email"' in page
    answer = send(client, "/verify-email/send?next=/account/email")
    assert answer.location == "/account/email"
    send(client, "/account/email", new_email=NEW, current_password=PASSWORD)
    assert send(client, "/account/email/cancel").status_code == 303
    assert "waits for its link" not in client.get("/account").text


def test_no_text_can_break_a_form(browser: FlaskClient, make: Make, person: Person) -> None:
    paths = {
        "/account/time-zone": ("time_zone",),
        "/account/email": ("new_email", "current_password"),
        "/account/password": ("current_password", "new_password"),
        "/account/close": ("current_password", "word"),
        "/account/data": ("current_password",),
    }
    token, before = csrf_token(browser, "/account"), counts(make)
    for text in STRINGS[::3]:
        plain = text.encode("utf-8", "replace").decode()
        for path, fields in paths.items():
            form = {"csrf_token": token, **dict.fromkeys(fields, plain)}
            assert browser.post(path, data=form).status_code == 422, (path, text[:60])
    assert counts(make) == before


def test_closing_says_what_it_means_and_does_it(
    app: Flask, browser: FlaskClient, make: Make, person: Person
) -> None:
    teacher = make.instructor(user={"full_name": "Ines Duarte"})
    make.booking(person, teacher, at(WEDNESDAY, "14:00"))
    late = at(WEDNESDAY - timedelta(days=1), "10:00", NEW_YORK)
    make.booking(person, teacher, late, free_cancel_until=late - timedelta(hours=24))
    page = browser.get("/account/close").text.partition("<main")[2]
    assert page.count("Piano with Ines Duarte") == 2
    assert (page.count(">Late<"), page.count(">Free<")) == (1, 1)

    before = counts(make)
    for wrong in (
        {"current_password": PASSWORD, "word": "remove"},
        {"current_password": PASSWORD},
        {"current_password": "wrong", "word": "delete"},
    ):
        assert send(browser, "/account/close", **wrong).status_code == 422
    assert counts(make) == before
    answer = send(browser, "/account/close", current_password=PASSWORD, word=" Delete ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your account is closed" in browser.get("/").text
    assert browser.get("/account").status_code == 303
    assert stored(make, person).closed_at is not None


def test_who_still_teaches_and_the_last_administrator_are_told_what_to_do(
    app: Flask, make: Make
) -> None:
    teacher, admin = make.instructor(), make.user(Role.ADMIN)
    make.booking(make.student(), teacher, at(WEDNESDAY, "14:00"))
    sure = {"current_password": PASSWORD, "word": "delete"}
    for somebody, words in ((teacher, "/teach/lessons"), (admin, "the last administrator")):
        client = log_in(app.test_client(), somebody)
        page = client.get("/account/close").text.partition("<main")[2]
        assert (words in page, 'id="close"' in page) == (True, False)
        refused = send(client, "/account/close", **sure)
        assert (refused.status_code, words in refused.text) == (409, True)
        assert stored(make, somebody).closed_at is None
    make.user(Role.ADMIN)
    assert 'id="close"' in log_in(app.test_client(), admin).get("/account/close").text
