"""Booking on pages step by step: place, note, confirm; before signing in and after."""

import re
from html import unescape
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus, Role
from app.infra.clock import StoppedClock
from tests.answers import counts
from tests.clients import csrf_token, log_in
from tests.factories import PASSWORD, TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.booking_pages import (
    HOME,
    bookings,
    books,
    page,
    posts,
    shown_fields,
    student,
    teacher,
)

__all__ = ["student", "teacher"]


class TestSteps:
    def test_each_has_an_address_and_shows_price_and_deadline(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        for step in ("", "/place", "/note"):
            answer = client.get(page(teacher, step))
            assert answer.status_code == 200
            assert "$60.00" in answer.text
            assert "Free to cancel until" in answer.text
            assert "Tue 1 Dec" in answer.text

    def test_the_deadline_is_told_in_both_zones(
        self, app: Flask, make: Make, teacher: Teacher
    ) -> None:
        away = log_in(app.test_client(), make.student(time_zone="Europe/Berlin"))

        for step in ("", "/place", "/note"):
            text = " ".join(re.sub(r"<[^>]+>", " ", away.get(page(teacher, step)).text).split())
            assert "Tue 1 Dec, 10:00 AM , New York time, EST" in text
            assert "(for you Tue 1 Dec, 4:00 PM )" in text

    def test_what_was_typed_is_shown_and_booked(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        placed = posts(client, page(teacher, "/place"), **HOME)
        noted = posts(client, page(teacher, "/note"), student_note="The first suite")

        assert [each.status_code for each in (placed, noted)] == [303, 303]
        assert placed.location == noted.location
        confirm = client.get(placed.location).text
        assert "12 Grove Street" in confirm
        assert "The first suite" in confirm
        assert books(client, placed.location).status_code == 303
        (made,) = bookings(make)
        assert made.location_type == "student_home"
        assert made.meeting_location == "12 Grove Street"
        assert made.student_note == "The first suite"
        assert "The first suite" not in client.get(page(teacher, start="2026-12-02T14:00:00Z")).text

    def test_it_is_for_one_instructor_and_two_hours(
        self, client: FlaskClient, make: Make, clock: StoppedClock, teacher: Teacher
    ) -> None:
        other = make.instructor()
        make.hours(other, WEDNESDAY, "09:00-12:00")
        posts(client, page(teacher, "/place"), **HOME)

        assert "12 Grove Street" not in client.get(page(other)).text
        assert "12 Grove Street" in client.get(page(teacher)).text
        clock.move_to(at(TUESDAY, "09:01"))
        assert "12 Grove Street" not in client.get(page(teacher)).text

    def test_a_long_note_in_any_writing_is_kept_whole(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        note = "先生、よろしくお願いします。練習したい曲があります。" * 37

        assert posts(client, page(teacher, "/note"), student_note=note).status_code == 303

        assert note in client.get(page(teacher, "/note")).text

    def test_what_no_cookie_can_hold_is_said_and_not_lost(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        note = "".join(chr(Random(number).randrange(0x20000, 0x2A6DF)) for number in range(1000))

        answer = posts(client, page(teacher, "/note"), student_note=note)

        assert answer.status_code == 422
        assert "a little shorter" in answer.text
        assert note in answer.text

    def test_a_made_up_draft_is_as_if_it_were_absent(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        for kept in ("", "x", "eNoDAAAAAAE=", "%%%", "é"):
            with client.session_transaction() as cookie:
                cookie["lesson_draft"] = kept
            assert client.get(page(teacher)).status_code == 200


class TestUsualPlace:
    def test_his_last_place_with_her_is_filled_in(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        for day, where in ((1, "Old Street 1"), (20, "New Street 2")):
            start = at(TUESDAY.replace(month=11, day=day), "10:00")
            place = {"location_type": "instructor_location", "meeting_location": where}
            make.booking(student, teacher, start, status=BookingStatus.COMPLETED, **place)

        sent = shown_fields(client, page(teacher))

        assert (sent["location_type"], sent["meeting_location"]) == (
            "instructor_location",
            "New Street 2",
        )

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [("student_home", ("student_home", "Mine 3")), ("instructor_location", ("neutral", ""))],
    )
    def test_of_another_instructor_only_his_own_home_counts(
        self,
        client: FlaskClient,
        make: Make,
        student: Person,
        teacher: Teacher,
        kind: str,
        expected: tuple[str, str],
    ) -> None:
        place = {"location_type": kind, "meeting_location": "Mine 3"}
        make.booking(student, make.instructor(), at(WEDNESDAY.replace(day=3), "10:00"), **place)
        make.booking(make.student(), teacher, at(WEDNESDAY.replace(day=3), "10:00"), **place)

        sent = shown_fields(client, page(teacher))

        assert (sent["location_type"], sent["meeting_location"]) == expected


class TestVisitors:
    def test_signing_in_comes_last_and_loses_nothing(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        student, before = make.student(), counts(make)
        posts(client, page(teacher, "/place"), **HOME)
        posts(client, page(teacher, "/note"), student_note="The first suite")
        asked = client.get(page(teacher))
        onward = unescape(re.search(r'href="(/login\?next=[^"]+)"', asked.text)[1])
        assert counts(make) == before

        sent = {"email": student.email, "password": student.password}
        back = posts(client, onward, **sent).location

        assert back.startswith(f"/instructors/{teacher.id}/book?")
        assert counts(make)["bookings"] == 0
        assert books(client, back).status_code == 303
        (made,) = bookings(make)
        assert (made.student_id, made.student_note) == (student.id, "The first suite")

    def test_registering_comes_last_too(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        posts(client, page(teacher, "/note"), student_note="The first suite")
        asked = client.get(page(teacher)).text
        onward = unescape(re.search(r'href="(/register\?next=[^"]+)"', asked)[1])
        account = {"email": "ann@example.com", "full_name": "Ann Lee", "role": "student"}

        back = posts(client, onward, password=PASSWORD, **account).location

        assert books(client, back).status_code == 303
        assert [each.student_note for each in bookings(make)] == ["The first suite"]

    def test_a_session_that_ended_meanwhile_loses_nothing(
        self, app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        posts(client, page(teacher, "/note"), student_note="The first suite")
        sent = shown_fields(client, page(teacher))
        stranger = app.test_client()
        sent["csrf_token"] = csrf_token(stranger)

        answer = stranger.post(page(teacher), data=sent)

        assert answer.location.startswith(f"/login?next=/instructors/{teacher.id}/book")
        assert counts(make)["bookings"] == 0
        log_in(stranger, student)
        assert shown_fields(stranger, page(teacher))["student_note"] == "The first suite"

    def test_the_draft_of_one_person_is_not_shown_to_the_next(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        posts(client, page(teacher, "/place"), **HOME)
        token = csrf_token(client, "/lessons")
        client.post("/logout", data={"csrf_token": token})
        log_in(client, make.student())

        assert "12 Grove Street" not in client.get(page(teacher)).text

    @pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.SUPPORT, Role.ADMIN])
    def test_others_are_told_that_this_is_for_students(
        self, client: FlaskClient, make: Make, teacher: Teacher, role: Role
    ) -> None:
        log_in(client, make.user(role))

        for step in ("", "/place", "/note"):
            answer = client.get(page(teacher, step))
            assert answer.status_code == 403
            assert "student&#39;s account" in answer.text
