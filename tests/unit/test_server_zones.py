"""The server's own zone changes nothing."""

import json
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.evaluation import Calendar, Rules, Wish, evaluate, stepped
from app.domain.time_range import TimeRange
from app.domain.zones import local_date, locate, resolve, span, zone
from app.infra.clock import StoppedClock
from tests.time_cases import CASES, instant

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {"UTC": "UTC", "Asia/Tokyo": "JST", "America/Los_Angeles": "PST"}
"""Zones a server may stand in, and their names in winter, to see that they took effect."""
MINUTE = timedelta(minutes=1)


def answers() -> list[str]:
    """What the domain says to the cases about instants, slots and notice, in words."""
    return [
        f"{case['id']}: {told}"
        for case in CASES
        if (told := _ANSWERS.get(case["category"], lambda _: None)(case))
    ]


def _resolved(case: dict[str, Any]) -> str:
    given = case["input"]
    moment = datetime.fromisoformat(given["local"])
    return str(resolve(zone(given["timezone"]), moment.date(), moment.hour * 60 + moment.minute))


def _slots(case: dict[str, Any]) -> str:
    given = case["input"]
    edges = [int(each[:2]) * 60 + int(each[3:]) for each in given["window"].split("-")]
    opens, closes = span(
        zone(given["timezone"]), date.fromisoformat(given["date"]), TimeRange(*edges)
    )
    minutes = given["slot_minutes"]
    return str([str(each) for each in stepped(opens, closes, minutes * MINUTE, minutes)])


def _noticed(case: dict[str, Any]) -> str | None:
    given, now = case["input"], instant(case["now_utc"])
    if "min_notice_minutes" not in given:
        return None
    tz = zone(given["instructor_timezone"])
    wall = datetime.fromisoformat(given["start_local"])
    start = locate(tz, wall.date(), wall.hour * 60 + wall.minute)
    rules = Rules(notice=given["min_notice_minutes"] * MINUTE, horizon_days=1)
    calendar = Calendar(tz, rules, {wall.date(): (TimeRange(0, 1440),)})
    reasons = evaluate(calendar, Wish(start, 30), now=now)
    today = StoppedClock(now).today(tz.key)
    return f"{local_date(tz, start)} {today} {[each.code.value for each in reasons]}"


_ANSWERS: dict[str, Any] = {"resolve": _resolved, "slots": _slots, "notice": _noticed}


@pytest.mark.parametrize("server", SERVERS)
def test_answers_are_the_same_wherever_the_server_stands(server: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "tests.unit.test_server_zones"],
        cwd=ROOT,
        env={**os.environ, "TZ": server},
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(asked.stdout)

    assert found["server"] == SERVERS[server]
    assert len(found["answers"]) == 37
    assert found["answers"] == answers()


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"server": time.tzname[0], "answers": answers()}))
