"""The demo is as large as promised, within limits, and the same for one day."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.demo.people import FIXED_EMAILS, INSTRUCTOR_EMAIL, STUDENT_EMAIL
from app.demo.plan import plan
from app.domain import limits
from app.domain.durations import parse_durations
from app.domain.vocabulary import LocationType
from tests.demo_plans import NEW_YORK, NOWS, made_at, monday_of, occupying, user_id


@pytest.fixture(scope="module", params=NOWS, ids=lambda now: now.strftime("%Y-%m-%d"))
def now(request):
    return request.param


@pytest.fixture(scope="module")
def made(now):
    return made_at(now)


class TestSize:
    def test_it_is_as_large_as_promised(self, made):
        roles = Counter(row["role"] for row in made.users)
        assert roles["instructor"] >= 26
        assert roles["student"] == 300
        assert roles["support"] == roles["admin"] == 1
        assert len(made.bookings) >= 1500

    def test_every_instructor_has_a_profile_services_and_six_weeks_of_hours(self, made, now):
        monday = monday_of(now)
        wanted = {monday + timedelta(weeks=n) for n in range(6)}
        instructors = {row["id"] for row in made.users if row["role"] == "instructor"}
        assert {row["user_id"] for row in made.instructor_profiles} == instructors
        profiles = {row["instructor_profile_id"] for row in made.services}
        assert profiles == {row["id"] for row in made.instructor_profiles}
        weeks = defaultdict(set)
        for slot in made.availability_slots:
            day = slot["specific_date"]
            weeks[slot["instructor_id"]].add(day - timedelta(days=day.weekday()))
        assert all(weeks[each] >= wanted for each in instructors)

    def test_instructors_live_in_two_zones(self, made):
        zones = Counter(row["time_zone"] for row in made.instructor_profiles)
        assert zones == {"America/New_York": 20, "Europe/London": 8}

    def test_every_status_occurs_in_past_and_future(self, made, now):
        tally = Counter((row["status"], row["starts_at"] > now) for row in made.bookings)
        past = [count for (_, is_future), count in tally.items() if not is_future]
        assert tally["COMPLETED", False] > sum(past) * 0.8
        assert tally["NO_SHOW", False] >= 20
        assert tally["CANCELLED", False] >= 50
        assert tally["CANCELLED", True] >= 20
        assert tally["CONFIRMED", True] >= 500
        assert 3 <= tally["PENDING", True] <= 20
        assert tally["COMPLETED", True] == tally["NO_SHOW", True] == tally["PENDING", False] == 0

    def test_the_worker_finds_lessons_to_complete(self, made, now):
        left_open = [
            row
            for row in made.bookings
            if row["status"] == "CONFIRMED" and row["ends_at"] <= now - timedelta(hours=24)
        ]
        assert left_open
        assert all(row["ends_at"] > now - timedelta(hours=48) for row in left_open)


class TestSameness:
    def test_one_day_gives_one_demo(self, made, now):
        assert made_at(now) == made

    def test_the_hour_changes_states_only(self, made, now):
        later = made_at(now + timedelta(minutes=5))
        assert later.availability_slots == made.availability_slots
        same = ("id", "reference", "student_id", "starts_at", "ends_at", "student_note")
        assert [[row[name] for name in same] for row in later.bookings] == [
            [row[name] for name in same] for row in made.bookings
        ]

    def test_another_day_has_the_same_people_and_other_lessons(self, made, now):
        other = made_at(now + timedelta(days=1))
        assert other.bookings != made.bookings
        assert [row["email"] for row in other.users] == [row["email"] for row in made.users]


class TestRows:
    def test_ids_are_unique_and_references_resolve(self, made):
        ids = {}
        for name, rows in vars(made).items():
            ids[name] = {row["id"] for row in rows}
            assert len(ids[name]) == len(rows)
            assert len({frozenset(row) for row in rows}) == 1, "all rows of a table have one shape"
        for row in made.bookings:
            people = {row["student_id"], row["instructor_id"], row["created_by_id"]}
            assert people <= ids["users"]
            assert row["service_id"] in ids["services"]

    def test_addresses_are_lower_case_and_unique(self, made):
        emails = [row["email"] for row in made.users]
        assert len(set(emails)) == len(emails)
        assert all(each == each.lower() and each.endswith("@example.com") for each in emails)
        assert len({row["full_name"] for row in made.users}) == len(emails)

    def test_everybody_has_the_given_hash(self, made):
        assert {row["hashed_password"] for row in made.users} == {"$2b$hash"}

    def test_profiles_are_within_limits_and_no_two_alike(self, made):
        bios = [row["bio"] for row in made.instructor_profiles]
        assert len(set(bios)) == len(bios)
        for row in made.instructor_profiles:
            assert 80 <= len(row["bio"]) <= limits.BIO_MAX_CHARS
            assert 0 < row["years_experience"] <= limits.EXPERIENCE_MAX_YEARS
            assert row["min_advance_booking_hours"] <= limits.NOTICE_MAX_HOURS
            assert row["buffer_time_minutes"] in range(0, limits.BUFFER_MAX_MINUTES + 1, 5)
            assert row["booking_horizon_days"] <= limits.HORIZON_MAX_DAYS
            assert row["cancellation_notice_hours"] <= limits.CANCELLATION_NOTICE_MAX_HOURS

    def test_services_are_within_limits(self, made):
        descriptions = [row["description"] for row in made.services]
        assert len(set(descriptions)) == len(descriptions)
        for row in made.services:
            assert 35 <= row["hourly_rate"] <= 140
            assert len(row["skill"]) <= limits.SKILL_MAX_CHARS
            assert len(row["description"]) <= limits.DESCRIPTION_MAX_CHARS
            minutes = parse_durations(row["durations"], None)
            assert min(minutes) >= limits.DURATION_MIN_MINUTES
            assert max(minutes) <= limits.DURATION_MAX_MINUTES

    def test_texts_are_within_limits_and_varied(self, made):
        bounds = {
            "student_note": limits.NOTE_MAX_CHARS,
            "instructor_note": limits.NOTE_MAX_CHARS,
            "meeting_location": limits.LOCATION_MAX_CHARS,
            "cancellation_reason": limits.REASON_MAX_CHARS,
        }
        for name, longest in bounds.items():
            texts = {row[name] for row in made.bookings} - {None}
            assert len(texts) >= 30
            assert max(map(len, texts)) <= longest
        assert {row["location_type"] for row in made.bookings} == set(LocationType)

    def test_no_student_writes_the_same_note_twice(self, made):
        notes = [
            (row["student_id"], row["student_note"]) for row in made.bookings if row["student_note"]
        ]
        assert len(set(notes)) == len(notes)


class TestFixedAccounts:
    def test_they_are_there_with_their_roles(self, made):
        roles = {row["email"]: (row["role"], row["full_name"]) for row in made.users}
        assert [roles[email] for email in FIXED_EMAILS] == [
            ("student", "Maya Brooks"),
            ("instructor", "Sarah Chen"),
            ("support", "Dana Whitfield"),
            ("admin", "Jordan Ellis"),
        ]

    @pytest.mark.parametrize("days", range(7))
    def test_the_student_has_something_in_every_list(self, days):
        now = NOWS[0] + timedelta(days=days)
        made = made_at(now)
        maya = user_id(made, STUDENT_EMAIL)
        hers = [row for row in made.bookings if row["student_id"] == maya]
        upcoming = [row for row in hers if row["status"] == "CONFIRMED" and row["starts_at"] > now]
        assert 2 <= len(upcoming) <= 3
        assert sum(row["status"] == "COMPLETED" for row in hers) >= 6
        assert sum(row["status"] == "CANCELLED" for row in hers) == 3

    def test_the_instructor_has_two_full_weeks(self, made, now):
        sarah = user_id(made, INSTRUCTOR_EMAIL)
        monday = monday_of(now)
        for first in (monday, monday + timedelta(weeks=1)):
            lessons = [
                row
                for row in occupying(made)
                if row["instructor_id"] == sarah
                and first <= row["booking_date"] < first + timedelta(weeks=1)
            ]
            assert len(lessons) >= 14
            assert len({row["booking_date"] for row in lessons}) >= 5


def test_any_day_of_a_year_makes_a_demo():
    for step in (0, 90, 200):
        day = date(2027, 1, 4) + timedelta(days=step)
        noon = datetime.combine(day, time(12), NEW_YORK).astimezone(UTC)
        assert len(plan(day, noon, password_hash="x").bookings) >= 1500
