"""How booking on pages ends: once, too late, refused because it was forged or stale, or well."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus
from tests.answers import counts
from tests.clients import log_in
from tests.factories import WEDNESDAY, Make, Person, Teacher, at
from tests.integration.booking_pages import (
    bookings,
    books,
    page,
    posts,
    shown_fields,
    student,
    teacher,
)

__all__ = ["student", "teacher"]


class TestTwice:
    def test_a_form_sent_twice_is_one_lesson_with_one_success(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        sent = shown_fields(client, page(teacher))

        answers = [client.post(page(teacher), data=sent) for _ in range(3)]

        assert {(each.status_code, each.location) for each in answers} == {
            (303, f"/lessons/{bookings(make)[0].id}/booked")
        }
        assert counts(make)["bookings"] == 1
        assert client.get(page(teacher)).location == f"/lessons/{bookings(make)[0].id}"

    def test_what_is_taken_meanwhile_comes_with_what_is_near_and_keeps_what_was_typed(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        posts(client, page(teacher, "/note"), student_note="The first suite")
        sent = shown_fields(client, page(teacher))
        make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))

        answer = client.post(page(teacher), data=sent)

        assert answer.status_code == 409
        assert "has just been taken" in answer.text
        assert "Nothing was booked" in answer.text
        near = [
            unescape(each) for each in re.findall(r'class="start[^>]*href="([^"]+)"', answer.text)
        ]
        assert [re.search(r"T(\d\d)", each)[1] for each in near] == ["14", "16", "14"]
        assert shown_fields(client, near[0])["student_note"] == "The first suite"
        assert client.get(page(teacher)).status_code == 409


def forged(name: str) -> Callable[[Make, Teacher], str]:
    return {
        "the service of another": lambda make, teacher: page(
            teacher, service=make.instructor().service_id
        ),
        "no such service": lambda _make, teacher: page(teacher, service=999_999),
        "a student as instructor": lambda make, teacher: page(teacher).replace(
            f"/{teacher.id}/", f"/{make.student().id}/"
        ),
        "an instructor who left": lambda make, _teacher: page(
            make.instructor(user={"is_active": False})
        ),
        "no length": lambda _make, teacher: page(teacher, minutes=""),
        "no such length": lambda _make, teacher: page(teacher, minutes="9e9"),
    }[name]


FORGED = (
    "the service of another",
    "no such service",
    "a student as instructor",
    "an instructor who left",
    "no length",
    "no such length",
)


class TestForgedAndStale:
    @pytest.mark.parametrize("name", FORGED)
    def test_what_is_not_on_offer_is_a_friendly_page(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher, name: str
    ) -> None:
        path = forged(name)(make, teacher)
        before = counts(make)

        for step in ("", "/place", "/note"):
            answer = client.get(path.replace("/book?", f"/book{step}?"))
            assert answer.status_code == 404
            assert "This lesson cannot be booked" in answer.text
        assert posts(client, path, agreed_price="60.00").status_code == 404
        assert counts(make) == before

    def test_a_service_that_was_withdrawn_leads_to_her_other_times(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        gone = make.service(make.profile_id(teacher), skill="Opera", is_active=False)

        answer = client.get(page(teacher, service=gone))

        assert answer.status_code == 404
        assert f'href="/instructors/{teacher.id}"' in answer.text
        assert "See the times of Ines Duarte" in answer.text

    @pytest.mark.parametrize(
        ("changed", "status", "words"),
        [
            ({"start": "2026-11-02T15:00:00Z"}, 422, "that time has passed"),
            ({"start": "2027-06-02T15:00:00Z"}, 422, "cannot be booked that far ahead"),
            ({"start": "2026-12-02T15:05:00Z"}, 422, "quarter hour"),
            ({"minutes": 45}, 422, "lesson length is not offered"),
            ({"start": "2026-12-02T05:00:00Z"}, 409, "this time is not free"),
            ({"start": "yesterday"}, 422, "Write a moment in time"),
            ({"start": ""}, 422, "Write a moment in time"),
        ],
    )
    def test_a_time_that_cannot_be_is_told_kindly(
        self,
        client: FlaskClient,
        make: Make,
        student: Person,
        teacher: Teacher,
        changed: dict[str, object],
        status: int,
        words: str,
    ) -> None:
        path, before = page(teacher, **changed), counts(make)

        shown, sent = client.get(path), posts(client, path, agreed_price="60.00")

        assert shown.status_code == status
        assert words in shown.text
        assert f"/instructors/{teacher.id}" in shown.text
        assert sent.status_code in (409, 422)
        assert counts(make) == before

    @pytest.mark.parametrize("price", ["59.99", "0.00", "-60.00", "60", "1e2", "", "60.00'--"])
    def test_a_price_is_agreed_to_not_made_up(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher, price: str
    ) -> None:
        sent = shown_fields(client, page(teacher)) | {"agreed_price": price}

        answer = client.post(page(teacher), data=sent)

        assert answer.status_code in (409, 422)
        assert 'value="60.00"' in answer.text
        assert counts(make)["bookings"] == 0


class TestDone:
    def test_it_offers_the_same_time_of_the_next_week(
        self, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        done = books(client, page(teacher)).location

        shown = client.get(done).text

        assert "Your lesson is booked" in shown
        assert f'href="{done.removesuffix("/booked")}/calendar.ics"' in shown
        assert 'href="/lessons/calendar"' in shown
        following = unescape(re.search(r'href="(/instructors/[^"]+/book\?[^"]+)"', shown)[1])
        assert "start=2026-12-09T15%3A00%3A00Z" in following
        assert client.get(following).status_code == 200

    def test_else_the_nearest_and_else_nothing(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        make.booking(make.student(), teacher, at(WEDNESDAY.replace(day=9), "10:00"))
        lonely = make.instructor()
        make.hours(lonely, WEDNESDAY, "11:00-12:00")

        near = client.get(books(client, page(teacher)).location).text
        alone = client.get(books(client, page(lonely, start="2026-12-02T16:00:00Z")).location).text

        assert "start=2026-12-09T14%3A00%3A00Z" in near
        assert "Book the next one" not in alone

    def test_a_request_says_that_it_waits(self, client: FlaskClient, make: Make) -> None:
        asking = make.instructor(requires_approval=True)
        make.hours(asking, WEDNESDAY, "09:00-12:00")
        log_in(client, make.student())

        assert "answers each request personally" in client.get(page(asking)).text
        done = client.get(books(client, page(asking)).location).text

        assert "Your request is sent" in done
        assert "Your lesson is booked" not in done

    def test_later_it_is_the_lessons_page(
        self, app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        lesson = make.booking(
            student, teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED
        )
        instructor = log_in(app.test_client(), teacher)

        assert client.get(f"/lessons/{lesson}/booked").location == f"/lessons/{lesson}"
        assert instructor.get(f"/lessons/{lesson}/booked").location == f"/lessons/{lesson}"
