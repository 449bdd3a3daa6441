"""The lists of the staff's desk: what is found, how it reads, and bad addresses."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus
from app.extensions import db
from app.models.booking import Booking
from tests.integration.desk import add_lessons, counted, fill, found, person, sign_in

BAD_QUERIES = (
    "page=abc",
    "page=-5",
    "page=50",
    "page=99999999999999999999999",
    "page_size=1000000",
    "sort=999",
    "sort=-1",
    "sort=abc",
    "sort=99999999999999999999",
    "sort=0&desc=zzz",
    "desc=1",
    "flt0_0=zzz",
    "flt_=x",
    "fltx",
    "flt_status_is=zzz",
    "flt_role_is=%00",
    "flt_account_is=maybe",
    "flt_day_from=zzz",
    "flt_day_until=2026-99-99",
    "flt_day_from=0001-01-01",
    "flt_day_from=0000-00-00",
    "search=%00",
    "search=%ff%fe",
    "search=%5C",
    "search='%22;--",
    "search=" + "x" * 3000,
    "search=" + "a+" * 300,
    "endpoint=x&_external=1&_scheme=evil&_method=POST&self=1",
)


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    return fill(app)


@pytest.fixture
def support(client: FlaskClient, people: dict[str, int]) -> FlaskClient:
    return sign_in(client, "support")


@pytest.mark.parametrize(
    "search",
    [
        "REF00001",
        " ref00001 ",
        "luis",
        "O'Neil",
        "maya cohen",
        "STUDENT@example.com",
        "instructor@example.com",
        "jazz",
        "luis jazz maya",
    ],
)
def test_search_finds_lessons_by_reference_name_address_and_subject(
    app: Flask, support: FlaskClient, people: dict[str, int], search: str
) -> None:
    add_lessons(app, people, 2)

    assert "REF00001" in found(support, "bookings", search=search)


def test_a_whole_reference_comes_first(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 3)
    add_lessons(app, people, 1, service_name="As in REF00001", reference="LATER")

    assert found(support, "bookings", search="ref00001") == ["REF00001", "LATER"]
    assert found(support, "bookings", search="ref00001", sort="2")[0] == "REF00001"


@pytest.mark.parametrize("wildcard", ["%", "_", "\\", "REF%1", "R_F"])
def test_wildcards_are_plain_letters(
    app: Flask, support: FlaskClient, people: dict[str, int], wildcard: str
) -> None:
    add_lessons(app, people, 2)

    assert found(support, "bookings", search=wildcard) == []
    assert found(support, "users", search=wildcard) == []


def test_people_are_found_and_narrowed(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    with app.app_context():
        gone = person("student", "Gone Girl", "gone@example.com")
        gone.is_active = False
        unsaid = person("student", "Una Said", "unsaid@example.com")
        db.session.add_all([gone, unsaid])
        db.session.flush()
        unsaid.is_active = None
        db.session.commit()

    assert found(support, "users", search="maya") == ["Maya Cohen"]
    assert found(support, "users", search="ADMIN@") == ["Ada Diaz"]
    assert found(support, "users", flt_role_is="support") == ["Sue Park"]
    assert found(support, "users", flt_account_is="closed") == ["Gone Girl"]
    assert "Una Said" in found(support, "users", flt_account_is="open")


def test_lessons_are_narrowed_by_status_and_day(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 3)
    add_lessons(app, people, 1, status=BookingStatus.CANCELLED)

    assert found(support, "bookings", flt_status_is="CANCELLED") == ["REF00003"]
    assert "REF00003" not in found(support, "bookings", flt_status_is="standing")
    assert found(support, "bookings", flt_day_from="2026-12-02", flt_day_until="2026-12-03") == [
        "REF00002",
        "REF00001",
    ]


def test_a_filter_that_cannot_be_used_is_named(support: FlaskClient) -> None:
    page = support.get("/admin/bookings/?flt_day_from=soon")

    assert "Day from: that value could not be used" in page.text


def test_pages_follow_one_another_with_the_search_kept(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 51)
    first = support.get("/admin/bookings/?search=jazz&flt_status_is=CONFIRMED").text
    (following,) = re.findall(r'href="([^"]+)" rel="next"', first)

    second = support.get(following.replace("&amp;", "&")).text

    assert "Page 2 of 2" in second
    assert second.count("<tr>") == 2  # the head and the oldest lesson
    assert "REF00000" in second


def test_times_are_shown_in_the_lessons_zone_with_its_name(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 1, time_zone="America/Los_Angeles")

    page = support.get("/admin/bookings/").text

    assert "Tue 1 Dec 2026, 9:00 AM – 10:00 AM" in page
    assert "Los Angeles time, PST" in page
    assert "$80.00" in page


def test_a_lesson_without_instants_shows_its_wall_clock(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    (lesson,) = add_lessons(app, people, 1)
    with app.app_context():
        booking = db.session.get_one(Booking, lesson)
        db.session.expunge(booking)
        booking.starts_at = booking.ends_at = booking.time_zone = None
        view = next(v for v in app.extensions["admin"][0]._views if v.name == "Lessons")
        with app.test_request_context():
            shown = view.column_formatters["starts_at"](view, None, booking, "starts_at")

    assert shown == "Tue 1 Dec 2026, 12:00 – 13:00"


@pytest.mark.parametrize("view", ["bookings", "users"])
def test_a_longer_list_takes_no_more_statements(
    app: Flask, support: FlaskClient, people: dict[str, int], view: str
) -> None:
    def statements() -> int:
        with counted(app) as seen:
            assert support.get(f"/admin/{view}/?search=a").status_code == 200
        return len(seen)

    add_lessons(app, people, 1)
    short = statements()
    with app.app_context():
        db.session.add_all(person("student", f"Ana {n}", f"ana{n}@example.com") for n in range(20))
        db.session.commit()
    add_lessons(app, people, 20)

    assert statements() == short


@pytest.mark.parametrize("view", ["bookings", "users"])
def test_bad_values_in_the_address_of_a_list_do_no_harm(
    app: Flask, support: FlaskClient, people: dict[str, int], view: str
) -> None:
    add_lessons(app, people, 1)

    answers = {query: support.get(f"/admin/{view}/?{query}") for query in BAD_QUERIES}

    refused = {query for query, answer in answers.items() if answer.status_code != 200}
    assert refused <= {query for query in BAD_QUERIES if "%00" in query or "%ff" in query}
    assert {answers[query].status_code for query in refused} <= {400, 422}
    assert not any("evil" in answer.text for answer in answers.values())


def test_the_overview_counts_what_its_links_list(
    app: Flask, support: FlaskClient, people: dict[str, int]
) -> None:
    add_lessons(app, people, 3)
    add_lessons(app, people, 2, status=BookingStatus.CANCELLED)

    page = support.get("/admin/").text
    cards = re.findall(r'<a href="([^"]+)"><strong>(\d+)</strong>', page)

    assert [number for _, number in cards] == ["1", "3", "2", "4"]
    for address, number in cards:
        listed = support.get(address.replace("&amp;", "&")).text
        assert len(re.findall(r'<th scope="row">', listed)) == int(number)
