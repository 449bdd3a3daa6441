"""The staff's desk: who comes in, and what can never be done or seen there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus, Role
from app.extensions import db
from app.models.booking import Booking
from app.models.user import User
from tests.integration.desk import HASH, NOON, add_lessons, fill, sign_in

PAGES = (
    "/admin/",
    "/admin/bookings/",
    "/admin/bookings/details/?id=1",
    "/admin/users/",
    "/admin/users/details/?id=1",
)
BAD_IDS = ("", "abc", "0", "-1", "1.5", "%00", "%D9%A3", "999999999999", "2147483648", "9" * 5000)
WRITES = (
    "new/",
    "edit/?id=1",
    "delete/",
    "action/",
    "export/csv/",
    "ajax/update/",
    "ajax/lookup/?name=student",
)


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    return fill(app)


@pytest.fixture
def support(client: FlaskClient, people: dict[str, int]) -> FlaskClient:
    return sign_in(client, "support")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in_and_back(client: FlaskClient, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=%2Fadmin%2F")


@pytest.mark.parametrize("role", ["student", "instructor"])
def test_students_and_instructors_are_refused_everywhere(
    app: Flask, client: FlaskClient, people: dict[str, int], role: str
) -> None:
    add_lessons(app, people, 1)
    sign_in(client, role)

    assert {client.get(page).status_code for page in PAGES} == {403}


@pytest.mark.parametrize("role", [role.value for role in Role if role.is_staff])
def test_staff_see_every_page(
    app: Flask, client: FlaskClient, people: dict[str, int], role: str
) -> None:
    add_lessons(app, people, 1)
    sign_in(client, role)

    assert {client.get(page).status_code for page in PAGES} == {200}


def test_every_address_of_the_desk_is_covered_by_the_tests(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")}

    assert rules == {page.partition("?")[0] for page in PAGES}


def test_details_name_who_cancelled_and_escape_what_people_wrote(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    cancelled = {"status": BookingStatus.CANCELLED, "cancelled_at": NOON}
    note = "<script>alert(1)</script>"
    (by_student,) = add_lessons(
        app, people, 1, **cancelled, cancelled_by_id=people["student"], student_note=note
    )
    (by_staff,) = add_lessons(app, people, 1, **cancelled, cancelled_by_id=people["admin"])

    first = support.get(f"/admin/bookings/details/?id={by_student}").text
    second = support.get(f"/admin/bookings/details/?id={by_staff}").text

    assert first.count("Luis O&#39;Neil</a>") == 2
    assert note not in first
    assert f"Person {people['admin']}</a>" in second


def test_the_way_back_leads_to_the_list_and_nowhere_else(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 1)

    def back(url: str) -> str:
        page = support.get("/admin/bookings/details/", query_string={"id": "1", "url": url}).text
        match = re.search(r'<a href="([^"]*)">Back to lessons', page)
        return match.group(1) if match else ""

    assert back("/admin/bookings/?page=2") == "/admin/bookings/?page=2"
    for url in ("//evil.example", "https://evil.example/admin/bookings/", "javascript:alert(1)"):
        assert back(url) == "/admin/bookings/"


def test_no_page_shows_a_password_hash_or_a_token(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 1)

    for page in PAGES:
        text = support.get(page).text
        assert HASH not in text
        assert not re.search(r"hashed|password|auth_version|token_hash", text, re.IGNORECASE)


def test_the_pages_need_no_exception_in_the_content_policy(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 1)

    for page in PAGES:
        answer = support.get(page)
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=)", answer.text)
        assert "nonce" not in answer.headers.get("Content-Security-Policy", "")


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize("view", ["bookings", "users"])
def test_nothing_can_be_written_or_taken_away(
    app: Flask, client: FlaskClient, people: dict[str, int], view: str, address: str
) -> None:
    add_lessons(app, people, 1)
    sign_in(client, "admin")
    form = {"id": "1", "rowid": "1", "action": "delete", "status": "CANCELLED", "role": "admin"}

    assert client.get(f"/admin/{view}/{address}").status_code == 404
    assert client.post(f"/admin/{view}/{address}", data=form).status_code in (400, 403, 404, 405)
    assert client.post(f"/admin/{view}/", data=form).status_code in (400, 403, 405)

    with app.app_context():
        assert db.session.get_one(Booking, 1).status == BookingStatus.CONFIRMED
        assert db.session.get_one(User, people["student"]).role == Role.STUDENT


@pytest.mark.parametrize("view", ["bookings", "users"])
def test_an_id_that_is_none_is_not_found(support: FlaskClient, view: str) -> None:
    for wrong in BAD_IDS:
        assert support.get(f"/admin/{view}/details/?id={wrong}").status_code in (404, 422)
    assert support.get(f"/admin/{view}/details/").status_code == 404
