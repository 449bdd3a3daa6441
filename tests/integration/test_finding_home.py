"""Home, what the search field suggests, and whose today it is."""

import re
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.models.user import User
from tests.clients import log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at
from tests.integration.finding import LIST, found, people, shown, starts
from tests.integration.searching import teacher

__all__ = ["people"]


def test_suggestions_are_of_skills_places_and_people(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    def suggested(text: str) -> list[str]:
        page = client.get(f"{LIST}/suggestions", query_string={"q": text}).text
        return re.findall(r'data-(?:text|url)="([^"]*)"', page)

    assert suggested("pi") == ["Piano"]
    assert suggested("piano under $80 in br") == ["piano under $80 in Brooklyn"]
    assert suggested("moo") == [f"/instructors/{people['Cy'].id}"]
    assert suggested("p") == [
        "Piano",
        f"/instructors/{people['Ana'].id}",
        f"/instructors/{people['Dee'].id}",
    ]
    assert suggested("") == suggested("zzz") == suggested("%") == []


def test_nobody_who_cannot_be_booked_is_suggested(client: FlaskClient, make: Make) -> None:
    teacher(make, "Gone Away", ("Lute", "50.00"))
    make.instructor(user={"full_name": "Shut Down", "is_active": False}, skill="Harp")

    page = (
        client.get(f"{LIST}/suggestions?q=ha").text + client.get(f"{LIST}/suggestions?q=shut").text
    )

    assert "Harp" not in page
    assert "Shut" not in page


def test_home_shows_who_is_free_today_else_soonest(
    client: FlaskClient, people: dict[str, Teacher], clock: StoppedClock
) -> None:
    page = client.get("/").text
    assert "Free today" in page
    assert shown(page) == ["Dee Park"]

    clock.move_to(at(TUESDAY, "21:00"))
    page = client.get("/").text
    assert "Next free times" in page
    assert shown(page)[:3] == ["Ana Prado", "Bo Lind", "Cy Moor"]


def test_home_of_a_new_installation_says_what_will_be_here(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "Nobody teaches here yet" in page.text


def test_a_student_books_again_what_was_taken(
    client: FlaskClient, make: Make, people: dict[str, Teacher]
) -> None:
    student, gone = make.student(), teacher(make, "Gone Away", ("Lute", "50.00"))
    long_ago = datetime(2026, 11, 3, 15, tzinfo=UTC)
    make.booking(student, gone, long_ago)
    for teacher_, days in ((people["Ana"], 1), (people["Ana"], 2), (people["Cy"], 3)):
        make.booking(student, teacher_, long_ago + timedelta(days=days))
    make.booking(make.student(), people["Bo"], long_ago)
    with make.session() as session:
        session.get_one(User, gone.id).is_active = False
        session.commit()

    mine = log_in(client, student).get("/").text.partition('id="today"')[0]

    assert "Book again" in mine
    assert shown(mine) == ["Cy Moor", "Ana Prado"]
    assert starts(mine)[0] == at(WEDNESDAY, "18:00")


def test_a_guest_and_a_new_student_have_nothing_to_book_again(
    client: FlaskClient, make: Make, people: dict[str, Teacher]
) -> None:
    assert "Book again" not in client.get("/").text
    assert "Book again" not in log_in(client, make.student()).get("/").text


def test_today_is_the_readers(client: FlaskClient, make: Make, clock: StoppedClock) -> None:
    """At 16:00 UTC it is Wednesday in Tokyo."""
    clock.move_to(datetime(2026, 12, 1, 16, tzinfo=UTC))
    away = teacher(make, "Far Away", ("Piano", "50.00"), zone_name="Asia/Tokyo")
    make.hours(away, WEDNESDAY, "09:00-12:00")

    assert found(client, "when=today") == []
    assert found(client, "when=tomorrow") == ["Far Away"]
    log_in(client, make.student(time_zone="Asia/Tokyo"))
    assert found(client, "when=today") == ["Far Away"]
