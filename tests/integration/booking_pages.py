"""The pages on which a lesson is booked, as tests walk through them."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models.booking import Booking
from tests.clients import csrf_token, log_in
from tests.factories import WEDNESDAY, Make, Person, Teacher

START = "2026-12-02T15:00:00Z"  # Wednesday, 10 in New York
HOME = {"location_type": "student_home", "meeting_location": "12 Grove Street"}


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor(durations="30,60", user={"full_name": "Ines Duarte"})
    make.open_days(teacher, [WEDNESDAY, WEDNESDAY.replace(day=9)], "09:00-12:00")
    return teacher


@pytest.fixture
def student(client: FlaskClient, make: Make) -> Person:
    student = make.student()
    log_in(client, student)
    return student


def page(teacher: Teacher, step: str = "", **other: object) -> str:
    asked = {"service": teacher.service_id, "minutes": 60, "start": START, **other}
    query = "&".join(f"{name}={text}" for name, text in asked.items())
    return f"/instructors/{teacher.id}/book{step}?{query}"


def posts(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf_token(client, "/register"), **fields})


def shown_fields(client: FlaskClient, path: str) -> dict[str, str]:
    """What the form of the page that confirms would send."""
    inputs = re.findall(r"<input[^>]*>", client.get(path).text)
    named = [(re.search(r'name="([^"]+)"', each), each) for each in inputs]
    return {
        name[1]: unescape((re.search(r'value="([^"]*)"', each) or ["", ""])[1])
        for name, each in named
        if name
    }


def books(client: FlaskClient, path: str) -> TestResponse:
    """Press the button of the page that confirms."""
    return client.post(path, data=shown_fields(client, path))


def bookings(make: Make) -> list[Booking]:
    with make.session() as session:
        return list(session.scalars(select(Booking).order_by(Booking.id)))
