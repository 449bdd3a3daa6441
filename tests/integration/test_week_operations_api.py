"""A week copied to another: by weekday, once, and never into the past."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, at
from tests.integration.hours import AFTER, MONDAY, NEXT, Hours
from tests.time_cases import Case, instant, only

TOO_LATE = "Days that have passed were left as they are"


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def test_a_copied_week_is_answered_and_said_to_be(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-12:00", "13:00-24:00")
    make.hours(hours.teacher, NEXT + timedelta(days=6), "10:00-11:00")
    make.hours(hours.teacher, AFTER + timedelta(days=2), "08:00-09:00")

    answer = hours.copy(NEXT, AFTER)

    told = answer.get_json()
    assert told.pop("_metadata") == {
        "operation": "week_copy",
        "slots_created": 3,
        "message": "Week copied successfully. 3 slots created.",
        "slots_added": 3,
        "slots_removed": 1,
        "days_skipped": [],
    }
    assert told == {
        f"{AFTER}": [
            {"start_time": "09:00:00", "end_time": "12:00:00"},
            {"start_time": "13:00:00", "end_time": "00:00:00"},
        ],
        f"{AFTER + timedelta(days=6)}": [{"start_time": "10:00:00", "end_time": "11:00:00"}],
    }
    read = hours.send("GET", f"/week?start_date={AFTER}")
    assert (read.get_json(), read.headers["ETag"]) == (told, answer.headers["ETag"])
    assert hours.spans(NEXT) == ["09:00-12:00", "13:00-00:00"]


def test_the_same_copy_again_writes_nothing(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-12:00")
    first = hours.copy(NEXT, AFTER)
    before, marked, noted = hours.stored(), hours.generation, hours.trail()

    again = hours.copy(NEXT, AFTER)

    assert (hours.stored(), hours.generation, hours.trail()) == (before, marked, noted)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.get_json()["_metadata"]["slots_created"] == 1
    assert again.get_json()["_metadata"]["slots_added"] == 0


def test_an_empty_week_empties_the_other(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, AFTER, "09:00-12:00")

    assert hours.copy(NEXT, AFTER).get_json().keys() == {"_metadata"}
    assert hours.stored() == []


def test_days_that_have_passed_stay_and_the_answer_says_so(hours: Hours, make: Make) -> None:
    """Fault W10: there a copy wrote into the past."""
    make.hours(hours.teacher, MONDAY, "06:00-07:00")
    for day in range(3):
        make.hours(hours.teacher, NEXT + timedelta(days=day), "09:00-12:00")

    told = hours.copy(NEXT, MONDAY).get_json()

    assert told["_metadata"]["days_skipped"] == [f"{MONDAY}"]
    assert told["_metadata"]["message"] == (
        f"Week copied successfully. 2 slots created. {TOO_LATE}: 1."
    )
    assert told[f"{MONDAY}"] == [{"start_time": "06:00:00", "end_time": "07:00:00"}]
    assert [hours.spans(day) for day in (MONDAY, TUESDAY, WEDNESDAY)] == [
        ["06:00-07:00"],
        ["09:00-12:00"],
        ["09:00-12:00"],
    ]


def test_a_week_that_has_passed_is_left_whole(hours: Hours, make: Make) -> None:
    past = MONDAY - timedelta(days=7)
    make.hours(hours.teacher, past, "06:00-07:00")
    make.hours(hours.teacher, NEXT, "09:00-12:00")
    before = hours.stored()

    told = hours.copy(NEXT, past).get_json()

    assert len(told["_metadata"]["days_skipped"]) == 7
    assert told["_metadata"]["slots_created"] == 0
    assert (hours.stored(), hours.generation) == (before, 0)


def test_a_past_week_can_be_the_source(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, MONDAY - timedelta(days=7), "09:00-12:00")

    hours.copy(MONDAY - timedelta(days=7), NEXT)

    assert hours.spans(NEXT) == ["09:00-12:00"]


@pytest.mark.parametrize(
    ("source", "target", "field", "told"),
    [
        (TUESDAY, NEXT, "from_week_start", "2026-12-01 is not a Monday (weekday=1)"),
        (NEXT, WEDNESDAY, "to_week_start", "2026-12-02 is not a Monday (weekday=2)"),
        (NEXT, NEXT, "to_week_start", "Cannot copy to the same week"),
        (date(1900, 1, 1), NEXT, "from_week_start", "That week is too far away."),
    ],
)
def test_a_copy_goes_from_monday_to_another_monday(
    hours: Hours, source: date, target: date, field: str, told: str
) -> None:
    refused = problem(hours.copy(source, target), 422)

    assert refused["detail"] == told
    assert [each["field"] for each in refused["errors"]] == [field]


def test_a_target_changed_since_it_was_seen_is_refused(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:00-12:00")
    seen = hours.send("GET", f"/week?start_date={AFTER}").headers["ETag"]
    hours.add(AFTER, "15:00", "16:00")
    before = hours.stored()

    problem(hours.copy(NEXT, AFTER, {"If-Match": seen}), 409, "week_changed")

    assert hours.stored() == before
    fresh = hours.send("GET", f"/week?start_date={AFTER}").headers["ETag"]
    assert hours.copy(NEXT, AFTER, {"If-Match": fresh}).status_code == 200
    assert hours.spans(AFTER) == ["09:00-12:00"]


def test_old_hours_are_copied_as_far_as_they_may_be(hours: Hours, make: Make) -> None:
    """What was stored when nothing was checked must not make a week useless."""
    make.hours(hours.teacher, NEXT, "09:10-12:00", "11:00-12:30", "14:00-14:10", "16:00-15:00")

    told = hours.copy(NEXT, AFTER).get_json()["_metadata"]

    assert hours.spans(AFTER) == ["09:15-12:30"]
    assert told["message"].endswith("Old hours that had to be cut to the quarter hour: 2.")


def test_days_saved_over_lose_rows_that_run_backwards(hours: Hours, make: Make) -> None:
    """Such a row is shown nowhere; the day's next replacement takes it away."""
    make.hours(hours.teacher, NEXT, "09:00-12:00")
    make.hours(hours.teacher, AFTER, "09:00-12:00", "16:00-15:00")

    hours.copy(NEXT, AFTER)

    assert hours.spans(AFTER) == ["09:00-12:00"]


def test_lessons_on_the_target_stay(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, WEDNESDAY, "09:00-17:00")
    make.booking(make.student(), hours.teacher, at(WEDNESDAY, "10:00"))

    hours.copy(NEXT, MONDAY)

    assert (hours.stored(), counts(make)["bookings"]) == ([], 1)


def days_of(case: Case) -> tuple[date, date, date]:
    """The Mondays from and to which, and the day of the source week with the window."""
    given = case["input"]
    source, target = (
        date.fromisoformat(given[name]) for name in ("from_week_start", "to_week_start")
    )
    return source, target, source + timedelta(days=6 if given["window"][:3] == "Sun" else 0)


@only("TC-WEEK-001")
def test_a_copy_over_a_change_of_clocks_keeps_the_wall_clock(
    case: Case, make: Make, client: FlaskClient, clock: StoppedClock
) -> None:
    source, target, day = days_of(case)
    clock.move_to(instant("2027-02-20T12:00:00Z"))
    hours = Hours(client, make, make.instructor(booking_horizon_days=365))
    make.hours(hours.teacher, day, case["input"]["window"][4:])

    hours.copy(source, target)

    public = f"/api/public/instructors/{hours.teacher.id}/availability"
    found = [
        client.get(f"{public}?start_date={each}&end_date={each}").get_json()
        for each in (day, day + (target - source))
    ]
    starts = [
        slots["availability_by_date"][slots["earliest_available_date"]]["available_slots"]
        for slots in found
    ]
    assert [instant(each[0]["starts_at"]) for each in starts] == [
        instant(case["expect"]["source_utc"]),
        instant(case["expect"]["copy_utc"]),
    ]


@only("TC-WEEK-009")
def test_a_copy_into_the_hour_that_does_not_exist_offers_nothing(
    case: Case, make: Make, client: FlaskClient, clock: StoppedClock
) -> None:
    source, target, day = days_of(case)
    clock.move_to(instant("2027-02-20T12:00:00Z"))
    hours = Hours(client, make, make.instructor(booking_horizon_days=365))
    make.hours(hours.teacher, day, case["input"]["window"][4:])
    make.hours(hours.teacher, source, "09:00-10:00")

    answer = hours.copy(source, target)

    assert answer.status_code == 200
    assert answer.get_json()["_metadata"]["slots_created"] == 2
    public = f"/api/public/instructors/{hours.teacher.id}/availability"
    offered = client.get(
        f"{public}?start_date={target}&end_date={target + timedelta(days=6)}"
    ).get_json()["availability_by_date"]
    assert {day for day, each in offered.items() if each["available_slots"]} == {f"{target}"}


def test_only_instructors_copy_weeks(hours: Hours, make: Make, client: FlaskClient) -> None:
    hours.headers = bearer(client, make.student())

    problem(hours.copy(NEXT, AFTER), 403)
    problem(hours.apply(NEXT, AFTER, AFTER), 403)
