"""Windows split, joined and seen from between; and what the trail keeps of it."""

import json
from datetime import time

import pytest
from flask.testing import FlaskClient

from app.repositories.availability import AvailabilityRepository, Rug
from tests.answers import problem
from tests.factories import TUESDAY, Make
from tests.integration.hours import NEXT, Hours


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def test_a_split_gives_two_windows_that_can_be_changed_alone(hours: Hours) -> None:
    key = hours.add(NEXT, "09:00", "12:00").get_json()["id"]

    first, second = hours.send("POST", f"/{key}/split", {"split_time": "10:30"}).get_json()

    assert (first["id"], first["end_time"], second["start_time"]) == (key, "10:30:00", "10:30:00")
    assert hours.get() == [first, second]
    hours.send("PATCH", f"/{second['id']}", {"start_time": "11:00"})
    assert hours.spans(NEXT) == ["09:00-10:30", "11:00-12:00"]
    told = problem(hours.send("POST", f"/{key}/split", {"split_time": "10:30"}), 422)
    assert told["detail"] == "Split time must be between slot start and end times"
    problem(hours.send("POST", f"/{key}/split", {"split_time": "10:15"}), 422, "invalid_window")
    assert hours.spans(NEXT) == ["09:00-10:30", "11:00-12:00"]


def test_old_rows_are_joined_and_rows_that_run_backwards_go(hours: Hours, make: Make) -> None:
    """What the original stored: overlaps, neighbours, and an end before the start."""
    make.hours(hours.teacher, NEXT, "09:00-10:00", "09:00-11:00", "11:00-12:00", "14:00-13:00")
    make.hours(hours.teacher, NEXT, "16:00-17:00")

    merged = hours.send("POST", "/merge", {"date": f"{NEXT}"}).get_json()

    assert merged["merged"] == 2
    assert hours.spans(NEXT) == ["09:00-12:00", "16:00-17:00"]
    assert merged["windows"] == hours.get()
    marked = hours.generation
    assert hours.send("POST", "/merge", {"date": f"{NEXT}"}).get_json()["merged"] == 0
    assert hours.generation == marked


def test_gaps_lie_between_windows(hours: Hours) -> None:
    keys = [
        hours.add(NEXT, start, end).get_json()["id"]
        for start, end in (("09:00", "10:00"), ("10:15", "11:00"), ("13:00", "14:00"))
    ]

    short = hours.get(f"/gaps?date={NEXT}&min_gap_minutes=15")

    assert hours.get(f"/gaps?date={NEXT}") == [
        {
            "start_time": "11:00:00",
            "end_time": "13:00:00",
            "duration_minutes": 120,
            "after_slot_id": keys[1],
            "before_slot_id": keys[2],
        }
    ]
    assert [each["duration_minutes"] for each in short] == [15, 120]
    assert hours.get(f"/gaps?date={TUESDAY}") == []
    problem(hours.send("GET", f"/gaps?date={NEXT}&min_gap_minutes=0"), 422)


def test_every_change_is_in_the_trail_and_raises_the_generation(hours: Hours) -> None:
    key = hours.add(NEXT, "09:00", "12:00").get_json()["id"]
    hours.send("PATCH", f"/{key}", {"end_time": "13:00"})
    hours.send("POST", f"/{key}/split", {"split_time": "10:00"})
    hours.send("POST", "/merge", {"date": f"{NEXT}"})
    hours.send("DELETE", f"/{key}")

    assert [(action, json.loads(changes)) for action, changes in hours.trail()] == [
        ("hours.add", {f"{NEXT}": [None, "09:00-12:00"]}),
        ("hours.change", {f"{NEXT}": ["09:00-12:00", "09:00-13:00"]}),
        ("hours.split", {f"{NEXT}": ["09:00-13:00", "09:00-10:00, 10:00-13:00"]}),
        ("hours.merge", {f"{NEXT}": ["09:00-10:00, 10:00-13:00", "09:00-13:00"]}),
        ("hours.remove", {f"{NEXT}": ["09:00-13:00", None]}),
    ]
    assert hours.generation == 5


def test_old_hours_off_the_quarter_hour_hinder_nobody(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, NEXT, "09:10-10:00")

    assert hours.add(NEXT, "15:00", "16:00").status_code == 200
    assert hours.add(NEXT, "10:00", "11:00").get_json()["start_time"] == "09:10:00"
    assert [row[2] for row in hours.stored()] == [time(9, 10), time(15)]


def test_a_writer_that_takes_no_locks_is_met_by_the_index(
    hours: Hours, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program that writes to the same tables may be faster than what was read."""
    hours.add(NEXT, "09:00", "10:00")
    noted, marked, before = hours.trail(), hours.generation, hours.stored()
    monkeypatch.setattr(AvailabilityRepository, "around", lambda *_args: Rug((), frozenset()))

    problem(hours.add(NEXT, "09:00", "10:00"), 409, "slot_exists")

    assert (hours.trail(), hours.generation, hours.stored()) == (noted, marked, before)
