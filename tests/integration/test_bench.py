"""The data set that speed is measured with, and the counter that exists only for it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.models.user import User
from config import BadSetting, Settings
from tests import dataset
from tests.answers import counts
from tests.applications import PRODUCTION, another_app
from tests.clients import bearer
from tests.factories import TUESDAY, Make, Person

AHEAD = "2026-12-04"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return dataset.write(tmp_path, TUESDAY)


def load(app: Flask, folder: Path) -> str:
    answer = app.test_cli_runner().invoke(args=["bench", "load", str(folder)])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_loading_keeps_the_ids_and_the_next_ones_follow(
    app: Flask, make: Make, folder: Path
) -> None:
    said = load(app, folder)

    assert "7 people, 224 windows of open hours and 6 lessons, 2 of which overlap" in said
    with make.session() as session:
        emails = {row.id: row.email for row in session.scalars(select(User))}
    assert emails[1] == "teacher1@perf.example"
    assert emails[5] == "student5@perf.example"
    assert make.student().id == 8, "ids that were given are not given again"


def test_loaded_lessons_hold_their_instants_and_the_guards_accept_them(
    app: Flask, make: Make, folder: Path
) -> None:
    load(app, folder)

    with make.session() as session:
        rows = session.scalars(select(Booking).order_by(Booking.id)).all()
    assert [row.overlap_ok for row in rows] == [False, True, True, False, False, False]
    first = rows[4]
    assert first.starts_at == datetime(2026, 12, 4, 14, tzinfo=UTC), "9 in New York"
    assert first.blocked_until == first.ends_at, "a buffer does not reach into the next lesson"
    assert rows[5].blocked_until == datetime(2026, 12, 4, 16, 15, tzinfo=UTC)
    assert len({row.reference for row in rows}) == len(rows)
    assert all(row.service_area == "SoHo, Harlem" for row in rows)


def test_loaded_people_sign_in_and_loaded_hours_can_be_booked(
    app: Flask, client: FlaskClient, clock: StoppedClock, folder: Path
) -> None:
    load(app, folder)
    student = Person(7, "student7@perf.example", dataset.PASSWORD)
    free = client.get(f"/api/public/instructors/1/availability?start_date={AHEAD}").get_json()
    wish = {"instructor_id": 1, "service_id": 1, "booking_date": AHEAD, "start_time": "11:15"}
    headers = bearer(client, student)

    answer = client.post("/api/bookings/", json=wish, headers=headers)

    assert free["availability_by_date"][AHEAD]["available_slots"][0]["start_time"] == "11:15"
    assert answer.status_code == 201, answer.text


def test_loading_refuses_a_database_with_people(app: Flask, make: Make, folder: Path) -> None:
    make.student()
    before = counts(make)

    answer = app.test_cli_runner().invoke(args=["bench", "load", str(folder)])

    assert answer.exit_code == 1
    assert "already has users" in answer.output
    assert counts(make) == before


@pytest.mark.parametrize("spoilt", ["manifest.json", "slots.csv", "bookings.csv"])
def test_loading_says_which_file_is_wrong_and_writes_nothing(
    app: Flask, make: Make, folder: Path, spoilt: str
) -> None:
    (folder / spoilt).write_text("id,nonsense\n1,2\n")

    answer = app.test_cli_runner().invoke(args=["bench", "load", str(folder)])

    assert answer.exit_code == 1
    assert spoilt in answer.output
    assert counts(make)["users"] == 0


def test_there_is_no_loading_in_production(settings: Settings, make: Make, folder: Path) -> None:
    with another_app(settings, **PRODUCTION) as app:
        answer = app.test_cli_runner().invoke(args=["bench", "load", str(folder)])

    assert answer.exit_code == 1
    assert "production" in answer.output
    assert counts(make)["users"] == 0


def test_the_counter_tells_what_a_request_cost(
    settings: Settings, make: Make, clock: StoppedClock
) -> None:
    student = make.student()
    with another_app(settings, clock, benchmark=True) as app:
        client = app.test_client()
        headers = bearer(client, student)
        client.get("/__sql?reset=1")
        client.get("/api/bookings/", headers=headers)
        listed = client.get("/__sql?reset=1").get_json()
        nothing = client.get("/__sql").get_json()

    assert listed["total"] == listed["n"] + 1 == len(listed["log"])
    assert listed["n"] >= 1
    assert (nothing["n"], nothing["total"], nothing["log"]) == (0, 0, [])


def test_the_counter_lets_the_view_refuse_a_bad_token(settings: Settings) -> None:
    with another_app(settings, benchmark=True) as app:
        answer = app.test_client().get(
            "/api/bookings/", headers={"Authorization": "Bearer nonsense"}
        )

    assert answer.status_code == 401


def test_without_the_switch_there_is_no_counter(client: FlaskClient) -> None:
    assert client.get("/__sql").status_code == 404


def test_production_refuses_the_switch_by_its_name(settings: Settings) -> None:
    with pytest.raises(BadSetting, match="BENCHMARK_MODE"):
        replace(
            settings, **PRODUCTION, secret_key="kJ8s0dfQpW3nZx7Vb2Lm9Rt5Yc1Ha6Ug", benchmark=True
        )
