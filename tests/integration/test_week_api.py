"""The instructor's week over the API: saved as it was sent, and the past left alone."""

from datetime import date, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models.availability import AvailabilitySlot
from app.models.booking import Booking
from app.models.instructor import InstructorProfile
from tests.answers import counts, problem
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at

WEEK = "/api/instructors/availability-windows/week"
MONDAY = TUESDAY - timedelta(days=1)  # of the current week, yesterday
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    return make.instructor()


@pytest.fixture
def headers(client: FlaskClient, teacher: Teacher) -> dict[str, str]:
    return bearer(client, teacher)


def window(day: date, start: str, end: str) -> dict[str, str]:
    return {"date": day.isoformat(), "start_time": start, "end_time": end}


def rows(make: Make) -> list[tuple[int, date, time, time]]:
    with make.session() as session:
        slots = session.scalars(select(AvailabilitySlot).order_by(AvailabilitySlot.id))
        return [(each.id, each.specific_date, each.start_time, each.end_time) for each in slots]


def generation(make: Make, teacher: Teacher) -> int:
    with make.session() as session:
        return session.get_one(InstructorProfile, make.profile_id(teacher)).generation


class Week:
    """What the tests send."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def save(self, *windows: dict[str, str], **more: object) -> TestResponse:
        sent = {"schedule": list(windows), **more}
        return self.client.post(WEEK, json=sent, headers=self.headers)

    def read(self, day: date = NEXT) -> TestResponse:
        return self.client.get(f"{WEEK}?start_date={day}", headers=self.headers)


@pytest.fixture
def week(client: FlaskClient, headers: dict[str, str]) -> Week:
    return Week(client, headers)


def test_a_week_reads_as_it_was_saved(week: Week) -> None:
    saved = week.save(window(NEXT, "09:00", "12:00"), window(NEXT, "13:00:00", "15:30"))

    expected = {
        f"{NEXT}": [
            {"start_time": "09:00:00", "end_time": "12:00:00"},
            {"start_time": "13:00:00", "end_time": "15:30:00"},
        ]
    }
    assert saved.status_code == 200
    assert saved.get_json() == expected
    assert week.read().get_json() == expected
    assert week.read(NEXT + timedelta(days=6)).get_json() == expected
    assert week.read(NEXT + timedelta(days=7)).get_json() == {}


def test_saving_the_same_twice_changes_nothing(week: Week, make: Make, teacher: Teacher) -> None:
    """Fault W2: there the second save left the week empty."""
    sent = [window(NEXT, "09:00", "12:00"), window(NEXT, "14:00", "16:00")]
    first = week.save(*sent)
    before, marked = rows(make), generation(make, teacher)

    again = week.save(*reversed(sent), *sent)

    assert again.get_json() == first.get_json()
    assert rows(make) == before
    assert generation(make, teacher) == marked
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_change_writes_only_what_differs(week: Week, make: Make, teacher: Teacher) -> None:
    week.save(window(NEXT, "09:00", "12:00"), window(NEXT + timedelta(days=1), "09:00", "12:00"))
    kept, marked = rows(make)[1], generation(make, teacher)

    week.save(window(NEXT, "10:00", "12:00"), window(NEXT + timedelta(days=1), "09:00", "12:00"))

    assert kept in rows(make)
    assert len(rows(make)) == 2
    assert generation(make, teacher) == marked + 1


def test_overlapping_and_touching_windows_merge(week: Week) -> None:
    saved = week.save(
        window(NEXT, "09:00", "10:00"),
        window(NEXT, "09:30", "11:00"),
        window(NEXT, "11:00", "11:15"),
    )

    assert saved.get_json() == {f"{NEXT}": [{"start_time": "09:00:00", "end_time": "11:15:00"}]}


@pytest.mark.parametrize("midnight", ["00:00", "24:00", "24:00:00"])
def test_midnight_ends_the_day_and_is_stored_as_zero(week: Week, make: Make, midnight: str) -> None:
    saved = week.save(window(NEXT, "22:00", midnight))

    assert saved.get_json() == {f"{NEXT}": [{"start_time": "22:00:00", "end_time": "00:00:00"}]}
    assert rows(make)[0][2:] == (time(22), time(0))


def test_adding_keeps_what_there_is(week: Week) -> None:
    week.save(window(NEXT, "09:00", "10:00"))

    added = week.save(window(NEXT, "15:00", "16:00"), clear_existing=False)

    assert [each["start_time"] for each in added.get_json()[f"{NEXT}"]] == ["09:00:00", "15:00:00"]


def test_an_empty_schedule_clears_the_named_week_only(week: Week) -> None:
    after = NEXT + timedelta(days=7)
    week.save(window(NEXT, "09:00", "10:00"))
    week.save(window(after, "09:00", "10:00"))

    assert week.save(week_start=NEXT.isoformat()).get_json() == {}
    assert week.read().get_json() == {}
    assert f"{after}" in week.read(after).get_json()


def test_days_that_have_passed_stay_as_they_are(week: Week, make: Make, teacher: Teacher) -> None:
    make.hours(teacher, MONDAY, "08:00-09:00")

    saved = week.save(window(WEDNESDAY, "09:00", "10:00"), week_start=MONDAY.isoformat())

    assert set(saved.get_json()) == {f"{MONDAY}", f"{WEDNESDAY}"}
    same = week.save(window(MONDAY, "08:00", "09:00"), window(TUESDAY, "08:00", "09:00"))
    assert set(same.get_json()) == {f"{MONDAY}", f"{TUESDAY}"}


def test_a_change_to_the_past_is_refused_whole(week: Week, make: Make, teacher: Teacher) -> None:
    make.hours(teacher, MONDAY, "08:00-09:00")
    before = rows(make)

    for day, end in ((MONDAY, "10:00"), (MONDAY - timedelta(days=1), "09:00")):
        told = problem(week.save(window(day, "08:00", end)), 422, "past_read_only")
        assert "has passed" in str(told["detail"])

    assert rows(make) == before


def test_a_stale_version_is_refused_and_the_fresh_one_taken(week: Week, make: Make) -> None:
    old = week.read().headers["ETag"].strip('"')
    week.save(window(NEXT, "09:00", "10:00"), version=old)
    before = rows(make)

    problem(week.save(window(NEXT, "15:00", "16:00"), version=old), 409, "week_changed")

    assert rows(make) == before
    fresh = week.read().headers["ETag"].strip('"')
    assert week.save(window(NEXT, "15:00", "16:00"), version=fresh).status_code == 200


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("09:10", "10:00", "invalid_window"),
        ("09:00", "10:05", "invalid_window"),
        ("09:00", "09:15", "invalid_window"),
        ("10:00", "09:00", "validation_error"),
        ("10:00", "10:00", "validation_error"),
        ("24:00", "24:00", "validation_error"),
        ("24:15", "25:00", "validation_error"),
        ("9:00", "10:00", "validation_error"),
        ("09:00:30", "10:00", "validation_error"),
        ("09:60", "11:00", "validation_error"),
        ("", "", "validation_error"),
    ],
)
def test_a_window_that_cannot_be_is_refused(
    week: Week, make: Make, start: str, end: str, code: str
) -> None:
    problem(week.save(window(NEXT, "15:00", "16:00"), window(NEXT, start, end)), 422, code)

    assert rows(make) == []


def test_the_version_may_be_sent_as_if_match(week: Week, make: Make) -> None:
    sent = {"schedule": [window(NEXT, "15:00", "16:00")]}

    def save(tag: str) -> TestResponse:
        return week.client.post(WEEK, json=sent, headers=week.headers | {"If-Match": tag})

    old = week.read().headers["ETag"]
    week.save(window(NEXT, "09:00", "10:00"))
    before = rows(make)
    problem(save(old), 409, "week_changed")
    for wrong in ("", f'{old}, "another"'):
        problem(save(wrong), 422)
    current = week.read().headers["ETag"]
    problem(save(f"W/{current}"), 409, "week_changed")  # a weak tag never matches strongly
    assert rows(make) == before
    assert save(current).status_code == 200
    assert save("*").status_code == 200


def test_an_unchanged_week_need_not_be_sent_again(week: Week) -> None:
    week.save(window(NEXT, "09:00", "10:00"))
    seen = {"If-None-Match": week.read().headers["ETag"]}
    path = f"{WEEK}?start_date={NEXT}"
    unchanged = week.client.get(path, headers=week.headers | seen)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    week.save(window(NEXT, "09:00", "11:00"))
    assert week.client.get(path, headers=week.headers | seen).status_code == 200


def test_windows_outside_the_week_and_other_mondays_are_refused(week: Week, make: Make) -> None:
    outside = window(NEXT + timedelta(days=7), "09:00", "10:00")

    problem(week.save(window(NEXT, "09:00", "10:00"), outside), 422)
    problem(week.save(outside, week_start=NEXT.isoformat()), 422)
    told = problem(week.save(week_start=TUESDAY.isoformat()), 422, "not_a_monday")

    assert told["detail"] == "Week start must be a Monday"
    assert rows(make) == []


def test_lessons_stay_when_their_hours_go(week: Week, make: Make, teacher: Teacher) -> None:
    make.hours(teacher, WEDNESDAY, "09:00-17:00")
    lesson = make.booking(make.student(), teacher, at(WEDNESDAY, "10:00"))

    assert week.save(week_start=MONDAY.isoformat()).get_json() == {}

    assert rows(make) == []
    with make.session() as session:
        booking = session.get_one(Booking, lesson)
        assert (booking.status, booking.starts_at) == ("CONFIRMED", at(WEDNESDAY, "10:00"))


def test_booked_slots_name_the_student_briefly(week: Week, make: Make, teacher: Teacher) -> None:
    student = make.student(full_name="Ruth Ada Stone")
    lesson = make.booking(student, teacher, at(WEDNESDAY, "10:00"), location_type="neutral")
    make.booking(student, teacher, at(NEXT, "10:00"))

    answer = week.client.get(f"{WEEK}/booked-slots?start_date={MONDAY}", headers=week.headers)

    assert answer.get_json() == {
        "booked_slots": [
            {
                "booking_id": lesson,
                "date": f"{WEDNESDAY}",
                "start_time": "10:00:00",
                "end_time": "11:00:00",
                "starts_at": "2026-12-02T15:00:00Z",
                "ends_at": "2026-12-02T16:00:00Z",
                "time_zone": "America/New_York",
                "student_first_name": "Ruth",
                "student_last_initial": "S.",
                "service_name": "Piano",
                "service_area_short": answer.get_json()["booked_slots"][0]["service_area_short"],
                "duration_minutes": 60,
                "location_type": "neutral",
            }
        ]
    }


def test_only_instructors_have_hours(client: FlaskClient, make: Make, week: Week) -> None:
    week.headers = bearer(client, make.student())
    before = counts(make)

    told = problem(week.save(window(NEXT, "09:00", "10:00")), 403)

    assert told["detail"] == "Only instructors can perform this action"
    assert counts(make) == before
