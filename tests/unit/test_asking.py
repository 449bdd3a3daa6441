"""What is understood of a typed sentence, and that nothing typed is ever an error."""

import random
from datetime import date
from typing import Any

import pytest

from app.domain.asking import Kind, Understood, understand
from app.domain.limits import ASKED_MAX_CHARS
from tests.integration.test_search import STRINGS

TODAY = date(2026, 11, 25)  # a Wednesday
SKILLS = ("Piano", "Spanish", "Chess", "Jazz piano", "SAT math", "Guitar")
PLACES = ("SoHo", "Upper West Side", "Brooklyn Heights", "Harlem")
FIELDS = (
    *("skill", "area", "min_price", "max_price", "is_now", "first", "last", "part", "after"),
    *("before", "minutes", "sort", "words"),
)


def read(text: str, today: date = TODAY) -> Understood:
    return understand(text, today=today, skills=SKILLS, places=PLACES)


def said(text: str, today: date = TODAY) -> dict[str, Any]:
    """All that was understood, as texts."""
    found = read(text, today)
    return {name: f"{getattr(found, name)}" for name in FIELDS if getattr(found, name)}


def on(first: str, last: str = "", **more: str) -> dict[str, str]:
    return {"first": first, "last": last or first, **more}


SENTENCES = [
    (
        "piano under $80 saturday morning soho",
        on("2026-11-28", skill="Piano", area="SoHo", max_price="80", part="morning"),
    ),
    ("Spanish tomorrow evening", on("2026-11-26", skill="Spanish", part="evening")),
    ("chess now", {"skill": "Chess", "is_now": "True"}),
    ("chess right now please", {"skill": "Chess", "is_now": "True"}),
    ("math $40-60 online", {"min_price": "40", "max_price": "60", "words": "math online"}),
    ("next tuesday after 5pm", on("2026-12-01", after="1020")),
    (
        "jazz piano on the upper west side, dec 5 to dec 8 at 5:30pm",
        on(
            "2026-12-05",
            "2026-12-08",
            skill="Jazz piano",
            area="Upper West Side",
            after="1050",
            before="1110",
        ),
    ),
    (
        "I'm looking for a PIÁNO teacher in Harlém",
        {"skill": "Piano", "area": "Harlem"},
    ),
    ("guitar in brooklyn", {"skill": "Guitar", "area": "Brooklyn"}),
    ("SAT math for kids", {"skill": "SAT math", "words": "kids"}),
    ("sat math", {"skill": "SAT math"}),
    ("cheapest guitar this week", on("2026-11-25", "2026-11-29", skill="Guitar", sort="price")),
    ("45 minute piano", {"skill": "Piano", "minutes": "45"}),
    ("1 hour of chess", {"skill": "Chess", "minutes": "60"}),
    ("half an hour of chess", {"skill": "Chess", "minutes": "30"}),
    ("500 min chess", {"skill": "Chess", "words": "500 min"}),
]
PRICES = [
    ("under $80", {"max_price": "80"}),
    ("less than 80 dollars an hour", {"max_price": "80"}),
    ("up to 79.50", {"max_price": "79.50"}),
    ("<= 80", {"max_price": "80"}),
    ("$80/hour", {"max_price": "80"}),
    ("80 bucks", {"max_price": "80"}),
    ("under forty-five dollars", {"max_price": "45"}),
    ("under a hundred", {"max_price": "100"}),
    ("at least $30", {"min_price": "30"}),
    ("from $30", {"min_price": "30"}),
    ("over 30 under 60", {"min_price": "30", "max_price": "60"}),
    ("between 40 and 60", {"min_price": "40", "max_price": "60"}),
    ("between forty and sixty dollars", {"min_price": "40", "max_price": "60"}),
    ("$60-40", {"min_price": "40", "max_price": "60"}),
    ("40-60", {"min_price": "40", "max_price": "60"}),
    ("$1,000", {"max_price": "1000"}),
    ("over $5000", {"words": "over 5000"}),
    ("$5000", {"words": "5000"}),
    ("80", {"words": "80"}),
    ("80%", {"words": "80"}),
]
DAYS = [
    ("today", on("2026-11-25")),
    ("tonight", on("2026-11-25", part="evening")),
    ("this afternoon", on("2026-11-25", part="afternoon")),
    ("day after tomorrow", on("2026-11-27")),
    ("in 3 days", on("2026-11-28")),
    ("in two weeks", on("2026-12-09")),
    ("wednesday", on("2026-11-25")),
    ("tue", on("2026-12-01")),
    ("next wednesday", on("2026-12-02")),
    ("next week", on("2026-11-30", "2026-12-06")),
    ("weekend", on("2026-11-28", "2026-11-29")),
    ("next weekend", on("2026-12-05", "2026-12-06")),
    ("saturday or sunday", on("2026-11-28", "2026-11-29")),
    ("fri to mon", on("2026-11-27", "2026-11-30")),
    ("mon-wed", on("2026-11-30", "2026-12-02")),
    ("monday or friday", on("2026-11-30", words="friday")),
    ("2026-12-24", on("2026-12-24")),
    ("12/24", on("2026-12-24")),
    ("12/24/26", on("2026-12-24")),
    ("24 december", on("2026-12-24")),
    ("the 24th of December 2026", on("2026-12-24")),
    ("Dec. 24th, 2026", on("2026-12-24")),
    ("jan 3", on("2027-01-03")),
    ("nov 20", on("2026-11-20")),
    ("2020-01-01", on("2020-01-01")),
    ("feb 29", on("2028-02-29")),
    ("feb 30", {"words": "feb 30"}),
    ("2026-02-30", {"words": "2026 02 30"}),
    ("13/45", {"words": "13 45"}),
    ("31 june", {"words": "31 june"}),
    ("0000-00-00", {"words": "0000 00 00"}),
]
CLOCKS = [
    ("after 5pm", {"after": "1020"}),
    ("after 5", {"after": "1020"}),
    ("after 17:30", {"after": "1050"}),
    ("before noon", {"before": "720"}),
    ("by 10", {"before": "600"}),
    ("at 5", {"after": "1020", "before": "1080"}),
    ("9am", {"after": "540", "before": "600"}),
    ("11:30 p.m.", {"after": "1410", "before": "1440"}),
    ("5-7pm", {"after": "1020", "before": "1140"}),
    ("11-1pm", {"after": "660", "before": "780"}),
    ("between 9am and 11am", {"after": "540", "before": "660"}),
    ("from 10:00 to 12:00", {"after": "600", "before": "720"}),
    ("five pm", {"after": "1020", "before": "1080"}),
    ("after work", {"part": "evening"}),
    ("in the mornings", {"part": "morning"}),
    ("25:00", {"words": "25 00"}),
    ("13pm", {"words": "13pm"}),
]


@pytest.mark.parametrize(("text", "meaning"), [*SENTENCES, *PRICES, *DAYS, *CLOCKS])
def test_what_a_sentence_asks_for(text: str, meaning: dict[str, str]) -> None:
    assert said(text) == meaning


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        (date(2026, 11, 28), "weekend", date(2026, 11, 28), date(2026, 11, 29)),
        (date(2026, 11, 29), "this weekend", date(2026, 11, 29), date(2026, 11, 29)),
        (date(2026, 11, 29), "this week", date(2026, 11, 29), date(2026, 11, 29)),
        (date(2026, 11, 29), "next tuesday", date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 11, 30), "next tuesday", date(2026, 12, 8), date(2026, 12, 8)),
        (date(2026, 12, 31), "tomorrow", date(2027, 1, 1), date(2027, 1, 1)),
        (date(2028, 2, 28), "feb 29", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_days_are_reckoned_from_the_readers_today(
    today: date, text: str, first: date, last: date
) -> None:
    found = read(text, today)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["lessons", "the", "a teacher", "Will", "falconry", "пиано 기타"])
def test_where_nothing_is_understood_all_words_are_searched_for(text: str) -> None:
    assert said(text) == {"words": text}


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (Kind.SKILL, "in Harlem under $80 saturday morning 45 min kids"),
        (Kind.AREA, "piano under $80 saturday morning 45 min kids"),
        (Kind.PRICE, "piano in Harlem saturday morning 45 min kids"),
        (Kind.DAY, "piano in Harlem under $80 morning 45 min kids"),
        (Kind.TIME, "piano in Harlem under $80 saturday 45 min kids"),
        (Kind.LENGTH, "piano in Harlem under $80 saturday morning kids"),
        (Kind.WORDS, "piano in Harlem under $80 saturday morning 45 min"),
    ],
)
def test_one_thing_is_taken_away_and_all_else_stays_as_typed(kind: Kind, left: str) -> None:
    found = read("piano in Harlem under $80 saturday morning 45 min kids")

    assert found.without(kind) == left
    assert found.without(*Kind) == ""


def test_what_is_left_of_a_sentence_asks_for_the_rest() -> None:
    for text, meaning in [*SENTENCES, *PRICES, *DAYS, *CLOCKS]:
        found = read(text)
        for kind, names in _KINDS:
            rest = {name: value for name, value in meaning.items() if name not in names}
            again = said(found.without(kind))
            assert {name: again.get(name) for name in rest if name != "words"} == {
                name: value for name, value in rest.items() if name != "words"
            }, (text, kind)


_KINDS = (
    (Kind.SKILL, ("skill",)),
    (Kind.AREA, ("area",)),
    (Kind.PRICE, ("min_price", "max_price")),
    (Kind.LENGTH, ("minutes",)),
)


@pytest.mark.parametrize(
    "text",
    [
        *STRINGS,
        "\0",
        "piano\0under\0$80",
        "x" * 10_000,
        "1" * 10_000,
        "$" * 10_000,
        " " * 10_000,
        "at " * 5_000,
        "to 5pm - " * 2_000,
        "between " * 2_000,
        "👩‍🏫🎹" * 500,
        "\u202eonaip\u202c בוקר פסנתר",
        "ﬃ ß İ ǅ ꟾ",
        "\uff11\uff12/\uff12\uff14 ١٢:٣٠ ٨٠$",
        "in 99 weeks",
        "9999-12-31 to 0001-01-01",
        "12/31/9999",
    ],
)
def test_anything_can_be_typed(text: str) -> None:
    found = read(text)

    assert len(found.words) <= ASKED_MAX_CHARS
    for kind in Kind:
        found.without(kind)


def test_any_mixture_of_pieces_can_be_typed() -> None:
    chance = random.Random(7)
    pieces = [text for text, _ in [*SENTENCES, *PRICES, *DAYS, *CLOCKS]]
    pieces += ["-", "/", ":", "$", "0", "99", "am", "to", "of", "\0", "é", "½", "\n", ",", "'"]
    for _ in range(3_000):
        text = chance.choice(["", " "]).join(chance.choices(pieces, k=chance.randrange(1, 7)))
        found = read(text, date(2026, chance.randrange(1, 13), chance.randrange(1, 29)))
        assert found.first is None or found.last is None or found.first <= found.last, text
        assert found.min_price is None or 0 <= found.min_price <= 1000, text
        for kind in Kind:
            left = "".join(found.without(kind).split())
            assert len(left) <= len(text), text


def test_a_long_text_is_cut_between_words() -> None:
    assert said("piano " + "lessons " * 50) == {"skill": "Piano"}
    assert "lesso" not in read("piano kids " + "lessons " * 50).words.split()


def test_nothing_has_to_be_known() -> None:
    found = understand("piano in brooklyn", today=TODAY)

    assert found.words == "piano brooklyn"
