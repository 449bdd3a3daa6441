"""Which links mails carry, and that nothing that is kept opens a lesson."""

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.web.services import services
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, book, do, student, teacher
from tests.integration.links import (
    lesson,
    link_of,
    links_in,
    stranger,
    token_in,
)
from tests.integration.test_mails import deliver, rows, sent

__all__ = ["asking", "lesson", "link_of", "sent", "stranger", "student", "teacher"]


def test_mails_offer_what_their_reader_may_do_and_text_and_html_the_same(
    app: Flask, make: Make, lesson: int, sent: list[Mail]
) -> None:
    deliver(app)

    for mail in sent:
        assert set(links_in(mail)) == {"view", "move", "cancel"}
        hrefs = [each["href"] for each in BeautifulSoup(mail.html, "html.parser").find_all("a")]
        base = "http://127.0.0.1:8000"
        assert [base + path for path in links_in(mail).values()] == hrefs[:3]
        assert len(mail.secrets) == 3
    tokens = {token_in(path) for mail in sent for path in links_in(mail).values()}
    assert len(tokens) == 6, "each for one purpose and one person"


def test_what_is_too_late_is_not_offered(
    app: Flask,
    client: FlaskClient,
    clock: StoppedClock,
    lesson: int,
    sent: list[Mail],
    teacher: Teacher,
) -> None:
    clock.move_to(at(THURSDAY, "09:15"))
    with app.app_context():
        services().reminders.queue()
    deliver(app)
    to_student, to_teacher = sent[-2:]
    assert set(links_in(to_student)) == {"view", "cancel"}
    assert set(links_in(to_teacher)) == {"view", "move", "cancel"}

    do(client, teacher, lesson, "cancel", reason="Ill")
    deliver(app)
    assert [set(links_in(mail)) for mail in sent[-2:]] == [{"view"}] * 2
    assert "Find another time: http://127.0.0.1:8000/instructors\n" in sent[-2].text


def test_a_request_is_answered_after_signing_in_and_withdrawn_without(
    app: Flask, client: FlaskClient, student: Person, asking: Teacher, sent: list[Mail]
) -> None:
    made = book(client, student, asking)
    deliver(app)

    to_student, to_teacher = sent
    assert "Take back the request: " in to_student.text
    assert f"Open the request: http://127.0.0.1:8000/lessons/{made['id']}\n" in to_teacher.text
    assert "See it without signing in: " in to_teacher.text


def test_nothing_that_is_kept_opens_a_lesson(
    app: Flask, make: Make, lesson: int, sent: list[Mail]
) -> None:
    deliver(app)

    secrets = [secret for mail in sent for secret in mail.secrets]
    assert len(secrets) == 6
    told = "".join(f"{mail.text}{mail.html}{mail.facts}{mail.subject}" for mail in rows(make))
    assert "/links/cancel?token=(hidden)" in told
    assert not [secret for secret in secrets if secret.rpartition("-")[2] in told]
