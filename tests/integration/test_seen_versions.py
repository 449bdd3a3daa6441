"""Whoever says which version of a booking he saw acts on that version or not at all."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import Make, Person, Teacher
from tests.integration.life import BOOKINGS, THURSDAY, asking, book, do, move, student, teacher

__all__ = ["asking", "student", "teacher"]


def shown(client: FlaskClient, person: Person, booking_id: int) -> dict:
    return client.get(f"{BOOKINGS}{booking_id}", headers=bearer(client, person)).get_json()


@pytest.mark.parametrize("step", ["approve", "decline"])
def test_nobody_answers_a_request_that_moved_out_of_his_sight(
    client: FlaskClient, make: Make, student: Person, asking: Teacher, step: str
) -> None:
    made = book(client, student, asking)
    moved = move(client, student, made["id"], THURSDAY, "15:00").get_json()
    before = counts(make)

    stale = do(client, asking, made["id"], step, expected_sequence=made["sequence"])

    problem(stale, 409, "booking_changed")
    assert shown(client, asking, made["id"]) == moved
    assert counts(make) == before
    assert (
        do(client, asking, made["id"], step, expected_sequence=moved["sequence"]).status_code == 200
    )


def test_without_a_version_the_newest_is_answered(
    client: FlaskClient, student: Person, asking: Teacher
) -> None:
    made = book(client, student, asking)
    move(client, student, made["id"], THURSDAY, "15:00")

    assert do(client, asking, made["id"], "approve").get_json()["status"] == "CONFIRMED"


STEPS: dict[str, Callable[..., TestResponse]] = {
    "move": lambda client, person, key, **seen: move(
        client, person, key, THURSDAY, "16:00", **seen
    ),
    "cancel": lambda client, person, key, **seen: do(
        client, person, key, "cancel", reason="Rain", **seen
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_nobody_moves_or_cancels_what_moved_out_of_his_sight(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher, step: str
) -> None:
    made = book(client, student, teacher)
    moved = move(client, teacher, made["id"], THURSDAY, "15:00").get_json()
    before = counts(make)

    stale = STEPS[step](client, student, made["id"], expected_sequence=made["sequence"])

    problem(stale, 409, "booking_changed")
    assert shown(client, student, made["id"]) == moved
    assert counts(make) == before
    done = STEPS[step](client, student, made["id"], expected_sequence=moved["sequence"])
    assert done.status_code == 200


@pytest.mark.parametrize("seen", [-1, 2_147_483_648, 1.5, "x", [], {}])
@pytest.mark.parametrize("step", ["approve", "cancel", "reschedule"])
def test_a_version_is_a_whole_number(
    client: FlaskClient, student: Person, asking: Teacher, step: str, seen: object
) -> None:
    made = book(client, student, asking)
    sent = {"expected_sequence": seen}
    if step == "cancel":
        sent["reason"] = "Rain"
    if step == "reschedule":
        sent |= {"booking_date": f"{THURSDAY}", "start_time": "15:00"}

    told = problem(do(client, asking, made["id"], step, **sent), 422)

    assert told["errors"][0]["field"] == "expected_sequence"
