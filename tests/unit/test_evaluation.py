"""The one evaluation: every reason by itself, all of them together, and every boundary."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.evaluation import Calendar, Code, Hold, Rules, Wish, evaluate
from app.domain.time_range import TimeRange
from app.domain.zones import zone
from tests.unit.calendars import DAY, NOW, WHOLE_DAY, calendar, codes, lesson, ny

SECOND = timedelta(seconds=1)
STUDENT, RIVAL = 3, 4


def hold(start: datetime, *, expires_at: datetime = NOW + SECOND, holder: int = RIVAL) -> Hold:
    return Hold(start, start + timedelta(hours=1), expires_at, holder)


def buffered(minutes: int, *lessons: Any) -> Calendar:
    return calendar(rules=Rules(buffer=timedelta(minutes=minutes)), lessons=lessons)


def test_an_open_time_has_nothing_against_it() -> None:
    assert codes(calendar(), ny(10)) == []


ALONE: dict[Code, tuple[Calendar, datetime | None, dict[str, Any]]] = {
    Code.PAST: (calendar(), ny(10), {"now": ny(10, second=1)}),
    Code.NOTICE: (calendar(rules=Rules(notice=timedelta(hours=2))), ny(10), {"now": ny(9)}),
    Code.HORIZON: (calendar(rules=Rules(horizon_days=4)), ny(10), {}),
    Code.OUTSIDE_HOURS: (calendar(), ny(8), {}),
    Code.DAY_OFF: (calendar(days_off=frozenset({DAY})), ny(10), {}),
    Code.TAKEN: (calendar(lessons=[lesson(ny(10))]), ny(10), {}),
    Code.HELD: (calendar(holds=[hold(ny(10))]), ny(10), {}),
    Code.BUFFER: (buffered(15, lesson(ny(9))), ny(10), {}),
    Code.STUDENT_BUSY: (calendar(), ny(10), {"student_busy": [(ny(10), ny(11))]}),
    Code.TOO_LONG: (calendar(), ny(16, 15), {}),
    Code.OFF_GRID: (calendar(), ny(10, 5), {}),
    Code.SERVICE_INACTIVE: (calendar(), ny(10), {"is_service_active": False}),
    Code.INSTRUCTOR_INACTIVE: (calendar(rules=Rules(is_active=False)), ny(10), {}),
    Code.DURATION_NOT_OFFERED: (calendar(), ny(10), {"offered_minutes": (30, 45)}),
    Code.NONEXISTENT_TIME: (calendar(), None, {}),
    Code.NEEDS_APPROVAL: (
        calendar(rules=Rules(needs_approval=True)),
        ny(11),
        {"now": ny(9)},
    ),
}


@pytest.mark.parametrize("code", list(Code))
def test_each_reason_stands_alone(code: Code) -> None:
    given, start, wish = ALONE[code]

    assert codes(given, start, **wish) == [code]


def test_all_reasons_are_given_together() -> None:
    rules = Rules(timedelta(hours=2), 0, timedelta(minutes=15), is_active=False)
    given = calendar(
        TimeRange(540, 600),
        rules=rules,
        days_off=frozenset({DAY}),
        lessons=[lesson(ny(9)), lesson(ny(10, 40))],
        holds=[hold(ny(10), expires_at=ny(9))],
    )
    busy = [(ny(8), ny(12))]
    wish = Wish(ny(9, 35), 60, STUDENT, busy, False, (30,))

    found = [reason.code for reason in evaluate(given, wish, now=ny(8, day=14))]

    assert sorted(found) == sorted(
        set(Code)
        - {Code.PAST, Code.NOTICE, Code.NEEDS_APPROVAL}
        - {Code.OUTSIDE_HOURS, Code.NONEXISTENT_TIME}
    )


def test_a_time_that_does_not_exist_keeps_the_reasons_that_need_no_time() -> None:
    given = calendar(rules=Rules(is_active=False))

    found = codes(given, None, is_service_active=False, offered_minutes=(30,))

    assert found == [
        Code.NONEXISTENT_TIME,
        Code.INSTRUCTOR_INACTIVE,
        Code.SERVICE_INACTIVE,
        Code.DURATION_NOT_OFFERED,
    ]


def test_two_lessons_in_the_way_are_two_reasons() -> None:
    given = calendar(lessons=[lesson(ny(9, 30), booking_id=7), lesson(ny(10, 30), booking_id=8)])

    found = evaluate(given, Wish(ny(10), 60), now=NOW)

    assert [reason.facts["booking_id"] for reason in found] == [7, 8]


@pytest.mark.parametrize("hour", [9, 11])
def test_touching_is_not_overlapping(hour: int) -> None:
    given = calendar(lessons=[lesson(ny(hour))], holds=[hold(ny(hour))])

    assert codes(given, ny(10), student_busy=[(ny(hour), ny(hour + 1))]) == []


@pytest.mark.parametrize(
    ("start", "minutes"),
    [(ny(9, 59), 60), (ny(11), 30), (ny(10, 15), 30), (ny(9), 240), (ny(11, 59), 60)],
    ids=["over its start", "within", "inside", "around", "over its end"],
)
def test_any_shared_minute_is_taken(start: datetime, minutes: int) -> None:
    given = calendar(*WHOLE_DAY, lessons=[lesson(ny(10), 120)])

    assert Code.TAKEN in codes(given, start, minutes)


def test_hours_are_half_open() -> None:
    assert codes(calendar(), ny(9)) == codes(calendar(), ny(16)) == []
    assert codes(calendar(), ny(17)) == codes(calendar(), ny(8, 45)) == [Code.OUTSIDE_HOURS]


def test_a_lesson_stays_within_one_window_and_one_day() -> None:
    given = calendar(TimeRange(540, 600), TimeRange(615, 720))
    whole = calendar(*WHOLE_DAY)

    assert codes(given, ny(9, 30)) == [Code.TOO_LONG]
    assert codes(whole, ny(23)) == []
    assert codes(whole, ny(23, 15)) == [Code.TOO_LONG]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (ny(9), []),
        (ny(9, 15), [Code.BUFFER]),
        (ny(10), [Code.TAKEN]),
        (ny(11), [Code.BUFFER]),
        (ny(11, 15), []),
    ],
)
def test_the_buffer_holds_on_both_sides_and_counts_once(
    start: datetime, expected: list[Code]
) -> None:
    # two lessons of this instructor are 15 minutes apart, not 15 of the one and 15 of the other
    given = buffered(15, lesson(ny(10), buffer=15))

    assert codes(given, start, 45) == expected


def test_an_older_lesson_keeps_the_longer_buffer_it_was_made_under() -> None:
    given = buffered(0, lesson(ny(10), buffer=60))

    assert codes(given, ny(11, 45)) == [Code.BUFFER]
    assert codes(given, ny(12)) == []
    assert codes(given, ny(9)) == []


def test_a_longer_buffer_of_today_counts_for_older_lessons_too() -> None:
    given = buffered(60, lesson(ny(10), buffer=15))

    assert codes(given, ny(11, 45)) == [Code.BUFFER]
    assert codes(given, ny(12)) == []


def test_a_buffer_reaches_over_midnight() -> None:
    rules = Rules(buffer=timedelta(minutes=15))
    given = calendar(*WHOLE_DAY, rules=rules, lessons=[lesson(ny(23))])

    assert codes(given, ny(24), 30) == [Code.BUFFER]
    assert codes(given, ny(24, 15), 30) == []


@pytest.mark.parametrize("minutes", [240, 600, 1380], ids=["longest", "adopted", "a whole day"])
def test_a_long_lesson_is_seen_from_its_end(minutes: int) -> None:
    long = lesson(ny(16) - timedelta(minutes=minutes), minutes, buffer=30)
    given = calendar(lessons=[long, lesson(ny(16, 45), 15)])

    assert codes(given, ny(15, 45), 30) == [Code.TAKEN]
    assert codes(given, ny(16), 30) == [Code.BUFFER]
    assert codes(given, ny(16, 30), 15) == []


def test_a_hold_keeps_everybody_out_but_its_holder() -> None:
    given = calendar(holds=[hold(ny(10), holder=STUDENT)])

    assert codes(given, ny(10), student_id=STUDENT) == []
    assert codes(given, ny(10), student_id=RIVAL) == [Code.HELD]
    assert codes(given, ny(10)) == [Code.HELD]


@pytest.mark.parametrize(
    ("expires_at", "expected"), [(NOW - SECOND, []), (NOW, []), (NOW + SECOND, [Code.HELD])]
)
def test_a_hold_ends_at_its_instant(expires_at: datetime, expected: list[Code]) -> None:
    assert codes(calendar(holds=[hold(ny(10), expires_at=expires_at)]), ny(10)) == expected


def test_moving_a_lesson_ignores_that_lesson_only() -> None:
    rules = Rules(buffer=timedelta(minutes=30))
    given = calendar(rules=rules, lessons=[lesson(ny(10), booking_id=7)])
    with_next = replace(given, lessons=(*given.lessons, lesson(ny(11), booking_id=8)))

    assert codes(given, ny(10, 30), moving=7) == []
    assert codes(given, ny(10, 30), moving=8) == [Code.TAKEN]
    assert codes(with_next, ny(10, 30), moving=7) == [Code.TAKEN]


def test_a_lesson_without_a_number_is_never_the_one_that_moves() -> None:
    assert codes(calendar(lessons=[lesson(ny(10), booking_id=None)]), ny(10)) == [Code.TAKEN]


@pytest.mark.parametrize(
    ("now", "expected"),
    [(ny(8), []), (ny(8, second=1), [Code.NOTICE]), (ny(10), [Code.NOTICE])],
)
def test_notice_is_real_time_and_allowed_to_the_second(now: datetime, expected: list[Code]) -> None:
    given = calendar(rules=Rules(notice=timedelta(hours=2)))

    assert codes(given, ny(10), now=now) == expected


def test_a_start_that_has_passed_is_past_and_not_also_too_soon() -> None:
    given = calendar(rules=Rules(notice=timedelta(hours=2)))

    assert codes(given, ny(10), now=ny(10, second=1)) == [Code.PAST]


@pytest.mark.parametrize(
    ("name", "now", "start", "expected"),
    [
        # still the 14th in New York, though the 15th in UTC: one day ahead is the 15th
        ("America/New_York", "2027-01-15T04:59Z", "2027-01-15T23:00-05:00", []),
        ("America/New_York", "2027-01-15T04:59Z", "2027-01-16T00:00-05:00", [Code.HORIZON]),
        ("America/New_York", "2027-01-15T05:00Z", "2027-01-16T23:00-05:00", []),
        # already the 16th in Kolkata, though the 15th in UTC: one day ahead is the 17th
        ("Asia/Kolkata", "2027-01-15T18:29Z", "2027-01-17T00:00+05:30", [Code.HORIZON]),
        ("Asia/Kolkata", "2027-01-15T18:30Z", "2027-01-17T23:00+05:30", []),
    ],
)
def test_the_horizon_is_counted_in_days_of_the_instructors_zone(
    name: str, now: str, start: str, expected: list[Code]
) -> None:
    days = {date(2027, 1, day): WHOLE_DAY for day in range(14, 19)}
    given = calendar(zone=zone(name), windows=days, rules=Rules(horizon_days=1))

    found = codes(
        given,
        datetime.fromisoformat(start).astimezone(UTC),
        now=datetime.fromisoformat(now),
    )

    assert found == expected


def test_a_day_off_is_a_day_of_the_instructors_zone() -> None:
    given = calendar(*WHOLE_DAY, days_off=frozenset({DAY}))

    assert codes(given, ny(23, day=14)) == []  # the 15th in UTC
    assert codes(given, ny(23)) == [Code.DAY_OFF]  # the 16th in UTC
    assert codes(given, ny(24)) == []


@pytest.mark.parametrize(
    ("moment", "is_off"),
    [(ny(10, 15), False), (ny(10, 14), True), (ny(10, 15, second=1), True)],
)
def test_starts_lie_on_the_quarter_hour_exactly(moment: datetime, *, is_off: bool) -> None:
    assert (codes(calendar(), moment) == [Code.OFF_GRID]) is is_off


def test_any_length_goes_where_none_are_listed() -> None:
    assert codes(calendar(), ny(10), 35) == []
    assert codes(calendar(), ny(10), 35, offered_minutes=(30, 35)) == []


def test_reasons_say_where_they_can_be_mended() -> None:
    unmendable = {Code.PAST, Code.STUDENT_BUSY, Code.OFF_GRID, Code.HELD, Code.NONEXISTENT_TIME}

    for code, (given, start, wish) in ALONE.items():
        now = wish.get("now", NOW)
        asked = {key: value for key, value in wish.items() if key != "now"}
        (reason,) = evaluate(given, Wish(start, 60, **asked), now=now)
        assert (reason.mend is None) is (code in unmendable), code
