"""A week applied to a range of days: by weekday, once, and never into the past."""

import json
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests.answers import problem
from tests.factories import TUESDAY, WEDNESDAY, Make
from tests.integration.hours import AFTER, MONDAY, NEXT, Hours


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def test_a_week_is_applied_to_a_range(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-10:00", "11:00-12:00")
    make.hours(hours.teacher, NEXT + timedelta(days=2), "13:00-14:00")
    make.hours(hours.teacher, AFTER + timedelta(days=1), "08:00-09:00")
    last = AFTER + timedelta(days=13)

    told = hours.apply(NEXT, AFTER, last).get_json()

    assert told == {
        "message": "Successfully applied schedule to 14 days",
        "start_date": f"{AFTER}",
        "end_date": f"{last}",
        "dates_processed": 14,
        "dates_with_slots": 4,
        "slots_created": 6,
        "slots_added": 6,
        "slots_removed": 1,
    }
    for week in (AFTER, AFTER + timedelta(days=7)):
        assert hours.spans(week) == ["09:00-10:00", "11:00-12:00"]
        assert hours.spans(week + timedelta(days=1)) == []
        assert hours.spans(week + timedelta(days=2)) == ["13:00-14:00"]


def test_the_same_applied_again_writes_nothing(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-10:00")
    last = AFTER + timedelta(days=200)
    first = hours.apply(NEXT, TUESDAY, last).get_json()
    before, marked, noted = hours.stored(), hours.generation, hours.trail()

    again = hours.apply(NEXT, TUESDAY, last).get_json()

    assert again == first | {"slots_added": 0, "slots_removed": 0}
    assert (hours.stored(), hours.generation, hours.trail()) == (before, marked, noted)


def test_an_empty_week_clears_the_range_for_every_reader(
    hours: Hours, make: Make, client: FlaskClient
) -> None:
    """Fault W60: there cleared days were shown for five minutes more, or an hour."""
    make.hours(hours.teacher, WEDNESDAY, "09:00-17:00")
    public = f"/api/public/instructors/{hours.teacher.id}/availability?start_date={WEDNESDAY}"
    assert client.get(public).get_json()["total_available_slots"] == 1
    assert hours.get(f"/week?start_date={MONDAY}") != {}

    told = hours.apply(NEXT, TUESDAY, AFTER).get_json()

    assert (told["slots_created"], told["slots_removed"]) == (0, 1)
    assert hours.get(f"/week?start_date={MONDAY}") == {}
    assert client.get(public).get_json()["total_available_slots"] == 0


def test_the_week_applied_is_the_one_stored(hours: Hours) -> None:
    """Fault W60: there the pattern came from a stale cache."""
    hours.get(f"/week?start_date={NEXT}")
    hours.add(NEXT, "09:00", "10:00")

    hours.apply(NEXT, AFTER, AFTER)

    assert hours.spans(AFTER) == ["09:00-10:00"]


@pytest.mark.parametrize(
    ("source", "first", "last", "told"),
    [
        (TUESDAY, NEXT, AFTER, "Source week must start on a Monday"),
        (NEXT, MONDAY, AFTER, "Cannot apply schedule to past dates"),
        (NEXT, AFTER, NEXT, "End date must be after start date"),
        (
            NEXT,
            TUESDAY,
            TUESDAY + timedelta(days=366),
            "Date range cannot exceed 1 year (365 days)",
        ),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    hours: Hours, make: Make, source: date, first: date, last: date, told: str
) -> None:
    make.hours(hours.teacher, NEXT, "09:00-10:00")
    before = hours.stored()

    assert problem(hours.apply(source, first, last), 422)["detail"] == told

    assert hours.stored() == before


def test_a_day_and_a_year_are_ranges(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-10:00")

    assert hours.apply(NEXT, AFTER, AFTER).get_json()["dates_processed"] == 1
    year = hours.apply(NEXT, TUESDAY, TUESDAY + timedelta(days=365)).get_json()
    assert (year["dates_processed"], year["dates_with_slots"]) == (366, 52)


def test_the_fullest_week_can_be_applied_to_a_year_and_taken_back(hours: Hours) -> None:
    """More rows than one statement has parameters for."""
    edges = [(n // 60, n % 60, (n + 30) // 60, (n + 30) % 60) for n in range(0, 1365, 45)]
    windows = [
        {"date": f"{NEXT + timedelta(days=day)}"}
        | {"start_time": f"{h:02}:{m:02}", "end_time": f"{to:02}:{past:02}"}
        for day in range(7)
        for h, m, to, past in edges
    ]
    assert hours.send("POST", "/week", {"schedule": windows}).status_code == 200
    last = TUESDAY + timedelta(days=365)

    filled = hours.apply(NEXT, TUESDAY, last).get_json()
    cleared = hours.apply(NEXT - timedelta(days=350), TUESDAY, last).get_json()

    assert filled["slots_created"] == 366 * len(edges) == 11346
    assert cleared["slots_removed"] == 11346
    assert hours.stored() == []


def test_one_note_names_the_days_that_changed(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-10:00")
    make.hours(hours.teacher, AFTER, "09:00-10:00")
    make.hours(hours.teacher, AFTER + timedelta(days=1), "09:00-10:00")

    hours.copy(NEXT, AFTER)
    hours.apply(NEXT, AFTER, AFTER + timedelta(days=7))

    assert [(action, json.loads(changes)) for action, changes in hours.trail()] == [
        ("hours.copy_week", {f"{AFTER + timedelta(days=1)}": ["09:00-10:00", None]}),
        ("hours.apply_week", {f"{AFTER + timedelta(days=7)}": [None, "09:00-10:00"]}),
    ]
    assert hours.generation == 2


def test_other_peoples_hours_are_neither_source_nor_target(
    hours: Hours, make: Make, client: FlaskClient
) -> None:
    other = Hours(client, make, make.instructor())
    make.hours(other.teacher, NEXT, "09:00-12:00")
    make.hours(other.teacher, AFTER, "09:00-12:00")
    before = other.stored()

    hours.copy(NEXT, AFTER)
    hours.apply(AFTER, NEXT, NEXT)

    assert (other.stored(), hours.stored()) == (before, [])
