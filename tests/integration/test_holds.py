"""Times kept for one person: by the rules of bookings, used up by his, gone by themselves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.errors import DomainError, InvalidInput, NotAllowed, NotBookable, NotFound
from app.domain.limits import HOLD_MAX_HOURS
from app.domain.offers import LessonRequest
from app.extensions import db
from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.instructor import InstructorProfile
from app.models.user import User
from app.services.factory import Services
from app.web.services import services
from tests.clients import bearer
from tests.factories import Make, Person, Teacher, at
from tests.integration.life import (
    BOOKINGS,
    THURSDAY,
    book,
    move,
    student,
    teacher,
    trail,
    wish,
)
from tests.integration.test_statements import Statements, statements

__all__ = ["statements", "student", "teacher"]
HALF_AN_HOUR = timedelta(minutes=30)


def wanted(teacher: Teacher, start: str = "10:00") -> LessonRequest:
    return LessonRequest(teacher.id, teacher.service_id, starts_at=at(THURSDAY, start))


def do_as(app: Flask, make: Make, person: Person, step: Callable[[Services, User], object]):
    with make.session() as session:
        user = session.get(User, person.id)
    with app.app_context():
        return step(services(), user)


def place(
    app: Flask, make: Make, person: Person, teacher: Teacher, start: str = "10:00", **lasting: int
) -> TimeHold:
    length = timedelta(**lasting) if lasting else HALF_AN_HOUR
    request = wanted(teacher, start)
    return do_as(app, make, person, lambda all_, user: all_.holds.place(user, request, length))


def held(make: Make) -> list[TimeHold]:
    with make.session() as session:
        return list(session.scalars(select(TimeHold).order_by(TimeHold.id)))


def generation(make: Make, teacher: Teacher) -> int:
    with make.session() as session:
        profile = select(InstructorProfile).where(InstructorProfile.user_id == teacher.id)
        return session.scalars(profile).one().generation


def test_a_held_time_is_refused_to_all_but_the_holder_who_uses_it_up(
    app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    rival, before = make.student(), generation(make, teacher)
    place(app, make, student, teacher)

    assert generation(make, teacher) == before + 1
    refused = client.post(BOOKINGS, json=wish(teacher), headers=bearer(client, rival))
    assert refused.status_code == 409
    with pytest.raises(NotBookable):
        place(app, make, rival, teacher, "10:30")
    book(client, student, teacher)
    assert held(make) == []
    assert trail(make) == ["hold.place", "booking.create"]


def test_moving_a_lesson_there_uses_it_up_too(
    app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    made = book(client, student, teacher, start="14:00")
    place(app, make, student, teacher)

    assert move(client, student, made["id"], THURSDAY, "10:00").status_code == 200
    assert held(make) == []


def test_what_could_not_be_booked_cannot_be_held(
    app: Flask, make: Make, student: Person, teacher: Teacher
) -> None:
    make.booking(make.student(), teacher, at(THURSDAY, "12:00"))
    make.booking(student, make.instructor(), at(THURSDAY, "14:00"))

    for start, code in (
        ("08:00", "unavailable"),
        ("12:30", "unavailable"),
        ("14:00", "student_busy"),
        ("10:05", "off_grid"),
    ):
        with pytest.raises(NotBookable) as refused:
            place(app, make, student, teacher, start)
        assert refused.value.reason_code == code
    assert held(make) == []
    assert trail(make) == []


def test_it_ends_by_itself_and_never_after_the_start(
    app: Flask,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
) -> None:
    place(app, make, student, teacher)
    clock.advance(HALF_AN_HOUR)
    book(client, make.student(), teacher)
    assert len(held(make)) == 1
    with app.app_context():
        assert (services().holds.drop_expired(), services().holds.drop_expired()) == (1, 0)

    clock.move_to(at(THURSDAY, "14:45"))
    assert place(app, make, student, teacher, "15:00").expires_at == at(THURSDAY, "15:00")


def test_placing_it_again_prolongs_it(
    app: Flask, make: Make, clock: StoppedClock, student: Person, teacher: Teacher
) -> None:
    place(app, make, student, teacher)
    clock.advance(timedelta(minutes=20))
    place(app, make, student, teacher)
    place(app, make, student, teacher, "15:00")

    assert [each.expires_at for each in held(make)] == [clock.now() + HALF_AN_HOUR] * 2


def test_only_the_holder_gives_it_back_and_then_it_is_free(
    app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    rival = make.student()
    hold_id = place(app, make, student, teacher).id

    for person in (rival, teacher):
        with pytest.raises(NotFound):
            do_as(app, make, person, lambda all_, user: all_.holds.release(user, hold_id))
    do_as(app, make, student, lambda all_, user: all_.holds.release(user, hold_id))
    with pytest.raises(NotFound):
        do_as(app, make, student, lambda all_, user: all_.holds.release(user, hold_id))
    book(client, rival, teacher)
    assert trail(make) == ["hold.place", "hold.release", "booking.create"]


def test_holds_have_bounds(app: Flask, make: Make, student: Person, teacher: Teacher) -> None:
    for minutes in (0, -1, HOLD_MAX_HOURS * 60 + 1):
        with pytest.raises(InvalidInput):
            place(app, make, student, teacher, minutes=minutes)
    with pytest.raises(NotAllowed):
        place(app, make, teacher, teacher)
    assert place(app, make, student, teacher, hours=HOLD_MAX_HOURS).id


@pytest.mark.parametrize("round_", range(3))
def test_of_two_holds_and_two_bookings_at_once_one_gets_the_time(
    app: Flask, make: Make, teacher: Teacher, round_: int
) -> None:
    people = [make.student() for _ in range(4)]
    ready = Barrier(len(people))

    def try_it(number: int) -> bool:
        def step(all_: Services, user: User) -> bool:
            ready.wait()
            try:
                if number % 2:
                    all_.bookings.book(user, wanted(teacher, f"10:{15 * number:02}"))
                else:
                    all_.holds.place(user, wanted(teacher, f"10:{15 * number:02}"), HALF_AN_HOUR)
            except DomainError:
                return False
            return True

        return do_as(app, make, people[number], step)

    with ThreadPoolExecutor(len(people)) as threads:
        got = list(threads.map(try_it, range(len(people))))

    assert sum(got) == 1
    with make.session() as session:
        booked = session.scalar(select(func.count(Booking.id)))
    assert booked + len(held(make)) == 1


@pytest.mark.parametrize("round_", range(3))
def test_given_back_at_once_by_many_it_is_given_back_once(
    app: Flask, make: Make, student: Person, teacher: Teacher, round_: int
) -> None:
    hold_id, ready = place(app, make, student, teacher).id, Barrier(4)

    def give_back(_: int) -> bool:
        def step(all_: Services, user: User) -> bool:
            ready.wait()
            try:
                all_.holds.release(user, hold_id)
            except NotFound:
                return False
            return True

        return do_as(app, make, student, step)

    with ThreadPoolExecutor(4) as threads:
        got = list(threads.map(give_back, range(4)))

    assert (sum(got), held(make)) == (1, [])
    assert trail(make).count("hold.release") == 1


def test_giving_back_takes_the_locks_of_placing_in_the_same_order(
    app: Flask, make: Make, student: Person, teacher: Teacher, statements: Statements
) -> None:
    def locks() -> list[str]:
        return [each for each in statements if "pg_advisory_xact_lock" in each]

    hold_id = place(app, make, student, teacher).id
    placing = locks()
    statements.clear()
    do_as(app, make, student, lambda all_, user: all_.holds.release(user, hold_id))

    assert locks() == placing
    with app.app_context():
        assert len(placing) == (2 if db.engine.dialect.name == "postgresql" else 0)
