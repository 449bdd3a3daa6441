"""Cursors and free times that say nothing, and the edges of time."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.answers import problem
from tests.factories import TUESDAY, WEDNESDAY, Make
from tests.integration.searching import LIST


def test_a_cursor_opens_only_its_own_list(client: FlaskClient, make: Make) -> None:
    for _ in range(3):
        make.instructor()
    cursor = client.get(f"{LIST}?limit=1&search=piano").get_json()["metadata"]["pagination"][
        "next_cursor"
    ]

    assert client.get(f"{LIST}?limit=2&search=piano&cursor={cursor}").status_code == 200
    for query in ("search=pian", "search=piano&sort=price", "", "search=piano&skip=1"):
        problem(client.get(f"{LIST}?{query}&cursor={cursor}"), 422)
    for forged in ("x", "A" * 300, cursor[:-4] + "AAAA", f"{cursor}="):
        problem(client.get(f"{LIST}?search=piano&cursor={forged}"), 422)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("part_of_day=morning", "free_date"),
        ("free_date=2026-12-02&part_of_day=night", "part_of_day"),
        ("free_date=02.12.2026", "free_date"),
        ("free_date=9999-12-31", "free_date"),
        ("free_from=2026-12-02T10:00:00Z", "free_until"),
        ("free_until=2026-12-02T10:00:00Z", "free_from"),
        ("free_from=2026-12-02T10:00:00&free_until=2026-12-02T11:00:00Z", "free_from"),
        ("free_from=2026-12-02T10:00:00Z&free_until=2026-12-02T10:00:00Z", "free_until"),
        ("free_from=2026-12-02T10:00:00Z&free_until=2026-12-16T10:01:00Z", "free_until"),
        ("free_from=1899-12-31T23:59:59Z&free_until=1900-01-01T10:00:00Z", "free_from"),
    ],
)
def test_a_time_that_says_nothing_is_refused(client: FlaskClient, query: str, field: str) -> None:
    told = problem(client.get(f"{LIST}?{query}"), 422)

    assert field in (told["errors"][0]["field"] if told["errors"] else told["detail"]), told


def test_at_the_edges_of_time_nobody_is_free(client: FlaskClient, make: Make) -> None:
    make.hours(make.instructor(), WEDNESDAY)
    for query in (
        "free_date=1900-01-01",
        "free_date=2199-12-31&part_of_day=evening",
        "free_from=1900-01-01T00:00:00Z&free_until=1900-01-02T00:00:00Z",
        "free_from=2199-12-30T00:00:00Z&free_until=2199-12-31T23:59:00Z",
        f"free_date={TUESDAY - timedelta(days=1)}",
    ):
        told = client.get(f"{LIST}?{query}")
        assert (told.status_code, told.get_json()["instructors"]) == (200, []), query


def test_free_time_is_asked_of_the_service_that_matches(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor(durations="120", skill="Piano", rate="90.00")
    make.service(make.profile_id(teacher), skill="Chess", durations="30", rate="20.00")
    make.hours(teacher, WEDNESDAY, "09:00-10:00")

    def found(query: str) -> int:
        return int(
            client.get(f"{LIST}?free_date={WEDNESDAY}&{query}").get_json()["metadata"][
                "total_matches"
            ]
        )

    assert found("") == 1
    assert found("skill=chess") == 1
    assert found("skill=piano") == 0
    assert found("min_price=50") == 0
    assert found("duration_minutes=120") == 0
    assert found("duration_minutes=30&search=chess") == 1
