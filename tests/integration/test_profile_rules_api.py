"""What the original got wrong with profiles, and must not come back."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.models.instructor import InstructorProfile, Service
from tests.answers import problem
from tests.clients import bearer
from tests.factories import Make

LIST = "/api/instructors/"
OWN = "/api/instructors/profile"


def test_notice_and_buffer_can_be_changed_later(client: FlaskClient, make: Make) -> None:
    headers = bearer(client, make.instructor())

    for change in (
        {"min_advance_booking_hours": 168, "buffer_time_minutes": 120},
        {"min_advance_booking_hours": 0, "buffer_time_minutes": 0},
    ):
        told = client.put(OWN, json=change, headers=headers).get_json()
        assert {name: told[name] for name in change} == change


def test_areas_keep_their_order_capitals_and_short_names(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor()
    areas = ["SoHo", "LA", "Upper West Side", "Bronx"]

    told = client.put(
        OWN, json={"areas_of_service": areas}, headers=bearer(client, teacher)
    ).get_json()

    assert told["areas_of_service"] == areas
    assert client.get(f"{LIST}{teacher.id}").get_json()["areas_of_service"] == areas
    with make.session() as session:
        stored = session.get_one(InstructorProfile, make.profile_id(teacher)).areas_of_service
    assert stored == "SoHo, LA, Upper West Side, Bronx"


@pytest.mark.parametrize(
    ("stored", "areas"),
    [
        (None, []),
        ("", []),
        ('{Manhattan,"Upper West Side"}', ["Manhattan", "Upper West Side"]),
        ('{\\"Manhattan\\",\\"LA\\"}', ["Manhattan", "LA"]),
    ],
)
def test_areas_of_the_original_are_read(
    client: FlaskClient, make: Make, stored: str | None, areas: list[str]
) -> None:
    make.instructor(areas_of_service=stored)

    assert client.get(LIST).get_json()["instructors"][0]["areas_of_service"] == areas


def test_a_skill_keeps_its_capitals(client: FlaskClient, make: Make) -> None:
    services = [{"skill": name, "hourly_rate": 10} for name in ("DJ", "iOS apps", "McTimoney")]

    told = client.put(
        OWN, json={"services": services}, headers=bearer(client, make.instructor())
    ).get_json()

    assert [each["skill"] for each in told["services"]] == ["DJ", "McTimoney", "iOS apps"]


@pytest.mark.parametrize(
    "change",
    [
        {"services": [{"skill": " \t ", "hourly_rate": 10}]},
        {"services": [{"skill": "\u00a0", "hourly_rate": 10}]},
        {"bio": " \n" * 20},
    ],
    ids=str,
)
def test_blank_texts_are_refused_and_break_nothing(
    client: FlaskClient, make: Make, change: dict[str, Any]
) -> None:
    headers = bearer(client, make.instructor())

    problem(client.put(OWN, json=change, headers=headers), 422)

    assert client.get(OWN, headers=headers).status_code == 200
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("rate", ["0.01", "19.99", "33.33", "72.5", "999.99", "1000"])
def test_a_rate_is_kept_to_the_cent(client: FlaskClient, make: Make, rate: str) -> None:
    teacher = make.instructor()
    services = {"services": [{"skill": "Piano", "hourly_rate": rate}]}

    told = client.put(OWN, json=services, headers=bearer(client, teacher)).get_json()

    assert told["services"][0]["hourly_rate"] == float(rate)
    with make.session() as session:
        stored = session.get_one(Service, teacher.service_id).hourly_rate
    assert stored == stored.quantize(stored.__class__("0.01")) == stored.__class__(rate)
    for bound in ("min_price", "max_price"):
        found = client.get(f"{LIST}?{bound}={rate}").get_json()["metadata"]["total_matches"]
        assert found == 1


def test_somebody_new_breaks_no_list(client: FlaskClient, make: Make) -> None:
    make.instructor(user={"full_name": "Ann"})
    account = {
        "email": "new@example.com",
        "password": "lantern-orchard-42",
        "full_name": "New Teacher",
        "role": "instructor",
    }
    fresh = client.post("/api/auth/register", json=account)
    assert fresh.status_code == 201
    headers = {"Authorization": f"Bearer {log_in(client)}"}

    for query in ("", "?search=new", "?sort=price", "?sort=soonest"):
        assert client.get(f"{LIST}{query}").status_code == 200
    assert [each["user"]["full_name"] for each in client.get(LIST).get_json()["instructors"]] == [
        "Ann"
    ]
    own = client.get(OWN, headers=headers)
    assert (own.status_code, own.get_json()["bio"]) == (200, None)
    assert client.get(f"{LIST}{own.get_json()['user_id']}").status_code == 200


def log_in(client: FlaskClient) -> str:
    answer = client.post(
        "/api/auth/login", data={"username": "new@example.com", "password": "lantern-orchard-42"}
    )
    return str(answer.get_json()["access_token"])


def test_adopted_profiles_break_no_list(client: FlaskClient, make: Make) -> None:
    """Rows as the original left them: blank texts, and more decimals than money has."""
    teacher = make.instructor()
    with make.session() as session:
        for statement in (
            "UPDATE instructor_profiles SET bio = ' ', areas_of_service = NULL,"
            " years_experience = NULL",
            "UPDATE services SET skill = '', hourly_rate = 33.333",
        ):
            session.execute(text(statement))
        session.commit()

    for query in ("", "?sort=price", "?search=piano", "?max_price=40", "?sort=soonest"):
        assert client.get(f"{LIST}{query}").status_code == 200
    told = client.get(f"{LIST}{teacher.id}").get_json()
    assert told["services"][0]["hourly_rate"] == 33.33
