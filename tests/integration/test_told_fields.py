"""Refusals that name the field at fault, in words that say what to send instead."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.answers import problem
from tests.clients import bearer
from tests.factories import TUESDAY, Make

HOURS = "/api/instructors/availability-windows"
NEXT = TUESDAY + timedelta(days=6)  # a Monday
DAY = {"date": f"{NEXT}", "start_time": "09:05", "end_time": "11:00"}
ADDED = {"specific_date": f"{NEXT}", "start_time": "12:00", "end_time": "14:00"}
ODD = {**ADDED, "start_time": "15:05", "end_time": "16:00"}


@pytest.fixture
def mine(client: FlaskClient, make: Make) -> dict[str, str]:
    return bearer(client, make.instructor())


@pytest.mark.parametrize(
    ("method", "path", "sent", "code", "field"),
    [
        ("POST", "/week", {"schedule": [DAY]}, "invalid_window", "schedule"),
        (
            "POST",
            "/week",
            {"schedule": [], "week_start": f"{TUESDAY}"},
            "not_a_monday",
            "week_start",
        ),
        (
            "POST",
            "/week",
            {"schedule": [], "week_start": "1900-01-01"},
            "validation_error",
            "week_start",
        ),
        ("POST", "/specific-date", ODD, "invalid_window", "end_time"),
        ("PATCH", "/{key}", {"end_time": "11:00"}, "invalid_range", "end_time"),
        ("PATCH", "/{key}", {"start_time": "15:00"}, "invalid_range", "start_time"),
        ("POST", "/{key}/split", {"split_time": "12:10"}, "invalid_window", "split_time"),
    ],
)
def test_hours_that_cannot_be_name_the_field(
    client: FlaskClient,
    mine: dict[str, str],
    method: str,
    path: str,
    sent: dict[str, object],
    code: str,
    field: str,
) -> None:
    key = client.post(f"{HOURS}/specific-date", json=ADDED, headers=mine).get_json()["id"]

    answer = client.open(HOURS + path.format(key=key), method=method, json=sent, headers=mine)

    assert [each["field"] for each in problem(answer, 422, code)["errors"]] == [field]


def test_a_day_that_has_passed_is_told_of_public_availability(
    client: FlaskClient, make: Make
) -> None:
    path = f"/api/public/instructors/{make.instructor().id}/availability?start_date=2026-11-30"

    told = problem(client.get(path), 422, "rule_broken")

    assert [each["field"] for each in told["errors"]] == ["start_date"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"skill": "", "hourly_rate": 40}, "This must not be empty."),
        ({"skill": "Piano", "hourly_rate": "much"}, "A number is written such as 45 or 45.50."),
        ({"skill": "Piano", "hourly_rate": []}, "A number is written such as 45 or 45.50."),
        ({"skill": "x" * 5000, "hourly_rate": 40}, "This must have at most "),
        ({"skill": "Piano", "hourly_rate": 40, "durations": [60] * 99}, "At most "),
        ({"skill": "Piano", "hourly_rate": 40, "x": 1}, "Extra inputs are not permitted."),
    ],
)
def test_sentences_say_what_to_send(
    client: FlaskClient, mine: dict[str, str], sent: dict[str, object], words: str
) -> None:
    answer = client.post("/api/instructors/profile/services/", json=sent, headers=mine)

    assert problem(answer, 422)["errors"][0]["message"].startswith(words)


def test_a_moment_without_its_zone_is_told_how_to_be_written(client: FlaskClient) -> None:
    told = problem(client.get("/api/instructors/?free_from=2026-12-02T10:00:00"), 422)

    assert "with Z or an offset" in told["detail"]
