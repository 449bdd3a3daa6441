"""The page of mails exists in development and nowhere else."""

from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from config import Settings
from tests.applications import PRODUCTION, PRODUCTION_URL, another_app
from tests.factories import Make, Person, Teacher
from tests.integration.life import book, student, teacher

__all__ = ["student", "teacher"]


def test_it_shows_every_mail_with_its_text(
    client: FlaskClient,
    clock: StoppedClock,
    settings: Settings,
    make: Make,
    student: Person,
    teacher: Teacher,
) -> None:
    book(client, student, teacher, student_note="<b>Scales</b>")
    with another_app(settings, clock, environment="development") as app:
        waiting = app.test_client().get("/dev/mail")
        app.test_cli_runner().invoke(args=["mail", "deliver"])
        sent = app.test_client().get("/dev/mail/").text

    assert "Booked student" in waiting.text
    assert "New Booking: Piano with Student Number1" in sent
    assert "&lt;b&gt;Scales&lt;/b&gt;" in sent


def test_elsewhere_it_does_not_exist(client: FlaskClient, settings: Settings) -> None:
    assert client.get("/dev/mail/").status_code == 404
    with another_app(settings, **PRODUCTION) as app:
        answer = app.test_client().get("/dev/mail/", base_url=PRODUCTION_URL)
        assert answer.status_code == 404
