"""Bookings over the API: made by the evaluation, listed with true totals, cancelled in time."""

from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.vocabulary import BookingStatus, Role
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at

BOOKINGS = "/api/bookings/"
CHECK = "/api/bookings/check-availability"
LONG_AGO, FAR_AHEAD = date(2026, 11, 30), date(2027, 6, 1)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor(rate="45.50", durations="30,60,90")
    make.open_days(teacher, [LONG_AGO, TUESDAY, WEDNESDAY, FAR_AHEAD], "09:00-17:00")
    return teacher


@pytest.fixture
def student(make: Make) -> Person:
    return make.student(full_name="Sam Stone")


@pytest.fixture
def headers(client: FlaskClient, student: Person) -> dict[str, str]:
    return bearer(client, student)


def wish(teacher: Teacher, start: str = "10:00", **more: object) -> dict[str, object]:
    return {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": f"{WEDNESDAY}",
        "start_time": start,
        "duration_minutes": 60,
        **more,
    }


def book(client: FlaskClient, headers: dict[str, str], sent: dict[str, object]) -> TestResponse:
    return client.post(BOOKINGS, json=sent, headers=headers)


def test_a_booking_says_everything_and_no_address(
    client: FlaskClient, teacher: Teacher, student: Person, headers: dict[str, str]
) -> None:
    extra = {"student_note": "  First lesson. ", "location_type": "student_home"}
    answer = book(client, headers, wish(teacher, duration_minutes=90, **extra))

    assert answer.status_code == 201
    told = answer.get_json()
    assert len(told.pop("reference")) >= 8
    assert told.pop("instructor") == {"id": teacher.id, "full_name": "Instructor Number1"}
    assert told == {
        "id": 1,
        "sequence": 0,
        "student_id": student.id,
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": "2026-12-02",
        "start_time": "10:00:00",
        "end_time": "11:30:00",
        "starts_at": "2026-12-02T15:00:00Z",
        "ends_at": "2026-12-02T16:30:00Z",
        "time_zone": "America/New_York",
        "service_name": "Piano",
        "hourly_rate": 45.5,
        "total_price": 68.25,
        "duration_minutes": 90,
        "status": "CONFIRMED",
        "service_area": "Brooklyn, SoHo",
        "meeting_location": None,
        "location_type": "student_home",
        "student_note": "First lesson.",
        "instructor_note": None,
        "created_at": "2026-12-01T12:00:00Z",
        "confirmed_at": "2026-12-01T12:00:00Z",
        "completed_at": None,
        "cancelled_at": None,
        "cancelled_by_id": None,
        "cancellation_reason": None,
        "free_cancel_until": "2026-12-01T15:00:00Z",
        "cancelled_late": False,
        "expires_at": None,
        "no_show_at": None,
        "student": {"id": student.id, "full_name": "Sam Stone"},
        "service": {"id": teacher.service_id, "skill": "Piano", "description": None},
    }
    assert "@example.com" not in answer.text
    assert client.get(f"{BOOKINGS}1", headers=headers).get_json() == answer.get_json()


@pytest.mark.parametrize(
    "more",
    [
        {"total_price": 1},
        {"hourly_rate": 1},
        {"status": "COMPLETED"},
        {"student_id": 1},
        {"overlap_ok": True},
        {"end_time": "11:15"},
        {"end_time": "11:30", "duration_minutes": 60},
        {"end_time": "11:00", "duration_minutes": 90},
        {"end_time": "09:00"},
        {"end_time": "10:00"},
        {"start_time": "24:00"},
        {"start_utc_offset": "-5"},
        {"location_type": "moon"},
        {"student_note": "x" * 1001},
        {"duration_minutes": 29},
        {"duration_minutes": 241},
        {"booking_date": 20261202},
    ],
    ids=str,
)
def test_what_is_not_for_the_student_to_say_is_refused(
    client: FlaskClient,
    make: Make,
    teacher: Teacher,
    headers: dict[str, str],
    more: dict[str, object],
) -> None:
    problem(book(client, headers, wish(teacher) | more), 422)

    assert counts(make)["bookings"] == 0


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"start_time": "10:05"}, 422, "off_grid"),
        ({"booking_date": f"{LONG_AGO}"}, 422, "past"),
        ({"booking_date": f"{FAR_AHEAD}"}, 422, "horizon"),
        ({"start_time": "16:30"}, 422, "too_long"),
        ({"duration_minutes": 45}, 422, "duration_not_offered"),
        ({"start_time": "18:00"}, 409, "unavailable"),
        ({"start_utc_offset": "-04:00"}, 422, "offset_mismatch"),
    ],
)
def test_a_time_that_cannot_be_had_says_why(
    client: FlaskClient,
    make: Make,
    teacher: Teacher,
    headers: dict[str, str],
    more: dict[str, object],
    status: int,
    code: str,
) -> None:
    told = problem(book(client, headers, wish(teacher) | more), status)

    codes = {told["code"], *(each["code"] for each in told.get("reasons", []))}
    assert code in codes
    assert counts(make)["bookings"] == 0


def test_a_taken_time_is_a_conflict_that_reveals_nobody(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    make.booking(make.student(), teacher, at(WEDNESDAY, "10:30"))

    answer = book(client, headers, wish(teacher))

    told = problem(answer, 409, "unavailable")
    assert told["reasons"] == [{"code": "unavailable", "message": told["detail"]}]
    checked = client.post(CHECK, json=wish(teacher), headers=headers).get_json()
    assert checked["available"] is False
    assert checked["reasons"] == told["reasons"]
    owner = client.post(CHECK, json=wish(teacher), headers=bearer(client, teacher)).get_json()
    assert [each["code"] for each in owner["reasons"]] == ["taken"]


def test_a_student_cannot_be_in_two_lessons(
    client: FlaskClient, make: Make, teacher: Teacher, student: Person, headers: dict[str, str]
) -> None:
    other = make.instructor()
    make.booking(student, other, at(WEDNESDAY, "10:30"))

    problem(book(client, headers, wish(teacher)), 409, "student_busy")

    assert book(client, headers, wish(teacher, "11:30")).status_code == 201


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.SUPPORT, Role.ADMIN])
def test_only_students_book(client: FlaskClient, make: Make, teacher: Teacher, role: Role) -> None:
    person = teacher if role is Role.INSTRUCTOR else make.user(role)

    told = problem(book(client, bearer(client, person), wish(teacher)), 403)

    assert told["detail"] == "Only students can create bookings"
    assert counts(make)["bookings"] == 0


def test_services_and_instructors_have_to_belong_together(
    client: FlaskClient, make: Make, teacher: Teacher, headers: dict[str, str]
) -> None:
    other = make.instructor()
    told = {
        name: problem(book(client, headers, wish(teacher) | change), 404)["detail"]
        for name, change in {
            "other's": {"service_id": other.service_id},
            "unknown": {"service_id": 999},
            "student": {"instructor_id": make.student().id},
            "nobody": {"instructor_id": 999},
        }.items()
    }

    assert told == {
        "other's": "Service does not belong to this instructor",
        "unknown": "Service not found or no longer available",
        "student": "Instructor profile not found",
        "nobody": "Instructor profile not found",
    }


def test_notice_is_told_in_hours(client: FlaskClient, make: Make, headers: dict[str, str]) -> None:
    hasty = make.instructor(min_advance_booking_hours=30)
    make.hours(hasty, WEDNESDAY)

    told = problem(book(client, headers, wish(hasty)), 422, "notice")

    assert told["detail"] == "Bookings must be made at least 30 hours in advance"
    assert book(client, headers, wish(hasty, "13:00")).status_code == 201


@pytest.mark.parametrize(
    ("day", "start", "offset", "status", "starts_at"),
    [
        (date(2027, 3, 14), "02:30", None, 422, None),
        (date(2027, 11, 7), "01:30", None, 201, "2027-11-07T05:30:00Z"),
        (date(2027, 11, 7), "01:30", "-04:00", 201, "2027-11-07T05:30:00Z"),
        (date(2027, 11, 7), "01:30", "-05:00", 201, "2027-11-07T06:30:00Z"),
        (date(2027, 11, 7), "01:30", "-06:00", 422, None),
    ],
)
def test_hours_that_the_clocks_skip_or_repeat(
    client: FlaskClient,
    make: Make,
    headers: dict[str, str],
    day: date,
    start: str,
    offset: str | None,
    status: int,
    starts_at: str | None,
) -> None:
    early = make.instructor(booking_horizon_days=365)
    make.hours(early, day, "00:00-06:00")

    answer = book(
        client, headers, wish(early, start, booking_date=f"{day}", start_utc_offset=offset)
    )

    assert answer.status_code == status, answer.get_json()
    assert answer.get_json().get("starts_at") == starts_at


def test_lists_hold_ones_own_bookings_newest_first_with_true_totals(
    client: FlaskClient, make: Make, teacher: Teacher, student: Person, headers: dict[str, str]
) -> None:
    day = datetime.combine(WEDNESDAY, datetime.min.time())
    starts = [at((day + timedelta(days=n)).date(), "10:00") for n in range(-3, 4)]
    made = [make.booking(student, teacher, each) for each in starts]
    status = BookingStatus.CANCELLED
    gone = make.booking(student, teacher, starts[-1] + timedelta(days=1), status=status)
    make.booking(make.student(), teacher, starts[-1] + timedelta(hours=3))

    def shown(query: str) -> tuple[list[int], int]:
        told = client.get(BOOKINGS + query, headers=headers).get_json()
        return [each["id"] for each in told["bookings"]], told["total"]

    newest = [gone, *reversed(made)]
    assert shown("") == (newest, 8)
    assert shown("?page=2&per_page=3") == (newest[3:6], 8)
    assert shown("?page=99") == ([], 8)
    assert shown("?status=CANCELLED") == ([gone], 1)
    assert shown("?upcoming_only=true") == (list(reversed(made[2:])), 5)
    problem(client.get(f"{BOOKINGS}?status=", headers=headers), 422)
    taught = client.get(BOOKINGS, headers=bearer(client, teacher)).get_json()
    assert taught["total"] == 9
