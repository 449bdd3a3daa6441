"""The file of tricky times with the answers expected, as tests take it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

Case = dict[str, Any]

CASES: list[Case] = json.loads(
    (Path(__file__).parent / "data" / "time-cases.json").read_text(encoding="utf-8")
)["cases"]
BY_ID: dict[str, Case] = {case["id"]: case for case in CASES}
NOT_YET: dict[str, str] = {}
"""Cases that wait, and what for."""
RUN: set[str] = set()
"""Cases that the test modules imported so far run."""


def cases(*categories: str, but: tuple[str, ...] = ()) -> pytest.MarkDecorator:
    """Runs a test for every case of the categories, under the case's id."""
    waiting = {*NOT_YET, *but}
    return _each([c for c in CASES if c["category"] in categories and c["id"] not in waiting])


def only(*ids: str) -> pytest.MarkDecorator:
    """Runs a test for these cases."""
    return _each([BY_ID[each] for each in ids])


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def local(moment: datetime | None, tz: ZoneInfo) -> str | None:
    """As the file writes local times, with the offset."""
    return moment.astimezone(tz).isoformat() if moment else None


def rejected(case: Case) -> bool:
    """Whether the case must be refused."""
    return bool(case["expect"].get("outcome") == "reject")


def typed_zone(case: Case) -> str:
    """The name of a zone_name case; one is described instead of written out."""
    typed = str(case["input"]["timezone"])
    return "A" * 10240 if typed == '"A" * 10240' else typed


def _each(wanted: list[Case]) -> pytest.MarkDecorator:
    RUN.update(case["id"] for case in wanted)
    return pytest.mark.parametrize("case", wanted, ids=[case["id"] for case in wanted])
