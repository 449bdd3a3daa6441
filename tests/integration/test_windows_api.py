"""Open hours one window at a time: owned, validated, joined, and the past left alone."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.answers import counts, problem
from tests.factories import TUESDAY, WEDNESDAY, Make, at
from tests.integration.hours import MONDAY, NEXT, Hours


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def test_an_added_window_is_answered_and_listed(hours: Hours) -> None:
    answer = hours.add(NEXT, "09:00", "10:00")

    assert answer.status_code == 200
    ((key, *_),) = hours.stored()
    assert answer.get_json() == {
        "id": key,
        "instructor_id": hours.teacher.id,
        "specific_date": f"{NEXT}",
        "start_time": "09:00:00",
        "end_time": "10:00:00",
    }
    assert hours.get() == [answer.get_json()]


def test_a_week_shows_what_was_added_changed_and_removed_at_once(hours: Hours) -> None:
    """Fault W60: there the week was read from a cache that none of these cleared."""

    def week() -> dict[str, list[dict[str, str]]]:
        return hours.get(f"/week?start_date={NEXT}")

    assert week() == {}
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]
    assert week() == {f"{NEXT}": [{"start_time": "09:00:00", "end_time": "10:00:00"}]}
    hours.send("PATCH", f"/{key}", {"end_time": "11:00"})
    assert week() == {f"{NEXT}": [{"start_time": "09:00:00", "end_time": "11:00:00"}]}
    hours.send("DELETE", f"/{key}")
    assert week() == {}


def test_what_touches_or_overlaps_is_answered_as_one(hours: Hours) -> None:
    first = hours.add(NEXT, "09:00", "10:00").get_json()["id"]
    other = hours.add(NEXT, "11:00", "12:00").get_json()["id"]

    joined = hours.add(NEXT, "10:00", "11:15").get_json()

    assert (joined["id"], joined["start_time"], joined["end_time"]) == (
        first,
        "09:00:00",
        "12:00:00",
    )
    assert [row[0] for row in hours.stored()] == [first]
    problem(hours.send("DELETE", f"/{other}"), 404)


def test_a_longer_window_with_the_same_start_is_no_error(hours: Hours) -> None:
    """Fault W11: there this was a unique violation, told as SQL."""
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]

    longer = hours.add(NEXT, "09:00", "12:00")

    assert (longer.status_code, longer.get_json()["id"]) == (200, key)
    assert hours.spans(NEXT) == ["09:00-12:00"]


def test_the_same_window_again_is_a_conflict(hours: Hours) -> None:
    hours.add(NEXT, "09:00", "10:00")
    before, marked = hours.stored(), hours.generation

    told = problem(hours.add(NEXT, "09:00", "10:00"), 409, "slot_exists")

    assert told["detail"] == "This time slot already exists"
    assert (hours.stored(), hours.generation) == (before, marked)


def test_hours_that_are_open_already_change_nothing(hours: Hours) -> None:
    whole = hours.add(NEXT, "09:00", "12:00").get_json()
    marked, noted = hours.generation, hours.trail()

    assert hours.add(NEXT, "10:00", "11:00").get_json() == whole
    assert (hours.generation, hours.trail()) == (marked, noted)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("14:00", "11:00", "invalid_range"),
        ("14:00", "14:00", "invalid_range"),
        ("09:10", "10:00", "invalid_window"),
        ("09:00", "10:05", "invalid_window"),
        ("09:00", "09:15", "invalid_window"),
        ("24:00", "24:00", "invalid_range"),
    ],
)
def test_every_way_in_has_the_one_validator(hours: Hours, start: str, end: str, code: str) -> None:
    """Fault W9: there only bulk additions were checked."""
    key = hours.add(NEXT, "18:00", "20:00").get_json()["id"]
    before = hours.stored()

    problem(hours.add(NEXT, start, end), 422, code)
    problem(hours.send("PATCH", f"/{key}", {"start_time": start, "end_time": end}), 422, code)

    assert hours.stored() == before


def test_an_end_before_the_start_is_told_as_ever(hours: Hours) -> None:
    told = problem(hours.add(NEXT, "14:00", "11:00"), 422)

    assert told["detail"] == "End time must be after start time"
    assert [each["field"] for each in told["errors"]] == ["end_time"]


@pytest.mark.parametrize("midnight", ["00:00", "24:00"])
def test_midnight_ends_the_day(hours: Hours, midnight: str) -> None:
    key = hours.add(NEXT, "20:00", "21:00").get_json()["id"]

    changed = hours.send("PATCH", f"/{key}", {"end_time": midnight})

    assert changed.get_json()["end_time"] == "00:00:00"
    assert hours.spans(NEXT) == ["20:00-00:00"]


def test_a_change_keeps_the_id_and_what_was_not_sent(hours: Hours) -> None:
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]

    changed = hours.send("PATCH", f"/{key}", {"start_time": "08:00"}).get_json()

    assert (changed["id"], changed["start_time"], changed["end_time"]) == (
        key,
        "08:00:00",
        "10:00:00",
    )
    marked = hours.generation
    assert hours.send("PATCH", f"/{key}", {}).get_json() == changed
    assert hours.generation == marked


def test_a_window_is_deleted_whatever_lies_on_it(hours: Hours, make: Make) -> None:
    (key,) = make.hours(hours.teacher, WEDNESDAY, "09:00-17:00")
    make.booking(make.student(), hours.teacher, at(WEDNESDAY, "10:00"))

    answer = hours.send("DELETE", f"/{key}")

    assert answer.get_json() == {"message": "Availability time slot deleted"}
    assert hours.stored() == []
    assert counts(make)["bookings"] == 1
    assert problem(hours.send("DELETE", f"/{key}"), 404)["detail"] == "Slot not found"


def test_other_peoples_windows_cannot_be_touched(
    hours: Hours, make: Make, client: FlaskClient
) -> None:
    """Fault W31: there the role was checked and the owner was not."""
    other = Hours(client, make, make.instructor())
    key = other.add(NEXT, "09:00", "12:00").get_json()["id"]
    before = other.stored()

    for method, tail, sent in (
        ("PATCH", f"/{key}", {"end_time": "13:00"}),
        ("DELETE", f"/{key}", None),
        ("POST", f"/{key}/split", {"split_time": "10:00"}),
    ):
        assert problem(hours.send(method, tail, sent), 404)["detail"] == "Slot not found"

    assert other.stored() == before
    assert hours.get() == []


def test_days_that_have_passed_are_read_only(hours: Hours, make: Make) -> None:
    """Fault W10: there the past was dropped without a word, or deleted."""
    (key,) = make.hours(hours.teacher, MONDAY, "09:00-12:00")
    before = hours.stored()

    told = problem(hours.add(MONDAY, "13:00", "14:00"), 422, "past_read_only")
    assert told["detail"] == "Cannot set availability for past dates"
    for method, tail, sent in (
        ("PATCH", f"/{key}", {"end_time": "13:00"}),
        ("DELETE", f"/{key}", None),
        ("POST", f"/{key}/split", {"split_time": "10:00"}),
        ("POST", "/merge", {"date": f"{MONDAY}"}),
    ):
        told = problem(hours.send(method, tail, sent), 422, "past_read_only")
        assert "30 November 2026 has passed" in str(told["detail"])

    assert hours.stored() == before


def test_today_is_the_instructors(client: FlaskClient, make: Make) -> None:
    """At noon UTC it is Wednesday already in Kiritimati, and still Tuesday in New York."""
    ahead = Hours(client, make, make.instructor(zone_name="Pacific/Kiritimati"))

    problem(ahead.add(TUESDAY, "09:00", "10:00"), 422, "past_read_only")
    assert ahead.add(WEDNESDAY, "09:00", "10:00").status_code == 200


def test_a_range_is_listed_in_order_a_year_from_today_on_by_default(
    hours: Hours, make: Make
) -> None:
    year = TUESDAY + timedelta(days=365)
    for day in (year + timedelta(days=1), year, NEXT, MONDAY):
        make.hours(hours.teacher, day, "14:00-15:00", "09:00-10:00")
    make.hours(make.instructor(), NEXT)

    def days(tail: str) -> list[tuple[str, str]]:
        return [(each["specific_date"], each["start_time"]) for each in hours.get(tail)]

    assert days("/") == [
        (f"{day}", start) for day in (NEXT, year) for start in ("09:00:00", "14:00:00")
    ]
    assert {day for day, _ in days(f"/?start_date={MONDAY}")} == {f"{MONDAY}", f"{NEXT}"}
    assert days(f"/?start_date={NEXT}&end_date={NEXT}") == days("/")[:2]
    for tail, told in (
        (f"/?start_date={NEXT}&end_date={MONDAY}", "End date must be after start date"),
        (f"/?end_date={MONDAY}", "End date must be after start date"),
        (
            f"/?start_date={MONDAY}&end_date={year}",
            "Date range cannot exceed 1 year (365 days)",
        ),
    ):
        assert problem(hours.send("GET", tail), 422)["detail"] == told
