"""What nobody can mean, and what nobody meets: a page all the same, and ways on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.factories import Teacher
from tests.integration.finding import LIST, WAY, found, links, people, shown
from tests.integration.test_search import STRINGS

__all__ = ["people"]


def test_a_stale_cursor_shows_the_beginning_and_says_so(
    client: FlaskClient, people: dict[str, Teacher]
) -> None:
    for cursor in ("nonsense", "A" * 5000, "é", "%00"[:1]):
        answer = client.get(LIST, query_string={"cursor": cursor, "skill": "Piano"})
        assert answer.status_code == 200
        assert "The list has changed since" in answer.text
        assert shown(answer.text) == ["Ana Prado", "Bo Lind", "Cy Moor"]


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("q=piano tomorrow afternoon", ["clock", "time"]),
        ("q=piano under $40", ["price"]),
        ("q=piano harlem tomorrow morning", ["clock", "time", "area"]),
        ("q=piano brooklyn under $60 tomorrow evening", ["clock", "time", "price"]),
        ("skill=Piano&minutes=45", ["length"]),
        ("q=piano xylophones", ["words"]),
        ("q=chess harlem", ["area"]),
    ],
)
def test_where_nobody_fits_there_are_ways_on_and_each_leads_somewhere(
    client: FlaskClient, people: dict[str, Teacher], query: str, ways: list[str]
) -> None:
    page = client.get(f"{LIST}?{query}").text
    offered = links(WAY, page)

    assert list(offered) == ways
    assert shown(page) == []
    assert 'href="/instructors"' in page, "everyone"
    for kind, address in offered.items():
        assert found(client, urlsplit(address).query), kind


def test_a_mistyped_subject_is_guessed(client: FlaskClient, people: dict[str, Teacher]) -> None:
    page = client.get(f"{LIST}?q=pianno").text

    assert "Nobody was found" in page
    assert 'Did you mean <a class="action" href="/instructors?q=Piano">Piano</a>' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("max_price=sixty", "Write a price in figures"),
        ("max_price=1e3", "Write a price in figures"),
        ("max_price=NaN", "Write a price in figures"),
        ("max_price=1001", "Number must be between 0 and 1000"),
        ("min_price=80&max_price=60", "This is less than the lowest price"),
        ("from=2026-02-30", "Not a valid date"),
        ("from=tomorrow", "Not a valid date"),
        ("from=2026-12-05&to=2026-12-02", "This is before the first day"),
        ("minutes=7", "Number must be between 30 and 240"),
        ("minutes=x", "Not a valid integer"),
        ("when=someday", "Not a valid choice"),
        ("part=noonish", "Not a valid choice"),
        ("sort=random", "Not a valid choice"),
        (f"skill={'x' * 101}", "Field cannot be longer than 100"),
    ],
)
def test_an_impossible_filter_is_named_and_nothing_is_lost(
    client: FlaskClient, people: dict[str, Teacher], query: str, said: str
) -> None:
    answer = client.get(f"{LIST}?{query}&area=Brooklyn&q=lind")

    assert answer.status_code == 422
    assert said in answer.text
    assert shown(answer.text) == ["Bo Lind"], "the rest is searched for all the same"
    for value in parse_qs(f"{query}&area=Brooklyn&q=lind").values():
        assert f'value="{value[0]}"' in answer.text, value


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=piano 2020-01-01", "That day has gone by"),
        ("from=2020-01-01", "That day has gone by"),
        ("q=piano nov 20", "That day has gone by"),
        ("from=9999-12-31&to=9999-12-31", "that far ahead"),
        ("from=2026-12-01&to=2099-12-31", "Times of 14 days are shown at once"),
        (f"q=piano {'lessons ' * 1000}", "Only the first 200 characters"),
    ],
)
def test_what_cannot_be_meant_is_told_and_the_rest_is_shown(
    client: FlaskClient, people: dict[str, Teacher], query: str, said: str
) -> None:
    answer = client.get(f"{LIST}?{query}")

    assert answer.status_code == 200
    assert said in answer.text
    assert "Ana Prado" in shown(answer.text)


def test_any_text_gets_a_page(client: FlaskClient, people: dict[str, Teacher]) -> None:
    for text in STRINGS:
        for name in ("q", "skill", "area", "min_price", "when", "from", "part", "after", "cursor"):
            answer = client.get(LIST, query_string={name: text.encode("utf-8", "surrogatepass")})
            assert answer.status_code in (200, 422), (name, answer.status_code)
        asked = {"q": text[:50].encode("utf-8", "surrogatepass")}
        assert client.get(f"{LIST}/suggestions", query_string=asked).status_code in (200, 422)
