"""Lessons to wish for: some that are offered, some beside those, some anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.equivalence.worlds import World

QUARTER = timedelta(minutes=15)
Start = tuple[datetime, int]
"""An instant, and minutes."""


@dataclass(frozen=True)
class Wish:
    """What is sent, and the instant it means: none where no clock ever shows that time."""

    starts_at: datetime | None
    minutes: int
    sent: dict[str, Any]

    @property
    def start(self) -> tuple[datetime | None, int]:
        return self.starts_at, self.minutes


def wishes(world: World, offered: set[Start], count: int, chance: Random) -> Iterator[Wish]:
    """So many, by the instructor's wall clock."""
    some, skipped = sorted(offered), _skipped(world)
    for _ in range(count):
        minutes = chance.choice((*world.lengths, *world.lengths, *world.lengths, 60, 120))
        draw = chance.random()
        if skipped and draw < 0.05:
            yield Wish(None, minutes, _sent(world, chance.choice(skipped), minutes))
            continue
        if some and draw < 0.35:
            starts_at, minutes = chance.choice(some)
        elif some and draw < 0.5:
            starts_at, minutes = chance.choice(some)
            starts_at += chance.choice((-2, -1, 1, 2)) * QUARTER
        elif draw < 0.6:
            starts_at = chance.choice(world.busy_times)[0] + chance.randint(-3, 3) * QUARTER
        elif draw < 0.8:
            starts_at = _during_the_night(world, chance)
        else:
            starts_at = _anywhen(world, chance)
        if chance.random() < 0.04:
            starts_at += timedelta(minutes=chance.choice((1, 5, 14)))
        yield _by_wall_clock(world, starts_at, minutes, chance)


def _during_the_night(world: World, chance: Random) -> datetime:
    night = world.night
    noon = datetime(night.year, night.month, night.day, 12, tzinfo=world.zone).astimezone(UTC)
    return noon - chance.randrange(4, 72) * QUARTER


def _anywhen(world: World, chance: Random) -> datetime:
    day = chance.choice(world.days)
    midnight = datetime(day.year, day.month, day.day, tzinfo=world.zone).astimezone(UTC)
    return midnight + chance.randrange(96) * QUARTER


def _skipped(world: World) -> list[datetime]:
    """What no clock shows in that night."""
    midnight = datetime(world.night.year, world.night.month, world.night.day)
    walls = [midnight + n * QUARTER for n in range(96)]
    return [each for each in walls if _again(world, each) != each]


def _again(world: World, wall: datetime) -> datetime:
    """What the clock shows at the instant that a wall clock seems to mean."""
    meant = wall.replace(tzinfo=world.zone).astimezone(UTC)
    return meant.astimezone(world.zone).replace(tzinfo=None)


def _by_wall_clock(world: World, starts_at: datetime, minutes: int, chance: Random) -> Wish:
    """With the offset where the clock shows that time for the second time."""
    local = starts_at.astimezone(world.zone)
    sent = _sent(world, local.replace(tzinfo=None), minutes)
    if local.fold or chance.random() < 0.5:
        sent["start_utc_offset"] = _offset(local)
    return Wish(starts_at, minutes, sent)


def _sent(world: World, wall: datetime, minutes: int) -> dict[str, Any]:
    return {
        "instructor_id": world.teacher.id,
        "service_id": world.teacher.service_id,
        "booking_date": f"{wall:%Y-%m-%d}",
        "start_time": f"{wall:%H:%M}",
        "duration_minutes": minutes,
    }


def _offset(local: datetime) -> str:
    text = f"{local:%z}"
    return f"{text[:3]}:{text[3:5]}"
