"""One's own services over the API, one at a time."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.limits import SERVICES_MAX
from app.domain.vocabulary import BookingStatus
from app.models.audit import AuditEntry
from app.models.booking import Booking
from app.models.instructor import InstructorProfile
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Teacher, at

OWN = "/api/instructors/profile/services"
DJ: dict[str, Any] = {"skill": " DJ  sets ", "hourly_rate": 72.5, "durations": [90, 30]}


@pytest.fixture
def teacher(make: Make) -> Teacher:
    return make.instructor(skill="Piano")


@pytest.fixture
def headers(client: FlaskClient, teacher: Teacher) -> dict[str, str]:
    return bearer(client, teacher)


def own(client: FlaskClient, headers: dict[str, str]) -> dict[str, tuple[int, bool]]:
    told = client.get(OWN, headers=headers).get_json()
    return {each["skill"]: (each["id"], each["is_active"]) for each in told}


def generation(make: Make, teacher: Teacher) -> int:
    with make.session() as session:
        return session.scalars(
            select(InstructorProfile.generation).where(InstructorProfile.user_id == teacher.id)
        ).one()


def test_a_service_is_added_as_it_was_sent(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    before = generation(make, teacher)

    answer = client.post(OWN, json=DJ, headers=headers)

    told = answer.get_json()
    assert answer.status_code == 201
    assert told == {
        "id": told["id"],
        "skill": "DJ sets",
        "hourly_rate": 72.5,
        "description": None,
        "duration_override": None,
        "duration": 30,
        "durations": [30, 90],
        "is_active": True,
    }
    assert own(client, headers) == {
        "DJ sets": (told["id"], True),
        "Piano": (teacher.service_id, True),
    }
    assert generation(make, teacher) > before
    found = client.get("/api/instructors/?skill=dj").get_json()
    assert [each["id"] for each in found["instructors"][0]["services"]] == [
        told["id"],
        teacher.service_id,
    ]
    with make.session() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, "DJ sets" in entry.changes) == ("service.create", True)


def test_an_unbooked_service_is_deleted(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    answer = client.delete(f"{OWN}/{teacher.service_id}", headers=headers)

    assert (answer.status_code, answer.data) == (204, b"")
    assert counts(make)["services"] == 0
    problem(client.delete(f"{OWN}/{teacher.service_id}", headers=headers), 404)


def test_a_booked_service_is_switched_off_and_comes_back_under_its_id(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    lesson = make.booking(
        make.student(), teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED
    )
    path = f"{OWN}/{teacher.service_id}"

    assert client.delete(path, headers=headers).status_code == 204
    assert own(client, headers) == {"Piano": (teacher.service_id, False)}
    assert client.get("/api/instructors/").get_json()["instructors"] == []

    assert client.post(f"{path}/reactivate", headers=headers).get_json()["is_active"] is True
    assert client.post(f"{path}/reactivate", headers=headers).status_code == 200
    assert client.delete(path, headers=headers).status_code == 204
    back = client.post(OWN, json={"skill": "pIANO", "hourly_rate": 99}, headers=headers)
    assert (back.status_code, back.get_json()["id"]) == (201, teacher.service_id)
    with make.session() as session:
        booking = session.get_one(Booking, lesson)
        assert (booking.service_name, booking.hourly_rate) == ("Piano", 60)


def test_a_change_replaces_what_a_service_says(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    path, before = f"{OWN}/{teacher.service_id}", generation(make, teacher)

    told = client.put(
        path,
        json={"skill": "PIANO", "hourly_rate": "55.55", "description": " Jazz "},
        headers=headers,
    ).get_json()

    assert (told["skill"], told["hourly_rate"], told["description"]) == ("PIANO", 55.55, "Jazz")
    assert told["durations"] == [60]
    assert generation(make, teacher) > before


def test_a_change_does_not_bring_back_what_is_switched_off(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED)
    path = f"{OWN}/{teacher.service_id}"
    client.delete(path, headers=headers)

    told = client.put(path, json={"skill": "Organ", "hourly_rate": 40}, headers=headers).get_json()

    assert (told["skill"], told["is_active"]) == ("Organ", False)


def test_a_skill_is_offered_once(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    other = client.post(OWN, json=DJ, headers=headers).get_json()["id"]
    clash = {"skill": " pIANO ", "hourly_rate": 10}

    for answer in (
        client.post(OWN, json=clash, headers=headers),
        client.put(f"{OWN}/{other}", json=clash, headers=headers),
    ):
        told = problem(answer, 409, "duplicate_service")
        assert told["detail"] == "Duplicate services are not allowed"
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED)
    client.delete(f"{OWN}/{teacher.service_id}", headers=headers)
    assert client.put(f"{OWN}/{other}", json=clash, headers=headers).status_code == 200
    problem(
        client.post(f"{OWN}/{teacher.service_id}/reactivate", headers=headers),
        409,
        "duplicate_service",
    )


def test_of_many_equal_services_added_at_once_one_is(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    def add(number: int) -> int:
        skill = "Banjo" if number % 2 else "BANJO"
        wish = {"skill": skill, "hourly_rate": 10}
        return app.test_client().post(OWN, json=wish, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(add, range(6)))

    assert answers == [201] + [409] * 5
    assert len(own(client, headers)) == 2


def test_services_have_a_number_at_most(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    profile_id = make.profile_id(teacher)
    for number in range(SERVICES_MAX - 1):
        make.service(profile_id, skill=f"Skill {number}")

    problem(client.post(OWN, json=DJ, headers=headers), 422, "rule_broken")
    assert len(own(client, headers)) == SERVICES_MAX


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"skill": "", "hourly_rate": 5},
        {"skill": "   ", "hourly_rate": 5},
        {"skill": "x" * 101, "hourly_rate": 5},
        {"skill": "Cello", "hourly_rate": 0},
        {"skill": "Cello", "hourly_rate": 1000.01},
        {"skill": "Cello", "hourly_rate": 10.001},
        {"skill": "Cello", "hourly_rate": 10, "durations": [29]},
        {"skill": "Cello", "hourly_rate": 10, "duration_override": 241},
        {"skill": "Cello", "hourly_rate": 10, "description": "x" * 501},
        {"skill": "Cello", "hourly_rate": 10, "is_active": False},
    ],
    ids=str,
)
def test_a_service_out_of_bounds_is_refused(
    client: FlaskClient, teacher: Teacher, headers: dict[str, str], body: dict[str, object]
) -> None:
    before = own(client, headers)

    problem(client.post(OWN, json=body, headers=headers), 422)
    problem(client.put(f"{OWN}/{teacher.service_id}", json=body, headers=headers), 422)

    assert own(client, headers) == before


def test_other_peoples_services_do_not_exist(client: FlaskClient, make: Make) -> None:
    hers, mine = make.instructor(skill="Harp"), make.instructor()
    headers, path = bearer(client, mine), f"{OWN}/{hers.service_id}"

    for answer in (
        client.put(path, json={"skill": "Mine", "hourly_rate": 1}, headers=headers),
        client.delete(path, headers=headers),
        client.post(f"{path}/reactivate", headers=headers),
    ):
        assert problem(answer, 404)["detail"] == "Service not found"
    assert own(client, bearer(client, hers)) == {"Harp": (hers.service_id, True)}
    student = bearer(client, make.student())
    assert problem(client.get(OWN, headers=student), 403)
    assert problem(client.post(OWN, json=DJ, headers=student), 403)


def noted(make: Make) -> list[tuple[str, dict[str, Any]]]:
    with make.session() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(each.action, json.loads(each.changes)) for each in found]


def test_free_texts_and_what_is_switched_off_leave_a_trace(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED)
    path, sent = f"{OWN}/{teacher.service_id}", {"skill": "Piano", "hourly_rate": 60}
    client.put(path, json={**sent, "description": "Jazz"}, headers=headers)
    client.delete(path, headers=headers)
    client.put(path, json={**sent, "hourly_rate": 70, "description": "Jazz"}, headers=headers)

    text, _, off = noted(make)
    assert text == ("service.update", {"descriptions": None})  # what it was can be erased
    before, after = off[1]["services_off"]
    assert (before["Piano"][:6], after["Piano"][:6]) == ("60.00 ", "70.00 ")


def test_what_changes_nothing_is_no_change(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    path, before = f"{OWN}/{teacher.service_id}", generation(make, teacher)
    profile = client.get("/api/instructors/profile", headers=headers).get_json()
    years = {"years_experience": profile["years_experience"]}

    for answer in (
        client.post(f"{path}/reactivate", headers=headers),
        client.put(path, json={"skill": "Piano", "hourly_rate": 60}, headers=headers),
        client.put("/api/instructors/profile", json=years, headers=headers),
    ):
        assert answer.status_code == 200, answer.text

    assert (noted(make), generation(make, teacher)) == ([], before)
