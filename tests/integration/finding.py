"""What tests of the pages that find somebody share."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher
from tests.integration.searching import teacher

LIST = "/instructors"
NAME = re.compile(r'class="card-name"><a href="[^"]*">([^<]*)<')
CHIP = re.compile(r'id="understood-(\w+)"\s+href="([^"]*)"')
WAY = re.compile(r'id="way-(\w+)"\s+href="([^"]*)"')
START = re.compile(r'class="start[^"]*"\s+href="([^"]*)"')


def shown(page: str) -> list[str]:
    """Who is listed, in order."""
    return [unescape(name) for name in NAME.findall(page.partition('id="nothing"')[0])]


def found(client: FlaskClient, query: str = "", **asked: str) -> list[str]:
    answer = client.get(f"{LIST}?{query}", query_string=asked or None)
    assert answer.status_code == 200, answer.text
    return shown(answer.text)


def links(pattern: re.Pattern[str], page: str) -> dict[str, str]:
    return {kind: unescape(url) for kind, url in pattern.findall(page)}


def starts(page: str) -> list[datetime]:
    """The times that can be pressed."""
    asked = [parse_qs(urlsplit(unescape(url)).query)["start"][0] for url in START.findall(page)]
    return [datetime.fromisoformat(each) for each in asked]


@pytest.fixture
def people(make: Make) -> dict[str, Teacher]:
    """Three who teach the piano, and one who does not."""
    made = {
        "Ana": teacher(make, "Ana Prado", ("Piano", "50.00"), areas_of_service="Brooklyn"),
        "Bo": teacher(make, "Bo Lind", ("Piano", "90.00"), areas_of_service="Brooklyn"),
        "Cy": teacher(make, "Cy Moor", ("Piano", "70.00"), areas_of_service="Harlem"),
        "Dee": teacher(make, "Dee Park", ("Chess", "40.00"), areas_of_service="Brooklyn"),
    }
    make.hours(made["Ana"], WEDNESDAY, "09:00-12:00")
    make.hours(made["Bo"], WEDNESDAY, "09:00-12:00", "18:00-20:00")
    make.hours(made["Cy"], WEDNESDAY, "18:00-20:00")
    make.hours(made["Dee"], TUESDAY, "09:00-17:00")
    return made
