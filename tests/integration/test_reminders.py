"""Reminders: a day and an hour before, once to each side, whatever the clocks do."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.domain.vocabulary import BookingStatus
from app.domain.zones import zone
from app.infra.clock import StoppedClock
from app.models.outbox import OutboxMail
from app.web.services import services
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import THURSDAY, do, move, student, teacher
from tests.time_cases import Case, instant, local, only

__all__ = ["student", "teacher"]


def queue(app: Flask) -> int:
    with app.app_context():
        return services().reminders.queue()


def reminders(make: Make) -> list[tuple[str, str, str | None]]:
    wanted = select(OutboxMail).where(OutboxMail.kind.startswith("reminder"))
    with make.session() as session:
        found = session.scalars(wanted.order_by(OutboxMail.id)).all()
    return [(mail.kind, mail.state, mail.reason) for mail in found]


def test_n_lessons_make_2n_mails_a_day_before_and_2n_an_hour_before(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    for hour in ("09:00", "10:00", "11:00"):
        make.booking(student, teacher, at(THURSDAY, hour))
    clock.move_to(at(THURSDAY, "08:59") - timedelta(days=1))
    assert queue(app) == 0
    clock.move_to(at(THURSDAY, "11:00") - timedelta(days=1))

    assert (queue(app), queue(app)) == (6, 0)
    clock.move_to(at(THURSDAY, "08:00"))
    assert (queue(app), queue(app)) == (2, 0)


@pytest.mark.parametrize("day", [date(2027, 3, 14), date(2026, 11, 1), date(2027, 11, 7)])
def test_a_day_is_24_hours_also_when_the_clocks_change(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher, day: date
) -> None:
    start = at(day, "10:00")
    make.booking(student, teacher, start)
    clock.move_to(start - timedelta(hours=24, seconds=1))
    assert queue(app) == 0
    clock.advance(timedelta(seconds=1))

    assert queue(app) == 2
    assert [state for _, state, _ in reminders(make)] == ["due", "due"]


@only("TC-NOT-021")
def test_a_reminder_falls_due_by_elapsed_time_and_is_written_once(
    case: Case, app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    given, due = case["input"], instant(case["expect"]["due_utc"])
    day, _, start = given["start_local"].partition("T")
    make.booking(student, teacher, at(date.fromisoformat(day), start[:5]))
    clock.move_to(instant(case["now_utc"]))
    assert queue(app) == 0
    clock.move_to(due)

    assert [queue(app) for _ in range(5)] == [2, 0, 0, 0, 0]
    with make.session() as session:
        assert {mail.due_at for mail in session.scalars(select(OutboxMail))} == {due}
    assert local(due, zone(given["instructor_timezone"])) == case["expect"]["due_local"]


@pytest.mark.parametrize(
    ("ahead", "state", "reason"),
    [(timedelta(hours=16), "due", None), (timedelta(hours=15, minutes=59), "skipped", "too_late")],
)
def test_at_short_notice_it_is_sent_at_once_or_skipped_and_said_why(
    app: Flask,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    ahead: timedelta,
    state: str,
    reason: str | None,
) -> None:
    make.booking(student, teacher, clock.now() + ahead)
    queue(app)

    assert reminders(make) == [
        ("reminder_24h_student", state, reason),
        ("reminder_24h_instructor", state, reason),
    ]


@pytest.mark.parametrize("status", [each for each in BookingStatus if each != "CONFIRMED"])
def test_only_confirmed_lessons_are_reminded_of(
    app: Flask,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    status: BookingStatus,
) -> None:
    make.booking(student, teacher, clock.now() + timedelta(hours=20), status=status)

    assert queue(app) == 0
    assert reminders(make) == []


def test_a_moved_lesson_is_reminded_of_anew(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
) -> None:
    lesson = make.booking(student, teacher, at(THURSDAY, "10:00"))
    clock.move_to(at(THURSDAY, "10:00") - timedelta(hours=24))
    queue(app)
    move(client, teacher, lesson, THURSDAY, "14:00")
    clock.move_to(at(THURSDAY, "14:00") - timedelta(hours=24))

    assert queue(app) == 2
    assert [state for _, state, _ in reminders(make)] == ["withdrawn", "withdrawn", "due", "due"]


def test_a_lesson_that_moved_there_and_back_is_reminded_of(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
) -> None:
    lesson = make.booking(student, teacher, at(WEDNESDAY, "09:00"))
    clock.move_to(at(TUESDAY, "09:05"))
    assert queue(app) == 2
    for day in (THURSDAY, WEDNESDAY):
        assert move(client, teacher, lesson, day, "09:00").status_code == 200

    assert (queue(app), queue(app)) == (2, 0)
    assert [state for _, state, _ in reminders(make)] == ["withdrawn", "withdrawn", "due", "due"]


@pytest.mark.parametrize("state", ["due", "sent", "skipped"])
def test_another_place_brings_no_second_reminder(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    state: str,
) -> None:
    lesson = make.booking(student, teacher, at(WEDNESDAY, "09:00"))
    clock.move_to(at(TUESDAY, "09:05"))
    assert queue(app) == 2
    with make.session() as session:
        session.execute(update(OutboxMail).values(state=state))
        session.commit()

    assert do(client, teacher, lesson, "", meeting_location="Room 5").status_code == 200

    assert queue(app) == 0
    assert [each for _, each, _ in reminders(make)] == [state, state]


def test_a_reminder_written_before_keys_had_a_version_is_not_repeated(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    make.booking(student, teacher, at(WEDNESDAY, "09:00"))
    clock.move_to(at(TUESDAY, "09:05"))
    assert queue(app) == 2
    with make.session() as session:
        for mail in session.scalars(select(OutboxMail)):
            mail.dedupe_key = mail.dedupe_key.rpartition(":")[0]
        session.commit()

    assert queue(app) == 0
