"""Closing an account while something else is under way: nothing comes back afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.errors import InvalidToken
from app.domain.offers import LessonRequest
from app.domain.profile import ProfileDraft, ServiceDraft
from app.domain.time_range import TimeRange
from app.domain.week import Week
from app.extensions import db
from app.infra.mail_providers import Mail
from app.models.instructor import InstructorProfile
from app.models.user import User
from app.web.services import services
from tests.answers import counts
from tests.clients import bearer
from tests.factories import PASSWORD, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.test_closing import (
    EMAIL,
    TRACES,
    book,
    close,
    every_text,
    person,
    row_of,
    teacher,
)
from tests.integration.test_mails import deliver, sent

__all__ = ["person", "sent", "teacher"]

LATE_CHANGES: dict[str, Callable[[User, Teacher], object]] = {
    "name": lambda user, _: services().accounts.update(user, full_name="Wilma Again"),
    "profile": lambda user, _: services().instructors.update_profile(
        user, ProfileDraft(bio="I am Wilma of Sesame Lane")
    ),
    "service": lambda user, _: services().taught_services.add(
        user, ServiceDraft(skill="Harp", hourly_rate=Decimal(50))
    ),
    "day off": lambda user, _: services().days_off.add(user, WEDNESDAY, "At the hospital"),
    "hours": lambda user, _: services().availability.save_week(
        user, Week.containing(WEDNESDAY), {WEDNESDAY: [TimeRange(600, 660)]}
    ),
    "hold": lambda user, teacher: services().holds.place(
        user,
        LessonRequest(teacher.id, teacher.service_id, starts_at=at(WEDNESDAY, "10:00")),
        timedelta(minutes=10),
    ),
    "teaching": lambda user, _: services().instructors.create_profile(
        user,
        ProfileDraft(
            bio="I am Wilma of Sesame Lane",
            areas=("Brooklyn",),
            services=(ServiceDraft(skill="Harp", hourly_rate=Decimal(50)),),
        ),
    ),
}
OF_STUDENTS = ("hold", "teaching")


@pytest.mark.parametrize("change", LATE_CHANGES)
def test_a_change_that_waited_for_the_closing_is_refused(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher, change: str
) -> None:
    """Its request was let in while the account was open; nothing is filled in again."""
    closing = person if change in OF_STUDENTS else make.instructor()
    with app.test_request_context():
        seen = db.session.get_one(User, closing.id)
        assert close(app.test_client(), closing).status_code == 204
        before = every_text(app)
        with pytest.raises(InvalidToken):
            LATE_CHANGES[change](seen, teacher)
    assert every_text(app) == before


def test_a_mail_in_flight_does_not_bring_its_copy_back(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    """The worker waits for the mail server while the account closes, and notes after it."""
    book(client, person, teacher)
    with app.app_context():
        provider = services().mail_delivery._sender.provider
    real, answers = provider.send, []

    def slow(mail: Mail) -> None:
        if not answers:
            answers.append(close(app.test_client(), person).status_code)
        real(mail)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provider, "send", slow)
        deliver(app)
    assert answers == [204]
    left = every_text(app)
    assert [trace for trace in (*TRACES, EMAIL) if trace in left] == []


def test_nothing_says_where_an_instructor_lived(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher, sent: list[Mail]
) -> None:
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": WEDNESDAY.isoformat(),
        "start_time": "10:00",
        "meeting_location": "12 Quellenhof, ring twice",
        "location_type": "instructor_location",
    }
    answer = client.post("/api/bookings/", json=wish, headers=bearer(client, person))
    assert answer.status_code == 201
    url = f"/api/bookings/{answer.get_json()['id']}/cancel"
    client.post(url, json={"reason": "Ill."}, headers=bearer(client, person))
    assert "ring twice" in every_text(app)
    assert close(client, teacher).status_code == 204
    assert "ring twice" not in every_text(app)


def test_changes_and_closing_wait_for_one_another(app: Flask, make: Make) -> None:
    """A name, a profile, hours and the closing lock in one order: nobody is ended as the victim
    of a deadlock, and once the account is closed nothing else is let through.
    """
    for _ in range(4):
        teacher, start = make.instructor(), Barrier(4)
        make.hours(teacher, WEDNESDAY)

        def attempt(
            change: Callable[[User, Teacher], object],
            teacher: Teacher = teacher,
            start: Barrier = start,
        ) -> None:
            with app.test_request_context():
                user = db.session.get_one(User, teacher.id)
                start.wait()
                with suppress(InvalidToken):
                    change(user, teacher)

        def leave(user: User, _: Teacher) -> None:
            services().account_closing.close(user, PASSWORD)

        changes = [LATE_CHANGES[each] for each in ("name", "profile", "hours")]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(attempt, [*changes, leave]))
        kept = row_of(make, User, teacher.id)
        assert (kept.is_active, kept.full_name) == (False, "Former member")
        with make.session() as session:
            wanted = select(InstructorProfile.bio).where(InstructorProfile.user_id == teacher.id)
            assert session.scalars(wanted).one() is None
    assert counts(make)["availability_slots"] == 0


def test_a_booking_that_waited_for_the_closing_is_refused(
    app: Flask, client: FlaskClient, make: Make, person: Person, teacher: Teacher
) -> None:
    """The token was read while the account was open; the booking comes after it closed."""
    with app.test_request_context():
        with make.session() as session:
            stale = session.get_one(User, person.id)
        assert close(client, person).status_code == 204
        wish = LessonRequest(teacher.id, teacher.service_id, starts_at=at(WEDNESDAY, "10:00"))
        with pytest.raises(InvalidToken):
            services().bookings.book(stale, wish)
    assert counts(make)["bookings"] == 0
