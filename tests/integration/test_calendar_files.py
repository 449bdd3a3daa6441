"""One lesson as a calendar file: as it is downloaded, and as it comes with a mail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from app.domain.vocabulary import BookingStatus
from app.infra.mail_providers import Mail, MemoryMail
from app.web.services import services
from tests.clients import bearer
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import (
    BOOKINGS,
    THURSDAY,
    asking,
    book,
    do,
    move,
    student,
    teacher,
)
from tests.integration.wall import Wall
from tests.time_cases import Case, only

__all__ = ["asking", "student", "teacher"]

BOOKED = {
    "TC-BK-001": ("America/New_York", "2027-01-15", "09:00", "10:00"),
    "TC-BK-002": ("Asia/Kolkata", "2027-01-15", "09:00", "10:00"),
    "TC-BK-013": ("America/New_York", "2027-03-14", "01:30", "03:30"),
    "TC-BK-030": ("America/New_York", "2027-01-15", "23:00", "24:00"),
}
"""The bookings that the cases speak of, by the instructor's wall clock."""


@pytest.fixture
def sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Mail]:
    """What was handed to the provider."""
    runtime, provider = app.extensions["runtime"], MemoryMail()
    monkeypatch.setitem(runtime.__dict__, "sender", replace(runtime.sender, provider=provider))
    return provider.sent


def deliver(app: Flask) -> None:
    with app.app_context():
        services().mail_delivery.deliver_due()


def download(client: FlaskClient, person: Person, booking_id: int) -> TestResponse:
    path = f"{BOOKINGS}{booking_id}/calendar.ics"
    return client.get(path, headers=bearer(client, person))


def parsed(content: bytes) -> tuple[str, Event]:
    """Method and event of a file that keeps to the format."""
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.replace(b"\r\n ", b"").decode()
    calendar = Calendar.from_ical(content)
    assert str(calendar["VERSION"]) == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.walk("VEVENT")
    for name in ("DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED"):
        assert event[name].to_ical().endswith(b"Z"), name
    return str(calendar["METHOD"]), event


def file(client: FlaskClient, person: Person, booking_id: int) -> tuple[str, Event]:
    answer = download(client, person, booking_id)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return parsed(answer.data)


def test_one_lesson_has_one_uid_and_counts_its_changes(
    client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)
    seen = [file(client, student, made["id"])]
    for start in ("12:00", "14:00"):
        move(client, student, made["id"], THURSDAY, start)
        seen.append(file(client, student, made["id"]))
    do(client, student, made["id"], "cancel", reason="Ill")
    seen.append(file(client, student, made["id"]))

    assert len({str(event["UID"]) for _, event in seen}) == 1
    assert [int(event["SEQUENCE"]) for _, event in seen] == [0, 1, 2, 3]
    assert [method for method, _ in seen] == ["PUBLISH", "PUBLISH", "PUBLISH", "CANCEL"]
    assert [str(event["STATUS"]) for _, event in seen][-2:] == ["CONFIRMED", "CANCELLED"]
    assert seen[1][1]["DTSTART"].dt == at(THURSDAY, "12:00")
    assert (seen[1][1]["DTEND"].dt - seen[1][1]["DTSTART"].dt) == timedelta(hours=1)


def test_mails_invite_and_take_back_under_one_uid(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    made = book(client, student, teacher)
    deliver(app)
    for start in ("12:00", "14:00"):
        move(client, student, made["id"], THURSDAY, start)
        deliver(app)
    do(client, student, made["id"], "cancel", reason="Ill")
    deliver(app)

    for person in (student, teacher):
        mails = [mail for mail in sent if mail.to == person.email]
        files = [parsed(mail.calendar) for mail in mails]
        assert len({str(event["UID"]) for _, event in files}) == 1
        assert [int(event["SEQUENCE"]) for _, event in files] == [0, 1, 2, 3]
        assert [method for method, _ in files] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
        assert [mail.calendar_method for mail in mails] == [method for method, _ in files]


def test_a_note_is_no_new_version_a_place_is(
    client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher)

    do(client, teacher, made["id"], "", instructor_note="Brought her own book")
    assert int(file(client, student, made["id"])[1]["SEQUENCE"]) == 0
    do(client, teacher, made["id"], "", meeting_location="Room 4")
    _, event = file(client, student, made["id"])
    assert (int(event["SEQUENCE"]), str(event["LOCATION"])) == (1, "Room 4")


def test_an_invitation_says_everything_and_only_the_readers_address(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    made = book(client, student, teacher, meeting_location="Room 4")
    deliver(app)
    to_student, to_teacher = (parsed(mail.calendar)[1] for mail in sent)

    assert str(to_student["SUMMARY"]) == "Piano with Instructor Number2"
    assert str(to_teacher["SUMMARY"]) == "Piano with Student Number1"
    description = str(to_student["DESCRIPTION"])
    assert all(part in description for part in ("1 hour", "Price: $60.00", made["reference"]))
    assert "Earnings: $60.00" in str(to_teacher["DESCRIPTION"])
    url = str(to_student["URL"])
    assert url.endswith(f"/lessons/{made['id']}")
    assert str(to_student["TRANSP"]) == "OPAQUE"
    assert to_student["CATEGORIES"].to_ical() == b"Lesson"
    organizer = to_student["ORGANIZER"]
    sender = app.extensions["runtime"].sender.address
    assert (str(organizer), organizer.params["CN"]) == (f"mailto:{sender}", "Instructor Number2")
    attendee = to_student["ATTENDEE"]
    assert str(attendee) == f"mailto:{student.email}"
    assert {name: str(value) for name, value in attendee.params.items()} == {
        "CN": "Student Number1",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert teacher.email not in to_student.to_ical().decode()
    assert student.email not in to_teacher.to_ical().decode()
    (alarm,) = to_student.walk("VALARM")
    assert str(alarm["ACTION"]) == "DISPLAY"
    assert alarm["TRIGGER"].dt == -timedelta(minutes=30)


def test_a_request_is_tentative_and_the_instructor_has_to_act(
    app: Flask, client: FlaskClient, student: Person, asking: Teacher, sent: list[Mail]
) -> None:
    book(client, student, asking)
    deliver(app)

    files = {mail.to: parsed(mail.calendar)[1] for mail in sent}
    assert {str(event["STATUS"]) for event in files.values()} == {"TENTATIVE"}
    said = {to: str(event["ATTENDEE"].params["PARTSTAT"]) for to, event in files.items()}
    assert said == {student.email: "ACCEPTED", asking.email: "NEEDS-ACTION"}


def test_a_cancelled_lesson_rings_no_alarm(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    lesson = make.booking(student, teacher, at(THURSDAY, "10:00"), status=BookingStatus.CANCELLED)

    assert file(client, student, lesson)[1].walk("VALARM") == []


@pytest.mark.parametrize(
    "place",
    [
        "A; B, C\\D\nATTENDEE:mailto:x@example.com " + "é" * 60,
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1",
        "bell \x07 and escape \x1b[31m",
        "👩‍🏫" * 40,
    ],
)
def test_text_stays_text_and_no_address_is_told(
    client: FlaskClient, student: Person, teacher: Teacher, place: str
) -> None:
    made = book(client, student, teacher, meeting_location=place)

    _, event = file(client, student, made["id"])

    plain = "".join(char if char == "\n" or ord(char) >= 32 else " " for char in place)
    assert str(event["LOCATION"]) == plain
    assert "ATTENDEE" not in event
    assert teacher.email not in event.to_ical().decode()


def test_both_occurrences_of_a_repeated_hour_are_told_apart(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    for instant in ("05:30", "06:30"):
        hour, minute = map(int, instant.split(":"))
        start = datetime(2027, 11, 7, hour, minute, tzinfo=UTC)
        lesson = make.booking(student, teacher, start)
        _, event = file(client, student, lesson)
        assert event["DTSTART"].to_ical() == f"20271107T{hour:02}{minute:02}00Z".encode()


@only("TC-ICS-001", "TC-ICS-003", "TC-ICS-004", "TC-ICS-006", "TC-ICS-009")
def test_files_have_the_instants_of_the_booking(
    case: Case, make: Make, client: FlaskClient
) -> None:
    """UTC has no TZID, so no VTIMEZONE either."""
    wall, expect = Wall(make, client), case["expect"]
    zone_name, day, start, end = BOOKED[case["input"]["booking"]]
    teacher = wall.teacher(zone_name, day)
    answer = wall.book(teacher, booking_date=day, start_time=start, end_time=end)
    assert answer.status_code == 201, answer.get_json()

    content = download(client, wall.student, answer.get_json()["id"]).data
    _, event = parsed(content)

    for name in {"DTSTART", "DTEND"} & expect.keys():
        assert event[name].to_ical().decode() == expect[name]
    assert b"TZID" not in content
    assert b"VTIMEZONE" not in content


@only("TC-ICS-007")
def test_cancelling_keeps_the_uid_and_counts_on(
    case: Case, client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    expect = case["expect"]
    made = book(client, student, teacher)
    _, before = file(client, student, made["id"])
    do(client, student, made["id"], "cancel", reason="Ill")

    method, after = file(client, student, made["id"])

    assert str(after["UID"]) == str(before["UID"])
    assert str(after["STATUS"]) == expect["STATUS"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert method == "CANCEL"


@only("TC-ICS-010")
def test_long_names_fold_between_characters(
    case: Case, client: FlaskClient, make: Make, student: Person
) -> None:
    name = case["input"]["instructor_full_name"].strip()
    teacher = make.instructor(user={"full_name": name})
    lesson = make.booking(student, teacher, at(THURSDAY, "10:00"))

    content = download(client, student, lesson).data

    assert max(map(len, content.split(b"\r\n"))) <= case["expect"]["max_octets_per_line"]
    for line in content.split(b"\r\n"):
        line.decode()
    _, event = parsed(content)
    assert str(event["SUMMARY"]) == f"Piano with {name}"
    assert event["ORGANIZER"].params["CN"] == name
