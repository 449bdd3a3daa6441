"""Days off: the instructor's own, once a day, and nobody else's business."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import counts, problem
from tests.factories import TUESDAY, WEDNESDAY, Make, at
from tests.integration.hours import MONDAY, NEXT, PATH, Hours

OFF = "/blackout-dates"


@pytest.fixture
def hours(client: FlaskClient, make: Make) -> Hours:
    return Hours(client, make, make.instructor())


def test_a_day_off_is_told_and_listed_from_today_on(hours: Hours, make: Make) -> None:
    make.day_off(hours.teacher, MONDAY)
    make.day_off(make.instructor(), NEXT)

    later = hours.send("POST", OFF, {"date": f"{NEXT}", "reason": " Out of town "}).get_json()
    today = hours.send("POST", OFF, {"date": f"{TUESDAY}"}).get_json()

    assert later == {
        "id": later["id"],
        "instructor_id": hours.teacher.id,
        "date": f"{NEXT}",
        "reason": "Out of town",
        "created_at": "2026-12-01T12:00:00Z",
    }
    assert today["reason"] is None
    assert hours.get(OFF) == [today, later]


def test_a_day_is_off_once(hours: Hours) -> None:
    hours.send("POST", OFF, {"date": f"{NEXT}"})
    marked = hours.generation

    told = problem(hours.send("POST", OFF, {"date": f"{NEXT}"}), 409, "blackout_exists")

    assert told["detail"] == "Blackout date already exists"
    assert hours.generation == marked


def test_a_day_that_has_passed_is_refused(hours: Hours) -> None:
    told = problem(hours.send("POST", OFF, {"date": f"{MONDAY}"}), 422, "past_read_only")

    assert told["detail"] == "Cannot create blackout date in the past"


def test_today_is_the_instructors(client: FlaskClient, make: Make) -> None:
    ahead = Hours(client, make, make.instructor(zone_name="Pacific/Kiritimati"))
    make.day_off(ahead.teacher, TUESDAY)

    problem(ahead.send("POST", OFF, {"date": f"{TUESDAY}"}), 422)
    assert ahead.get(OFF) == []


@pytest.mark.parametrize("reason", ["x" * 256, 5, ["x"], {"a": 1}])
def test_a_reason_has_its_bounds(hours: Hours, make: Make, reason: object) -> None:
    before = counts(make)

    told = problem(hours.send("POST", OFF, {"date": f"{NEXT}", "reason": reason}), 422)

    assert [each["field"] for each in told["errors"]] == ["reason"]
    assert counts(make) == before
    longest = {"date": f"{NEXT}", "reason": "x" * 255}
    assert hours.send("POST", OFF, longest).status_code == 200


def test_a_day_off_is_taken_away_by_its_owner_only(
    hours: Hours, make: Make, client: FlaskClient
) -> None:
    key = hours.send("POST", OFF, {"date": f"{NEXT}"}).get_json()["id"]
    stranger = Hours(client, make, make.instructor())

    told = problem(stranger.send("DELETE", f"{OFF}/{key}"), 404)
    assert told["detail"] == "Blackout date not found"
    assert hours.send("DELETE", f"{OFF}/{key}").get_json() == {"message": "Blackout date deleted"}
    assert problem(hours.send("DELETE", f"{OFF}/{key}"), 404)["detail"] == told["detail"]
    assert hours.get(OFF) == []


def test_it_closes_the_day_and_leaves_lessons(
    hours: Hours, make: Make, client: FlaskClient
) -> None:
    make.hours(hours.teacher, WEDNESDAY, "09:00-17:00")
    make.booking(make.student(), hours.teacher, at(WEDNESDAY, "10:00"))
    public = (
        f"/api/public/instructors/{hours.teacher.id}/availability"
        f"?start_date={WEDNESDAY}&end_date={WEDNESDAY}"
    )
    sent = {"date": f"{WEDNESDAY}", "reason": "A private matter"}
    before = client.get(public)
    assert before.get_json()["total_available_slots"] > 0

    key = hours.send("POST", OFF, sent).get_json()["id"]
    closed = client.get(public)

    assert closed.get_json()["total_available_slots"] == 0
    assert "private" not in closed.text
    assert counts(make)["bookings"] == 1
    hours.send("DELETE", f"{OFF}/{key}")
    assert client.get(public).get_json() == before.get_json()


def test_it_is_in_the_trail_with_the_reason_kept_apart(hours: Hours) -> None:
    key = hours.send("POST", OFF, {"date": f"{NEXT}", "reason": "Surgery"}).get_json()["id"]
    hours.send("DELETE", f"{OFF}/{key}")

    trail = hours.trail()

    assert [action for action, _ in trail] == ["day_off.add", "day_off.remove"]
    assert all(f"{NEXT}" in changes and "Surgery" not in changes for _, changes in trail)
    assert hours.generation == 2


def test_of_many_who_close_one_day_at_once_one_does(app: Flask, hours: Hours, make: Make) -> None:
    def close(_number: int) -> int:
        sent = {"date": f"{NEXT}"}
        answer = app.test_client().post(PATH + OFF, json=sent, headers=hours.headers)
        return answer.status_code

    with ThreadPoolExecutor(6) as threads:
        statuses = sorted(threads.map(close, range(12)))

    assert statuses == [200] + [409] * 11
    assert counts(make)["blackout_dates"] == 1
    assert hours.generation == 1
