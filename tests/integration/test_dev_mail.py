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
    assert "Length: 1 hour\n" in sent, "the text keeps its lines"


def test_a_mail_is_shown_as_mail_programs_show_it(
    client: FlaskClient,
    clock: StoppedClock,
    settings: Settings,
    student: Person,
    teacher: Teacher,
) -> None:
    book(client, student, teacher)
    with another_app(settings, clock, environment="development") as app:
        browser = app.test_client()
        assert browser.get("/dev/mail/1.html").status_code == 404, "it is not written yet"
        app.test_cli_runner().invoke(args=["mail", "deliver"])
        assert 'href="/dev/mail/1.html"' in browser.get("/dev/mail/").text
        layout = browser.get("/dev/mail/1.html")

    assert layout.mimetype == "text/html"
    assert "Your lesson is booked</h1>" in layout.text
    policy = layout.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_elsewhere_it_does_not_exist(client: FlaskClient, settings: Settings) -> None:
    assert client.get("/dev/mail/").status_code == 404
    assert client.get("/dev/mail/1.html").status_code == 404
    with another_app(settings, **PRODUCTION) as app:
        answer = app.test_client().get("/dev/mail/", base_url=PRODUCTION_URL)
        assert answer.status_code == 404
