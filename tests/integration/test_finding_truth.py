"""The pages against brute force: who is shown, in which order, and with which times."""

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from tests.integration.finding import LIST, START, shown, starts
from tests.integration.test_free_at import DAYS, NOW, PARTS, Known, Start, all_starts, world

__all__ = ["world"]
QUESTIONS = 40


def question(chance: random.Random) -> dict[str, str]:
    """Something to ask the page about the world of instructors."""
    first = chance.choice(DAYS[2:10])
    asked = chance.choice(
        (
            {"when": "now"},
            {"from": f"{first}"},
            {"from": f"{first}", "to": f"{first + timedelta(days=chance.randrange(1, 6))}"},
            {"part": chance.choice(list(PARTS))},
        )
    )
    if chance.random() < 0.4:
        asked["part"] = chance.choice(list(PARTS))
    if chance.random() < 0.3:
        asked |= {"after": f"{chance.randrange(7, 15):02}:30", "before": "20:15"}
    if chance.random() < 0.4:
        asked["minutes"] = chance.choice(("30", "45", "60", "90", "120"))
    if chance.random() < 0.4:
        asked["max_price"] = str(chance.randrange(30, 90))
    if chance.random() < 0.3:
        asked["skill"] = chance.choice(("piano", "cello"))
    return asked


def fits(asked: dict[str, str], known: Known, start: Start) -> bool:
    """By brute force, whether a start is what was asked for."""
    starts_at, minutes, service_id = start
    taught = next(each for each in known.services if each.service_id == service_id)
    local = starts_at.astimezone(ZoneInfo(known.zone_name))
    first = asked.get("from", f"{NOW.astimezone(ZoneInfo('America/New_York')).date()}")
    is_only_part = "from" not in asked and asked.get("when") != "now"
    last = asked.get("to", first) if not is_only_part else f"{DAYS[1] + timedelta(days=13)}"
    is_near = asked.get("when") != "now" or starts_at <= NOW + timedelta(hours=3)
    return (
        is_near
        and (asked.get("when") == "now" or first <= f"{local.date()}" <= last)
        and ("part" not in asked or local.hour in PARTS[asked["part"]])
        and asked.get("after", "00:00") <= f"{local:%H:%M}" < asked.get("before", "24:00")
        and int(asked.get("minutes", minutes)) == minutes
        and taught.rate <= int(asked.get("max_price", "1000"))
        and (asked.get("skill") in (None, "piano" if taught is known.services[0] else "cello"))
    )


def three_of_a_kind(asked: dict[str, str], known: Known, fitting: list[Start]) -> list[datetime]:
    """The first three of the shortest lesson that matches, none over the one before."""
    offered = {
        (minutes, each.service_id)
        for each in known.services
        for minutes in each.lengths
        if each.rate <= int(asked.get("max_price", "1000"))
        and int(asked.get("minutes", minutes)) == minutes
        and asked.get("skill") in (None, "piano" if each is known.services[0] else "cello")
    }
    minutes, service_id = min(offered)
    found: list[datetime] = []
    for starts_at, length, service in sorted(fitting):
        is_apart = not found or starts_at >= found[-1] + timedelta(minutes=minutes)
        if (length, service) == (minutes, service_id) and is_apart:
            found.append(starts_at)
    return found[:3]


def test_the_page_shows_whoever_brute_force_finds(client: FlaskClient, world: list[Known]) -> None:
    free = {known.teacher.id: list(all_starts(client, known)) for known in world}
    chance, sizes = random.Random(11), set()

    for number in range(QUESTIONS):
        asked: dict[str, Any] = question(chance)
        expected = {}
        for known in world:
            fitting = [each for each in free[known.teacher.id] if fits(asked, known, each)]
            times = three_of_a_kind(asked, known, fitting) if fitting else []
            if times:
                expected[known.teacher.id] = (known.name, times)
        order = sorted(expected, key=lambda key: (expected[key][0], key))
        if number % 2:
            asked["sort"] = "soonest"
            order.sort(key=lambda key: expected[key][1][0])

        page = client.get(LIST, query_string=asked).text

        assert shown(page) == [expected[key][0] for key in order][:12], asked
        times = [time for key in order[:12] for time in expected[key][1]]
        listed = page.partition('id="nothing"')[0]
        assert starts(listed) == times, asked
        assert len(START.findall(listed)) == len(times)
        sizes.add(len(expected))

    assert len(sizes) > 5, sizes
