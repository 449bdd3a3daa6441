"""Moving a lesson by a link in a mail: as the signed-in do, without signing in."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.domain.lesson_links import LinkPurpose
from app.infra.clock import StoppedClock
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, book, do, mails, student, teacher
from tests.integration.links import (
    LinkOf,
    last_entry,
    lesson,
    link_of,
    press,
    stored,
    stranger,
)
from tests.integration.test_mails import sent

__all__ = ["asking", "lesson", "link_of", "sent", "stranger", "student", "teacher"]


def test_a_lesson_is_moved_to_a_time_that_is_offered(
    app: Flask,
    make: Make,
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    path = link_of("move", lesson, student)
    page = BeautifulSoup(stranger.get(path).text, "html.parser")
    starts = {each.time["datetime"]: each["href"] for each in page.select("a.start")}
    assert "2026-12-03T15:00:00Z" not in starts, "where it is already"
    assert "2026-12-03T15:30:00Z" in starts, "its own time is not in its way"

    plan = stranger.get(starts["2026-12-03T19:00:00Z"])
    assert plan.status_code == 200
    assert "Move the lesson to this time?" in plan.text
    assert "It stays as it was." in plan.text
    assert "Free until" in plan.text
    form = BeautifulSoup(plan.text, "html.parser").select_one("#move")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    assert set(fields) == {"token", "start"}
    done = stranger.post(form["action"], data=fields)

    assert done.status_code == 303
    after = stranger.get(done.location).text
    assert "The lesson is moved." in after
    assert "2:00 PM" in after
    assert stored(make, lesson).start == at(THURSDAY, "14:00")
    entry = last_entry(make)
    assert (entry.action, entry.actor_id) == ("booking.move", student.id)
    assert json.loads(entry.changes)["by_link"] == [None, True]
    assert [kind for kind, *_ in mails(make)[2:]] == ["moved_student", "moved_instructor"]
    assert stranger.post(form["action"], data=fields).status_code == 410


def test_a_move_that_has_to_be_approved_says_so_before(
    make: Make,
    client: FlaskClient,
    student: Person,
    asking: Teacher,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    made = book(client, student, asking)
    do(client, asking, made["id"], "approve")
    path = link_of("move", made["id"], student)

    plan = stranger.get(f"{path}&start=2026-12-03T19:00:00Z").text
    assert "Your instructor has to say yes again, until" in plan
    assert "Ask for this time" in plan
    done = press(stranger, path, start="2026-12-03T19:00:00Z")
    assert "You asked for another time." in stranger.get(done.location).text
    assert stored(make, made["id"]).status == "PENDING"


@pytest.mark.parametrize(
    ("start", "status", "said"),
    [
        ("2026-12-03T15:00:00Z", 422, "The lesson is at that time already."),
        ("2026-12-03T03:00:00Z", 409, ""),
        ("2026-12-01T11:00:00Z", 422, ""),
        ("2026-12-03T19:01:00Z", 422, ""),
        ("soon", 422, "Write a moment in time"),
        ("", 422, "Write a moment in time"),
        ("9999-12-31T23:59:00Z", 422, ""),
    ],
)
def test_a_time_that_cannot_be_had_leaves_the_lesson_and_offers_others(
    make: Make,
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
    start: str,
    status: int,
    said: str,
) -> None:
    path = link_of("move", lesson, student)

    for answer in (stranger.get(f"{path}&start={start}"), press(stranger, path, start=start)):
        assert answer.status_code == status, answer.text
        assert said in answer.text
        assert "The lesson stays where it is." in answer.text
        assert 'id="times"' in answer.text
    assert stored(make, lesson).start == at(THURSDAY, "10:00")


def test_a_time_that_was_taken_meanwhile_is_refused_with_others(
    client: FlaskClient,
    make: Make,
    lesson: int,
    student: Person,
    teacher: Teacher,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    path = link_of("move", lesson, student)
    book(client, make.student(), teacher, start="14:00")

    answer = press(stranger, path, start="2026-12-03T19:00:00Z")

    assert answer.status_code == 409
    assert "The lesson stays where it is." in answer.text
    assert stranger.get(path).text.count('class="start') > 3


def test_too_close_to_the_lesson_the_move_is_explained_and_cancelling_still_works(
    make: Make,
    clock: StoppedClock,
    lesson: int,
    student: Person,
    teacher: Teacher,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    paths = {each: link_of(each, lesson, student) for each in LinkPurpose}
    clock.move_to(at(THURSDAY, "09:00"))

    closed = stranger.get(paths["move"])
    assert closed.status_code == 410
    assert "It is too close to the lesson to move it." in closed.text
    assert press(stranger, paths["move"], start="2026-12-03T19:00:00Z").status_code == 410
    assert stranger.get(paths["cancel"]).status_code == 200
    assert stranger.get(link_of("move", lesson, teacher)).status_code == 200
    clock.move_to(at(THURSDAY, "10:00"))
    for path in (paths["move"], paths["cancel"]):
        assert "The lesson has started or is over." in stranger.get(path).text
    assert stranger.get(paths["view"]).status_code == 200
