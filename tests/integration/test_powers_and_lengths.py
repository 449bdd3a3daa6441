"""What once gave people more than is theirs: an address, a length, a name without end, a role."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.models.audit import AuditEntry
from tests.answers import counts, problem
from tests.clients import bearer, log_in
from tests.factories import PASSWORD, WEDNESDAY, Make, Person

ADDRESSES = (
    "admin@instainstru.com",
    "support@instainstru.com",
    "profiling@instainstru.com",
    "sarah.chen@example.com",
)
FOR_STAFF = (
    ("POST", "/api/bookings/send-reminders"),
    ("GET", "/metrics/performance"),
    ("GET", "/metrics/cache"),
    ("GET", "/metrics/rate-limits"),
)
PROFILE = {
    "bio": "Teaches with patience.",
    "areas_of_service": ["Harlem"],
    "years_experience": 3,
    "services": [{"skill": "Cello", "hourly_rate": 40}],
}


@pytest.mark.parametrize("email", ADDRESSES)
def test_an_address_gives_no_power(client: FlaskClient, email: str) -> None:
    sent = {"email": email, "password": PASSWORD, "full_name": "Eve", "role": "student"}
    made = client.post("/api/auth/register", json=sent)
    assert made.status_code == 201, made.text
    eve = Person(made.get_json()["id"], email)
    headers = bearer(client, eve)

    refused = [client.open(path, method=verb, headers=headers) for verb, path in FOR_STAFF]

    assert made.get_json()["role"] == "student"
    assert [answer.status_code for answer in refused] == [403] * len(FOR_STAFF)
    assert log_in(client, eve).get("/admin/").status_code == 403


def test_nobody_pays_for_ninety_minutes_and_keeps_thirty(client: FlaskClient, make: Make) -> None:
    student = make.student()
    teacher = make.instructor(durations="90", rate="45.00")
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    headers = bearer(client, student)
    wish = {"instructor_id": teacher.id, "service_id": teacher.service_id}
    wish |= {"booking_date": f"{WEDNESDAY}", "start_time": "10:00"}

    short = client.post("/api/bookings/", json=wish | {"end_time": "10:30"}, headers=headers)
    whole = client.post("/api/bookings/", json=wish, headers=headers)

    problem(short, 422, "duration_not_offered")
    assert whole.status_code == 201, whole.text
    made = whole.get_json()
    assert (made["end_time"], made["duration_minutes"]) == ("11:30:00", 90)
    assert made["total_price"] == 67.5


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "<b>" * 2000])
def test_a_name_has_its_bounds(client: FlaskClient, make: Make, name: str) -> None:
    before = counts(make)
    sent = {"email": "eve@example.com", "password": PASSWORD, "role": "student"}

    told = problem(client.post("/api/auth/register", json=sent | {"full_name": name}), 422)

    assert [each["field"] for each in told["errors"]] == ["full_name"]
    assert counts(make) == before


def test_becoming_an_instructor_is_a_step_that_is_kept(client: FlaskClient, make: Make) -> None:
    person = make.student()

    made = client.post("/api/instructors/profile", json=PROFILE, headers=bearer(client, person))

    assert made.status_code == 201, made.text
    with make.session() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.actor_id == person.id).order_by(AuditEntry.id)
        ).all()
    assert any("instructor" in each.changes and "student" in each.changes for each in entries), [
        (each.action, each.changes) for each in entries
    ]
