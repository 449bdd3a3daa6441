"""What is read of bookings: the next ones, sums, a preview, reasons."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.domain.vocabulary import BookingStatus, Role
from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import TUESDAY, Make, Person, Teacher, at
from tests.integration.life import BOOKINGS, THURSDAY, book, student, teacher
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements", "student", "teacher"]


def read(client: FlaskClient, person: Person, path: str, **query: object):
    answer = client.get(f"{BOOKINGS}{path}", query_string=query, headers=bearer(client, person))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_the_next_lessons_come_soonest_first_for_both(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    for hour in ("14:00", "10:00", "12:00"):
        make.booking(student, teacher, at(THURSDAY, hour))
    make.booking(student, teacher, at(THURSDAY, "09:00"), status=BookingStatus.CANCELLED)

    for person in (student, teacher):
        found = read(client, person, "upcoming", limit=2)
        assert [each["start_time"] for each in found] == ["10:00:00", "12:00:00"]
        assert (found[0]["student_name"], found[0]["instructor_name"]) == (
            "Student Number1",
            "Instructor Number2",
        )


@pytest.mark.parametrize("lessons", [1, 30])
def test_sums_are_the_databases_and_months_the_instructors(
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    student: Person,
    teacher: Teacher,
    statements: Statements,
    lessons: int,
) -> None:
    clock.move_to(datetime(2027, 1, 1, 4, 59, tzinfo=UTC))  # still December in New York
    first = at(TUESDAY, "00:00")
    for number in range(lessons):
        start = first + timedelta(hours=number)
        make.booking(student, teacher, start, status=BookingStatus.COMPLETED)
    make.booking(student, teacher, first - timedelta(hours=1), status=BookingStatus.COMPLETED)
    make.booking(student, teacher, first - timedelta(days=3), status=BookingStatus.NO_SHOW)
    make.booking(student, teacher, first - timedelta(days=4), status=BookingStatus.CANCELLED)
    make.booking(student, teacher, clock.now() + timedelta(days=1))
    headers = bearer(client, teacher)

    assert statements.of(lambda: client.get(f"{BOOKINGS}stats", headers=headers)) - BY_TOKEN <= 3
    assert read(client, teacher, "stats") == {
        "total_bookings": lessons + 4,
        "upcoming_bookings": 1,
        "completed_bookings": lessons + 1,
        "cancelled_bookings": 1,
        "no_shows": 1,
        "total_earnings": 60.0 * (lessons + 1),
        "this_month_earnings": 60.0 * lessons,
        "completion_rate": round((lessons + 1) / (lessons + 3), 4),
        "cancellation_rate": round(1 / (lessons + 3), 4),
        "average_rating": None,
    }


def test_an_instructor_without_bookings_has_sums_of_nothing(
    client: FlaskClient, teacher: Teacher
) -> None:
    found = read(client, teacher, "stats")

    assert (found["total_bookings"], found["total_earnings"]) == (0, 0.0)
    assert found["completion_rate"] is None


def test_a_preview_names_the_place(client: FlaskClient, student: Person, teacher: Teacher) -> None:
    made = book(client, student, teacher, location_type="student_home", meeting_location="Home")

    found = read(client, teacher, f"{made['id']}/preview")

    assert found["location_type_display"] == "Student's Home"
    assert (found["meeting_location"], found["total_price"]) == ("Home", 60.0)
    assert (found["starts_at"], found["ends_at"]) == (made["starts_at"], made["ends_at"])
    assert found["time_zone"] == "America/New_York"


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.ADMIN])
def test_staff_read_what_they_may_change_and_nobody_else_does(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher, role: Role
) -> None:
    made = book(client, student, teacher)

    assert read(client, make.user(role), f"{made['id']}") == made
    assert read(client, make.user(role), f"{made['id']}/preview")["student_name"]
    for path in (f"{made['id']}", f"{made['id']}/preview"):
        stranger = bearer(client, make.student())
        assert client.get(f"{BOOKINGS}{path}", headers=stranger).status_code == 404


class TestExplaining:
    def ask(self, client: FlaskClient, person: Person, teacher: Teacher, start: str) -> dict:
        return read(
            client,
            person,
            "explain",
            instructor_id=teacher.id,
            service_id=teacher.service_id,
            booking_date=f"{THURSDAY}",
            start_time=start,
        )

    def test_a_bookable_start_has_no_reason(
        self, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        assert self.ask(client, student, teacher, "10:00") == {"bookable": True, "reasons": []}

    def test_students_learn_that_it_is_unavailable_the_owner_and_staff_learn_all(
        self, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        made = book(client, make.student(), teacher)
        make.day_off(teacher, THURSDAY)

        told = self.ask(client, student, teacher, "10:05")["reasons"]
        assert [each["code"] for each in told] == ["unavailable", "off_grid"]
        assert {(str(each["facts"]), each["mend"]) for each in told} == {("{}", None)}
        for person in (teacher, make.user(Role.SUPPORT)):
            known = {
                each["code"]: each for each in self.ask(client, person, teacher, "10:05")["reasons"]
            }
            assert set(known) == {"day_off", "taken", "off_grid"}
            assert known["taken"]["facts"]["booking_id"] == made["id"]

    def test_another_instructor_learns_no_more_than_students(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        told = self.ask(client, make.instructor(), teacher, "20:00")["reasons"]

        assert [each["code"] for each in told] == ["unavailable"]

    def test_the_instructor_learns_where_to_mend_it(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        (told,) = self.ask(client, teacher, teacher, "20:00")["reasons"]

        assert (told["code"], told["mend"]) == ("outside_hours", f"/teach/schedule?week={THURSDAY}")

    @pytest.mark.parametrize(
        "start",
        [
            {},
            {"booking_date": "2026-12-02"},
            {"start_time": "10:00"},
            {"starts_at": "tomorrow"},
            {"starts_at": "9999-12-31T23:59:00Z"},
            {"booking_date": "2026-12-02", "start_time": "24:00"},
            {"booking_date": "2026-12-02", "start_time": "10:00", "starts_at": "2026-12-02T10:00Z"},
        ],
    )
    def test_it_takes_one_start(
        self, client: FlaskClient, student: Person, teacher: Teacher, start: dict
    ) -> None:
        query = {"instructor_id": teacher.id, "service_id": teacher.service_id, **start}
        answer = client.get(
            f"{BOOKINGS}explain", query_string=query, headers=bearer(client, student)
        )

        assert answer.status_code == 422
