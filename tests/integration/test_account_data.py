"""The copy of everything that is kept about somebody."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.vocabulary import BookingStatus, Role
from app.infra.mail_providers import Mail
from app.models.audit import AuditEntry
from app.models.hold import TimeHold
from app.models.idempotency import IdempotencyKey
from app.repositories import account_data
from app.web import copies
from tests.answers import counts, problem
from tests.clients import bearer, csrf_token, log_in
from tests.factories import PASSWORD, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.test_mails import deliver, sent

__all__ = ["sent"]
PATH = "/api/auth/me/data"
MINE = ("Wilhelmina Quellenhof", "Please mind my left hand", "5 Sesame Lane", "Rather shy")
NOT_MINE = ("somebody.else@example.com", "A note of another", "7 Other Street")


@pytest.fixture
def teacher(make: Make) -> Teacher:
    found = make.instructor(user={"full_name": "Ines Duarte"})
    make.hours(found, WEDNESDAY)
    make.day_off(found, WEDNESDAY + timedelta(days=9), "A wedding")
    return found


@pytest.fixture
def person(make: Make, teacher: Teacher) -> Person:
    """Somebody with a lesson behind him, one that he books, and another one's beside his."""
    found = make.student(full_name=MINE[0], time_zone="Europe/Paris")
    notes = {"student_note": MINE[1], "meeting_location": MINE[2], "instructor_note": MINE[3]}
    past = at(WEDNESDAY - timedelta(days=3), "10:00")
    make.booking(found, teacher, past, status=BookingStatus.COMPLETED, **notes)
    other = make.student(email=NOT_MINE[0])
    notes = {"student_note": NOT_MINE[1], "meeting_location": NOT_MINE[2]}
    make.booking(other, teacher, at(WEDNESDAY, "14:00"), **notes)
    return found


def copy_of(client: FlaskClient, person: Person) -> dict:
    answer = client.post(
        PATH, json={"current_password": PASSWORD}, headers=bearer(client, person), buffered=True
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-data.json"
    assert answer.headers["Cache-Control"] == "no-store"
    return json.loads(answer.data)


def book(client: FlaskClient, person: Person, teacher: Teacher) -> None:
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
        "start_time": "10:00",
    }
    headers = {**bearer(client, person), "Idempotency-Key": "one-of-mine"}
    assert client.post("/api/bookings/", json=wish, headers=headers).status_code == 201


def test_it_holds_what_is_ones_own_and_nobody_elses(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    book(client, person, teacher)
    log_in(app.test_client(), person)
    client.post("/api/auth/password-reset/request", json={"email": person.email})
    deliver(app)
    copy = copy_of(client, person)
    text = json.dumps(copy)

    assert copy["account"]["full_name"] == MINE[0]
    assert copy["account"]["time_zone"] == "Europe/Paris"
    assert copy["profile"] is None
    assert [each["with"] for each in copy["lessons_taken"]] == ["Ines Duarte"] * 2
    assert copy["lessons_taken"][0]["total_price"] == "60.00"
    assert copy["lessons_taken"][1]["starts_at"] == "2026-12-02T15:00:00Z"
    assert (copy["lessons_given"], len(copy["sessions"])) == ([], 1)
    assert [each["key"] for each in copy["repeated_requests"]] == ["one-of-mine"]
    assert len(copy["password_links"]) == 1
    mail = next(each for each in copy["mails"] if each["kind"] == "booked_student")
    assert (mail["address"], "Piano" in mail["text"]) == (person.email, True)
    told = {each["action"]: each["by_you"] for each in copy["changes"]}
    assert told == {
        "booking.create": True,
        "account.data_copied": True,
        "account.reset_asked": False,
    }
    assert all(each in text for each in MINE)
    assert not any(each in text for each in NOT_MINE)
    assert teacher.email not in text
    for secret in ("hashed_password", "$2b$", '"token"', "token_hash", "nonce"):
        assert secret not in text


def test_an_instructors_holds_what_he_teaches(
    client: FlaskClient, make: Make, person: Person, teacher: Teacher
) -> None:
    copy = copy_of(client, teacher)

    assert copy["profile"]["bio"].startswith("Teaches with patience")
    assert [each["skill"] for each in copy["services"]] == ["Piano"]
    assert copy["open_hours"][0]["start_time"] == "09:00:00"
    assert copy["days_off"][0]["reason"] == "A wedding"
    assert {each["with"] for each in copy["lessons_given"]} == {MINE[0], "Student Number3"}
    assert copy["lessons_taken"] == []


def test_what_staff_wrote_of_others_stays_out_of_theirs(
    client: FlaskClient, make: Make, person: Person
) -> None:
    support = make.user(Role.SUPPORT)
    rename = {"full_name": "Support In Person"}
    client.patch("/api/auth/me", json=rename, headers=bearer(client, support))
    lesson = copy_of(client, person)["lessons_taken"][0]["id"]
    with make.session() as session:  # the lesson is over: staff correct what happened
        session.get_one(account_data.Booking, lesson).status = BookingStatus.CONFIRMED.value
        session.commit()
    reason = {"reason": "Wilhelmina never came"}
    path = f"/api/bookings/{lesson}/no-show"
    assert client.post(path, json=reason, headers=bearer(client, support)).status_code == 200

    copy = copy_of(client, support)
    changed = {each["action"]: each["changes"] for each in copy["changes"]}
    assert changed["booking.no_show"]["reason"] is None
    assert changed["account.update"]["full_name"] == ["Support Number4", "Support In Person"]
    assert "Wilhelmina" not in json.dumps(copy)
    about = {each["action"]: each for each in copy_of(client, person)["changes"]}
    assert about["booking.no_show"]["changes"]["reason"] == [None, "Wilhelmina never came"]
    assert (about["booking.no_show"]["by_you"], about["booking.no_show"]["actor_role"]) == (
        False,
        "support",
    )


def test_long_lists_are_whole_though_they_are_read_by_pages(
    client: FlaskClient, make: Make, person: Person, teacher: Teacher, monkeypatch
) -> None:
    monkeypatch.setattr(account_data, "AT_ONCE", 3)
    monkeypatch.setattr(copies, "IN_MEMORY", 100)
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with make.session() as session:
        for number in range(10):
            at_ = start + timedelta(hours=number)
            session.add(
                TimeHold(
                    instructor_id=teacher.id,
                    holder_id=person.id,
                    starts_at=at_,
                    ends_at=at_ + timedelta(hours=1),
                    expires_at=at_,
                    created_at=at_,
                )
            )
            session.add(AuditEntry(**entry(person, "hold.place", "hold", number)))
            session.add(AuditEntry(**entry(None, "account.noted", "user", person.id)))
        lesson = session.scalars(select(account_data.Booking.id)).first()
        session.add(
            IdempotencyKey(
                person_id=person.id,
                key="k",
                body_hash="h",
                booking_id=lesson,
                created_at=start,
            )
        )
        session.commit()

    copy = copy_of(client, person)

    assert [each["starts_at"] for each in copy["times_held"]] == [
        f"2026-11-01T{12 + n}:00:00Z" for n in range(10)
    ]
    actions = [each["action"] for each in copy["changes"]]
    assert (actions.count("hold.place"), actions.count("account.noted")) == (10, 10)


def entry(person: Person | None, action: str, kind: str, key: int) -> dict[str, object]:
    return {
        "at": datetime(2026, 11, 1, tzinfo=UTC),
        "actor_id": person.id if person else None,
        "actor_role": "student" if person else "system",
        "action": action,
        "subject_type": kind,
        "subject_id": key,
        "changes": "{}",
    }


def test_it_needs_the_password_and_a_refusal_leaves_no_trace(
    app: Flask, client: FlaskClient, make: Make, person: Person
) -> None:
    headers, before = bearer(client, person), counts(make)
    told = problem(
        client.post(PATH, json={"current_password": "no"}, headers=headers), 422, "wrong_password"
    )
    assert told["errors"][0]["field"] == "current_password"
    for sent_ in ({}, {"current_password": ""}, {"current_password": PASSWORD, "id": 1}):
        problem(client.post(PATH, json=sent_, headers=headers), 422)
    assert counts(make) == before


def test_the_owner_is_mailed_and_the_trail_tells(
    app: Flask, client: FlaskClient, make: Make, person: Person, sent: list[Mail]
) -> None:
    copy_of(client, person)
    deliver(app)
    assert [(mail.to, mail.subject) for mail in sent] == [
        (person.email, "A copy of your InstaInstru data was downloaded")
    ]
    with make.session() as session:
        assert session.scalars(select(AuditEntry.action)).all() == ["account.data_copied"]


def test_the_page_hands_it_over(app: Flask, client: FlaskClient, person: Person) -> None:
    log_in(client, person)
    sent_ = {"csrf_token": csrf_token(client, "/account"), "current_password": "wrong one"}
    page = client.post("/account/data", data=sent_)
    assert (page.status_code, "not your current password" in page.text) == (422, True)

    sent_["current_password"] = PASSWORD
    answer = client.post("/account/data", data=sent_, buffered=True)
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert json.loads(answer.data)["account"]["email"] == person.email
