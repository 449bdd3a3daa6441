"""What home and the list cost: statements whatever the number of rows, and bytes on a bad line."""

import gzip
import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.clients import log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, at
from tests.integration.finding import LIST
from tests.integration.test_statements import BY_SESSION, Statements, statements, teacher_with

__all__ = ["statements"]
FIRST_VIEW_MAX_BYTES = 60 * 1024
ASKED = (
    "",
    "q=piano under $80 saturday morning brooklyn",
    "q=piano tomorrow",
    "when=now",
    "when=week&part=morning&sort=price",
    "from=2026-12-02&to=2026-12-10&minutes=60&sort=soonest",
    "sort=soonest",
    "skill=Piano&area=Brooklyn&min_price=10&max_price=90",
    "q=patience",
    "max_price=sixty",
)


def crowd(make: Make, teachers: int, lessons: int = 3) -> None:
    for number in range(teachers):
        teacher_with(make, lessons)
        make.service(number + 1, skill="Cello", rate="30.00")


@pytest.mark.parametrize("teachers", [2, 30])
def test_the_list_takes_four_statements_at_most(
    client: FlaskClient, make: Make, statements: Statements, teachers: int
) -> None:
    crowd(make, teachers)

    for query in ASKED:
        status = 422 if "sixty" in query else 200
        taken = statements.of(lambda q=query: client.get(f"{LIST}?{q}"), status)
        assert taken <= 4, (query, statements)


def test_the_second_page_takes_no_more(
    client: FlaskClient, make: Make, statements: Statements
) -> None:
    crowd(make, 14, lessons=1)
    for query in ("", "when=tomorrow", "sort=soonest"):
        page = client.get(f"{LIST}?{query}").text
        after = re.search(r'rel="next"\s+href="([^"]*)"', page)
        assert after
        address = unescape(after[1])
        assert statements.of(lambda url=address: client.get(url)) <= 4


@pytest.mark.parametrize("teachers", [2, 20])
def test_where_nobody_fits_the_ways_on_are_bounded_too(
    client: FlaskClient, make: Make, statements: Statements, teachers: int
) -> None:
    """Each way is a search of its own: six at most, of four statements at most."""
    crowd(make, teachers, lessons=1)
    query = "q=piano harlem under $20 at 11pm tomorrow 45 min xylophone"

    assert statements.of(lambda: client.get(f"{LIST}?{query}")) <= 4 + 6 * 4
    assert statements.of(lambda: client.get(f"{LIST}?q=piano under $20")) <= 4 + 4


@pytest.mark.parametrize("teachers", [2, 20])
def test_home_takes_four_and_four_more_for_who_had_lessons(
    client: FlaskClient, make: Make, statements: Statements, teachers: int
) -> None:
    student = make.student()
    crowd(make, teachers, lessons=2)
    for number in range(6):
        teacher = make.instructor()
        day = TUESDAY - timedelta(days=number + 1)
        make.hours(teacher, WEDNESDAY)
        make.booking(student, teacher, at(day, "12:00"))

    assert statements.of(lambda: client.get("/")) <= 4
    log_in(client, student)
    assert statements.of(lambda: client.get("/")) <= 4 + 3 + BY_SESSION


def test_suggestions_take_two(client: FlaskClient, make: Make, statements: Statements) -> None:
    crowd(make, 5, lessons=1)

    assert statements.of(lambda: client.get(f"{LIST}/suggestions?q=pia")) <= 2


@pytest.mark.parametrize("path", ["/", LIST, f"{LIST}?q=piano tomorrow", f"{LIST}?max_price=x"])
def test_a_first_view_is_small_and_asks_nobody_else(
    client: FlaskClient, make: Make, path: str
) -> None:
    """As it goes over the line, with the style and all scripts, at the lightest packing."""
    bio = "Teaches with patience, scales, songs and a cup of tea, in the same room for years. " * 9
    for number in range(14):
        teacher = make.instructor(user={"full_name": f"Number {number} Person"}, bio=bio[number:])
        make.open_days(teacher, [TUESDAY, WEDNESDAY], "09:00-20:00")

    page = client.get(path).text
    parts = re.findall(r'(?:<script|<link)[^>]*(?:src|href)="([^"]+)"', page)
    icons = {unescape(each).partition("#")[0] for each in re.findall(r'<use href="([^"]+)"', page)}
    bodies = []
    for each in {*parts, *icons}:
        with client.get(each) as answer:
            bodies.append(answer.data)
    total = sum(len(gzip.compress(body, 6)) for body in [page.encode(), *bodies])

    assert total <= FIRST_VIEW_MAX_BYTES, total
    assert all(each.startswith("/static/") for each in parts), parts
    assert len(parts) >= 5
    addresses = re.findall(r'(?:src|href|action|content)="((?:https?:)?//[^"]*)"', page)
    assert addresses == []
    assert all(b"@font-face" not in body and b"@import" not in body for body in bodies)
    assert all(b"url(http" not in body and b"url(//" not in body for body in bodies)
