"""What would become of the changes from one state of a week to another."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.answers import counts, problem
from tests.factories import TUESDAY, Make
from tests.integration.hours import MONDAY, NEXT, Hours


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def times(start: str, end: str) -> dict[str, str]:
    return {"start_time": start, "end_time": end}


def week(*days: tuple[date, list[dict[str, str]]]) -> dict[str, Any]:
    return {f"{day}": windows for day, windows in days}


def ask(hours: Hours, saved: Any, current: Any, start: date = NEXT) -> Any:
    sent = {"saved_week": saved, "current_week": current, "week_start": f"{start}"}
    return hours.send("POST", "/week/validate-changes", sent)


def test_removals_come_first_and_are_told_by_id(hours: Hours, make: Make) -> None:
    key = hours.add(NEXT, "09:00", "12:00").get_json()["id"]
    before, marked = counts(make), hours.generation

    answer = ask(
        hours,
        week((NEXT, [times("09:00:00", "12:00:00")])),
        week((NEXT + timedelta(days=1), [times("14:00", "16:00")])),
    )

    assert answer.get_json() == {
        "valid": True,
        "summary": {
            "total_operations": 2,
            "valid_operations": 2,
            "invalid_operations": 0,
            "operations_by_type": {"add": 1, "remove": 1, "update": 0},
            "has_conflicts": False,
            "estimated_changes": {"slots_added": 1, "slots_removed": 1, "conflicts": 0},
        },
        "details": [
            {
                "operation_index": 0,
                "action": "remove",
                "date": None,
                "start_time": None,
                "end_time": None,
                "slot_id": key,
                "reason": "Validation passed - slot can be removed",
                "conflicts_with": None,
            },
            {
                "operation_index": 1,
                "action": "add",
                "date": f"{NEXT + timedelta(days=1)}",
                "start_time": "14:00:00",
                "end_time": "16:00:00",
                "slot_id": None,
                "reason": "Validation passed - slot can be added",
                "conflicts_with": None,
            },
        ],
        "warnings": [],
    }
    assert (counts(make), hours.generation) == (before, marked)


def test_the_same_week_twice_is_no_change(hours: Hours) -> None:
    same = week((NEXT, [times("09:00", "10:00"), times("09:00", "10:00")]))

    told = ask(hours, same, week((NEXT, [times("09:00:00", "10:00:00")]))).get_json()

    assert (told["valid"], told["details"]) == (True, [])


def test_what_would_fail_says_why(hours: Hours, make: Make) -> None:
    hours.add(NEXT, "09:00", "10:00")

    told = ask(
        hours,
        week((NEXT, [times("15:00", "16:00")])),
        week((NEXT, [times("09:00", "10:00"), times("12:10", "13:00"), times("17:00", "18:00")])),
    ).get_json()

    assert told["valid"] is False
    assert [each["reason"] for each in told["details"]] == [
        f"There is no time slot 15:00-16:00 on {NEXT}",
        f"Time slot 09:00-10:00 already exists on {NEXT}",
        "12:10-13:00: hours start and end on the quarter hour.",
        "Validation passed - slot can be added",
    ]
    assert told["details"][0]["date"] == f"{NEXT}"
    assert told["summary"]["estimated_changes"] == {
        "slots_added": 1,
        "slots_removed": 0,
        "conflicts": 3,
    }
    assert told["summary"]["has_conflicts"] is True
    assert told["warnings"] == ["3 operations will fail"]


def test_the_past_is_told_to_be_read_only(hours: Hours, make: Make) -> None:
    make.hours(hours.teacher, MONDAY, "09:00-10:00")

    told = ask(
        hours,
        week((MONDAY, [times("09:00", "10:00")])),
        week((MONDAY, [times("09:00", "11:00")])),
        MONDAY,
    ).get_json()

    assert [each["reason"] for each in told["details"]] == [
        "30 November 2026 has passed and cannot be changed.",
        f"Cannot add availability for past date {MONDAY} (today is {TUESDAY})",
    ]


@pytest.mark.parametrize(
    ("saved", "current", "start"),
    [
        (week((NEXT, [times("10:00", "09:00")])), {}, NEXT),
        ({}, week((NEXT, [times("10:00", "10:00")])), NEXT),
        ({}, week((NEXT, [times("9:00", "10:00")])), NEXT),
        ({}, week((NEXT, [{"start_time": "09:00"}])), NEXT),
        ({}, week((NEXT + timedelta(days=7), [times("09:00", "10:00")])), NEXT),
        (week((NEXT - timedelta(days=1), [])), {}, NEXT),
        ({}, {}, TUESDAY),
        ({}, {"monday": []}, NEXT),
        ({}, {f"{NEXT + timedelta(days=n)}": [] for n in range(8)}, NEXT),
        ({}, {f"{NEXT}": [times("09:00", "10:00")] * 51}, NEXT),
        ({}, {f"{NEXT}": None}, NEXT),
        ({}, [], NEXT),
    ],
)
def test_a_week_that_cannot_be_is_refused(
    hours: Hours, saved: Any, current: Any, start: date
) -> None:
    """In the original a range that ends before it starts was an error of the server."""
    problem(ask(hours, saved, current, start), 422)


def test_other_peoples_windows_are_not_there(hours: Hours, make: Make, client: FlaskClient) -> None:
    other = Hours(client, make, make.instructor())
    other.add(NEXT, "09:00", "12:00")

    told = ask(hours, week((NEXT, [times("09:00", "12:00")])), {}).get_json()

    assert [each["reason"] for each in told["details"]] == [
        f"There is no time slot 09:00-12:00 on {NEXT}"
    ]
