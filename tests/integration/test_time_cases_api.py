"""The tricky cases of tests/data/time-cases.json, as a client of the API meets them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.domain.pricing import price
from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import Make
from tests.integration.wall import RATE, Wall
from tests.time_cases import BY_ID, Case, cases, instant, only, rejected, typed_zone

CODES = {"nonexistent_local_time": "nonexistent_time"}
"""Codes of the file that have another name here."""
ENDS_AT_MIDNIGHT, CROSSES_MIDNIGHT = "TC-BK-031", "TC-BK-032"
OFF_THE_GRID = ("TC-OV-003", "TC-OV-009", "TC-OV-010")
ONE_DAY = "TC-RNG-006"


@pytest.fixture
def wall(make: Make, client: FlaskClient) -> Wall:
    return Wall(make, client)


def wanted(case: Case) -> dict[str, Any]:
    """The body of a booking case, without the parts that say whom to book."""
    return {key: value for key, value in case["input"].items() if key != "instructor_timezone"}


def move(clock: StoppedClock, case: Case) -> None:
    """To the case's moment; to shortly before, where the case lies beyond the horizon."""
    if "now_utc" in case:
        clock.move_to(instant(case["now_utc"]))
    elif case.get("needs") == "horizon or clock":
        clock.move_to(instant(case["expect"]["start_utc"]) - timedelta(days=30))


@cases("booking", but=(ENDS_AT_MIDNIGHT, CROSSES_MIDNIGHT))
def test_a_booking_is_what_the_clock_of_the_instructor_says(
    case: Case, wall: Wall, clock: StoppedClock
) -> None:
    given, expect = case["input"], case["expect"]
    move(clock, case)
    teacher = wall.teacher(given["instructor_timezone"], given["booking_date"])

    answer = wall.book(teacher, **wanted(case))

    said = answer.get_json()
    if rejected(case):
        assert answer.status_code == 422, said
        expected = CODES.get(expect["code"], expect["code"])
        assert expected in (said["code"], *(each["code"] for each in said["errors"]))
        assert wall.stored() == []
    else:
        assert answer.status_code == 201, said
        assert instant(said["starts_at"]) == instant(expect["start_utc"])
        assert instant(said["ends_at"]) == instant(expect["end_utc"])
        assert said["duration_minutes"] == expect["duration_minutes"]
        assert said["booking_date"] == given["booking_date"]
        assert said["start_time"] == expect["start_local"][11:19]
        assert said["end_time"] == expect["end_local"][11:19]
        assert said["time_zone"] == given["instructor_timezone"]
        costs = price(Decimal(RATE), expect["duration_minutes"])
        assert Decimal(str(said["total_price"])) == costs
        (row,) = wall.stored()
        assert (row.starts_at, row.ends_at) == (
            instant(expect["start_utc"]),
            instant(expect["end_utc"]),
        )


@only(ENDS_AT_MIDNIGHT)
def test_an_end_of_zero_is_the_end_of_that_day(case: Case, wall: Wall) -> None:
    given = case["input"]
    teacher = wall.teacher(given["instructor_timezone"], given["booking_date"])

    answer = wall.book(teacher, **wanted(case))

    assert answer.status_code == 201, answer.get_json()
    (row,) = wall.stored()
    assert (row.starts_at, row.ends_at) == (
        instant("2027-01-16T04:00:00Z"),
        instant("2027-01-16T05:00:00Z"),
    )
    assert (row.duration_minutes, row.end_time.hour) == (60, 0)


@only(CROSSES_MIDNIGHT)
def test_a_lesson_over_midnight_is_refused(case: Case, wall: Wall) -> None:
    given = case["input"]
    teacher = wall.teacher(given["instructor_timezone"], given["booking_date"])

    answer = wall.book(teacher, **wanted(case))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_range")
    assert wall.stored() == []


@pytest.mark.parametrize(
    ("start", "end", "offset", "minutes"),
    [
        ("00:30", "01:30", None, 60),
        ("01:15", "01:45", "-04:00", 30),
        ("01:15", "01:45", "-05:00", 30),
        ("01:30", "01:15", "-04:00", 45),
        ("01:30", "01:15", "-05:00", None),
        ("01:30", "01:30", "-04:00", 60),
    ],
)
def test_an_end_in_a_repeated_hour_is_the_one_that_follows(
    start: str, end: str, offset: str | None, minutes: int | None, wall: Wall
) -> None:
    day = "2027-11-07"
    teacher = wall.teacher("America/New_York", day)

    answer = wall.book(
        teacher, booking_date=day, start_time=start, end_time=end, start_utc_offset=offset
    )

    assert answer.status_code == (201 if minutes else 422), answer.get_json()
    assert [row.duration_minutes for row in wall.stored()] == ([minutes] if minutes else [])


@cases("format")
def test_anything_but_iso_dates_and_whole_minutes_is_refused(case: Case, wall: Wall) -> None:
    base = BY_ID[case["input"]["base"]]
    teacher = wall.teacher(base["input"]["instructor_timezone"], base["input"]["booking_date"])
    (field,) = case["input"]["override"]

    answer = wall.book(teacher, **wanted(base) | case["input"]["override"])

    assert answer.status_code == 422, answer.get_json()
    assert [each["field"] for each in answer.get_json()["errors"]] == [field]
    assert wall.stored() == []


def as_sent(side: list[str]) -> dict[str, Any]:
    """The body of one side of an overlap case; an hour that reads empty is sent as a length."""
    _, day, starts, ends, *offsets = side
    sent: dict[str, Any] = {"booking_date": day, "start_time": starts}
    sent |= {"duration_minutes": 60} if starts == ends else {"end_time": ends}
    return sent | ({"start_utc_offset": offsets[0]} if offsets else {})


@cases("overlap", but=OFF_THE_GRID)
def test_two_lessons_of_one_person_never_overlap(case: Case, wall: Wall) -> None:
    given = case["input"]
    sides = (given["existing_as_sent"], given["new_as_sent"])
    days = {side[1] for side in sides}
    names = dict.fromkeys(side[0] for side in sides)
    teachers = {name: wall.teacher(name, *days, buffer=given["buffer_minutes"]) for name in names}

    first, second = (wall.book(teachers[side[0]], **as_sent(side)) for side in sides)

    assert first.status_code == 201, first.get_json()
    assert second.status_code == case["expect"]["http"][0], second.get_json()
    rows = wall.stored()
    assert len(rows) == 2 - rejected(case)
    assert (rows[0].starts_at, rows[0].ends_at) == tuple(map(instant, given["existing"]))
    if not rejected(case):
        assert (rows[1].starts_at, rows[1].ends_at) == tuple(map(instant, given["new"]))


@only(*OFF_THE_GRID)
def test_an_odd_minute_is_refused_before_it_can_overlap(case: Case, wall: Wall) -> None:
    given = case["input"]
    old, new = given["existing_as_sent"], given["new_as_sent"]
    teacher = wall.teacher(old[0], old[1], new[1], buffer=given["buffer_minutes"])
    assert wall.book(teacher, **as_sent(old)).status_code == 201

    answer = wall.book(teacher, **as_sent(new))

    assert answer.status_code in (409, 422), answer.get_json()
    assert len(wall.stored()) == 1


@cases("range", but=(ONE_DAY,))
def test_impossible_ranges_are_refused(case: Case, wall: Wall, client: FlaskClient) -> None:
    teacher = wall.teacher("America/New_York", "2027-01-15")
    path = case["input"]["GET"].format(id=teacher.id)

    answer = client.get(path, query_string=case["input"]["query"])

    assert answer.status_code == 422, answer.get_json()


@only(ONE_DAY)
def test_a_range_of_one_day_is_that_day(case: Case, wall: Wall, client: FlaskClient) -> None:
    teacher = wall.teacher("America/New_York", "2027-01-15")
    path = case["input"]["GET"].format(id=teacher.id)

    answer = client.get(path, query_string=case["input"]["query"])

    assert answer.status_code == 200
    (day,) = answer.get_json()["availability_by_date"].values()
    assert [slot["starts_at"] for slot in day["available_slots"]] == ["2027-01-15T05:00:00Z"]


@cases("zone_name")
def test_a_profile_takes_only_zones_that_exist(case: Case, make: Make, client: FlaskClient) -> None:
    teacher = make.instructor()
    headers = bearer(client, teacher)

    answer = client.put(
        "/api/instructors/profile", json={"time_zone": typed_zone(case)}, headers=headers
    )

    if case["expect"]["http"] == [200]:
        assert answer.status_code == 200, answer.get_json()
        assert answer.get_json()["time_zone"] == typed_zone(case)
    else:
        assert answer.status_code == 422, answer.get_json()
        shown = client.get("/api/instructors/profile", headers=headers).get_json()
        assert shown["time_zone"] == "America/New_York"
