"""Bodies that come in chunks and do not say how long they are."""

import json
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.answers import problem
from tests.clients import bearer
from tests.factories import Make, Person, Teacher
from tests.integration.life import BOOKINGS, asking, book, student, teacher

__all__ = ["asking", "student", "teacher"]
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
FORM = "application/x-www-form-urlencoded"


def chunked(client: FlaskClient, path: str, body: bytes, kind: str, **headers: str) -> TestResponse:
    return client.post(
        path,
        input_stream=BytesIO(body),
        content_type=kind,
        headers=headers,
        environ_overrides=CHUNKED,
    )


def test_an_endless_body_is_too_large_and_not_cut_off(client: FlaskClient, make: Make) -> None:
    endless = json.dumps({"email": "x" * 70_000}).encode()

    problem(chunked(client, "/api/auth/register", endless, "application/json"), 413)
    problem(chunked(client, "/api/auth/login", b"username=" + b"x" * 70_000, FORM), 413)
    assert chunked(client, "/login", b"email=" + b"x" * 70_000, FORM).status_code == 413


def test_a_form_in_chunks_is_read(client: FlaskClient, student: Person) -> None:
    typed = f"username={student.email}&password={student.password}".encode()

    assert chunked(client, "/api/auth/login", typed, FORM).status_code == 200


def test_a_reason_in_chunks_is_not_lost(
    client: FlaskClient, make: Make, student: Person, asking: Teacher
) -> None:
    made = book(client, student, asking)
    reason = json.dumps({"reason": "x" * 1001}).encode()

    refused = chunked(
        client,
        f"{BOOKINGS}{made['id']}/decline",
        reason,
        "application/json",
        **bearer(client, asking),
    )

    assert problem(refused, 422)["errors"][0]["field"] == "reason"
