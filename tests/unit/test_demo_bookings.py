"""The demo's lessons keep the rules of the house, and its calendars look alive."""

from collections import Counter, defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.domain import limits
from app.domain.durations import parse_durations
from app.domain.vocabulary import BookingStatus
from tests.demo_plans import (
    NEW_YORK,
    NOWS,
    end_minute,
    made_at,
    minute,
    monday_of,
    occupying,
    windows_by_day,
)


@pytest.fixture(scope="module", params=NOWS, ids=lambda now: now.strftime("%Y-%m-%d"))
def now(request):
    return request.param


@pytest.fixture(scope="module")
def made(now):
    return made_at(now)


class TestNoOverlap:
    def test_no_instructor_teaches_two_lessons_at_once_buffer_included(self, made):
        by_instructor = defaultdict(list)
        for row in occupying(made):
            by_instructor[row["instructor_id"]].append((row["starts_at"], row["blocked_until"]))
        for taken in by_instructor.values():
            assert all(one[1] <= other[0] for one, other in pairwise(sorted(taken)))

    def test_no_student_takes_two_lessons_at_once(self, made):
        by_student = defaultdict(list)
        for row in occupying(made):
            by_student[row["student_id"]].append((row["starts_at"], row["ends_at"]))
        for taken in by_student.values():
            assert all(one[1] <= other[0] for one, other in pairwise(sorted(taken)))


class TestHours:
    def test_windows_are_valid_and_apart(self, made):
        for windows in windows_by_day(made).values():
            for start, end in windows:
                assert start % limits.GRID_MINUTES == end % limits.GRID_MINUTES == 0
                assert end - start >= limits.WINDOW_MIN_MINUTES
            assert all(one[1] < other[0] for one, other in pairwise(sorted(windows)))

    def test_future_lessons_lie_inside_hours_and_not_on_days_off(self, made, now):
        windows = windows_by_day(made)
        days_off = {(row["instructor_id"], row["date"]) for row in made.blackout_dates}
        for row in occupying(made):
            if row["starts_at"] > now:
                key = row["instructor_id"], row["booking_date"]
                start, end = minute(row["start_time"]), end_minute(row["end_time"])
                assert any(first <= start and end <= last for first, last in windows[key])
                assert key not in days_off

    def test_calendars_are_well_filled_this_week(self, made, now):
        monday = monday_of(now)
        week = {monday + timedelta(days=n) for n in range(7)}
        open_minutes = sum(
            end - start
            for (_, day), windows in windows_by_day(made).items()
            for start, end in windows
            if day in week
        )
        taught = sum(
            row["duration_minutes"] for row in occupying(made) if row["booking_date"] in week
        )
        assert 0.4 <= taught / open_minutes <= 0.6

    def test_nearly_everybody_has_free_time_within_four_days(self, made, now):
        taught = defaultdict(int)
        for row in occupying(made):
            taught[row["instructor_id"], row["booking_date"]] += row["duration_minutes"]
        first = now.astimezone(NEW_YORK).date() + timedelta(days=1)
        soon = {first + timedelta(days=n) for n in range(4)}
        free = {
            instructor
            for (instructor, day), windows in windows_by_day(made).items()
            if day in soon
            and sum(end - start for start, end in windows) - taught[instructor, day] >= 90
        }
        assert len(free) >= 24


class TestBookings:
    def test_instants_and_wall_clock_agree(self, made):
        zones = {row["user_id"]: row["time_zone"] for row in made.instructor_profiles}
        for row in made.bookings:
            assert row["time_zone"] == zones[row["instructor_id"]]
            starts, ends = (
                row[name].astimezone(ZoneInfo(row["time_zone"]))
                for name in ("starts_at", "ends_at")
            )
            assert (starts.date(), starts.time()) == (row["booking_date"], row["start_time"])
            assert ends.time() == row["end_time"]
            assert row["ends_at"] - row["starts_at"] == timedelta(minutes=row["duration_minutes"])
            assert minute(row["start_time"]) % limits.GRID_MINUTES == 0

    def test_prices_and_snapshots_follow_the_service(self, made):
        services = {row["id"]: row for row in made.services}
        owners = {row["id"]: row["user_id"] for row in made.instructor_profiles}
        for row in made.bookings:
            service = services[row["service_id"]]
            assert owners[service["instructor_profile_id"]] == row["instructor_id"]
            assert (row["service_name"], row["hourly_rate"]) == (
                service["skill"],
                service["hourly_rate"],
            )
            assert row["duration_minutes"] in parse_durations(service["durations"], None)
            exact = row["hourly_rate"] * row["duration_minutes"] / 60
            assert row["total_price"] == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def test_buffer_and_deadline_follow_the_profile(self, made):
        profiles = {row["user_id"]: row for row in made.instructor_profiles}
        for row in made.bookings:
            profile = profiles[row["instructor_id"]]
            buffer = timedelta(minutes=profile["buffer_time_minutes"])
            notice = timedelta(hours=profile["cancellation_notice_hours"])
            assert row["blocked_until"] == row["ends_at"] + buffer
            assert row["free_cancel_until"] == row["starts_at"] - notice

    def test_the_story_of_each_is_in_order(self, made, now):
        joined = {row["id"]: row["created_at"] for row in made.users}
        for row in made.bookings:
            people = max(joined[row["student_id"]], joined[row["instructor_id"]])
            assert people < row["created_at"] < min(row["starts_at"], now)
            status = row["status"]
            assert (row["confirmed_at"] is None) == (status == BookingStatus.PENDING)
            assert (row["completed_at"] is not None) == (status == BookingStatus.COMPLETED)
            if status == BookingStatus.COMPLETED:
                assert row["ends_at"] < row["completed_at"] <= now
            if status == BookingStatus.PENDING:
                assert row["starts_at"] >= now + timedelta(hours=2)
                assert row["created_at"] > now - timedelta(hours=24)

    def test_cancellations_say_who_when_and_why(self, made, now):
        who = Counter()
        for row in made.bookings:
            parts = row["cancelled_at"], row["cancelled_by_id"], row["cancellation_reason"]
            if row["status"] != BookingStatus.CANCELLED:
                assert parts == (None, None, None)
                continue
            assert all(parts)
            assert row["created_at"] <= row["cancelled_at"] < row["starts_at"]
            assert row["cancelled_at"] <= now
            is_late = row["cancelled_at"] > row["free_cancel_until"]
            who["student" if row["cancelled_by_id"] == row["student_id"] else "instructor"] += 1
            who["late"] += is_late
        assert min(who["student"], who["instructor"], who["late"]) >= 20

    def test_references_are_unique_and_eight_long(self, made):
        references = [row["reference"] for row in made.bookings]
        assert len(set(references)) == len(references)
        assert all(len(each) == 8 and each.isalnum() for each in references)
