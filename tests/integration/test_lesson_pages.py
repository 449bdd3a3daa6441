"""The lists of lessons, a lesson's page and what its people decide on it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus
from app.infra.clock import StoppedClock
from app.models.user import User
from tests.answers import counts
from tests.clients import csrf_token, log_in
from tests.conftest import NOW
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.booking_pages import posts
from tests.integration.life import student, teacher
from tests.integration.links import stored
from tests.integration.test_long_lists import history
from tests.integration.test_statements import BY_SESSION, Statements, statements

__all__ = ["statements", "student", "teacher"]
VIEWS = ("upcoming", "waiting", "past", "cancelled")
DAY = timedelta(days=1)


def ids(text: str) -> list[int]:
    """The lessons that a list shows, in its order."""
    return list(dict.fromkeys(int(each) for each in re.findall(r'href="/lessons/(\d+)"', text)))


def request(make: Make, student: Person, teacher: Teacher, **values: object) -> int:
    expires = {"expires_at": NOW + timedelta(hours=20), "confirmed_at": None, **values}
    return make.booking(
        student, teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.PENDING, **expires
    )


class TestLists:
    def test_every_lesson_is_in_one_view_of_its_own_side(
        self, app: Flask, make: Make, student: Person, teacher: Teacher
    ) -> None:
        status = BookingStatus
        made = {
            "upcoming": [
                make.booking(student, teacher, NOW - timedelta(minutes=30)),
                make.booking(student, teacher, NOW + DAY),
                make.booking(student, teacher, NOW + 2 * DAY),
            ],
            "waiting": [make.booking(student, teacher, NOW + 3 * DAY, status=status.PENDING)],
            "past": [
                make.booking(student, teacher, NOW - DAY, status=status.COMPLETED),
                make.booking(student, teacher, NOW - 2 * DAY, status=status.NO_SHOW),
                make.booking(student, teacher, NOW - 3 * DAY),
            ],
            "cancelled": [make.booking(student, teacher, NOW + DAY, status=status.CANCELLED)],
        }
        learner, stranger = (log_in(app.test_client(), each) for each in (student, make.student()))
        instructor = log_in(app.test_client(), teacher)

        for view in VIEWS:
            assert ids(learner.get(f"/lessons?view={view}").text) == made[view]
            assert ids(instructor.get(f"/teach/lessons?view={view}").text) == made[view]
            assert ids(instructor.get(f"/lessons?view={view}").text) == []
            assert ids(stranger.get(f"/lessons?view={view}").text) == []
        assert '<span class="count">1</span>' in learner.get("/lessons").text

    def test_show_more_leads_through_everything_once_at_the_same_cost(
        self,
        app: Flask,
        client: FlaskClient,
        student: Person,
        teacher: Teacher,
        statements: Statements,
    ) -> None:
        history(app, student, teacher, 45)
        log_in(client, student)
        path, seen, costs = "/lessons?view=cancelled", [], set()

        while path:
            costs.add(statements.of(lambda asked=path: client.get(asked)))
            text = client.get(path).text
            seen += ids(text)
            more = re.search(r'href="(/lessons\?view=cancelled&amp;after=[^"]+)"', text)
            path = unescape(more[1]) if more else ""

        assert len(seen) == len(set(seen)) == 45
        assert costs == {BY_SESSION + 2}

    def test_a_place_in_another_list_is_refused_kindly(
        self, app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        history(app, student, teacher, 30)
        text = log_in(client, student).get("/lessons?view=cancelled").text
        after = re.search(r"after=([^\"]+)", text)[1]
        other = log_in(app.test_client(), make.student())

        for who, path in (
            (client, f"/lessons?view=past&after={after}"),
            (other, f"/lessons?view=cancelled&after={after}"),
            (client, "/lessons?after=made-up"),
        ):
            answer = who.get(path)
            assert answer.status_code == 422
            assert "start from its top" in answer.text


class TestTakingBack:
    def test_a_request_is_taken_back_without_a_reason_and_never_late(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        late = {"free_cancel_until": NOW - DAY}
        lesson = request(make, student, teacher, **late)
        log_in(client, student)

        shown = client.get(f"/lessons/{lesson}/cancel").text
        answer = posts(client, f"/lessons/{lesson}/cancel", seen=0)

        assert "Take this request back?" in shown
        assert "late" not in re.search(r"<main.*</main>", shown, re.DOTALL)[0]
        assert answer.status_code == 303
        assert stored(make, lesson).status == "CANCELLED"
        assert not stored(make, lesson).cancelled_late

    def test_a_lesson_needs_a_reason_and_the_version_that_was_seen(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        lesson = make.booking(student, teacher, at(WEDNESDAY, "10:00"), sequence=2)
        log_in(client, student)
        path, before = f"/lessons/{lesson}/cancel", counts(make)

        assert posts(client, path, seen=2).status_code == 422
        assert posts(client, path, reason="Ill").status_code == 422
        stale = posts(client, path, reason="Ill", seen=1, was="2026-12-02T14:00:00Z")
        assert stale.status_code == 409
        assert "It was on" in stale.text
        assert counts(make) == before
        assert posts(client, path, reason="Ill", seen=2).status_code == 303
        again = posts(client, path, reason="Ill", seen=2)
        assert again.location == f"/lessons/{lesson}"


class TestAnswering:
    @pytest.mark.parametrize(
        ("step", "status"), [("approve", "CONFIRMED"), ("decline", "CANCELLED")]
    )
    def test_its_instructor_answers_the_version_on_the_page(
        self,
        client: FlaskClient,
        make: Make,
        student: Person,
        teacher: Teacher,
        step: str,
        status: str,
    ) -> None:
        lesson = request(make, student, teacher, sequence=3)
        shown = log_in(client, teacher).get(f"/lessons/{lesson}").text
        assert 'name="seen" type="hidden" value="3"' in shown

        stale = posts(client, f"/lessons/{lesson}/{step}", seen=2)
        without = posts(client, f"/lessons/{lesson}/{step}")
        assert (stale.status_code, without.status_code) == (409, 422)
        assert stored(make, lesson).status == "PENDING"
        before = counts(make)
        answers = [posts(client, f"/lessons/{lesson}/{step}", seen=3) for _ in range(2)]

        assert {each.location for each in answers} == {f"/lessons/{lesson}"}
        assert stored(make, lesson).status == status
        assert counts(make)["audit_entries"] == before["audit_entries"] + 1

    def test_nobody_else_does(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        lesson = request(make, student, teacher)
        log_in(client, student)

        assert "Confirm lesson" not in client.get(f"/lessons/{lesson}").text
        for step in ("approve", "decline"):
            assert posts(client, f"/lessons/{lesson}/{step}", seen=0).status_code == 403
        assert stored(make, lesson).status == "PENDING"

    def test_a_request_that_lapsed_has_no_button(
        self,
        client: FlaskClient,
        make: Make,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
    ) -> None:
        lesson = request(make, student, teacher, expires_at=NOW + timedelta(hours=1))
        log_in(client, teacher)
        clock.advance(timedelta(hours=1))

        assert "Confirm lesson" not in client.get(f"/lessons/{lesson}").text
        assert posts(client, f"/lessons/{lesson}/approve", seen=0).status_code == 409


def test_what_can_be_done_is_told_with_its_outcome(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    lesson = make.booking(student, teacher, at(WEDNESDAY, "10:00"))
    path = f"/lessons/{lesson}"

    def told(person: Person) -> str:
        text = log_in(app.test_client(), person).get(path).text
        actions = re.search(r'id="actions".*?</section>', text, re.DOTALL)[0]
        return " ".join(re.sub(r"<[^>]+>", " ", actions).split())

    clock.move_to(at(TUESDAY, "10:00"))
    assert "Moving is free until Tue 1 Dec, 10:00 AM" in told(student)
    assert "After that it counts as late" in told(student)
    clock.move_to(at(TUESDAY, "10:01"))
    assert "It could be moved until Tue 1 Dec, 10:00 AM" in told(student)
    assert "Now it is recorded as late" in told(student)
    assert "You can move it until it starts" in told(teacher)
    clock.move_to(at(WEDNESDAY, "11:00"))
    assert "Book again" in told(student)
    assert "Cancel lesson" not in told(student)


def test_the_calendar_file_is_that_of_the_api(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    lesson = make.booking(student, teacher, at(WEDNESDAY, "10:00"))
    answer = log_in(client, student).get(f"/lessons/{lesson}/calendar.ics")

    assert answer.mimetype == "text/calendar"
    assert "DTSTART:20261202T150000Z" in answer.text
    assert "lesson.ics" in answer.headers["Content-Disposition"]


def test_the_secret_address_is_shown_and_renewed_once(
    app: Flask, client: FlaskClient, make: Make, student: Person
) -> None:
    def address() -> str:
        text = client.get("/lessons/calendar").text
        return unescape(re.search(r'value="[^"]*(/calendar/[^"]+\.ics)"', text)[1])

    log_in(client, student)
    first = address()
    assert app.test_client().get(first).status_code == 200
    assert "stops at once" in client.get("/lessons/calendar/renew").text
    sent = {"csrf_token": csrf_token(client, "/lessons"), "renewals": "0"}
    for _ in range(2):
        client.post("/lessons/calendar/renew", data=sent)

    assert address() != first
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(address()).status_code == 200
    with make.session() as session:
        assert session.get_one(User, student.id).calendar_version == 1
