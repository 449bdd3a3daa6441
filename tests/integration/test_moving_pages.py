"""Moving a lesson on pages: what suits both, what follows, once, and never behind one's back."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.models.booking import Booking
from tests.answers import counts
from tests.clients import log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.booking_pages import posts
from tests.integration.life import THURSDAY, asking, student, teacher
from tests.integration.test_statements import BY_SESSION, Statements, statements

__all__ = ["asking", "statements", "student", "teacher"]


def said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def lesson(make: Make, student: Person, teacher: Teacher) -> int:
    return make.booking(student, teacher, at(THURSDAY, "10:00"))


def offered(client: FlaskClient, lesson: int) -> set[str]:
    """The starts that the page offers."""
    text = client.get(f"/lessons/{lesson}/move?from={TUESDAY}").text
    links = [
        unescape(each) for each in re.findall(r'href="(/lessons/\d+/move\?start=[^"]+)"', text)
    ]
    return {each.partition("start=")[2].replace("%3A", ":") for each in links}


def start_of(make: Make, lesson: int) -> datetime:
    with make.session() as session:
        return session.get_one(Booking, lesson).start


class TestChoosing:
    @pytest.mark.parametrize("who", ["student", "instructor"])
    def test_only_times_that_suit_both_are_offered_and_each_can_be_had(
        self,
        app: Flask,
        make: Make,
        student: Person,
        teacher: Teacher,
        lesson: int,
        who: str,
    ) -> None:
        make.booking(make.student(), teacher, at(THURSDAY, "13:00"))
        make.booking(student, make.instructor(), at(THURSDAY, "15:00"))
        client = log_in(app.test_client(), student if who == "student" else teacher)

        times = offered(client, lesson)

        on_thursday = {each for each in times if each.startswith(f"{THURSDAY}")}
        not_free = {"10:00", "12:15", "13:45", "14:15", "15:45"}
        free = {"09:00", "09:45", "10:15", "12:00", "14:00", "16:00"}
        assert not on_thursday & {said(at(THURSDAY, each)) for each in not_free}
        assert {said(at(THURSDAY, each)) for each in free} <= on_thursday
        for each in sorted(times)[::9]:
            assert client.get(f"/lessons/{lesson}/move?start={each}").status_code == 200

    def test_it_costs_the_same_however_many_lessons_there_are(
        self,
        client: FlaskClient,
        make: Make,
        student: Person,
        teacher: Teacher,
        lesson: int,
        statements: Statements,
    ) -> None:
        log_in(client, student)
        path = f"/lessons/{lesson}/move"
        few = statements.of(lambda: client.get(path))
        for number in range(6):
            make.booking(make.student(), teacher, at(WEDNESDAY, f"{10 + number}:00"))

        assert statements.of(lambda: client.get(path)) == few
        assert few - BY_SESSION <= 5
        one = statements.of(lambda: client.get(f"{path}?start={said(at(THURSDAY, '14:00'))}"))
        assert one - BY_SESSION <= 3

    def test_the_outcome_comes_first(
        self,
        app: Flask,
        clock: StoppedClock,
        student: Person,
        teacher: Teacher,
        lesson: int,
    ) -> None:
        def told(person: Person) -> str:
            text = log_in(app.test_client(), person).get(f"/lessons/{lesson}/move").text
            return " ".join(re.sub(r"<[^>]+>", " ", text).split())

        assert "Moving is free until Wed 2 Dec, 10:00 AM" in told(student)
        clock.move_to(at(WEDNESDAY, "10:01"))
        late = told(student)
        assert "It is too late to move this lesson yourself." in late
        assert "that now counts as late" in late
        assert "Choose another time" not in late
        assert "You can move it until it starts" in told(teacher)


class TestMoving:
    def send(self, client: FlaskClient, lesson: int, start: datetime, seen: int = 0):
        return posts(client, f"/lessons/{lesson}/move", start=said(start), seen=seen)

    def test_sent_twice_it_is_moved_once(
        self, client: FlaskClient, make: Make, student: Person, lesson: int
    ) -> None:
        log_in(client, student)
        target = at(THURSDAY, "14:00")
        before = counts(make)

        answers = [self.send(client, lesson, target) for _ in range(2)]

        assert {each.location for each in answers} == {f"/lessons/{lesson}"}
        assert start_of(make, lesson) == target
        assert counts(make)["audit_entries"] == before["audit_entries"] + 1

    def test_a_page_that_is_out_of_date_moves_nothing_and_tells_what_changed(
        self, app: Flask, make: Make, student: Person, teacher: Teacher, lesson: int
    ) -> None:
        mine, hers = (log_in(app.test_client(), each) for each in (student, teacher))
        self.send(hers, lesson, at(THURSDAY, "14:00"))

        form = {"start": said(at(THURSDAY, "11:00")), "was": said(at(THURSDAY, "10:00"))}
        stale = posts(mine, f"/lessons/{lesson}/move", seen=0, **form)

        assert stale.status_code == 409
        text = " ".join(re.sub(r"<[^>]+>", " ", stale.text).split())
        assert "It was on Thu 3 Dec, 10:00 AM ; now it is on Thu 3 Dec, 2:00 PM" in text
        assert start_of(make, lesson) == at(THURSDAY, "14:00")

    def test_a_time_taken_meanwhile_comes_with_those_near_it(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher, lesson: int
    ) -> None:
        log_in(client, student)
        make.booking(make.student(), teacher, at(THURSDAY, "14:00"))

        answer = self.send(client, lesson, at(THURSDAY, "14:00"))

        assert answer.status_code == 409
        assert "The lesson is where it was." in answer.text
        assert len(re.findall(r'href="/lessons/\d+/move\?start=', answer.text)) == 3
        assert start_of(make, lesson) == at(THURSDAY, "10:00")

    def test_an_instructor_who_approves_is_asked_again_and_that_is_said_before(
        self, client: FlaskClient, make: Make, student: Person, asking: Teacher
    ) -> None:
        lesson = make.booking(student, asking, at(THURSDAY, "10:00"))
        log_in(client, student)
        target = at(THURSDAY, "14:00")

        shown = client.get(f"/lessons/{lesson}/move?start={said(target)}").text
        self.send(client, lesson, target)

        assert "the old one is given up" in shown
        with make.session() as session:
            assert session.get_one(Booking, lesson).status == "PENDING"

    @pytest.mark.parametrize(
        ("start", "status"),
        [
            ("2026-12-03T15:00:00Z", 303),  # where it is already
            ("2026-11-03T15:00:00Z", 422),
            ("2026-12-03T19:05:00Z", 422),
            ("2026-12-03T07:00:00Z", 409),
            ("soon", 422),
            ("", 422),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_page(
        self, client: FlaskClient, make: Make, student: Person, lesson: int, start: str, status: int
    ) -> None:
        log_in(client, student)
        before = counts(make)

        sent = posts(client, f"/lessons/{lesson}/move", start=start, seen=0)
        shown = client.get(f"/lessons/{lesson}/move", query_string={"start": start})

        assert sent.status_code == status
        assert shown.status_code == (303 if status == 303 else sent.status_code)
        assert counts(make) == before

    def test_what_is_over_is_not_moved(
        self, client: FlaskClient, clock: StoppedClock, student: Person, lesson: int
    ) -> None:
        log_in(client, student)
        clock.move_to(at(THURSDAY, "10:00"))

        assert client.get(f"/lessons/{lesson}/move").location == f"/lessons/{lesson}"
        assert (
            self.send(client, lesson, at(THURSDAY, "10:00") + timedelta(hours=4)).status_code == 409
        )
