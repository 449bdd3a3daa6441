"""Mails that were on their way while something changed, and how long copies are kept."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.mails import MAILS_KEPT, RETRY_AFTER
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.models.outbox import OutboxMail
from app.web.services import services
from tests.factories import Make, Person, Teacher
from tests.integration.life import THURSDAY, book, do, move, student, teacher
from tests.integration.test_mails import deliver, rows, sent

__all__ = ["sent", "student", "teacher"]


def forget(app: Flask) -> int:
    with app.app_context():
        return services().mail_delivery.forget_old()


def test_copies_are_kept_for_ninety_days_and_unsent_mails_for_ever(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    book(client, student, teacher)
    deliver(app)
    clock.advance(MAILS_KEPT)
    assert forget(app) == 0
    with make.session() as session:
        session.execute(update(OutboxMail).where(OutboxMail.id == 1).values(state="retry"))
        session.commit()
    clock.advance(timedelta(minutes=2))

    assert (forget(app), forget(app)) == (1, 0)
    assert [(mail.id, mail.state) for mail in rows(make)] == [(1, "retry")]


def test_news_of_a_former_time_that_failed_meanwhile_is_not_sent_after_the_move(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    made = book(client, student, teacher)
    with make.session() as session:  # a worker has it in hand while the lesson moves
        session.execute(update(OutboxMail).values(state="sending"))
        session.commit()
    assert move(client, student, made["id"], THURSDAY, "14:30").status_code == 200
    with make.session() as session:  # and its mail server fails
        session.execute(
            update(OutboxMail).where(OutboxMail.state == "sending").values(state="retry")
        )
        session.commit()
    clock.advance(RETRY_AFTER[0])

    assert deliver(app) == 2
    assert {mail.subject.split(":")[0] for mail in sent} == {"Lesson moved"}
    assert [(row.state, row.reason) for row in rows(make)[:2]] == [("withdrawn", "overtaken")] * 2


def test_another_place_leaves_the_confirmation_true(
    app: Flask,
    client: FlaskClient,
    student: Person,
    teacher: Teacher,
    sent: list[Mail],
) -> None:
    made = book(client, student, teacher)
    assert do(client, teacher, made["id"], "", meeting_location="Room 5").status_code == 200
    assert do(client, teacher, made["id"], "", instructor_note="Scales").status_code == 200

    assert deliver(app) == 3
