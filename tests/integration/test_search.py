"""Searching the list of instructors: words, skill, area and price, on both databases alike."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.domain.vocabulary import Role
from tests.answers import problem
from tests.factories import Make
from tests.integration.searching import LIST, names, teacher

STRINGS: list[str] = json.loads(
    (Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8")
)
QUERY_LANGUAGE = [
    '"',
    '""',
    "'",
    "''",
    "\\",
    "*",
    "pian*",
    "piano OR cello",
    "piano NOT cello",
    "NEAR(piano cello)",
    "skill:piano",
    "skill : piano",
    "-skill:piano",
    "{skill name}:piano",
    "^piano",
    "piano + cello",
    "piano & cello",
    "piano | !cello",
    "piano:*A",
    "piano <-> cello",
    "(piano",
    "piano)",
    "'piano':*",
    "AND",
    "OR",
    "NOT",
    "' & '",
    "%",
    "_",
    "%piano%",
    "p_ano",
    "\u202eonaip",
    "\u0301",
    "\u0301" * 100,
    "١٢",
    "①",
    "⑴",
    "ß",
    "İ",
    "한국어",
    "x" * 100,
    "é" * 100,
    "a " * 50,
    "😀" * 100,
]


@pytest.fixture
def _people(make: Make) -> None:
    teacher(make, "Ann Pianist", ("Voice", "50.00"), bio="Sings in a choir by the sea.")
    teacher(make, "Bob Stone", ("Jazz Piano", "80.00"), ("DJ", "40.00"), areas_of_service="Tribeca")
    teacher(make, "Cleo Núñez", ("Piano", "60.00"), areas_of_service='{Harlem,"Upper West Side"}')
    teacher(make, "Dan Roe", ("Cello", "30.00"), bio="Came from the piano to the cello.")
    teacher(make, "Eve Ash", ("Chess", "20.00"), areas_of_service="Upper East Side, West Village")


@pytest.mark.usefixtures("_people")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("pian", ["Bob Stone", "Cleo Núñez", "Ann Pianist", "Dan Roe"]),
        ("PIANO", ["Bob Stone", "Cleo Núñez", "Dan Roe"]),
        ("piano jazz", ["Bob Stone"]),
        ("  jazz,piano! ", ["Bob Stone"]),
        ("bob jazz", ["Bob Stone"]),
        ("nunez", ["Cleo Núñez"]),
        ("NÚÑEZ", ["Cleo Núñez"]),
        ("nu\u0301n\u0303ez", ["Cleo Núñez"]),
        ("dj", ["Bob Stone"]),
        ("c", ["Dan Roe", "Eve Ash", "Cleo Núñez", "Ann Pianist"]),
        ("choir sea", ["Ann Pianist"]),
        ("jazz dj", []),
        ("iano", []),
        ("%", []),
        ("harlem", []),
    ],
)
def test_words_find_names_bios_and_skills(
    client: FlaskClient, search: str, found: list[str]
) -> None:
    assert names(client, search=search) == found


@pytest.mark.usefixtures("_people")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"skill": "piano"}, ["Bob Stone", "Cleo Núñez"]),
        ({"skill": "JAZZ"}, ["Bob Stone"]),
        ({"area": "tribeca"}, ["Bob Stone"]),
        ({"area": "upper west side"}, ["Cleo Núñez"]),
        ({"area": "Upper We"}, ["Cleo Núñez"]),
        ({"area": "upper"}, ["Cleo Núñez", "Eve Ash"]),
        ({"area": "side upper"}, []),
        ({"min_price": "50", "max_price": "60"}, ["Ann Pianist", "Cleo Núñez"]),
        ({"max_price": "20"}, ["Eve Ash"]),
        ({"min_price": "80.01"}, []),
        ({"sort": "price"}, ["Eve Ash", "Dan Roe", "Bob Stone", "Ann Pianist", "Cleo Núñez"]),
        ({"sort": "price", "skill": "piano"}, ["Cleo Núñez", "Bob Stone"]),
        (
            {"search": "", "skill": "", "area": ""},
            ["Ann Pianist", "Bob Stone", "Cleo Núñez", "Dan Roe", "Eve Ash"],
        ),
    ],
    ids=str,
)
def test_every_filter_narrows(client: FlaskClient, asked: dict[str, str], found: list[str]) -> None:
    assert names(client, **asked) == found


def test_words_skill_and_price_hold_on_one_and_the_same_service(
    client: FlaskClient, make: Make
) -> None:
    teacher(make, "Ann", ("Piano", "90.00"), ("Chess", "20.00"))
    teacher(make, "Bob", ("Piano", "30.00"))

    assert names(client, skill="piano", max_price=40) == ["Bob"]
    assert names(client, search="piano", max_price=40) == ["Bob"]
    assert names(client, search="piano", skill="chess") == []
    assert names(client, search="ann", skill="chess", max_price=40) == ["Ann"]
    assert names(client, search="ann piano", max_price=40) == []


def test_a_length_of_lesson_is_read_as_everywhere_else(client: FlaskClient, make: Make) -> None:
    teacher(make, "Listed")
    listed = make.instructor(user={"full_name": "Both"}, durations="30,90")
    make.service(make.profile_id(listed), skill="DJ", durations="120")
    plain = make.instructor(user={"full_name": "Plain"}, durations=None)
    make.service(make.profile_id(plain), skill="DJ", durations=None, duration_override=45)
    make.service(make.profile_id(plain), skill="Voice", durations=None, duration_override=5)

    for minutes, found in {
        30: ["Both"],
        45: ["Plain"],
        60: ["Listed", "Plain"],
        90: ["Both"],
        120: ["Both"],
        240: [],
    }.items():
        assert names(client, duration_minutes=minutes) == found, minutes
    assert names(client, duration_minutes=60, skill="voice") == ["Plain"]


def test_only_those_who_can_be_booked_are_found(client: FlaskClient, make: Make) -> None:
    teacher(make, "Open")
    make.instructor(user={"full_name": "Closed", "is_active": False})
    idle = make.instructor(user={"full_name": "Idle"})
    free = make.instructor(user={"full_name": "Free"}, rate="0.00")
    make.user(Role.INSTRUCTOR, full_name="Blank")
    with make.session() as session:
        session.execute(
            text("UPDATE services SET is_active = false WHERE id = :id"), {"id": idle.service_id}
        )
        session.commit()

    assert free
    for asked in ({}, {"search": "piano"}, {"skill": "piano"}, {"sort": "price"}):
        assert names(client, **asked) == ["Open"]


def test_pages_are_stable_and_totals_true(client: FlaskClient, make: Make) -> None:
    for number in range(7):
        teacher(make, "Same Name", ("Piano", f"{40 + number % 2}.00"))
    for sort in ("relevance", "price"):
        seen = []
        for skip in range(0, 8, 2):
            told = client.get(f"{LIST}?search=piano&sort={sort}&skip={skip}&limit=2").get_json()
            assert told["metadata"]["total_matches"] == 7
            seen += [each["user_id"] for each in told["instructors"]]
        assert len(set(seen)) == len(seen) == 7
        whole = client.get(f"{LIST}?search=piano&sort={sort}").get_json()["instructors"]
        assert [each["user_id"] for each in whole] == seen
    beyond = client.get(f"{LIST}?search=piano&skip=90").get_json()
    assert (beyond["instructors"], beyond["metadata"]["total_matches"]) == ([], 7)


def test_what_was_asked_for_is_told(client: FlaskClient, make: Make) -> None:
    told = client.get(
        f"{LIST}?search=+piano+&skill=&min_price=10&max_price=99.5&area=soho&sort=price&skip=1"
    ).get_json()["metadata"]

    assert told["filters_applied"] == {
        "search": "piano",
        "area": "soho",
        "min_price": "10",
        "max_price": "99.5",
    }
    assert told["sort"] == "price"


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("min_price=20&max_price=10", "", "max_price must be greater than or equal to min_price"),
        ("min_price=-1", "min_price", "greater than or equal to 0"),
        ("max_price=1000.01", "max_price", "less than or equal to 1000"),
        ("max_price=NaN", "max_price", "finite"),
        ("min_price=1001", "min_price", "1000"),
        ("search=" + "x" * 101, "search", "100 characters"),
        ("skill=" + "x" * 101, "skill", "100 characters"),
        ("area=" + "x" * 101, "area", "100 characters"),
        ("sort=rating", "sort", "relevance"),
        ("duration_minutes=29", "duration_minutes", "30"),
        ("duration_minutes=241", "duration_minutes", "240"),
        ("skip=-1", "skip", "0"),
        ("limit=101", "limit", "100"),
        ("unknown=1", "unknown", ""),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    client: FlaskClient, query: str, field: str, words: str
) -> None:
    told = problem(client.get(f"{LIST}?{query}"), 422)

    assert words in told["detail"]
    if field:
        assert [each["field"] for each in told["errors"]] == [field]


@pytest.mark.parametrize("name", ["search", "skill", "area"])
def test_what_is_sought_is_never_taken_for_a_query(
    client: FlaskClient, make: Make, name: str
) -> None:
    teacher(make, "Ann", ("Piano", "60.00"))
    for sort in ("relevance", "price"):
        for sought in [*STRINGS, *QUERY_LANGUAGE]:
            given = quote(sought.encode("utf-8", "replace"))
            answer = client.get(f"{LIST}?{name}={given}&sort={sort}")
            assert answer.status_code == (422 if "\x00" in sought else 200), (sought, answer.text)


def test_operators_are_words(client: FlaskClient, make: Make) -> None:
    teacher(make, "Ann", ("Piano", "60.00"))
    teacher(make, "Bob", ("Cello", "60.00"))

    assert names(client, search="piano OR cello") == []
    assert names(client, search="NOT piano") == []
    assert names(client, search="pian*") == ["Ann"]
    assert names(client, search="'pian':*") == ["Ann"]
    assert names(client, search='"Ann"') == ["Ann"]
