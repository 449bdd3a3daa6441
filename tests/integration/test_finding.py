"""The list of instructors as people see it: what is asked, and what is found."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.clients import HTMX
from tests.factories import WEDNESDAY, Make, Teacher, at
from tests.integration.finding import CHIP, LIST, START, found, links, people, shown, starts
from tests.integration.searching import teacher

__all__ = ["people"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("piano", ["Ana Prado", "Bo Lind", "Cy Moor"]),
        ("piano under $80", ["Ana Prado", "Cy Moor"]),
        ("piano in brooklyn", ["Ana Prado", "Bo Lind"]),
        ("piano tomorrow morning", ["Ana Prado", "Bo Lind"]),
        ("piano under $80 tomorrow evening harlem", ["Cy Moor"]),
        ("piano tomorrow after 6:30pm", ["Bo Lind", "Cy Moor"]),
        ("chess now", ["Dee Park"]),
        ("cheap piano", ["Ana Prado", "Cy Moor", "Bo Lind"]),
        ("moor", ["Cy Moor"]),
        ("patience", ["Ana Prado", "Bo Lind", "Cy Moor", "Dee Park"]),
        ("😀", ["Ana Prado", "Bo Lind", "Cy Moor", "Dee Park"]),
    ],
)
def test_one_field_understands_it_all(
    client: FlaskClient, people: dict[str, Teacher], text: str, names: list[str]
) -> None:
    assert found(client, q=text) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("skill=Piano", ["Ana Prado", "Bo Lind", "Cy Moor"]),
        ("skill=piano&max_price=80", ["Ana Prado", "Cy Moor"]),
        ("min_price=60&max_price=$80", ["Cy Moor"]),
        ("area=Brooklyn&skill=piano", ["Ana Prado", "Bo Lind"]),
        ("when=now", ["Dee Park"]),
        ("when=today", ["Dee Park"]),
        ("when=tomorrow&part=evening", ["Bo Lind", "Cy Moor"]),
        ("when=week&sort=soonest", ["Dee Park", "Ana Prado", "Bo Lind", "Cy Moor"]),
        ("from=2026-12-02&to=2026-12-05&after=18:00", ["Bo Lind", "Cy Moor"]),
        ("from=2026-12-02&before=09:30", ["Ana Prado", "Bo Lind"]),
        ("part=evening", ["Bo Lind", "Cy Moor"]),
        ("sort=price", ["Dee Park", "Ana Prado", "Cy Moor", "Bo Lind"]),
        ("q=chess&skill=Piano", ["Dee Park"]),
        ("q=cheap&sort=soonest", ["Dee Park", "Ana Prado", "Bo Lind", "Cy Moor"]),
        ("skill=&area=&when=&from=&part=&max_price=&nonsense=1", 4),
    ],
)
def test_every_filter_is_an_address(
    client: FlaskClient, people: dict[str, Teacher], query: str, names: list[str] | int
) -> None:
    listed = found(client, query)

    assert listed == names if isinstance(names, list) else len(listed) == names


def test_times_fit_what_was_asked_and_lead_to_the_booking_page(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    page = client.get(f"{LIST}?q=piano tomorrow evening under $80").text

    assert starts(page) == [at(WEDNESDAY, "18:00"), at(WEDNESDAY, "19:00")]
    address = unescape(START.findall(page)[0])
    assert address.startswith(f"/instructors/{people['Cy'].id}/book?")
    assert client.get(address).status_code == 200


def test_each_shows_the_next_three_times_of_the_service_that_is_meant(
    client: FlaskClient, make: Make
) -> None:
    both = teacher(make, "Eve Stone", ("Violin", "80.00"), ("Voice", "30.00"))
    make.hours(both, WEDNESDAY, "09:00-10:00", "14:00-18:00")

    page = client.get(f"{LIST}?q=voice").text

    hours = [at(WEDNESDAY, clock) for clock in ("09:00", "14:00", "15:00")]
    assert starts(page) == hours
    assert "$30.00" in page
    assert f"service={both.service_id}" not in page


def test_a_chip_takes_away_exactly_what_it_says(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    page = client.get(f"{LIST}?q=piano under $80 tomorrow morning brooklyn scales&minutes=60").text
    chips = links(CHIP, page)

    assert set(chips) == {"skill", "price", "day", "time", "area", "words", "length", "all"}
    for kind in set(chips) - {"all"}:
        left = links(CHIP, client.get(chips[kind]).text)
        assert set(left) - {"all"} == set(chips) - {kind, "all"}, kind


def test_a_chip_takes_away_what_was_chosen_as_well_as_what_was_typed(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    page = client.get(f"{LIST}?q=piano under $80&max_price=60&min_price=55").text
    chips = links(CHIP, page)

    assert shown(page) == ["Ana Prado", "Cy Moor"], "what is typed goes before what was chosen"
    assert chips["price"] == f"{LIST}?q=piano"


@pytest.mark.parametrize(
    "query", ["skill=Piano", "skill=Piano&page=2", "page=3", "q=piano", "max_price=60"]
)
def test_old_addresses_of_home_lead_to_the_list(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/?{query}")

    assert answer.status_code == 302
    expected = parse_qs(query)
    expected.pop("page", None)
    assert urlsplit(answer.location).path == LIST
    assert parse_qs(urlsplit(answer.location).query) == expected


@pytest.mark.parametrize("sort", ["relevance", "price", "soonest"])
@pytest.mark.parametrize("when", ["", "tomorrow", "week"])
def test_pages_follow_each_other_without_gap_or_repeat(
    client: FlaskClient, make: Make, sort: str, when: str
) -> None:
    for number in range(30):
        made = teacher(make, f"Teacher {number % 9}", ("Piano", f"{30 + number % 4}.00"))
        make.hours(made, WEDNESDAY, f"{9 + number % 5:02}:00-18:00")
    query, seen = f"sort={sort}&when={when}", []

    address: str | None = f"{LIST}?{query}"
    while address:
        page = client.get(address).text
        seen += re.findall(r'class="card-name"><a href="/instructors/(\d+)', page)
        after = re.search(r'rel="next"\s+href="([^"]*)"', page)
        address = unescape(after[1]) if after else None

    assert len(seen) == len(set(seen)) == 30


def test_htmx_gets_the_piece_and_a_reload_the_page(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    piece = client.get(f"{LIST}?q=piano", headers=HTMX).text
    page = client.get(f"{LIST}?q=piano").text

    assert piece.lstrip().startswith('<section class="stack stack-3"\n         id="found"')
    assert "<html" not in piece
    assert shown(piece) == shown(page) != []
