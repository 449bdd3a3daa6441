"""No two lessons of one person overlap, whoever writes them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import IntegrityError

from app.domain.vocabulary import OCCUPYING, BookingStatus
from app.models import guards
from app.models.booking import Booking
from tests.integration.lessons import GRACE, HOUR, KIM, TEN, book, populated


@pytest.fixture
def engine(database_url: str) -> Engine:
    return populated(database_url)


def change(engine: Engine, booking_id: int, **changes: Any) -> None:
    with engine.begin() as connection:
        connection.execute(update(Booking).where(Booking.id == booking_id).values(changes))


def test_all_guards_stand(engine: Engine) -> None:
    with engine.begin() as connection:
        assert guards.missing(connection) == []


def test_guards_can_be_removed_and_installed_twice(engine: Engine) -> None:
    with engine.begin() as connection:
        guards.remove(connection)
        assert len(guards.missing(connection)) >= 3
        guards.install(connection)
        guards.install(connection)

        assert guards.missing(connection) == []


@pytest.mark.parametrize("minutes", [-60, 60])
def test_back_to_back_is_accepted(engine: Engine, minutes: int) -> None:
    book(engine)

    assert book(engine, TEN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(0, 60), (15, 45), (-30, 90), (-30, 30), (30, 90), (-30, 1), (59, 120)],
    ids=["same", "contained", "containing", "before", "after", "into start", "into end"],
)
def test_an_instructors_overlap_is_refused(engine: Engine, begins: int, ends: int) -> None:
    book(engine)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        book(
            engine,
            TEN + timedelta(minutes=begins),
            ends_at=TEN + timedelta(minutes=ends),
            student_id=KIM,
        )


def test_a_students_overlap_is_refused_across_instructors(engine: Engine) -> None:
    book(engine)

    with pytest.raises(IntegrityError, match=guards.PER_STUDENT):
        book(engine, TEN + HOUR / 2, instructor_id=GRACE, service_id=GRACE)


def test_other_people_may_meet_at_the_same_time(engine: Engine) -> None:
    book(engine)

    assert book(engine, instructor_id=GRACE, service_id=GRACE, student_id=KIM)


@pytest.mark.parametrize("status", OCCUPYING)
def test_every_occupying_state_blocks(engine: Engine, status: BookingStatus) -> None:
    book(engine, status=status)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        book(engine, student_id=KIM)


def test_a_cancelled_lesson_does_not_block(engine: Engine) -> None:
    book(engine, status=BookingStatus.CANCELLED)

    assert book(engine)


def test_reviving_a_lesson_whose_time_is_taken_is_refused(engine: Engine) -> None:
    cancelled = book(engine, status=BookingStatus.CANCELLED)
    book(engine, student_id=KIM)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        change(engine, cancelled, status=BookingStatus.CONFIRMED)


def test_moving_onto_another_lesson_is_refused(engine: Engine) -> None:
    book(engine)
    later = book(engine, TEN + 3 * HOUR, student_id=KIM)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        change(engine, later, starts_at=TEN + HOUR / 2, ends_at=TEN + 2 * HOUR)


def test_a_lesson_does_not_block_itself(engine: Engine) -> None:
    lesson = book(engine)

    change(engine, lesson, starts_at=TEN + HOUR / 2, ends_at=TEN + HOUR * 1.5, student_note="x")


def test_the_buffer_blocks_the_instructor(engine: Engine) -> None:
    book(engine, blocked_until=TEN + 1.25 * HOUR)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        book(engine, TEN + HOUR, student_id=KIM)


def test_the_buffer_of_a_new_lesson_reaches_the_next(engine: Engine) -> None:
    book(engine)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        book(engine, TEN - HOUR, blocked_until=TEN + HOUR / 4, student_id=KIM)


def test_the_buffer_does_not_block_the_student(engine: Engine) -> None:
    book(engine, blocked_until=TEN + 1.25 * HOUR)

    assert book(engine, TEN + HOUR, instructor_id=GRACE, service_id=GRACE)


def test_a_flagged_lesson_passes_and_blocks_nobody(engine: Engine) -> None:
    book(engine)

    flagged = book(engine, TEN + HOUR / 2, overlap_ok=True)

    assert flagged
    assert book(engine, TEN + HOUR)
    with pytest.raises(IntegrityError):
        change(engine, flagged, overlap_ok=False)


def test_a_lesson_of_a_whole_day_still_blocks(engine: Engine) -> None:
    book(engine, TEN - 20 * HOUR, ends_at=TEN + 5 * HOUR)

    with pytest.raises(IntegrityError, match=guards.PER_INSTRUCTOR):
        book(engine, TEN + 4 * HOUR, student_id=KIM)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True, scope="session")
def test_sqlite_reads_the_neighbourhood_only(engine: Engine) -> None:
    with engine.begin() as connection:
        triggers = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bookings'")
        ).scalars()
        for trigger in list(triggers):
            query = trigger.partition("WHERE EXISTS (")[2].partition("\n);")[0]
            plan = connection.exec_driver_sql(
                "EXPLAIN QUERY PLAN " + re.sub(r"\b(?:new|old)\.\w+", "?", query),
                ("1",) * len(re.findall(r"\b(?:new|old)\.", query)),
            ).all()

            (step,) = plan
            assert re.search(r"INDEX ix_bookings_(instructor|student)_starts", step[3])
            assert "starts_at>? AND starts_at<?" in step[3]
