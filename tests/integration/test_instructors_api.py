"""Instructors over the API: the list, one of them, and one's own profile and services."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.instructor import Service
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import WEDNESDAY, Make, Person, at

PROFILE = {
    "bio": "  Plays and teaches.  ",
    "areas_of_service": ["Brooklyn", "SoHo", "Brooklyn"],
    "years_experience": 5,
    "services": [
        {"skill": "DJ", "hourly_rate": 72.5, "description": "Turntables"},
        {"skill": "Cello", "hourly_rate": 40, "durations": [60, 30, 60]},
    ],
}
LIST = "/api/instructors/"
OWN = "/api/instructors/profile"


def services_of(make: Make, person: Person) -> dict[str, bool]:
    """Every stored service of an instructor and whether it is active."""
    with make.session() as session:
        rows = session.scalars(
            select(Service).where(Service.instructor_profile_id == make.profile_id(person))
        )
        return {row.skill: row.is_active for row in rows}


def test_a_profile_is_made_as_it_was_sent(client: FlaskClient, make: Make) -> None:
    headers = bearer(client, make.student(full_name="Ann Lee"))

    answer = client.post(OWN, json=PROFILE, headers=headers)

    assert answer.status_code == 201
    told = answer.get_json()
    assert told["bio"] == "Plays and teaches."
    assert told["areas_of_service"] == ["Brooklyn", "SoHo"]
    assert told["user"] == {"full_name": "Ann Lee"}
    assert told["time_zone"] == "America/New_York"
    assert told["min_advance_booking_hours"] == 2
    assert told["buffer_time_minutes"] == 0
    assert told["booking_horizon_days"] == 60
    assert told["cancellation_notice_hours"] == 24
    assert told["created_at"].endswith("Z")
    cello, dj = told["services"]
    assert dj == {
        "id": dj["id"],
        "skill": "DJ",
        "hourly_rate": 72.5,
        "description": "Turntables",
        "duration_override": None,
        "duration": 60,
        "durations": [60],
    }
    assert (cello["duration"], cello["durations"]) == (30, [30, 60])
    assert client.get(OWN, headers=headers).get_json() == told
    assert client.get(f"{LIST}{told['user_id']}").get_json() == told
    problem(client.post(OWN, json=PROFILE, headers=headers), 409, "profile_exists")


def test_the_list_is_one_shape_with_true_totals(client: FlaskClient, make: Make) -> None:
    for name in ("Cleo", "Ann", "Bob", "Dan"):
        make.instructor(user={"full_name": name}, skill="Piano" if name != "Dan" else "Cello")
    make.instructor(user={"is_active": False})

    whole = client.get(LIST).get_json()
    part = client.get(f"{LIST}?skip=1&limit=1&skill=pIaNo").get_json()

    assert [each["user"]["full_name"] for each in whole["instructors"]] == [
        "Ann",
        "Bob",
        "Cleo",
        "Dan",
    ]
    assert whole["metadata"] == {
        "filters_applied": {},
        "sort": "relevance",
        "pagination": {"skip": 0, "limit": 100, "count": 4, "next_cursor": None},
        "total_matches": 4,
        "total_is_capped": False,
        "active_instructors": 4,
    }
    assert [each["user"]["full_name"] for each in part["instructors"]] == ["Bob"]
    assert part["metadata"]["total_matches"] == 3
    assert part["metadata"]["filters_applied"] == {"skill": "pIaNo"}
    assert client.get(f"{LIST}?skip=90").get_json()["instructors"] == []


@pytest.mark.parametrize("path", [LIST, LIST[:-1], f"{LIST}1", f"{LIST}1/"])
def test_the_final_slash_never_matters(client: FlaskClient, make: Make, path: str) -> None:
    make.instructor()

    assert client.get(path).status_code == 200


def test_no_public_answer_holds_an_address(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY)
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))
    public = f"/api/public/instructors/{teacher.id}"
    paths = [
        LIST,
        f"{LIST}{teacher.id}",
        f"{public}/availability?start_date={WEDNESDAY}",
        f"{public}/next-available",
        f"{public}/starts?service_id={teacher.service_id}&start_date={WEDNESDAY}",
        "/",
        f"/instructors/{teacher.id}",
    ]

    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "@example.com" not in answer.text, path


@pytest.mark.parametrize("state", ["inactive", "student", "unknown"])
def test_who_does_not_teach_is_not_found(client: FlaskClient, make: Make, state: str) -> None:
    if state == "inactive":
        person: Person = make.instructor(user={"is_active": False})
    else:
        person = make.student()
    number = person.id if state != "unknown" else 999

    told = problem(client.get(f"{LIST}{number}"), 404, "not_found")

    assert told["detail"] == "Instructor profile not found"


def test_a_change_touches_only_what_it_names(client: FlaskClient, make: Make) -> None:
    teacher = make.instructor()
    headers = bearer(client, teacher)
    before = client.get(OWN, headers=headers).get_json()
    change = {"buffer_time_minutes": 15, "min_advance_booking_hours": 3, "years_experience": 8}

    after = client.put(OWN, json=change, headers=headers).get_json()

    assert after | {"updated_at": None} == before | change | {"updated_at": None}
    assert client.put(OWN, json={}, headers=headers).status_code == 200


def test_services_given_replace_all_and_unbooked_ones_are_deleted(
    client: FlaskClient, make: Make
) -> None:
    teacher = make.instructor(skill="Piano")
    headers = bearer(client, teacher)
    wanted = [{"skill": "DJ", "hourly_rate": 50}, {"skill": "Voice", "hourly_rate": 55.55}]

    answer = client.put(OWN, json={"services": wanted}, headers=headers)

    assert answer.status_code == 200
    assert [each["skill"] for each in answer.get_json()["services"]] == ["DJ", "Voice"]
    assert services_of(make, teacher) == {"DJ": True, "Voice": True}
    assert counts(make)["services"] == 2


def test_a_booked_service_is_only_switched_off_and_comes_back_under_its_id(
    client: FlaskClient, make: Make
) -> None:
    teacher = make.instructor(skill="Piano")
    lesson = make.booking(
        make.student(), teacher, at(WEDNESDAY, "10:00"), status=BookingStatus.CANCELLED
    )
    headers = bearer(client, teacher)

    gone = client.put(OWN, json={"services": []}, headers=headers)
    assert gone.get_json()["services"] == []
    assert services_of(make, teacher) == {"Piano": False}
    assert client.get(LIST).get_json()["metadata"]["total_matches"] == 0

    wanted = {"services": [{"skill": "pIANO", "hourly_rate": 99}]}
    back = client.put(OWN, json=wanted, headers=headers).get_json()["services"]
    assert [(each["id"], each["skill"]) for each in back] == [(teacher.service_id, "pIANO")]
    with make.session() as session:
        booking = session.get_one(Booking, lesson)
        assert (booking.service_name, booking.hourly_rate) == ("Piano", 60)


@pytest.mark.parametrize(
    "services",
    [
        [{"skill": "Piano", "hourly_rate": 50}, {"skill": " pIano ", "hourly_rate": 60}],
        [{"skill": "Jazz piano", "hourly_rate": 50}, {"skill": "Jazz  piano", "hourly_rate": 60}],
    ],
)
def test_one_skill_is_offered_once(
    client: FlaskClient, make: Make, services: list[dict[str, object]]
) -> None:
    teacher = make.instructor(skill="Voice")

    answer = client.put(OWN, json={"services": services}, headers=bearer(client, teacher))

    assert problem(answer, 422)["detail"] == "Duplicate services are not allowed"
    assert services_of(make, teacher) == {"Voice": True}


@pytest.mark.parametrize(
    "change",
    [
        {"bio": "too short"},
        {"bio": " " * 20},
        {"bio": "x" * 1001},
        {"bio": None},
        {"areas_of_service": ["x"] * 21},
        {"areas_of_service": ["a,b"]},
        {"areas_of_service": [" "]},
        {"areas_of_service": "Brooklyn"},
        {"years_experience": -1},
        {"years_experience": 51},
        {"min_advance_booking_hours": 169},
        {"buffer_time_minutes": 121},
        {"booking_horizon_days": 0},
        {"booking_horizon_days": 366},
        {"cancellation_notice_hours": 169},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": ""},
        {"services": [{"skill": "", "hourly_rate": 5}]},
        {"services": [{"skill": "Cello", "hourly_rate": 0}]},
        {"services": [{"skill": "Cello", "hourly_rate": 1000.01}]},
        {"services": [{"skill": "Cello", "hourly_rate": 10.001}]},
        {"services": [{"skill": "Cello", "hourly_rate": "NaN"}]},
        {"services": [{"skill": "Cello", "hourly_rate": 10, "durations": [29]}]},
        {"services": [{"skill": "Cello", "hourly_rate": 10, "duration_override": 241}]},
        {"services": [{"skill": "Cello", "hourly_rate": 10}] * 21},
        {"email": "new@example.com"},
        {"user_id": 1},
    ],
    ids=str,
)
def test_a_change_out_of_bounds_is_refused_whole(
    client: FlaskClient, make: Make, change: dict[str, object]
) -> None:
    teacher = make.instructor()
    headers = bearer(client, teacher)
    before = client.get(OWN, headers=headers).get_json()

    problem(client.put(OWN, json={"bio": "Another good bio."} | change, headers=headers), 422)

    assert client.get(OWN, headers=headers).get_json() == before


def test_who_may_have_a_profile_is_said_in_the_originals_words(
    client: FlaskClient, make: Make
) -> None:
    headers = bearer(client, make.student())

    assert problem(client.get(OWN, headers=headers), 403)["detail"] == (
        "Only instructors can access profiles"
    )
    assert problem(client.put(OWN, json={}, headers=headers), 403)["detail"] == (
        "Only instructors can update profiles"
    )
