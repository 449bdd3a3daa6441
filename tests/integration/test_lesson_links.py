"""Links in mails: they show, move and cancel one lesson for one person, without signing in."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.lesson_errors import BookingChanged
from app.domain.lesson_links import LinkPurpose
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.web.services import services
from tests.clients import log_in
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, mails, move, student, teacher
from tests.integration.links import (
    CANCEL,
    VIEW,
    LinkOf,
    digest,
    last_entry,
    lesson,
    link_of,
    links_in,
    press,
    stored,
    stranger,
    token_in,
)
from tests.integration.test_mails import deliver, sent

__all__ = ["asking", "lesson", "link_of", "sent", "stranger", "student", "teacher"]


def test_a_lesson_is_cancelled_without_signing_in_as_its_person_by_link(
    app: Flask,
    make: Make,
    lesson: int,
    student: Person,
    sent: list[Mail],
    stranger: FlaskClient,
) -> None:
    deliver(app)
    path = links_in(sent[0])["cancel"]

    page = stranger.get(path)
    assert page.status_code == 200
    assert "Cancelling is free until" in page.text
    assert stored(make, lesson).status == "CONFIRMED"
    done = press(stranger, path, reason="A cold, sorry.")

    assert done.status_code == 303
    assert "done=cancelled" in done.location
    after = stranger.get(done.location)
    assert "The lesson is cancelled." in after.text
    booking, entry = stored(make, lesson), last_entry(make)
    assert (booking.status, booking.cancelled_late) == ("CANCELLED", False)
    assert (booking.cancelled_by_id, booking.cancellation_reason) == (student.id, "A cold, sorry.")
    assert (entry.action, entry.actor_id, entry.actor_role) == (
        "booking.cancel",
        student.id,
        "student",
    )
    assert json.loads(entry.changes)["by_link"] == [None, True]
    kinds = [kind for kind, *_ in mails(make)[2:]]
    assert kinds == ["own_cancellation_student", "cancelled_instructor"]

    again, used = stranger.get(path), press(stranger, path, reason="Again")
    assert (again.status_code, used.status_code) == (410, 410)
    assert "There is nothing left to move or cancel." in again.text
    assert f'href="/lessons/{lesson}"' in again.text
    assert stored(make, lesson).cancellation_reason == "A cold, sorry."


def test_an_instructor_cancels_too_and_needs_no_words(
    make: Make,
    lesson: int,
    teacher: Teacher,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    path = link_of("cancel", lesson, teacher)

    assert "your student does not pay" in stranger.get(path).text
    assert press(stranger, path).status_code == 303

    booking = stored(make, lesson)
    assert (booking.cancelled_by_id, booking.cancellation_reason) == (
        teacher.id,
        "No reason given.",
    )


def test_the_consequence_is_said_before_and_recorded_after(
    make: Make,
    clock: StoppedClock,
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    clock.move_to(at(THURSDAY, "09:00"))
    path = link_of("cancel", lesson, student)

    page = stranger.get(path).text
    assert "This is a late cancellation." in page
    assert "Wed 2 Dec, 10:00 AM" in page
    assert press(stranger, path).status_code == 303
    assert stored(make, lesson).cancelled_late


def test_older_links_die_with_a_change_and_the_view_says_how_it_is_now(
    app: Flask,
    client: FlaskClient,
    make: Make,
    lesson: int,
    student: Person,
    sent: list[Mail],
    stranger: FlaskClient,
    database_url: str,
) -> None:
    deliver(app)
    old = links_in(sent[0])
    move(client, student, lesson, THURSDAY, "14:00")
    deliver(app)
    new, before = links_in(sent[2]), digest(database_url)

    view = stranger.get(old["view"])
    assert view.status_code == 200
    assert "The lesson has changed since this mail was written." in view.text
    assert "2:00 PM" in view.text
    for path in (old["cancel"], old["move"]):
        closed = stranger.get(path)
        assert closed.status_code == 410
        assert "A link moves or cancels only what its mail speaks of." in closed.text
        assert "2:00 PM" in closed.text
        assert "Mail me links that work" in closed.text
    assert press(stranger, old["cancel"]).status_code == 410
    assert digest(database_url) == before

    assert "has changed" not in stranger.get(new["view"]).text
    assert press(stranger, new["cancel"]).status_code == 303


def test_new_links_are_mailed_to_their_person_once_an_hour(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    lesson: int,
    student: Person,
    sent: list[Mail],
    stranger: FlaskClient,
) -> None:
    deliver(app)
    old = links_in(sent[0])
    move(client, student, lesson, THURSDAY, "14:00")
    deliver(app)
    sent.clear()

    for _ in range(3):
        told = stranger.post("/links/send", data={"token": token_in(old["move"])})
        assert told.status_code == 200
        assert "A mail with links that work is on its way." in told.text
    deliver(app)

    (mail,) = sent
    assert (mail.to, mail.subject) == (
        student.email,
        "Your lesson: Piano with Instructor Number2",
    )
    assert last_entry(make).action == "booking.links_asked"
    clock.advance(timedelta(hours=1))
    stranger.post("/links/send", data={"token": token_in(old["view"])})
    deliver(app)
    assert len(sent) == 2
    assert press(stranger, links_in(mail)["cancel"]).status_code == 303
    refused = stranger.post("/links/send", data={"token": token_in(old["view"])})
    assert refused.status_code == 409
    assert "There is nothing left to be done about this lesson." in refused.text


def test_whoever_is_signed_in_goes_to_the_lesson_itself(
    app: Flask, lesson: int, student: Person, link_of: LinkOf
) -> None:
    client = log_in(app.test_client(), student)

    assert client.get(link_of("view", lesson, student)).location == f"/lessons/{lesson}"
    done = press(client, link_of("cancel", lesson, student))
    assert done.location == f"/lessons/{lesson}"
    assert "The lesson is cancelled." in client.get(done.location).text


def test_of_twenty_presses_at_once_one_cancels(
    app: Flask, make: Make, lesson: int, student: Person, link_of: LinkOf
) -> None:
    path, start = link_of("cancel", lesson, student), Barrier(20)

    def attempt(_: int) -> int:
        client = app.test_client()
        start.wait()
        return press(client, path).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(20)))

    assert answers.count(303) == 1
    assert set(answers) <= {303, 410, 503}
    assert [kind for kind, *_ in mails(make)].count("own_cancellation_student") == 1


@pytest.mark.parametrize("meanwhile", ["moved", "signed out everywhere"])
def test_a_change_between_opening_and_doing_is_not_overrun(
    app: Flask,
    client: FlaskClient,
    make: Make,
    lesson: int,
    student: Person,
    link_of: LinkOf,
    meanwhile: str,
) -> None:
    token = token_in(link_of("cancel", lesson, student))
    with app.test_request_context():
        found = services().lesson_links.opened(LinkPurpose.CANCEL, token, None)
        if meanwhile == "moved":
            assert move(client, student, lesson, THURSDAY, "14:00").status_code == 200
        else:
            with make.session() as session:
                person = session.get_one(type(found.person), student.id)
                person.auth_version += 1
                session.commit()
        with pytest.raises(BookingChanged):
            services().lesson_links.cancel(found, "Overtaken")

    assert stored(make, lesson).status == "CONFIRMED"


def test_no_link_does_what_another_is_for(
    app: Flask, lesson: int, student: Person, stranger: FlaskClient, link_of: LinkOf
) -> None:
    tokens = {each: token_in(link_of(each, lesson, student)) for each in LinkPurpose}

    for purpose in LinkPurpose:
        for other in LinkPurpose:
            path = f"/links/{purpose}?token={tokens[other]}"
            status = stranger.get(path).status_code
            assert status == (200 if purpose is other else 404), path
    assert press(stranger, f"/links/cancel?token={tokens[VIEW]}").status_code == 404
    with app.test_request_context():
        found = services().lesson_links.opened(VIEW, tokens[VIEW], None)
        with pytest.raises(Exception, match="This link is closed"):
            services().lesson_links.cancel(found, "Wrong link")
    assert stranger.get(f"/links/cancel?token={tokens[CANCEL]}").status_code == 200
