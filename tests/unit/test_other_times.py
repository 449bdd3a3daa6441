"""Which times are shown as not free: never more than the free ones tell."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from app.domain.other_times import other_times

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 12, 2)
EARLY = datetime(2026, 12, 1, tzinfo=UTC)


def shown(free: set[datetime], now: datetime = EARLY) -> list[str]:
    found = other_times(NEW_YORK, DAY, free, now)
    return [f"{each.astimezone(NEW_YORK):%H:%M}" for each in found]


def at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 12, 2, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


def test_it_is_every_half_hour_from_eight_to_eight() -> None:
    times = shown(set())

    assert (times[0], times[-1], len(times)) == ("08:00", "20:00", 25)
    assert {each[-2:] for each in times} == {"00", "30"}


def test_free_and_gone_times_are_left_out() -> None:
    assert shown({at("09:00")})[:4] == ["08:00", "08:30", "09:30", "10:00"]
    assert shown(set(), at("18:31")) == ["19:00", "19:30", "20:00"]
    assert shown(set(), at("20:00")) == ["20:00"]


def test_the_list_follows_from_the_free_times_alone() -> None:
    """Whoever knows what is free can write it down himself."""
    every = set(shown(set()))
    some = [at(each) for each in ("07:45", "09:00", "09:15", "13:30", "20:00", "20:30")]
    for size in range(len(some) + 1):
        for free in combinations(some, size):
            said = {f"{each.astimezone(NEW_YORK):%H:%M}" for each in free}
            assert set(shown(set(free))) == every - said


def test_a_clock_that_jumps_by_day_shows_each_existing_time_once() -> None:
    """Lord Howe Island goes forward at two in the morning; Apia once left out a whole day."""
    apia, gone = ZoneInfo("Pacific/Apia"), date(2011, 12, 30)
    before = datetime(2011, 12, 1, tzinfo=UTC)

    assert list(other_times(apia, gone, frozenset(), before)) == []
    found = list(other_times(apia, gone + timedelta(days=1), frozenset(), before))
    assert len(found) == len(set(found)) == 25
