"""Lessons in people's own calendar programs, by a secret address."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.domain.vocabulary import BookingStatus, Role
from app.infra.clock import StoppedClock
from app.models.audit import AuditEntry
from app.models.user import User
from config import Settings
from tests.answers import counts
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import THURSDAY, asking, book, do, move, student, teacher
from tests.integration.test_statements import Statements, statements

__all__ = ["asking", "statements", "student", "teacher"]
MINE = "/api/auth/me/calendar"


def addresses(client: FlaskClient, person: Person, *, renewed: bool = False) -> dict[str, str]:
    ask = client.post if renewed else client.get
    answer = ask(MINE, headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


def read(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    return client.get(urlsplit(address).path, headers=headers)


def feed(client: FlaskClient, person: Person, variant: str = "full") -> Calendar:
    answer = read(client, addresses(client, person)[variant])
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    return Calendar.from_ical(answer.data)


def events(calendar: Calendar) -> list[tuple[str, str, int]]:
    return [
        (str(each["SUMMARY"]), str(each["STATUS"]), int(each["SEQUENCE"]))
        for each in calendar.walk("VEVENT")
    ]


def test_both_sides_find_the_lesson_and_its_changes_under_one_uid(
    client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    seen = [feed(client, student)]
    for start in ("12:00", "14:00"):
        move(client, student, made["id"], THURSDAY, start)
        seen.append(feed(client, student))
    do(client, student, made["id"], "cancel", reason="Ill")
    seen.append(feed(client, student))

    name = "Piano with Instructor Number2"
    assert [events(each) for each in seen] == [
        [(name, "CONFIRMED", 0)],
        [(name, "CONFIRMED", 1)],
        [(name, "CONFIRMED", 2)],
        [(name, "CANCELLED", 3)],
    ]
    assert len({str(each["UID"]) for every in seen for each in every.walk("VEVENT")}) == 1
    assert events(feed(client, teacher)) == [("Piano with Student Number1", "CANCELLED", 3)]


def test_a_feed_publishes_for_an_hour_and_invites_nobody(
    client: FlaskClient, student: Person, asking: Teacher
) -> None:
    book(client, student, asking)

    calendar = feed(client, student)

    assert str(calendar["METHOD"]) == "PUBLISH"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT1H"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT1H"
    (event,) = calendar.walk("VEVENT")
    assert "ATTENDEE" not in event
    assert str(event["STATUS"]) == "TENTATIVE"


def test_from_a_month_ago_to_a_year_ahead_and_cancelled_ones_for_a_month(
    client: FlaskClient, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    now, day, minute = clock.now(), timedelta(days=1), timedelta(minutes=15)
    shown = [
        make.booking(student, teacher, now - 30 * day),
        make.booking(student, teacher, now + 365 * day),
    ]
    make.booking(student, teacher, now - 30 * day - 8 * minute)
    make.booking(student, teacher, now + 365 * day + 8 * minute)
    off = {"status": BookingStatus.CANCELLED}
    shown.append(make.booking(student, teacher, now + day, cancelled_at=now - 30 * day, **off))
    make.booking(student, teacher, now + day, cancelled_at=now - 31 * day, **off)
    make.booking(make.student(), teacher, now + 2 * day)

    urls = [str(each["URL"]) for each in feed(client, student).walk("VEVENT")]

    assert sorted(int(url.rsplit("/", 1)[1]) for url in urls) == sorted(shown)


def test_busy_tells_when_and_nothing_else(
    client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher, meeting_location="Room 4", student_note="Scales")
    answer = read(client, addresses(client, teacher)["busy"])

    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Busy", at(THURSDAY, "10:00"))
    for word in ("Piano", "Number", "Room", "Scales", "URL:", "60.00", made["reference"]):
        assert word not in answer.text


def test_an_unchanged_feed_is_not_sent_again(
    client: FlaskClient, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    address = addresses(client, student)["full"]
    first = read(client, address)
    clock.advance(timedelta(hours=1))

    again = read(client, address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    do(client, student, made["id"], "cancel", reason="Ill")
    assert read(client, address, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_reading_changes_nothing_and_no_cache_or_site_learns_the_address(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    book(client, student, teacher)
    address = addresses(client, student)["full"]
    before = counts(make)

    for path in (address, address.replace(".ics", "x.ics")):
        answer = read(client, path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "public" not in answer.headers["Cache-Control"]
    assert read(client, address).headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in read(client, address).headers
    assert counts(make) == before


class TestSecretAddresses:
    def test_renewing_closes_the_old_ones_at_once_and_is_audited(
        self, client: FlaskClient, make: Make, student: Person
    ) -> None:
        old = addresses(client, student)
        assert addresses(client, student) == old

        new = addresses(client, student, renewed=True)

        assert not set(old.values()) & set(new.values())
        assert [read(client, each).status_code for each in old.values()] == [404, 404]
        assert [read(client, each).status_code for each in new.values()] == [200, 200]
        with make.session() as session:
            entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.actor_id) == ("account.calendar_renewed", student.id)
        for each in (*old.values(), *new.values()):
            assert each.rsplit("/", 1)[1] not in entry.changes

    def test_nobody_makes_up_an_address(
        self, client: FlaskClient, make: Make, student: Person
    ) -> None:
        full, busy = addresses(client, student).values()
        token = full.rsplit("/", 1)[1].removesuffix(".ics")
        other = make.student()
        seal = token.partition("-")[2]
        forged = [
            f"{other.id}-{seal}",
            f"{student.id}-",
            f"{student.id}",
            f"-{seal}",
            f"0{token}",
            f"{token}a",
            token[:-1],
            token.upper(),
            "9" * 10 + f"-{seal}",
            "9" * 400,
            "é" * 20,
            f"{student.id}-{'é' * 20}",
            "%00",
        ]
        for each in forged:
            assert client.get(f"/calendar/{each}.ics").status_code in (404, 422), each
        assert full != busy

    @pytest.mark.parametrize("values", [{"is_active": False}, {"calendar_version": 9}])
    def test_closed_accounts_have_no_feed(
        self, client: FlaskClient, make: Make, student: Person, values: dict[str, object]
    ) -> None:
        address = addresses(client, student)["full"]
        with make.session() as session:
            session.execute(update(User).where(User.id == student.id).values(**values))
            session.commit()

        assert read(client, address).status_code == 404

    def test_signing_out_everywhere_closes_the_addresses(
        self, client: FlaskClient, student: Person
    ) -> None:
        """Whoever once was in somebody's account must not go on reading where he is."""
        old = addresses(client, student)

        client.post("/api/auth/logout-everywhere", headers=bearer(client, student))

        assert [read(client, each).status_code for each in old.values()] == [404, 404]

    def test_staff_have_one_too_and_it_is_empty(self, client: FlaskClient, make: Make) -> None:
        assert events(feed(client, make.user(Role.SUPPORT))) == []


@pytest.fixture
def limited(settings: Settings, clock: StoppedClock) -> Iterator[Flask]:
    with another_app(settings, clock, rate_limit_enabled=True) as app:
        yield app


def test_an_address_is_read_sixty_times_an_hour(
    limited: Flask, make: Make, student: Person
) -> None:
    client = limited.test_client()
    address, other = addresses(client, student).values()

    got = [read(client, address).status_code for _ in range(61)]

    assert got == [200] * 60 + [429]
    assert read(client, other).status_code == 200


@pytest.mark.parametrize("lessons", [1, 30])
def test_a_feed_costs_two_statements(
    client: FlaskClient,
    make: Make,
    statements: Statements,
    student: Person,
    teacher: Teacher,
    lessons: int,
) -> None:
    for number in range(lessons):
        make.booking(student, teacher, at(THURSDAY, "00:00") + timedelta(hours=number))
    path = urlsplit(addresses(client, student)["full"]).path

    assert statements.of(lambda: client.get(path)) == 2
    assert statements.writes == []
