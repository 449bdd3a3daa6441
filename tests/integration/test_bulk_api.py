"""Many changes of hours in one request: in order, in one transaction, and rehearsed truly."""

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.domain.bulk import Action, Operation
from tests.answers import problem
from tests.factories import TUESDAY, Make
from tests.hours_model import Model
from tests.integration.hours import MONDAY, NEXT, Hours


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def bulk(hours: Hours, *operations: dict[str, Any], **more: Any) -> dict[str, Any]:
    sent = {"operations": list(operations), **more}
    answer = hours.send("PATCH", "/bulk-update", sent)
    assert answer.status_code == 200, answer.get_json()
    told: dict[str, Any] = answer.get_json()
    return told


def add(start: str, end: str, day: Any = NEXT) -> dict[str, Any]:
    return {"action": "add", "date": f"{day}", "start_time": start, "end_time": end}


def results(told: dict[str, Any]) -> list[tuple[str, str | None, int | None]]:
    return [(each["status"], each["reason"], each["slot_id"]) for each in told["results"]]


def test_every_kind_of_change_is_done_and_told(hours: Hours) -> None:
    kept = hours.add(NEXT, "09:00", "10:00").get_json()["id"]
    gone = hours.add(NEXT, "12:00", "13:00").get_json()["id"]

    told = bulk(
        hours,
        add("15:00", "16:00"),
        {"action": "update", "slot_id": kept, "end_time": "11:00"},
        {"action": "remove", "slot_id": gone},
        add("10:30", "11:30:00"),
    )

    fresh = next(key for key, _, start, _ in hours.stored() if start.hour == 15)
    assert told == {
        "successful": 4,
        "failed": 0,
        "skipped": 0,
        "results": [
            {
                "operation_index": index,
                "action": action,
                "status": "success",
                "reason": None,
                "slot_id": key,
            }
            for index, (action, key) in enumerate(
                [("add", fresh), ("update", kept), ("remove", gone), ("add", kept)]
            )
        ],
    }
    assert hours.spans(NEXT) == ["09:00-11:30", "15:00-16:00"]


def test_two_identical_additions_are_told_as_they_are_done(hours: Hours) -> None:
    """Fault W13: the rehearsal let both pass."""
    wishes = [add("09:00", "10:00"), add("09:00", "10:00")]

    rehearsed = bulk(hours, *wishes, validate_only=True)
    assert hours.stored() == []
    done = bulk(hours, *wishes)

    ((key, *_),) = hours.stored()
    told = f"Time slot 09:00-10:00 already exists on {NEXT}"
    assert results(rehearsed) == [("success", None, None), ("failed", told, None)]
    assert results(done) == [("success", None, key), ("failed", told, None)]
    assert (done["successful"], done["failed"], done["skipped"]) == (1, 1, 0)


def test_a_longer_window_with_the_same_start_is_merged(hours: Hours) -> None:
    """Fault W11: there it failed, and the reason was SQL."""
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]

    told = bulk(hours, add("09:00", "12:00"))

    assert results(told) == [("success", None, key)]
    assert hours.spans(NEXT) == ["09:00-12:00"]


def test_all_or_nothing_when_asked_for(hours: Hours) -> None:
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]
    before, marked = hours.stored(), hours.generation
    wishes = [
        add("15:00", "16:00"),
        {"action": "remove", "slot_id": key},
        {"action": "remove", "slot_id": key},
    ]

    told = bulk(hours, *wishes, atomic=True)

    skipped = "Not done, because another operation failed."
    gone = f"Slot {key} not found or not owned by instructor {hours.teacher.id}"
    assert (told["successful"], told["failed"], told["skipped"]) == (0, 1, 2)
    assert results(told) == [
        ("skipped", skipped, None),
        ("skipped", skipped, key),
        ("failed", gone, key),
    ]
    assert (hours.stored(), hours.generation) == (before, marked)
    assert bulk(hours, *wishes, atomic=True, validate_only=True) == told
    assert bulk(hours, *wishes[:2], atomic=True)["successful"] == 2
    assert hours.spans(NEXT) == ["15:00-16:00"]


def test_other_peoples_windows_are_not_found(hours: Hours, make: Make, client: FlaskClient) -> None:
    """Fault W31, this way in; and nobody can tell whether they exist."""
    other = Hours(client, make, make.instructor())
    key = other.add(NEXT, "09:00", "12:00").get_json()["id"]
    before = other.stored()

    told = bulk(
        hours,
        {"action": "remove", "slot_id": key},
        {"action": "update", "slot_id": key, "end_time": "13:00"},
        {"action": "remove", "date": f"{NEXT}", "start_time": "09:00", "end_time": "12:00"},
        {"action": "remove", "slot_id": 999_999},
    )

    assert told["failed"] == 4
    reasons = [reason for _, reason, _ in results(told)]
    assert reasons[0] == str(reasons[3]).replace("999999", str(key))
    assert (other.stored(), other.generation, hours.generation) == (before, 1, 0)


def test_what_comes_to_nothing_writes_nothing(hours: Hours) -> None:
    key = hours.add(NEXT, "09:00", "10:00").get_json()["id"]
    before, marked, noted = hours.stored(), hours.generation, hours.trail()

    told = bulk(
        hours, {"action": "remove", "slot_id": key}, add("09:00", "10:00"), add("09:00", "09:30")
    )

    assert results(told) == [("success", None, key)] * 3
    assert (hours.stored(), hours.generation, hours.trail()) == (before, marked, noted)
    assert bulk(hours)["results"] == []


def test_one_note_and_one_generation_for_all(hours: Hours) -> None:
    bulk(hours, add("09:00", "10:00"), add("11:00", "12:00"), add("09:00", "10:00", TUESDAY))

    ((action, changes),) = hours.trail()

    assert action == "hours.bulk"
    assert json.loads(changes) == {
        f"{TUESDAY}": [None, "09:00-10:00"],
        f"{NEXT}": [None, "09:00-10:00, 11:00-12:00"],
    }
    assert hours.generation == 1


def test_a_week_shows_bulk_changes_at_once(hours: Hours) -> None:
    """Faults W33 and W60: there keys were deleted by pattern, and not those that were read."""
    assert hours.get(f"/week?start_date={NEXT}") == {}

    bulk(hours, add("09:00", "10:00"))

    assert hours.get(f"/week?start_date={NEXT}").keys() == {f"{NEXT}"}


def test_days_that_have_passed_are_refused_one_by_one(hours: Hours, make: Make) -> None:
    (key,) = make.hours(hours.teacher, MONDAY, "09:00-10:00")

    told = bulk(
        hours,
        add("09:00", "10:00", MONDAY),
        {"action": "remove", "slot_id": key},
        add("06:00", "07:00", TUESDAY),
        add("06:00", "07:15", TUESDAY),
    )

    assert [reason for _, reason, _ in results(told)] == [
        f"Cannot add availability for past date {MONDAY} (today is {TUESDAY})",
        "30 November 2026 has passed and cannot be changed.",
        f"Cannot add availability for past time slot 06:00-07:00 on {TUESDAY}",
        None,
    ]
    assert hours.spans(MONDAY) == ["09:00-10:00"]


@pytest.mark.parametrize(
    "operation",
    [
        {"action": "delete"},
        {"action": "remove", "slot_id": 0},
        {"action": "remove", "slot_id": 2**31},
        {"action": "remove", "slot_id": -1},
        {"action": "add", "date": "2026-13-01"},
        {"action": "add", "start_time": "9:00"},
        {"action": "add", "end_time": "24:15"},
        {"action": "add", "weekday": 1},
        {},
        None,
        "add",
    ],
)
def test_an_operation_that_cannot_be_read_refuses_the_request(hours: Hours, operation: Any) -> None:
    sent = {"operations": [add("09:00", "10:00"), operation]}

    problem(hours.send("PATCH", "/bulk-update", sent), 422)

    assert hours.stored() == []


def test_a_hundred_operations_are_the_most(hours: Hours) -> None:
    days = [NEXT + timedelta(days=n) for n in range(101)]
    wishes = [add("09:00", "10:00", day) for day in days]

    refused = problem(hours.send("PATCH", "/bulk-update", {"operations": wishes}), 422)

    assert [each["field"] for each in refused["errors"]] == ["operations"]
    assert bulk(hours, *wishes[:100])["successful"] == 100


CLOCK = ["09:00", "09:30", "10:00", "10:10", "11:00", "12:00", "13:00", "24:00"]


def wish(random: Random, keys: list[int]) -> dict[str, Any]:
    action = random.choice(["add", "add", "remove", "update"])
    made: dict[str, Any] = {"action": action}
    if action != "add":
        made["slot_id"] = random.choice([*keys, 999_999])
    if action == "add" or random.random() < 0.3:
        made["date"] = str(random.choice([MONDAY, NEXT, NEXT + timedelta(days=1)]))
    for name in ("start_time", "end_time"):
        if random.random() < 0.9:
            made[name] = random.choice(CLOCK)
    return made


def minute(text: str | None) -> int | None:
    return int(text[:2]) * 60 + int(text[3:]) if text else None


def as_operation(sent: dict[str, Any]) -> Operation:
    day = next((d for d in (MONDAY, NEXT, NEXT + timedelta(1)) if f"{d}" == sent.get("date")), None)
    times = minute(sent.get("start_time")), minute(sent.get("end_time"))
    return Operation(Action(sent["action"]), day, *times, sent.get("slot_id"))


@pytest.mark.parametrize("seed", range(12))
def test_the_rehearsal_tells_what_is_done_and_the_model_what_is_left(
    hours: Hours, make: Make, seed: int
) -> None:
    random = Random(seed)
    keys = make.hours(hours.teacher, NEXT, "08:00-09:00", "12:00-13:30", "15:00-16:00")
    keys += make.hours(hours.teacher, MONDAY, "08:00-09:00")
    model = Model(
        [
            (key, day, start.hour * 60 + start.minute, end.hour * 60 + end.minute)
            for key, day, start, end in hours.stored()
        ],
        today=TUESDAY,
    )
    wishes = [wish(random, keys) for _ in range(20)]
    atomic = seed % 4 == 0

    rehearsed = bulk(hours, *wishes, validate_only=True, atomic=atomic)
    done = bulk(hours, *wishes, atomic=atomic)

    for each in done["results"]:
        if each["slot_id"] not in (*keys, 999_999):
            each["slot_id"] = None  # made by it, so that the rehearsal cannot know it
    assert rehearsed == done
    if not atomic:
        assert [each["status"] == "success" for each in done["results"]] == [
            model.do(as_operation(each)) for each in wishes
        ]
    assert {
        (day, start.hour * 60 + start.minute, (end.hour * 60 + end.minute) or 1440)
        for _, day, start, end in hours.stored()
    } == model.state()
