"""The pages of the waiting list, and its JSON."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.waiting import OFFER_LASTS
from app.infra.clock import StoppedClock
from tests.answers import problem
from tests.clients import bearer, csrf_token, log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.waiting import Waiting, full, waiting

__all__ = ["waiting"]
API = "/api/waiting/"


@pytest.fixture
def student(make: Make) -> Person:
    return make.student()


@pytest.fixture
def offered(waiting: Waiting, make: Make, student: Person) -> Teacher:
    """A time that is kept for the student."""
    teacher, lessons = full(make, user={"full_name": "Ines Duarte"})
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    assert waiting.work() == 1
    return teacher


def form(client: FlaskClient, teacher: Teacher, **changes: Any) -> dict[str, Any]:
    days = {"first_day": f"{WEDNESDAY}", "last_day": f"{WEDNESDAY}", "part": "any"}
    token = csrf_token(client, "/waiting")
    return {"csrf_token": token, "lesson": f"{teacher.service_id}-60", **days, **changes}


def press(client: FlaskClient, path: str):
    return client.post(path, data={"csrf_token": csrf_token(client, "/waiting")})


def wish(teacher: Teacher, **changes: Any) -> dict[str, Any]:
    wanted = {"instructor_id": teacher.id, "service_id": teacher.service_id}
    return {**wanted, "duration_minutes": 60, "first_day": f"{WEDNESDAY}", **changes}


def test_a_full_page_leads_into_the_line(client: FlaskClient, make: Make, student: Person) -> None:
    teacher, _ = full(make)
    page = client.get(f"/instructors/{teacher.id}").text
    asked = f"service={teacher.service_id}&amp;minutes=60&amp;from={TUESDAY}&amp;to=2026-12-31"
    path = f"/instructors/{teacher.id}/wait?{asked}"
    assert "Tell me when a time frees" in page
    assert path in page
    path = path.replace("&amp;", "&")
    assert client.get(path).location.startswith("/login?next=")

    log_in(client, student)
    shown = client.get(path).text
    assert f'value="{TUESDAY}"' in shown
    assert 'value="2026-12-31"' in shown
    joined = client.post(path, data=form(client, teacher))
    assert (joined.status_code, joined.location) == (303, "/waiting")
    mine = client.get("/waiting").text
    assert "You are in line" in mine
    assert "1st in line" in mine
    again = client.post(path, data=form(client, teacher))
    assert again.status_code == 303
    assert client.get("/waiting").text.count("1st in line") == 1


def test_what_is_free_is_shown_instead(client: FlaskClient, make: Make, student: Person) -> None:
    teacher, _ = full(make)
    make.hours(teacher, WEDNESDAY, "14:00-15:00")
    log_in(client, student)

    answer = client.post(f"/instructors/{teacher.id}/wait", data=form(client, teacher))

    assert answer.status_code == 409
    assert "these times are free now" in answer.text
    assert "start=2026-12-02T19%3A00%3A00Z" in answer.text
    assert f'value="{WEDNESDAY}"' in answer.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_day": "next week"}, "Choose a day."),
        ({"first_day": f"{TUESDAY - timedelta(days=1)}"}, "That day has passed."),
        ({"last_day": f"{TUESDAY}"}, "The last day must not be before the first."),
        ({"last_day": "2027-12-01"}, "Choose at most 31 days."),
        ({"first_day": "2027-12-01", "last_day": "2027-12-01"}, "that far ahead yet"),
        ({"lesson": "1-45"}, "Not a valid choice"),
        ({"part": "night"}, "Not a valid choice"),
    ],
)
def test_a_wrong_form_says_what_to_mend(
    client: FlaskClient, make: Make, student: Person, changes: dict[str, str], told: str
) -> None:
    teacher, _ = full(make)
    log_in(client, student)

    answer = client.post(f"/instructors/{teacher.id}/wait", data=form(client, teacher, **changes))

    assert answer.status_code == 422
    assert told in answer.text


def test_a_fourth_wish_is_too_many(client: FlaskClient, make: Make, student: Person) -> None:
    teacher, _ = full(make)
    log_in(client, student)
    for n in range(3):
        day = f"{WEDNESDAY + timedelta(days=n)}"
        sent = form(client, teacher, first_day=day, last_day=day)
        assert client.post(f"/instructors/{teacher.id}/wait", data=sent).status_code == 303

    day = f"{WEDNESDAY + timedelta(days=5)}"
    sent = form(client, teacher, first_day=day, last_day=day)
    answer = client.post(f"/instructors/{teacher.id}/wait", data=sent)

    assert answer.status_code == 422
    assert "You wait for 3 times already" in answer.text


def test_an_offer_is_shown_and_booked(
    client: FlaskClient, waiting: Waiting, student: Person, offered: Teacher, clock: StoppedClock
) -> None:
    log_in(client, student)
    clock.advance(timedelta(minutes=9))
    listed = client.get("/waiting").text
    assert "A time is free, and kept for you." in listed
    assert "/waiting/offers/1" in listed
    assert "in line" not in listed
    page = client.get("/waiting/offers/1").text
    assert "A time is kept for you" in page
    assert "It ends in 21 minutes." in page
    book = f"/instructors/{offered.id}/book?service={offered.service_id}&minutes=60"
    book += "&start=2026-12-02T15%3A00%3A00Z"
    assert book.replace("&", "&amp;") in page

    shown = client.get(book)
    assert "Book your lesson" in shown.text
    token = csrf_token(client, "/waiting")
    sent = {"csrf_token": token, "location_type": "neutral", "agreed_price": "60.00"}
    assert client.post(book, data=sent).status_code == 303

    assert waiting.offers() == [(student.id, "taken")]
    ended = client.get("/waiting/offers/1").text
    assert "You booked this time." in ended
    assert "You have a lesson" in client.get("/waiting").text


def test_an_offer_is_let_go(
    client: FlaskClient, waiting: Waiting, student: Person, offered: Teacher
) -> None:
    log_in(client, student)

    assert press(client, "/waiting/offers/1/decline").location == "/waiting"
    assert "1st in line" in client.get("/waiting").text
    assert "You let this time go" in client.get("/waiting/offers/1").text
    assert press(client, "/waiting/1/leave").location == "/waiting"
    assert "You left the list" in client.get("/waiting").text
    assert press(client, "/waiting/offers/1/decline").location == "/waiting"


def test_an_offer_that_has_ended_says_so_before_the_worker_comes(
    client: FlaskClient, student: Person, offered: Teacher, clock: StoppedClock
) -> None:
    log_in(client, student)
    clock.advance(OFFER_LASTS)

    page = client.get("/waiting/offers/1").text

    assert "This offer has ended" in page
    assert "You are still in line" in page
    assert "Book this time" not in page


def test_json_says_the_same(client: FlaskClient, waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make, user={"full_name": "Ines Duarte"})
    student, rival = make.student(), make.student()
    headers = bearer(client, student)
    joined = client.post(API, json=wish(teacher, part="morning"), headers=headers)
    assert joined.status_code == 201
    told = joined.get_json()
    assert (told["state"], told["place"], told["worst_place"]) == ("open", 1, 1)
    assert (told["first_day"], told["last_day"]) == ("2026-12-02", "2026-12-02")
    assert (told["instructor_name"], told["time_zone"]) == ("Ines Duarte", "America/New_York")
    again = client.post(API, json=wish(teacher, part="morning"), headers=headers)
    assert again.get_json()["id"] == told["id"]

    waiting.cancel(lessons[1])
    waiting.work()
    (mine,) = client.get(API, headers=headers).get_json()
    offer = mine["offer"]
    assert mine["place"] is None
    assert (offer["starts_at"], offer["state"]) == ("2026-12-02T15:00:00Z", "open")
    assert (offer["expires_at"], offer["total_price"]) == ("2026-12-01T12:30:00Z", 60.0)
    others = bearer(client, rival)
    for step in ("take", "decline"):
        path = f"{API}offers/{offer['id']}/{step}"
        assert client.post(path, headers=others).status_code == 404
    note = {"student_note": "At last.", "expected_total_price": 60}
    taken = client.post(f"{API}offers/{offer['id']}/take", json=note, headers=headers)
    assert taken.status_code == 201
    lesson = client.get(f"/api/bookings/{taken.get_json()['id']}", headers=headers).get_json()
    assert (lesson["starts_at"], lesson["student_note"]) == (offer["starts_at"], "At last.")
    assert client.get(f"{API}{told['id']}", headers=headers).get_json()["state"] == "fulfilled"
    late = client.post(f"{API}offers/{offer['id']}/decline", headers=headers)
    assert problem(late, 409)["code"] == "wrong_state"


def test_json_names_what_is_free(client: FlaskClient, make: Make, student: Person) -> None:
    teacher, _ = full(make)
    make.hours(teacher, WEDNESDAY, "14:00-15:00")

    answer = client.post(API, json=wish(teacher), headers=bearer(client, student))

    told = problem(answer, 409)
    assert told["code"] == "times_are_free"
    assert told["starts"] == [f"{at(WEDNESDAY, '14:00'):%Y-%m-%dT%H:%M:%SZ}"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"duration_minutes": 45}, "duration_minutes"),
        ({"last_day": f"{TUESDAY}"}, "last_day"),
        ({"part": "night"}, "part"),
        ({"first_day": "02.12.2026"}, "first_day"),
        ({"surplus": 1}, "surplus"),
    ],
)
def test_json_refuses_by_field(
    client: FlaskClient, make: Make, student: Person, changes: dict[str, Any], field: str
) -> None:
    teacher, _ = full(make)

    answer = client.post(API, json=wish(teacher, **changes), headers=bearer(client, student))

    assert problem(answer, 422)["errors"][0]["field"] == field


def test_how_many_wait_is_for_the_instructor_and_staff(
    client: FlaskClient, waiting: Waiting, make: Make, app: Flask
) -> None:
    teacher, _ = full(make)
    waiting.join(make.student(), teacher)
    path = f"{API}days?start_date={TUESDAY}&end_date={WEDNESDAY}"

    own = client.get(path, headers=bearer(client, teacher)).get_json()
    assert own == [{"day": f"{TUESDAY}", "people": 0}, {"day": f"{WEDNESDAY}", "people": 1}]
    other = bearer(client, make.instructor())
    assert client.get(f"{path}&instructor_id={teacher.id}", headers=other).status_code == 403
