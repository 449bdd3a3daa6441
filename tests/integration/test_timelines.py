"""A lesson's timeline: every step, and every mail to the reader alone, on the page and as JSON."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.vocabulary import BookingStatus, Role
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail, SmtpMail
from app.models.outbox import OutboxMail
from app.web.services import services
from tests.answers import problem
from tests.clients import bearer, log_in
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, book, do, move, student, teacher
from tests.integration.links import LinkOf, link_of, press, stranger
from tests.integration.test_mails import deliver, sent, with_provider
from tests.integration.test_statements import BY_SESSION, BY_TOKEN, Statements, statements

__all__ = ["asking", "link_of", "sent", "statements", "stranger", "student", "teacher"]


def timeline(client: FlaskClient, person: Person, lesson: int) -> dict:
    answer = client.get(f"/api/bookings/{lesson}/timeline", headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def shown(app: Flask, person: Person, lesson: int) -> list[str]:
    """The lines on the lesson's page, without their moments."""
    page = log_in(app.test_client(), person).get(f"/lessons/{lesson}").text
    lines = BeautifulSoup(page, "html.parser").select("#timeline li > p:first-child")
    return [" ".join(each.get_text().split()) for each in lines]


def kinds(told: dict) -> list[tuple[str, str]]:
    return [(each["kind"], each["by"]) for each in told["steps"]]


def messages(told: dict) -> list[tuple[str, str, str | None]]:
    return [(each["kind"], each["state"], each["reason"]) for each in told["messages"]]


def test_a_life_is_told_to_both_each_with_his_own_mails(
    app: Flask,
    client: FlaskClient,
    clock: StoppedClock,
    student: Person,
    asking: Teacher,
    sent: list[Mail],
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    lesson = int(book(client, student, asking)["id"])
    deliver(app)
    clock.advance(timedelta(minutes=5))
    do(client, asking, lesson, "approve")
    deliver(app)
    clock.advance(timedelta(minutes=5))
    move(client, asking, lesson, THURSDAY, "14:00")
    clock.advance(timedelta(minutes=5))
    assert press(stranger, link_of("cancel", lesson, student), reason="Ill").status_code == 303
    deliver(app)

    to_student, to_teacher = (timeline(client, each, lesson) for each in (student, asking))
    assert kinds(to_student) == [
        ("requested", "you"),
        ("confirmed", "instructor"),
        ("moved", "instructor"),
        ("cancelled", "you"),
    ]
    assert [by for _, by in kinds(to_teacher)] == ["student", "you", "you", "student"]
    moved, cancelled = to_student["steps"][2:]
    assert (moved["was"], moved["became"]) == ("2026-12-03T15:00:00Z", "2026-12-03T19:00:00Z")
    assert (cancelled["by_link"], cancelled["is_late"], cancelled["reason"]) == (True, False, "Ill")
    assert messages(to_student) == [
        ("requested_student", "sent", None),
        ("approved_student", "sent", None),
        ("moved_student", "withdrawn", "cancelled"),
        ("own_cancellation_student", "sent", None),
    ]
    assert [kind for kind, *_ in messages(to_teacher)] == [
        "requested_instructor",
        "approved_instructor",
        "moved_instructor",
        "cancelled_instructor",
    ]
    assert shown(app, student, lesson) == [
        "Requested by you",
        "Confirmed by your instructor",
        "Moved by your instructor",
        "Cancelled in time by you, by a link in a mail",
        "Request, sent",
        "Request accepted, sent",
        "Lesson moved, not sent: the lesson was cancelled first",
        "Your cancellation, sent",
    ]
    assert shown(app, asking, lesson)[3] == "Cancelled in time by your student, by a link in a mail"


def test_reminders_are_planned_then_sent_or_skipped_with_the_reason(
    app: Flask,
    client: FlaskClient,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    lesson = int(book(client, student, teacher)["id"])
    planned = timeline(client, student, lesson)["messages"][1:]
    assert [(each["kind"], each["state"], each["due_at"]) for each in planned] == [
        ("reminder_24h_student", "planned", "2026-12-02T15:00:00Z"),
        ("reminder_1h_student", "planned", "2026-12-03T14:00:00Z"),
    ]

    clock.move_to(at(THURSDAY, "10:00") - timedelta(hours=10))
    with app.app_context():
        services().reminders.queue()
    clock.move_to(at(THURSDAY, "09:05"))
    with app.app_context():
        services().reminders.queue()
    deliver(app)

    assert messages(timeline(client, student, lesson)) == [
        ("reminder_24h_student", "skipped", "too_late"),
        ("booked_student", "sent", None),
        ("reminder_1h_student", "sent", None),
    ]
    lines = shown(app, student, lesson)
    assert "Reminder, a day before, not sent: it would have come too late to help" in lines
    assert "Reminder, an hour before, sent" in lines


def test_a_mail_that_fails_says_when_it_is_tried_again_and_when_it_is_given_up(
    app: Flask,
    client: FlaskClient,
    make: Make,
    student: Person,
    teacher: Teacher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lesson = int(book(client, student, teacher)["id"])
    assert "Booking confirmed, goes out now" in shown(app, student, lesson)
    with_provider(app, monkeypatch, SmtpMail("smtp://127.0.0.1:1"))
    deliver(app)

    told = timeline(client, student, lesson)["messages"][0]
    assert (told["state"], told["again_at"]) == ("retry", "2026-12-01T12:00:30Z")
    assert told["reason"] is None, "what a server said is nobody's business"
    assert "Booking confirmed, not delivered yet, tried again" in shown(app, student, lesson)
    with make.session() as session:
        session.execute(update(OutboxMail).values(state="parked"))
        session.commit()
    assert "Booking confirmed, could not be delivered" in shown(app, student, lesson)


def test_support_and_time_are_told_as_such(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    asking: Teacher,
) -> None:
    support = make.user(Role.SUPPORT)
    moved = int(book(client, student, teacher)["id"])
    move(client, support, moved, THURSDAY, "14:00", reason="Asked by telephone")
    lapsed = int(book(client, student, asking, start="11:00")["id"])
    clock.move_to(at(THURSDAY, "15:00") + timedelta(hours=25))
    with app.app_context():
        services().booking_jobs.expire_requests()
        services().booking_jobs.complete_past()

    assert kinds(timeline(client, student, moved)) == [
        ("booked", "you"),
        ("moved", "support"),
        ("completed", "automatic"),
    ]
    assert "Asked by telephone" not in str(timeline(client, student, moved))
    assert shown(app, student, moved)[1:3] == ["Moved by support", "Completed automatically"]
    assert shown(app, student, lapsed)[:2] == ["Requested by you", "Lapsed without an answer"]


def test_lessons_without_a_trail_tell_what_their_rows_do(
    app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    ended = at(THURSDAY, "11:00")
    lesson = make.booking(
        student,
        teacher,
        at(THURSDAY, "10:00"),
        status=BookingStatus.COMPLETED,
        completed_at=ended,
    )

    assert [each["kind"] for each in timeline(client, student, lesson)["steps"]] == [
        "booked",
        "completed",
    ]
    assert timeline(client, student, lesson)["steps"][1]["by"] is None
    assert shown(app, teacher, lesson) == ["Booked by your student", "Completed"]


def test_times_are_the_readers(
    app: Flask, client: FlaskClient, make: Make, teacher: Teacher
) -> None:
    reader = make.student(time_zone="Asia/Tokyo")
    lesson = int(book(client, reader, teacher)["id"])

    page = log_in(app.test_client(), reader).get(f"/lessons/{lesson}").text

    told = BeautifulSoup(page, "html.parser").select_one("#timeline").get_text(" ")
    assert "Tue 1 Dec, 9:00 PM" in " ".join(told.split())
    assert "Times are in Tokyo time, JST." in told


def test_nobody_else_reads_it(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    lesson = int(book(client, student, teacher)["id"])

    for other in (make.student(), make.instructor(), make.user(Role.ADMIN)):
        headers = bearer(client, other)
        problem(client.get(f"/api/bookings/{lesson}/timeline", headers=headers), 404)


@pytest.mark.parametrize("moves", [0, 6])
def test_it_takes_two_statements_beside_the_booking_however_much_happened(
    app: Flask,
    client: FlaskClient,
    student: Person,
    teacher: Teacher,
    statements: Statements,
    moves: int,
) -> None:
    lesson = int(book(client, student, teacher)["id"])
    for number in range(moves):
        move(client, student, lesson, THURSDAY, f"{11 + number % 2}:00")
    headers = bearer(client, student)
    path = f"/api/bookings/{lesson}/timeline"

    assert statements.of(lambda: client.get(path, headers=headers)) - BY_TOKEN == 3
    page = log_in(app.test_client(), student)
    assert statements.of(lambda: page.get(f"/lessons/{lesson}")) - BY_SESSION == 3


@pytest.mark.parametrize(("purpose", "most"), [("view", 1), ("cancel", 1), ("move", 3)])
def test_pages_of_links_take_few_statements(
    student: Person,
    teacher: Teacher,
    client: FlaskClient,
    stranger: FlaskClient,
    link_of: LinkOf,
    statements: Statements,
    purpose: str,
    most: int,
) -> None:
    path = link_of(purpose, int(book(client, student, teacher)["id"]), student)

    assert statements.of(lambda: stranger.get(path)) == most
    assert statements.of(lambda: stranger.get(f"/links/{purpose}?token=none"), 404) == 0
