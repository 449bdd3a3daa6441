"""The tricky cases of tests/data/time-cases.json, as far as the domain decides them."""

from datetime import date, datetime, timedelta

import pytest

from app.domain.booking_rules import cancellation_outcome, free_cancel_deadline
from app.domain.errors import NotAMonday, TimeDoesNotExist, UnknownZone
from app.domain.evaluation import Calendar, Code, Lesson, Rules, Wish, evaluate, stepped
from app.domain.time_range import TimeRange
from app.domain.week import Week
from app.domain.zones import day_span, local_date, locate, resolve, span, zone
from tests import time_cases
from tests.integration import (  # noqa: F401  (they say which cases they run)
    test_calendar_files,
    test_reminders,
    test_time_cases_api,
    test_week_operations_api,
)
from tests.time_cases import Case, cases, instant, local, only, rejected, typed_zone

MINUTE = timedelta(minutes=1)
LATE_CANCELLATION, REMINDER = "TC-NOT-020", "TC-NOT-021"
A_STUDENTS_DAY = "TC-TZ2-012"
NOT_A_MONDAY = "TC-WEEK-004"
COPIES = ("TC-WEEK-001", "TC-WEEK-009")


def wall(text: str) -> tuple[date, int]:
    """The day and minute of a local time without offset."""
    moment = datetime.fromisoformat(text)
    return moment.date(), moment.hour * 60 + moment.minute


def window(text: str) -> TimeRange:
    edges = (each.split(":") for each in text.split("-"))
    return TimeRange(*(int(hour) * 60 + int(minute) for hour, minute in edges))


def whole_days(tz_name: str, *instants: datetime, rules: Rules, lessons: list[Lesson]) -> Calendar:
    """Open all day on the days of the instants."""
    tz = zone(tz_name)
    open_on = {local_date(tz, each): (TimeRange(0, 1440),) for each in instants}
    return Calendar(tz, rules, open_on, lessons=lessons)


@cases("resolve", "extra_zones")
def test_a_wall_clock_means_the_instants_expected(case: Case) -> None:
    tz, expect = zone(case["input"]["timezone"]), case["expect"]
    day, minute = wall(case["input"]["local"])

    moment = resolve(tz, day, minute)

    first = expect.get("utc") or expect.get("first_utc")
    second = expect.get("second_utc")
    assert moment.first == (instant(first) if first else None)
    assert moment.second == (instant(second) if second else None)
    assert local(moment.first, tz) == (expect.get("local") or expect.get("first_local"))
    assert local(moment.second, tz) == expect.get("second_local")


@cases("resolve", "extra_zones")
def test_a_start_without_offset_is_the_first_or_refused(case: Case) -> None:
    tz, expect = zone(case["input"]["timezone"]), case["expect"]
    day, minute = wall(case["input"]["local"])

    if expect["kind"] == "gap":
        with pytest.raises(TimeDoesNotExist):
            locate(tz, day, minute)
    else:
        expected = instant(expect.get("utc") or expect["first_utc"])
        assert locate(tz, day, minute) == expected


@cases("day_length")
def test_a_day_has_its_real_hours(case: Case) -> None:
    expect = case["expect"]

    start, end = day_span(
        zone(case["input"]["timezone"]), date.fromisoformat(case["input"]["date"])
    )

    assert (start, end) == (instant(expect["start_utc"]), instant(expect["end_utc"]))
    assert (end - start) / timedelta(hours=1) == expect["hours"]


@cases("slots")
def test_slots_are_stepped_by_real_minutes(case: Case) -> None:
    given, expect = case["input"], case["expect"]
    tz, minutes = zone(given["timezone"]), given["slot_minutes"]
    opens, closes = span(tz, date.fromisoformat(given["date"]), window(given["window"]))

    starts = list(stepped(opens, closes, minutes * MINUTE, minutes))

    assert len(starts) == expect["count"]
    assert starts == [instant(each) for each in expect.get("starts_utc", [])]
    assert [local(each, tz) for each in starts] == expect.get("starts_local", [])


@cases("weeks", but=(NOT_A_MONDAY, *COPIES))
def test_weeks_and_days_are_the_instructors(case: Case) -> None:
    given, expect = case["input"], case["expect"]

    if "week_start" in given:
        week = Week.starting(date.fromisoformat(given["week_start"]))
        assert [day.isoformat() for day in week.days] == expect["dates"]
        assert week.iso_name == expect["iso_week"]
    else:
        day = local_date(zone(given["timezone"]), instant(given["start_utc"]))
        assert day.isoformat() == expect["local_date"]
        assert Week.containing(day).monday.isoformat() == expect["week_start"]


@only(NOT_A_MONDAY)
def test_a_week_starts_on_a_monday_only(case: Case) -> None:
    with pytest.raises(NotAMonday) as refused:
        Week.starting(date.fromisoformat(case["input"]["week_start"]))

    assert refused.value.code == case["expect"]["code"]


@cases("two_zones", but=(A_STUDENTS_DAY,))
def test_both_sides_see_the_same_instant(case: Case) -> None:
    given, expect = case["input"], case["expect"]
    tz = zone(given["instructor_timezone"])

    start = locate(tz, *wall(given["instructor_local"]))

    assert start == instant(expect["utc"])
    assert local(start, tz) == expect["instructor_sees"]
    assert local(start, zone(given["student_timezone"])) == expect["student_sees"]


@only(A_STUDENTS_DAY)
def test_a_students_day_is_parts_of_two_days_of_an_instructor(case: Case) -> None:
    given, expect = case["input"], case["expect"]

    day = day_span(zone(given["student_timezone"]), date.fromisoformat(given["student_date"]))

    assert list(day) == [instant(each) for each in expect["utc_range"]]
    seen = [local(each, zone(given["instructor_timezone"])) for each in day]
    assert seen == expect["instructor_local_range"]


@cases("notice", but=(LATE_CANCELLATION, REMINDER))
def test_notice_is_counted_in_real_time(case: Case) -> None:
    given, expect = case["input"], case["expect"]
    now, notice = instant(case["now_utc"]), given["min_notice_minutes"] * MINUTE
    start = locate(zone(given["instructor_timezone"]), *wall(given["start_local"]))
    calendar = whole_days(
        given["instructor_timezone"], start, rules=Rules(notice=notice), lessons=[]
    )

    found = {reason.code for reason in evaluate(calendar, Wish(start, 30), now=now)}

    assert start == instant(expect["start_utc"])
    assert now + notice == instant(expect["earliest_start_utc"])
    too_soon = {Code.PAST} if start < now else {Code.NOTICE}
    assert found - {Code.OFF_GRID} == (too_soon if rejected(case) else set())


@only(LATE_CANCELLATION)
def test_a_cancellation_is_late_by_real_hours(case: Case) -> None:
    given, now = case["input"], instant(case["now_utc"])
    start = locate(zone(given["instructor_timezone"]), *wall(given["start_local"]))
    deadline = free_cancel_deadline(start, given["free_cancellation_hours"])

    outcome = cancellation_outcome("CONFIRMED", start, deadline, now=now, by_student=True)

    assert outcome.is_late == case["expect"]["late"]
    assert start - now == timedelta(hours=case["expect"]["real_hours_left"])


@cases("overlap")
def test_overlap_is_decided_on_instants(case: Case) -> None:
    given = case["input"]
    buffer = given["buffer_minutes"] * MINUTE
    old_start, old_end = (instant(each) for each in given["existing"])
    start, end = (instant(each) for each in given["new"])
    here = given["new_as_sent"][0]
    is_own = here != given["existing_as_sent"][0]  # the student's lesson with somebody else
    lessons = [] if is_own else [Lesson(old_start, old_end, old_end + buffer, 1)]
    busy = [(old_start, old_end)] if is_own else []
    calendar = whole_days(
        here, start, rules=Rules(buffer=buffer, horizon_days=365), lessons=lessons
    )
    wish = Wish(start, (end - start) // MINUTE, student_busy=busy)

    found = {reason.code for reason in evaluate(calendar, wish, now=instant("2026-12-01T12:00Z"))}

    in_the_way = found & {Code.TAKEN, Code.BUFFER, Code.STUDENT_BUSY}
    assert found - in_the_way <= {Code.OFF_GRID}
    assert bool(in_the_way) == rejected(case)


@cases("overlap")
def test_what_was_sent_is_what_the_instants_say(case: Case) -> None:
    for side in ("existing", "new"):
        name, day, starts, ends, *offsets = case["input"][f"{side}_as_sent"]
        edges = window(f"{starts}-24:00").start, window(f"00:00-{ends}").end
        given = [*offsets, *([None] * 2)][:2]
        start, end = (
            locate(zone(name), date.fromisoformat(day), edge, offset)
            for edge, offset in zip(edges, given, strict=True)
        )
        assert [start, end] == [instant(each) for each in case["input"][side]]


@cases("zone_name")
def test_only_iana_names_as_spelled_are_zones(case: Case) -> None:
    name = typed_zone(case)

    if case["expect"]["http"] == [200]:
        moments = (
            resolve(zone(each), date(2027, 1, 15), 540)
            for each in (name, case["expect"]["same_instants_as"])
        )
        assert len(set(moments)) == 1
    else:
        with pytest.raises(UnknownZone):
            zone(name)


def test_every_case_is_run_or_waits_for_something_named() -> None:
    assert time_cases.BY_ID.keys() - time_cases.RUN == time_cases.NOT_YET.keys()
    assert all(time_cases.NOT_YET.values())
    assert len(time_cases.BY_ID) == len(time_cases.CASES) == 127
