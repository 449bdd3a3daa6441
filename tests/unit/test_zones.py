"""From a wall clock to instants and back, where clocks jump at night, at midnight and by half."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import OffsetMismatch, TimeDoesNotExist, UnknownZone
from app.domain.time_range import TimeRange
from app.domain.zones import (
    day_span,
    first_existing,
    local_date,
    locate,
    reader_zone,
    resolve,
    span,
    zone,
    zone_names,
)

NEW_YORK = zone("America/New_York")
SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)
JUMPING = [
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Havana",  # goes back from 1:00 to midnight
    "Atlantic/Azores",  # the same, in the other hemisphere of UTC
    "Africa/Cairo",  # forward at midnight, back from midnight to 23:00
    "America/Nuuk",  # forward at 23:00 to midnight
    "Asia/Kathmandu",
    "Pacific/Apia",
]
DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "America/New_York ",
        "america/new_york",
        "/etc/localtime",
        "../../etc/passwd",
        "localtime",
        "posixrules",
        "Factory",
        "+05:00",
        "Mars/Olympus",
        "America",
        "A" * 10240,
        "America/New\x00York",
    ],
    ids=lambda name: repr(name[:20]),
)
def test_only_names_of_the_database_are_zones(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone(name)


@pytest.mark.parametrize("name", ["UTC", "Asia/Calcutta", "Asia/Kolkata", "Etc/GMT+5"])
def test_old_and_plain_names_are_zones(name: str) -> None:
    assert zone(name).key == name
    assert name in zone_names()


def test_a_day_is_the_zones_own() -> None:
    instant = utc("2027-01-18T04:30")

    assert local_date(NEW_YORK, instant) == date(2027, 1, 17)
    assert local_date(zone("Asia/Kolkata"), instant) == date(2027, 1, 18)


def test_the_end_of_a_day_is_the_next_midnight() -> None:
    assert resolve(NEW_YORK, SPRING, 1440) == resolve(NEW_YORK, SPRING + timedelta(1), 0)


@pytest.mark.parametrize("name", JUMPING)
@settings(max_examples=50)
@given(day=DAYS, minute=st.integers(0, 1439))
def test_every_instant_found_reads_as_the_wall_clock_asked_for(
    name: str, day: date, minute: int
) -> None:
    tz = zone(name)
    moment = resolve(tz, day, minute)

    for instant in filter(None, (moment.first, moment.second)):
        shown = instant.astimezone(tz)
        assert (shown.date(), shown.hour * 60 + shown.minute) == (day, minute)
    if moment.second:
        assert moment.first < moment.second
    assert moment.is_repeated <= moment.exists


@pytest.mark.parametrize("name", JUMPING)
def test_every_quarter_around_the_jumps_is_found_again(name: str) -> None:
    tz = zone(name)
    start = utc("2027-01-01T00:00")
    nights = [start + timedelta(days=number) for number in range(365)]

    for night in nights:
        if (
            night.astimezone(tz).utcoffset()
            == (night + timedelta(days=1)).astimezone(tz).utcoffset()
        ):
            continue
        for quarter in range(-96, 192):
            instant = night + quarter * timedelta(minutes=15)
            shown = instant.astimezone(tz)
            moment = resolve(tz, shown.date(), shown.hour * 60 + shown.minute)
            assert (moment.second if shown.fold else moment.first) == instant


@pytest.mark.parametrize("name", JUMPING)
def test_days_follow_each_other_without_gap_or_overlap(name: str) -> None:
    tz = zone(name)
    days = [date(2027, 1, 1) + timedelta(days=offset) for offset in range(365)]

    for day in days:
        start, end = day_span(tz, day)
        assert end == day_span(tz, day + timedelta(days=1))[0]
        assert local_date(tz, start) == local_date(tz, end - timedelta(seconds=1)) == day


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(None, "05:30"), ("-04:00", "05:30"), ("-05:00", "06:30")],
)
def test_a_repeated_time_means_its_first_pass_unless_said(
    offset: str | None, expected: str
) -> None:
    assert locate(NEW_YORK, AUTUMN, 90, offset) == utc(f"2027-11-07T{expected}")


@pytest.mark.parametrize("offset", ["-06:00", "+05:00", "05:00", "-5:00", "", "Z", "-05:00 "])
def test_an_offset_that_the_clock_does_not_have_is_refused(offset: str) -> None:
    with pytest.raises(OffsetMismatch):
        locate(NEW_YORK, AUTUMN, 90, offset)


def test_an_offset_is_checked_for_ordinary_times_too() -> None:
    assert locate(NEW_YORK, date(2027, 1, 15), 540, "-05:00") == utc("2027-01-15T14:00")
    with pytest.raises(OffsetMismatch):
        locate(NEW_YORK, date(2027, 1, 15), 540, "-04:00")


@pytest.mark.parametrize("offset", [None, "-05:00", "-04:00"])
def test_a_time_that_does_not_exist_has_no_instant(offset: str | None) -> None:
    assert not resolve(NEW_YORK, SPRING, 150).exists
    with pytest.raises(TimeDoesNotExist):
        locate(NEW_YORK, SPRING, 150, offset)


@pytest.mark.parametrize(
    ("name", "day", "minute", "expected"),
    [
        ("America/New_York", SPRING, 120, "2027-03-14T07:00"),
        ("America/New_York", SPRING, 179, "2027-03-14T07:00"),
        ("America/New_York", SPRING, 180, "2027-03-14T07:00"),
        ("America/New_York", SPRING, 119, "2027-03-14T06:59"),
        ("Australia/Lord_Howe", date(2027, 10, 3), 135, "2027-10-02T15:30"),
        ("Africa/Cairo", date(2027, 4, 30), 0, "2027-04-29T22:00"),
        ("Africa/Cairo", date(2027, 4, 29), 1440, "2027-04-29T22:00"),
    ],
)
def test_inside_a_gap_the_first_instant_is_the_jump(
    name: str, day: date, minute: int, expected: str
) -> None:
    assert first_existing(zone(name), day, minute) == utc(expected)


@pytest.mark.parametrize(
    ("window", "day", "hours"),
    [
        (TimeRange(0, 240), SPRING, 3.0),
        (TimeRange(120, 180), SPRING, 0.0),
        (TimeRange(90, 150), SPRING, 0.5),
        (TimeRange(150, 210), SPRING, 0.5),
        (TimeRange(0, 240), AUTUMN, 5.0),
        (TimeRange(60, 120), AUTUMN, 2.0),
        (TimeRange(90, 150), AUTUMN, 2.0),
        (TimeRange(540, 1020), AUTUMN, 8.0),
    ],
)
def test_a_window_is_open_for_its_real_hours(window: TimeRange, day: date, hours: float) -> None:
    start, end = span(NEW_YORK, day, window)

    assert end - start == timedelta(hours=hours)


def test_a_day_that_never_was_is_never_open() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    skipped = date(2011, 12, 30)

    start, end = span(apia, skipped, TimeRange(540, 1020))

    assert start == end


@pytest.mark.parametrize(
    ("own", "shown", "read_in"),
    [
        ("Europe/Paris", "Asia/Tokyo", "Europe/Paris"),
        (None, "Asia/Tokyo", "Asia/Tokyo"),
        (None, None, "America/New_York"),
        ("Europe/Paris", None, "Europe/Paris"),
    ],
)
def test_times_are_read_in_ones_own_zone_else_the_one_shown_else_the_platforms(
    own: str | None, shown: str | None, read_in: str
) -> None:
    assert reader_zone(own, shown, "America/New_York") == read_in
