"""Why not this time? Who learns what, on a page and as a piece of one."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from config import Settings
from tests.applications import another_app
from tests.clients import HTMX, log_in
from tests.factories import WEDNESDAY, Make, Teacher, at
from tests.integration.instructor_pages import plain

UNAVAILABLE = "cannot be booked then: it may be taken already, or outside the hours"


@pytest.fixture
def teacher(make: Make) -> Teacher:
    found = make.instructor(user={"full_name": "Marta Silva"})
    make.hours(found, WEDNESDAY, "09:00-12:00")
    return found


def why(client: FlaskClient, teacher: Teacher, clock: str, **options: Any) -> TestResponse:
    start = f"{at(WEDNESDAY, clock):%Y-%m-%dT%H:%M:%SZ}"
    asked = {"service": teacher.service_id, "minutes": 60, "start": start}
    return client.get(f"/instructors/{teacher.id}/why", query_string=asked, **options)


def told(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text[:300]
    return plain(answer.text.partition('id="told"')[2].partition("</ul>")[0])


def test_taken_and_closed_look_the_same_to_students(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    make.booking(make.student(), teacher, at(WEDNESDAY, "09:00"))
    log_in(client, make.student())

    taken, closed = (
        re.sub(r"\d+:\d+ [AP]M|T\d\d(:|%3A)00|datetime=\S+", "", told(why(client, teacher, clock)))
        for clock in ("09:00", "19:00")
    )

    assert UNAVAILABLE in taken
    assert taken == closed


def test_the_instructor_and_staff_learn_all_with_a_link_to_mend_each(
    app: Flask, make: Make, teacher: Teacher
) -> None:
    lesson = make.booking(make.student(), teacher, at(WEDNESDAY, "09:00"))
    make.day_off(teacher, WEDNESDAY)

    own = why(log_in(app.test_client(), teacher), teacher, "09:00").text
    staff = why(log_in(app.test_client(), make.user(Role.SUPPORT)), teacher, "09:00").text

    for text in (own, staff):
        assert "This is a day off." in text
        assert "Another lesson is booked at that time. (Wed 2 Dec, 9:00 AM)" in plain(
            text
        ) or "Another lesson is booked at that time. ( Wed 2 Dec, 9:00 AM )" in plain(text)
    assert f'href="/lessons/{lesson}"' in own
    assert f'href="/teach/schedule?week={WEDNESDAY}"' in own
    assert f'href="/admin/bookings/details/?id={lesson}"' in staff
    assert "/teach/" not in staff.partition("<main")[2]


def test_every_link_to_mend_leads_somewhere(app: Flask, make: Make, teacher: Teacher) -> None:
    make.booking(make.student(), teacher, at(WEDNESDAY, "09:00"))
    make.day_off(teacher, WEDNESDAY)
    for person in (teacher, make.user(Role.SUPPORT)):
        client = log_in(app.test_client(), person)
        links = re.findall(r'class="action" href="([^"]+)"', why(client, teacher, "09:00").text)

        assert links
        for link in links:
            assert client.get(link, follow_redirects=True).status_code == 200, link


def test_guests_are_offered_to_sign_in_and_come_back(client: FlaskClient, teacher: Teacher) -> None:
    answer = why(client, teacher, "19:00")

    said = told(answer)
    assert "This time is not free. Sign in to learn" in said
    assert UNAVAILABLE not in answer.text
    link = re.search(r'href="/login\?next=([^"]+)"', answer.text.partition('id="told"')[2])
    assert link
    assert unquote(link[1].replace("&amp;", "&")).startswith(f"/instructors/{teacher.id}/why?")


def test_a_time_that_is_free_says_so_to_everybody(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    guest = why(client, teacher, "09:15")
    log_in(client, make.student())

    for answer in (guest, why(client, teacher, "09:15")):
        assert "Nothing stands against this time now." in told(answer)
        assert f"/instructors/{teacher.id}/book?" in answer.text


def test_htmx_gets_the_piece_alone(client: FlaskClient, make: Make, teacher: Teacher) -> None:
    log_in(client, make.student())

    answer = why(client, teacher, "19:00", headers=HTMX)

    assert "<html" not in answer.text
    assert UNAVAILABLE in told(answer)
    assert 'id="near"' in why(client, teacher, "19:00").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("service={s}&minutes=60", 422),
        ("service={s}&minutes=60&start=soon", 422),
        ("service={s}&minutes=29&start=2026-12-02T14:00:00Z", 404),
        ("service=999999&minutes=60&start=2026-12-02T14:00:00Z", 404),
        ("service={s}&minutes=45&start=2026-12-02T14:00:00Z", 200),
        ("service={s}&minutes=60&start=2190-12-02T14:00:00Z", 200),
    ],
)
def test_bad_links_are_answered_kindly(
    client: FlaskClient, make: Make, teacher: Teacher, query: str, status: int
) -> None:
    log_in(client, make.student())

    answer = client.get(f"/instructors/{teacher.id}/why?{query.format(s=teacher.service_id)}")

    assert answer.status_code == status
    assert "<html" in answer.text


def test_a_service_of_somebody_else_is_not_found(
    client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    other = make.instructor()
    asked = f"service={other.service_id}&minutes=60&start=2026-12-02T14:00:00Z"

    assert client.get(f"/instructors/{teacher.id}/why?{asked}").status_code == 404


def test_it_is_limited_as_the_api_is(settings: Settings, clock: StoppedClock, make: Make) -> None:
    teacher, student = make.instructor(), make.student()
    with another_app(settings, clock, rate_limit_enabled=True) as app:
        client = log_in(app.test_client(), student)
        answers = [why(client, teacher, "19:00", headers=HTMX) for _ in range(31)]

    assert {each.status_code for each in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert answers[30].headers["HX-Retarget"] == "#alerts"
