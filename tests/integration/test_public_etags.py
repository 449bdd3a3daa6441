"""Public answers may be kept by anybody, and asked again by their tag."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at

TAILS = (
    f"availability?start_date={TUESDAY}",
    "next-available?duration_minutes=60",
    "starts?service_id={service}&start_date=2026-12-01",
)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    return teacher


@pytest.fixture(params=TAILS)
def path(request: pytest.FixtureRequest, teacher: Teacher) -> str:
    return f"/api/public/instructors/{teacher.id}/" + request.param.format(
        service=teacher.service_id
    )


def assert_shared(answer: TestResponse) -> None:
    """Anybody may keep it, but asks before using it again; nothing in it is about the asker."""
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in answer.headers
    assert not {"cookie", "authorization"} & {each.lower() for each in answer.vary}


@pytest.mark.parametrize(
    "spelling",
    ["{tag}", '"other", {tag}', "*", "W/{tag}", '"a","b",   {tag}  , "c"'],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_already_is_told_so(
    client: FlaskClient, path: str, method: str, spelling: str
) -> None:
    first = client.open(path, method=method)
    tag = first.headers["ETag"]
    headers = {"If-None-Match": spelling.format(tag=tag)}

    again = client.open(path, method=method, headers=headers)

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert tag.startswith('"')
    assert again.headers["ETag"] == tag
    assert_shared(first)
    assert_shared(again)


@pytest.mark.parametrize("sent", ['"other"', "", "nonsense", '"', "W/", "," * 50])
def test_who_has_another_gets_the_whole(client: FlaskClient, path: str, sent: str) -> None:
    answer = client.get(path, headers={"If-None-Match": sent})

    assert answer.status_code == 200
    assert answer.get_json()


def test_the_tag_changes_with_what_is_told_and_only_then(
    client: FlaskClient, make: Make, teacher: Teacher, path: str, clock: StoppedClock
) -> None:
    before = client.get(path)
    clock.move_to(at(TUESDAY, "09:30"))
    assert client.get(path).headers["ETag"] == before.headers["ETag"]

    make.booking(make.student(), teacher, at(WEDNESDAY, "09:00"))
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]


def test_it_is_the_same_for_whoever_asks(client: FlaskClient, make: Make, path: str) -> None:
    asked = client.get(path, headers=bearer(client, make.student()))

    assert asked.data == client.get(path).data
    assert_shared(asked)


def test_head_says_how_long_the_answer_is_and_sends_none(client: FlaskClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)

    assert head.data == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("tail", ["availability?start_date=2020-01-01", "availability", "starts"])
def test_a_refusal_is_kept_by_nobody(client: FlaskClient, teacher: Teacher, tail: str) -> None:
    refused = client.get(f"/api/public/instructors/{teacher.id}/{tail}")

    assert refused.status_code == 422
    assert "ETag" not in refused.headers
    assert refused.headers["Cache-Control"] == "no-store"
