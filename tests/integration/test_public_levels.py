"""The three levels of public availability: one engine, one truth, told in more or fewer words."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import BaseModel, TypeAdapter

from app.blueprints.public.api import ANY_LEVEL
from app.blueprints.public.schemas import (
    AvailabilityMinimalOut,
    AvailabilityOut,
    AvailabilitySummaryOut,
    NextOut,
    NothingFreeOut,
    StartsOut,
)
from app.infra.clock import StoppedClock
from config import Settings
from tests.answers import problem
from tests.applications import another_app
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at

LEVELS: dict[str, type[BaseModel]] = {
    "full": AvailabilityOut,
    "summary": AvailabilitySummaryOut,
    "minimal": AvailabilityMinimalOut,
}
THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told_at(settings: Settings, clock: StoppedClock, level: str) -> Iterator[Flask]:
    with another_app(settings, clock, public_availability_detail_level=level) as app:
        yield app


def ask(app: Flask, teacher: Teacher, tail: str) -> dict:
    answer = app.test_client().get(f"/api/public/instructors/{teacher.id}/{tail}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def days_free(told: dict) -> set[str]:
    """The days with free time, as far as the level names them."""
    if "availability_by_date" in told:
        days = told["availability_by_date"]
        return {day for day, each in days.items() if each["available_slots"]}
    if "availability_summary" in told:
        days = told["availability_summary"]
        return {day for day, each in days.items() if each["total_hours"]}
    earliest = told["earliest_available_date"]
    assert told["has_availability"] is (earliest is not None)
    return {earliest} - {None}


def test_every_level_respects_lessons_days_off_notice_and_horizon(
    told_at: Flask, level: str, make: Make, clock: StoppedClock
) -> None:
    """The original's shorter levels ignored bookings and days off, and all showed past hours."""
    days = [WEDNESDAY + timedelta(days=n) for n in range(5)]
    teacher = make.instructor(min_advance_booking_hours=3, booking_horizon_days=4)
    make.open_days(teacher, days, "09:00-11:00")
    make.booking(make.student(), teacher, at(THURSDAY, "09:00"), minutes=120)
    make.day_off(teacher, days[2])
    clock.move_to(at(WEDNESDAY, "07:15"))  # three hours before 10:15: no hour is left

    told = ask(told_at, teacher, f"availability?start_date={WEDNESDAY}")

    free = {f"{days[3]}", f"{days[4]}"}
    assert days_free(told) == ({f"{days[3]}"} if level == "minimal" else free)


def test_a_part_of_an_hour_range_stays_free_when_a_lesson_takes_the_rest(
    told_at: Flask, level: str, make: Make
) -> None:
    """The original dropped the whole window that a lesson touched."""
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))

    told = ask(told_at, teacher, f"availability?start_date={WEDNESDAY}")

    assert days_free(told) == {f"{WEDNESDAY}"}
    if level == "summary":
        assert told["total_available_days"] == 1
        assert told["availability_summary"][f"{WEDNESDAY}"] == {
            "date": f"{WEDNESDAY}",
            "morning_available": True,
            "afternoon_available": True,
            "evening_available": False,
            "total_hours": 7.0,
        }


@pytest.mark.parametrize("count", [1, 30, 91])
def test_every_level_has_the_shape_it_is_documented_with(
    told_at: Flask, level: str, make: Make, count: int
) -> None:
    teacher = make.instructor(user={"full_name": 'Zoë "Z" Ünal'}, booking_horizon_days=365)
    make.open_days(teacher, [TUESDAY + timedelta(days=n) for n in range(95)], "08:00-24:00")
    last = TUESDAY + timedelta(days=count - 1)

    told = ask(told_at, teacher, f"availability?start_date={TUESDAY}&end_date={last}")

    LEVELS[level].model_validate(told, extra="forbid")
    assert isinstance(TypeAdapter(ANY_LEVEL).validate_python(told), LEVELS[level])
    assert told["instructor_name"] == 'Zoë "Z" Ünal'
    days = told.get("availability_by_date", told.get("availability_summary"))
    assert days is None if level == "minimal" else len(days) == count


def test_next_and_starts_have_the_shapes_they_are_documented_with(app: Flask, make: Make) -> None:
    teacher, idle = make.instructor(), make.instructor()
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    query = f"starts?service_id={teacher.service_id}&start_date={WEDNESDAY}"

    NextOut.model_validate(ask(app, teacher, "next-available"), extra="forbid")
    NothingFreeOut.model_validate(ask(app, idle, "next-available"), extra="forbid")
    StartsOut.model_validate(ask(app, teacher, query), extra="forbid")


def test_nobody_is_named_where_names_are_not_shown(
    settings: Settings, clock: StoppedClock, make: Make
) -> None:
    teacher = make.instructor(user={"full_name": "Maya Cohen"})
    shown = {"public_availability_show_instructor_name": False}
    with another_app(settings, clock, **shown) as app:
        told = ask(app, teacher, f"availability?start_date={TUESDAY}")

    assert told["instructor_name"] == "Instructor"


def test_a_range_without_an_end_is_as_long_as_the_setting_says_and_no_longer_one_is_cut(
    settings: Settings, clock: StoppedClock, make: Make
) -> None:
    """The original cut a wished range to the setting and did not say so."""
    teacher = make.instructor()
    with another_app(settings, clock, public_availability_days=7) as app:
        usual = ask(app, teacher, f"availability?start_date={TUESDAY}")
        last = TUESDAY + timedelta(days=40)
        longer = ask(app, teacher, f"availability?start_date={TUESDAY}&end_date={last}")

    assert len(usual["availability_by_date"]) == 7
    assert len(longer["availability_by_date"]) == 41


def test_the_evening_before_in_another_zone_is_not_yet_past(
    client: FlaskClient, make: Make, clock: StoppedClock
) -> None:
    """At 20:30 in New York it is tomorrow in UTC; the original refused today from then on."""
    teacher = make.instructor(min_advance_booking_hours=0)
    make.hours(teacher, TUESDAY, "20:00-23:00")
    clock.move_to(at(TUESDAY, "20:30"))
    path = f"/api/public/instructors/{teacher.id}/availability"

    told = client.get(f"{path}?start_date={TUESDAY}").get_json()

    slots = told["availability_by_date"][f"{TUESDAY}"]["available_slots"]
    assert [(each["start_time"], each["end_time"]) for each in slots] == [("20:30", "23:00")]
    clock.move_to(at(WEDNESDAY, "00:01"))
    problem(client.get(f"{path}?start_date={TUESDAY}"), 422)
