"""Links in mails that open nothing any more, and what programs that check mails may do to them."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.lesson_links import LinkPurpose
from app.domain.vocabulary import BookingStatus, Role
from app.infra.clock import StoppedClock, SystemClock
from app.models.user import User
from config import Settings
from tests.applications import PRODUCTION, PRODUCTION_URL, another_app
from tests.clients import bearer, log_in
from tests.factories import TUESDAY, Make, Person, Teacher, at
from tests.integration.life import THURSDAY, book, student, teacher
from tests.integration.links import digest, link_of, press, stranger, token_in

__all__ = ["link_of", "stranger", "student", "teacher"]
LinkOf = Callable[..., str]
WAYS = ('href="/lessons"', "sign in to see, move or cancel them")


@pytest.fixture
def lesson(client: FlaskClient, student: Person, teacher: Teacher) -> int:
    return int(book(client, student, teacher)["id"])


def test_a_hundred_links_of_each_kind_are_fetched_and_nothing_changes(
    make: Make,
    student: Person,
    teacher: Teacher,
    stranger: FlaskClient,
    link_of: LinkOf,
    database_url: str,
) -> None:
    days = [TUESDAY + timedelta(days=n) for n in range(2, 27)]
    starts = [at(day, hour) for day in days for hour in ("10:00", "12:00")]
    states = [BookingStatus.CONFIRMED, BookingStatus.PENDING]
    lessons = [
        make.booking(student, teacher, start, status=states[number % 2])
        for number, start in enumerate(starts)
    ]
    paths = [
        (link_of(purpose, each, person), purpose, person)
        for each, person, purpose in product(lessons, (student, teacher), LinkPurpose)
    ]
    assert len(paths) == 300
    before = digest(database_url)

    for path, purpose, person in paths:
        fetched = stranger.get(path).status_code, stranger.head(path).status_code
        is_barred = purpose is LinkPurpose.MOVE and person is teacher  # moves no requests
        assert fetched[0] == fetched[1]
        assert fetched[0] == 200 or (is_barred and fetched[0] == 410), path

    assert digest(database_url) == before


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_no_other_way_of_asking_changes_anything(
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
    database_url: str,
    purpose: LinkPurpose,
) -> None:
    path, before = link_of(purpose, lesson, student), digest(database_url)

    for method in ("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
        assert stranger.open(path, method=method).status_code in (200, 405)
    posted = stranger.post(path)  # the token of an address is no pressed button
    assert posted.status_code in (404, 405)

    assert digest(database_url) == before


def test_altered_and_invented_links_say_so_and_where_to_go(
    lesson: int, student: Person, stranger: FlaskClient, link_of: LinkOf, database_url: str
) -> None:
    before = digest(database_url)
    for purpose in LinkPurpose:
        path = link_of(purpose, lesson, student)
        token = token_in(path)
        wrong = [token[:-1], token + "A", token.replace("-", "", 1), token.swapcase(), ""]
        wrong += [re.sub(r"^\d+", "999", token), "x" * 5000, quote("é\N{SNOWMAN}"), "1-2-3-4-"]
        for each in wrong:
            answer = stranger.get(f"/links/{purpose}?token={each}")
            assert answer.status_code == 404, each
            assert "It is not complete, or was changed on its way." in answer.text
            assert all(way in answer.text for way in WAYS)
        assert stranger.get(f"/links/{purpose}").status_code == 404
    for each in ("x", "", "x" * 5000):
        for path in ("/links/cancel", "/links/move"):
            assert stranger.post(path, data={"token": each}).status_code == 404
        assert stranger.post("/links/send", data={"token": each}).status_code == 404
    assert digest(database_url) == before


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_a_link_of_somebody_else_opens_nothing_for_whoever_is_signed_in(
    app: Flask,
    make: Make,
    lesson: int,
    student: Person,
    link_of: LinkOf,
    purpose: LinkPurpose,
    database_url: str,
) -> None:
    path = link_of(purpose, lesson, student)
    others = [make.student(full_name="Somebody Else"), make.user(Role.ADMIN)]

    for other in others:
        client = log_in(app.test_client(), other)
        before = digest(database_url)
        answer = client.get(path)
        assert answer.status_code == 403
        assert "This link is not yours" in answer.text
        assert "sign out and open it again" in answer.text
        assert "Piano" not in answer.text
        if purpose is not LinkPurpose.VIEW:
            assert press(client, path, start="2026-12-03T19:00:00Z").status_code == 403
        assert digest(database_url) == before


def test_a_week_after_the_lesson_its_links_show_nothing(
    clock: StoppedClock,
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
) -> None:
    paths = {each: link_of(each, lesson, student) for each in LinkPurpose}
    over = at(THURSDAY, "11:00") + timedelta(days=7)

    clock.move_to(over)
    assert stranger.get(paths[LinkPurpose.VIEW]).status_code == 200
    clock.advance(timedelta(seconds=1))
    for path in paths.values():
        answer = stranger.get(path)
        assert answer.status_code == 410
        assert "more than a week over" in answer.text
        assert "Piano" not in answer.text
        assert all(way in answer.text for way in WAYS)


@pytest.mark.parametrize("how", ["password", "everywhere", "deactivated", "closed"])
def test_what_ends_sessions_closes_links(
    app: Flask,
    client: FlaskClient,
    make: Make,
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
    how: str,
) -> None:
    paths = [link_of(each, lesson, student) for each in LinkPurpose]
    current = {"current_password": student.password}
    if how == "password":
        sent = {**current, "new_password": "violet-harbour-77"}
        path = "/api/auth/change-password"
        assert client.post(path, json=sent, headers=bearer(client, student)).status_code == 200
    elif how == "everywhere":
        path = "/api/auth/logout-everywhere"
        assert client.post(path, headers=bearer(client, student)).status_code < 300
    elif how == "deactivated":
        with make.session() as session:
            session.execute(update(User).where(User.id == student.id).values(is_active=False))
            session.commit()
    else:
        done = client.delete("/api/auth/me", json=current, headers=bearer(client, student))
        assert done.status_code == 204

    for path in paths:
        answer = stranger.get(path)
        assert answer.status_code == 410
        assert "That closes the links of all older mails." in answer.text
        assert "Piano" not in answer.text
    assert press(stranger, paths[-1]).status_code == 410
    told = stranger.post("/links/send", data={"token": token_in(paths[0])})
    assert told.status_code == 404


def test_a_changed_secret_keeps_links_open_while_the_old_one_is_kept(
    settings: Settings,
    clock: StoppedClock,
    lesson: int,
    student: Person,
    link_of: LinkOf,
) -> None:
    path, fresh = link_of("view", lesson, student), "a new key for tests, long enough as well"
    for kept, status in (((settings.secret_key,), 200), ((), 404)):
        rotated = {"secret_key": fresh, "secret_key_fallbacks": kept}
        with another_app(settings, clock, **rotated) as app:
            assert app.test_client().get(path).status_code == status


def test_pages_of_links_are_kept_nowhere_and_tell_nobody(
    lesson: int,
    student: Person,
    stranger: FlaskClient,
    link_of: LinkOf,
    caplog: pytest.LogCaptureFixture,
) -> None:
    paths = {each: link_of(each, lesson, student) for each in LinkPurpose}
    with caplog.at_level(logging.DEBUG):
        answers = [stranger.get(path) for path in paths.values()]
        answers += [stranger.get("/links/view?token=none")]
        answers += [press(stranger, paths[LinkPurpose.CANCEL])]

    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    logged = " ".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.records)
    assert not [path for path in paths.values() if token_in(path).rpartition("-")[2] in logged]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["origin", "fetch"],
)
def test_another_site_cannot_press_the_button(
    settings: Settings,
    clock: StoppedClock,
    lesson: int,
    student: Person,
    link_of: LinkOf,
    headers: dict[str, str],
) -> None:
    path = link_of("cancel", lesson, student)
    with another_app(settings, clock, **PRODUCTION) as app:
        client = app.test_client()
        sent = {"data": {"token": token_in(path)}, "base_url": PRODUCTION_URL}
        assert client.post("/links/cancel", headers=headers, **sent).status_code == 400
        own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        assert client.post("/links/cancel", headers=own, **sent).status_code == 303


def test_five_changes_in_ten_minutes_from_one_address_and_ten_an_hour_by_one_link(
    settings: Settings,
    make: Make,
    lesson: int,
    student: Person,
    link_of: LinkOf,
) -> None:
    path = link_of("cancel", lesson, student)
    too_long = {"reason": "x" * 501}
    with another_app(settings, SystemClock(), rate_limit_enabled=True) as app:
        client = app.test_client()

        def from_address(number: int) -> int:
            token = token_in(path)
            sent = {"token": token, **too_long}
            client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
            return client.post("/links/cancel", data=sent).status_code

        assert [from_address(1) for _ in range(6)] == [422] * 5 + [429]
        assert [from_address(2) for _ in range(5)] == [422] * 5
        assert from_address(3) == 429, "this link was used ten times"
        refused = client.post("/links/cancel", data={"token": token_in(path)})
        assert "Please sign in to go on." in refused.text
        client.environ_base["REMOTE_ADDR"] = "10.0.0.4"
        other = link_of("cancel", lesson, make.student())
        assert client.post("/links/cancel", data={"token": token_in(other)}).status_code == 404
        looks = [client.get(path).status_code for _ in range(61)]
    assert looks[-1] == 429
    assert set(looks[:-1]) == {410} or set(looks[:-1]) == {200}
