"""What mails say, and that they say it as text."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.domain.mails import MailKind
from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.models.booking import Booking
from app.models.outbox import OutboxMail
from app.models.user import User
from app.services import waiting_mails
from app.services.mail_words import AMBER, BLUE, GREEN, GREY, INDIGO, RED, VIOLET
from app.web.services import services
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, book, do, move, student, teacher
from tests.integration.test_mails import deliver, sent

__all__ = ["asking", "sent", "student", "teacher"]

CORPUS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))
ABOUT_ACCOUNTS = {MailKind.WELCOME, MailKind.VERIFY_EMAIL}
ABOUT_ACCOUNTS |= {MailKind.PASSWORD_RESET, MailKind.PASSWORD_CHANGED, MailKind.ACCOUNT_CLOSED}
ABOUT_ACCOUNTS |= {MailKind.EMAIL_CHANGE_CONFIRM, MailKind.EMAIL_CHANGE_ASKED}
ABOUT_ACCOUNTS |= {MailKind.EMAIL_CHANGED, MailKind.EMAIL_CHANGE_STOPPED, MailKind.DATA_COPIED}
ABOUT_LESSONS = [kind for kind in MailKind if kind not in ABOUT_ACCOUNTS | waiting_mails.KINDS]


def test_a_mail_names_the_place_the_price_and_the_free_deadline(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    at_home = {"location_type": "student_home", "meeting_location": "12 Elm Street"}
    book(client, student, teacher, **at_home)
    book(client, student, teacher, start="14:00")
    deliver(app)

    to_student, to_teacher = sent[:2]
    for mail in (to_student, to_teacher):
        assert "Where: 12 Elm Street\n" in mail.text
        assert "Length: 1 hour" in mail.text
    assert "Price: $60.00" in to_student.text
    assert "Earnings: $60.00" in to_teacher.text
    free = "Cancel freely until: Wednesday, December 2, 2026, 10:00 AM (New York time, EST)"
    assert free in to_student.text
    assert "Cancel freely" not in to_teacher.text
    assert "Where: A place you agree on together\n" in sent[2].text


def test_both_learn_of_a_late_cancellation_that_it_was_late(
    app: Flask, client: FlaskClient, clock: StoppedClock, student: Person, teacher: Teacher, sent
) -> None:
    made = book(client, student, teacher)
    clock.advance(timedelta(hours=40))
    do(client, student, made["id"], "cancel", reason="Ill")
    deliver(app)

    assert len(sent) == 2
    for mail in sent:
        assert "Cancelled: late, after the free deadline" in mail.text


def test_a_move_that_has_to_be_approved_is_told_as_a_request(
    app: Flask, client: FlaskClient, make: Make, student: Person, asking: Teacher, sent: list[Mail]
) -> None:
    made = book(client, student, asking)
    do(client, asking, made["id"], "approve")
    move(client, student, made["id"], THURSDAY, "14:00")
    deliver(app)

    to_student, to_teacher = sent[-2:]
    assert to_student.subject == "Request sent: Piano with Instructor Number2"
    assert to_teacher.subject == "Please answer: Piano with Student Number1"
    assert to_student.text.startswith("You asked for another time\n")
    assert to_teacher.text.startswith("Somebody would like another time\n")
    for mail in (to_student, to_teacher):
        was = "the lesson" if mail is to_teacher else "Your lesson"
        assert f"{was} was on Thursday, December 3, 2026, 10:00 AM" in mail.text


def test_a_request_says_until_when_it_is_answered(
    app: Flask, client: FlaskClient, student: Person, asking: Teacher, sent: list[Mail]
) -> None:
    book(client, student, asking)
    deliver(app)

    until = "Wednesday, December 2, 2026, 7:00 AM (New York time, EST)"
    assert f"Kept for you until: {until}\n" in sent[0].text
    assert f"Please answer by: {until}\n" in sent[1].text


def test_a_decline_brings_the_instructors_words(
    app: Flask, client: FlaskClient, make: Make, student: Person, asking: Teacher, sent: list[Mail]
) -> None:
    answers = [(asking, {"reason": " I am away then. "}), (asking, {})]
    answers.append((make.user(Role.ADMIN), {"reason": "Asked by telephone"}))
    for hour, (person, said) in zip((10, 12, 14), answers, strict=True):
        made = book(client, student, asking, start=f"{hour}:00")
        answer = do(client, person, made["id"], "decline", **said)
        assert answer.get_json()["cancellation_reason"] == "declined"
    deliver(app)

    assert {mail.subject for mail in sent} == {"Not possible: Piano with Instructor Number2"}
    with_words, without, by_staff = sent
    assert "Reason: I am away then.\n" in with_words.text
    for mail in (without, by_staff):
        assert "Reason" not in mail.text


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (
            "10:00",
            ("We will remind you an hour before it. Pay", "Cancelling: is late from now on"),
        ),
        (
            "14:00",
            ("We will remind you a day and an hour before it. Pay", "Cancel freely until: "),
        ),
    ],
)
def test_only_what_is_still_to_come_is_promised(
    app: Flask,
    client: FlaskClient,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
    start: str,
    said: tuple[str, str],
) -> None:
    clock.advance(at(THURSDAY, "12:00") - timedelta(hours=24) - clock.now())
    book(client, student, teacher, start=start)
    deliver(app)

    assert all(each in sent[0].text for each in said)
    assert "Cancel freely" not in sent[1].text
    assert "Cancelling" not in sent[1].text


def test_a_cancelled_lesson_costs_nothing_and_earns_nothing(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    for person, start in ((student, "10:00"), (teacher, "12:00")):
        made = book(client, person if person is student else student, teacher, start=start)
        do(client, person, made["id"], "cancel", reason="Ill")
    deliver(app)

    assert len(sent) == 4
    for mail in sent:
        assert "$" not in mail.text
        assert "Reason: Ill" in mail.text


def test_a_reminder_says_tomorrow_as_sentences_do(
    app: Flask,
    client: FlaskClient,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    book(client, student, teacher)
    deliver(app)
    clock.advance(at(THURSDAY, "10:00") - timedelta(hours=23) - clock.now())
    with app.app_context():
        services().reminders.queue()
    deliver(app)

    assert [mail.subject for mail in sent[2:]] == ["Reminder: Piano Tomorrow"] * 2
    assert sent[2].text.startswith("Your lesson is tomorrow\n")
    assert sent[3].text.startswith("You teach tomorrow\n")


@pytest.mark.parametrize("kind", ABOUT_LESSONS)
def test_every_kind_has_its_colour_and_keeps_text_text(
    app: Flask, client: FlaskClient, make: Make, kind: MailKind, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    with app.app_context(), make.session() as session:
        booking = session.get(Booking, made["id"])
        for text in CORPUS:
            with session.no_autoflush:
                told = written(booking, session, kind, text)
            tree = BeautifulSoup(told.html, "html.parser")
            assert tree.find(["script", "img", "svg", "iframe", "input", "form"]) is None
            assert not [
                each for each in tree.find_all() if any(a.startswith("on") for a in each.attrs)
            ]
            assert "\n" not in told.subject
            assert "\r" not in told.subject
            session.expunge_all()
            booking = session.get(Booking, made["id"])
        header = tree.find("h1").parent["style"]
        assert COLOURS[kind] in header


def written(booking: Booking, session, kind: MailKind, text: str) -> Mail:
    """A mail of a kind in which every text that people type is the given one."""
    sender = services().mail_delivery._sender
    booking.service_name = booking.student_note = booking.meeting_location = text
    booking.cancellation_reason, booking.cancelled_by_id = text, booking.student_id
    for name in ("student", "instructor"):
        person = session.get(User, getattr(booking, f"{name}_id"))
        person.full_name = text
        booking.__dict__[name] = person
    reader = booking.instructor if kind.value.endswith("instructor") else booking.student
    facts = {"previous_start": "2026-12-03T15:00:00+00:00"}
    content = sender.contents.about_booking(kind, booking, reader, facts, services().clock.now())
    mail = OutboxMail(id=1, kind=kind.value)
    return services().mail_delivery._laid_out(mail, content, "a@example.com")


COLOURS = {
    MailKind.BOOKED_STUDENT: INDIGO,
    MailKind.BOOKED_INSTRUCTOR: GREEN,
    MailKind.REQUESTED_STUDENT: INDIGO,
    MailKind.REQUESTED_INSTRUCTOR: GREEN,
    MailKind.APPROVED_STUDENT: INDIGO,
    MailKind.APPROVED_INSTRUCTOR: GREEN,
    MailKind.DECLINED_STUDENT: AMBER,
    MailKind.EXPIRED_STUDENT: AMBER,
    MailKind.EXPIRED_INSTRUCTOR: AMBER,
    MailKind.CANCELLED_STUDENT: RED,
    MailKind.CANCELLED_INSTRUCTOR: AMBER,
    MailKind.OWN_CANCELLATION_STUDENT: GREY,
    MailKind.OWN_CANCELLATION_INSTRUCTOR: GREY,
    MailKind.MOVED_STUDENT: INDIGO,
    MailKind.MOVED_INSTRUCTOR: GREEN,
    MailKind.PLACE_STUDENT: INDIGO,
    MailKind.LINKS_STUDENT: INDIGO,
    MailKind.LINKS_INSTRUCTOR: GREEN,
    MailKind.REMINDER_24H_STUDENT: BLUE,
    MailKind.REMINDER_24H_INSTRUCTOR: VIOLET,
    MailKind.REMINDER_1H_STUDENT: BLUE,
    MailKind.REMINDER_1H_INSTRUCTOR: VIOLET,
}
