"""What a check of a wished lesson answers, and to whom."""

import pytest
from flask.testing import FlaskClient

from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import TUESDAY, Make, Person, Teacher, at
from tests.integration.life import BOOKINGS, THURSDAY, student, teacher, wish
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements", "student", "teacher"]
CHECK = f"{BOOKINGS}check-availability"


def check(client: FlaskClient, person: Person, teacher: Teacher, **wished: object) -> dict:
    answer = client.post(CHECK, json=wish(teacher, **wished), headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_free_time_has_nothing_against_it_and_checking_writes_nothing(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    people = (student, teacher, make.user(Role.ADMIN))
    before = counts(make)

    for person in people:
        assert check(client, person, teacher, end_time="11:00") == {
            "available": True,
            "reason": None,
            "reasons": [],
            "min_advance_hours": None,
            "conflicts_with": None,
        }
    assert counts(make) == before


def test_who_is_too_soon_learns_how_long_before(
    client: FlaskClient, make: Make, student: Person
) -> None:
    teacher = make.instructor(min_advance_booking_hours=48)
    make.hours(teacher, TUESDAY, "09:00-17:00")

    told = check(client, student, teacher, day=TUESDAY)

    assert told["min_advance_hours"] == 48
    assert told["reason"] == "Bookings must be made at least 48 hours in advance"


def test_only_those_who_may_learn_which_lessons_are_in_the_way(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    taken = make.booking(make.student(), teacher, at(THURSDAY, "10:00"))

    for person in (student, make.instructor()):
        told = check(client, person, teacher)
        assert told["conflicts_with"] is None
        assert [each["code"] for each in told["reasons"]] == ["unavailable"]
    for person in (teacher, make.user(Role.SUPPORT)):
        told = check(client, person, teacher)
        assert [each["code"] for each in told["reasons"]] == ["taken"]
        assert told["conflicts_with"] == [
            {"booking_id": taken, "starts_at": "2026-12-03T15:00:00Z"}
        ]


def test_days_off_hours_owner_and_activity_all_count(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    """The original looked at lessons only."""
    make.day_off(teacher, THURSDAY)
    gone = make.instructor(user={"is_active": False})
    make.hours(gone, THURSDAY)
    foreign = {**wish(teacher), "service_id": make.instructor().service_id}
    headers = bearer(client, student)

    assert not check(client, student, teacher)["available"]
    assert not check(client, student, gone)["available"]
    problem(client.post(CHECK, json=foreign, headers=headers), 404, "not_found")


@pytest.mark.parametrize("change", [{"instructor_id": 9999}, {"service_id": 9999}])
def test_an_unknown_instructor_or_service_is_not_found(
    client: FlaskClient, student: Person, teacher: Teacher, change: dict[str, int]
) -> None:
    answer = client.post(CHECK, json=wish(teacher) | change, headers=bearer(client, student))

    problem(answer, 404, "not_found")


def test_past_days_of_the_instructors_are_refused(
    client: FlaskClient, make: Make, clock: StoppedClock, student: Person
) -> None:
    clock.move_to(at(TUESDAY, "23:30"))  # already Wednesday in Greenwich, not in New York
    teacher = make.instructor()
    headers = bearer(client, student)

    yesterday = client.post(CHECK, json=wish(teacher, "2026-11-30"), headers=headers)
    told = problem(yesterday, 422)
    assert told["detail"] == "Cannot check availability for past dates"
    assert told["errors"][0]["field"] == "booking_date"
    assert check(client, student, teacher, day=TUESDAY)["reasons"][0]["code"] == "past"


def test_unknown_fields_are_refused(client: FlaskClient, student: Person, teacher: Teacher) -> None:
    answer = client.post(
        CHECK, json=wish(teacher, status="CONFIRMED"), headers=bearer(client, student)
    )

    assert problem(answer, 422)["errors"][0]["field"] == "status"


def test_a_check_costs_two_statements(
    client: FlaskClient, student: Person, teacher: Teacher, statements: Statements
) -> None:
    headers, sent = bearer(client, student), wish(teacher)

    cost = statements.of(lambda: client.post(CHECK, json=sent, headers=headers))

    assert cost - BY_TOKEN <= 2
