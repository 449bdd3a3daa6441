"""Mails: written with what they tell, delivered once, tried again, taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select, update

from app.domain.mails import RETRY_AFTER
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail, MemoryMail, SmtpMail
from app.models.outbox import OutboxMail
from app.models.user import User
from app.web.services import services
from tests.clients import bearer
from tests.factories import Make, Person, Teacher
from tests.integration.life import THURSDAY, asking, book, do, move, student, teacher
from tests.smtp_server import mailbox

__all__ = ["asking", "student", "teacher"]


@pytest.fixture
def sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Mail]:
    """What was handed to the provider."""
    return with_provider(app, monkeypatch, MemoryMail()).sent


def with_provider(app: Flask, monkeypatch: pytest.MonkeyPatch, provider):
    runtime = app.extensions["runtime"]
    monkeypatch.setitem(runtime.__dict__, "sender", replace(runtime.sender, provider=provider))
    return provider


def deliver(app: Flask) -> int:
    with app.app_context():
        return services().mail_delivery.deliver_due()


def rows(make: Make) -> list[OutboxMail]:
    with make.session() as session:
        return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_both_are_told_once_and_the_copy_is_kept(
    app: Flask,
    client: FlaskClient,
    make: Make,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    book(client, student, teacher, student_note="Bring scales")

    assert (deliver(app), deliver(app)) == (2, 0)

    to_student, to_teacher = sent
    assert (to_student.to, to_teacher.to) == (student.email, teacher.email)
    assert to_student.subject == "Booking Confirmed: Piano with Instructor Number2"
    assert to_teacher.subject == "New Booking: Piano with Student Number1"
    assert "Thursday, December 3, 2026, 10:00 AM (New York time, EST)" in to_student.text
    assert "Bring scales" in to_teacher.text
    assert "Bring scales" not in to_student.text
    assert "/links/view?token=1-" in to_student.html
    kept = rows(make)[0]
    copied = to_student.without_secrets(to_student.text)
    assert (kept.state, kept.address, kept.text) == ("sent", student.email, copied)


def test_times_are_the_readers_with_the_lessons_beside_them(
    app: Flask, client: FlaskClient, make: Make, teacher: Teacher, sent: list[Mail]
) -> None:
    book(client, make.student(time_zone="Asia/Tokyo"), teacher)
    deliver(app)

    when = (
        "When: Friday, December 4, 2026, 12:00 AM (Tokyo time, JST), which is Thursday,"
        " December 3, 2026, 10:00 AM (New York time, EST)\n"
    )
    assert when in sent[0].text


def test_on_the_same_day_the_day_is_named_once(
    app: Flask, client: FlaskClient, make: Make, teacher: Teacher, sent: list[Mail]
) -> None:
    book(client, make.student(time_zone="Europe/London"), teacher)
    deliver(app)

    when = "3:00 PM (London time, GMT), which is 10:00 AM (New York time, EST)\n"
    assert f"When: Thursday, December 3, 2026, {when}" in sent[0].text


def test_a_failing_server_is_tried_again_later_and_later_then_parked(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_provider(app, monkeypatch, SmtpMail("smtp://127.0.0.1:1"))
    book(client, student, teacher)

    for wait in RETRY_AFTER:
        assert deliver(app) == 0
        mail = rows(make)[0]
        assert (mail.state, mail.reason) == ("retry", "ConnectionRefusedError")
        assert mail.next_attempt_at == clock.now() + wait
        clock.advance(wait)
    deliver(app)

    assert {mail.state for mail in rows(make)} == {"parked"}
    clock.advance(timedelta(days=1))
    deliver(app)
    assert {mail.attempts for mail in rows(make)} == {len(RETRY_AFTER) + 1}


def test_a_server_that_comes_back_gets_each_mail_once(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with mailbox() as server:
        port = server.port
    with_provider(app, monkeypatch, SmtpMail(f"smtp://127.0.0.1:{port}"))
    book(client, student, teacher)
    deliver(app)
    clock.advance(RETRY_AFTER[0])

    with mailbox(port) as server:
        assert deliver(app) == 2
        clock.advance(timedelta(hours=3))
        assert deliver(app) == 0

    assert sorted(mail["To"] for mail in server.mails) == sorted([student.email, teacher.email])
    assert len({mail["Message-ID"] for mail in server.mails}) == 2
    parts = list(server.mails[0].walk())
    assert [part.get_content_type() for part in parts] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    for part in parts[-2:]:
        assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
        (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
        assert int(event["SEQUENCE"]) == 0
    assert [part.get_filename() for part in parts[-2:]] == [None, "lesson.ics"]


def test_what_a_killed_worker_held_is_taken_over_under_the_same_id(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    book(client, student, teacher)
    with app.app_context():
        claimed = services().mail_delivery._claimed()  # and then the worker dies

    assert deliver(app) == 0
    clock.advance(timedelta(seconds=61))
    assert deliver(app) == 2
    assert {mail.message_id for mail in sent} == {ready.message_id for _, ready in claimed}


def test_a_cancelled_lesson_is_confirmed_to_nobody_any_more(
    app: Flask,
    client: FlaskClient,
    make: Make,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    made = book(client, student, teacher)
    do(client, teacher, made["id"], "cancel", reason="Ill")
    deliver(app)

    assert [mail.subject for mail in sent] == [
        "Booking Cancelled: Piano",
        "Cancellation Confirmed: Piano",
    ]
    assert "Reason: Ill" in sent[0].text


def test_nobody_inactive_is_written_to(
    app: Flask,
    client: FlaskClient,
    make: Make,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    book(client, student, teacher)
    with make.session() as session:
        session.execute(update(User).where(User.id == student.id).values(is_active=False))
        session.commit()
    deliver(app)

    assert [mail.to for mail in sent] == [teacher.email]
    assert (rows(make)[0].state, rows(make)[0].reason) == ("skipped", "recipient_inactive")


def test_a_moved_lesson_names_both_times(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    made = book(client, student, teacher)
    move(client, student, made["id"], THURSDAY, "14:00")
    deliver(app)

    assert [mail.subject.split(":")[0] for mail in sent] == ["Lesson moved", "Lesson moved"]
    assert "It was on Thursday, December 3, 2026, 10:00 AM" in sent[0].text
    assert "2:00 PM" in sent[0].text
    (event,) = Calendar.from_ical(sent[0].calendar).walk("VEVENT")
    assert int(event["SEQUENCE"]) == 1


def test_whoever_registers_is_welcomed(
    app: Flask, client: FlaskClient, sent: list[Mail], make: Make
) -> None:
    account = {"email": "new@example.com", "password": "lantern-orchard-42", "full_name": "New"}
    client.post("/api/auth/register", json={**account, "role": "student"})
    deliver(app)

    assert [(mail.to, mail.subject) for mail in sent] == [
        ("new@example.com", "Welcome to InstaInstru"),
        ("new@example.com", "Please confirm your email address for InstaInstru"),
    ]
    assert "/instructors" in sent[0].text
    assert "/teach/" not in sent[0].text


def test_a_new_instructor_is_led_to_profile_and_week(
    app: Flask, client: FlaskClient, sent: list[Mail]
) -> None:
    account = {"email": "new@example.com", "password": "lantern-orchard-42", "full_name": "New"}
    client.post("/api/auth/register", json={**account, "role": "instructor"})
    deliver(app)

    assert sent[0].subject == "Welcome to InstaInstru"
    for path in ("/teach/profile", "/teach/schedule"):
        assert client.get(path).status_code != 404
        assert path in sent[0].text
        assert path in sent[0].html


def test_whoever_closes_his_account_is_named_once_more_and_then_forgotten(
    app: Flask, client: FlaskClient, make: Make, teacher: Teacher, sent: list[Mail]
) -> None:
    person = make.student(full_name="Wilhelmina Quellenhof")
    book(client, person, teacher)
    closing = {"json": {"current_password": person.password}, "headers": bearer(client, person)}
    assert client.delete("/api/auth/me", **closing).status_code == 204
    deliver(app)

    to_teacher, farewell = sent
    assert "The lesson with Wilhelmina Quellenhof will not take place." in to_teacher.text
    assert (farewell.to, farewell.subject) == (person.email, "Your InstaInstru Account Is Closed")
    assert "Hello Wilhelmina Quellenhof," in farewell.text
    told = [(mail.facts, mail.text, mail.address) for mail in rows(make) if mail.state == "sent"]
    assert told == [("{}", None, None)] * 2
