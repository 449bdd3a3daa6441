"""What an instructor's page shows, as tests read it."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clients import HTMX
from tests.factories import WEDNESDAY, Make, Teacher

CELL = re.compile(r'id="day-(\S+)"\s.*?aria-label="([^"]+)"', re.DOTALL)
TIME = re.compile(r'<a class="start"\s.*?datetime="([^"]+)"', re.DOTALL)
SAYS = re.compile(r"<[^>]+>|\s+")


def page(client: FlaskClient, address: str, *, piece: bool = False) -> str:
    answer = client.get(address, headers=HTMX if piece else {})
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def days(text: str) -> dict[str, str]:
    """What the days of the month that lead somewhere say, by date."""
    return dict(CELL.findall(text))


def times(text: str) -> list[str]:
    return TIME.findall(text.partition('id="days"')[2].partition("<details")[0])


def plain(text: str) -> str:
    return " ".join(SAYS.sub(" ", text).split())


@pytest.fixture
def teacher(make: Make) -> Teacher:
    found = make.instructor(handle="marta", user={"full_name": "Marta Silva"})
    make.hours(found, WEDNESDAY, "09:00-10:30", "13:00-14:00", "18:00-19:00")
    make.hours(found, date(2027, 1, 4), "09:00-10:00")
    return found
