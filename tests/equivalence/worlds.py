"""Generated calendars, most of them around a night in which clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from app.domain.vocabulary import BookingStatus
from app.models.hold import TimeHold
from tests.factories import Make, Person, Teacher

DAYS_BEFORE, DAYS_AFTER = 2, 15
NIGHTS = (
    ("America/New_York", date(2026, 11, 1)),
    ("America/New_York", date(2027, 3, 14)),
    ("Europe/London", date(2027, 3, 28)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),  # half an hour
    ("America/Santiago", date(2027, 4, 3)),  # the hour before midnight comes twice
    ("America/Santiago", date(2026, 9, 6)),  # midnight does not exist
    ("America/St_Johns", date(2026, 11, 1)),
    ("Asia/Kathmandu", date(2026, 12, 1)),  # never
)
WINDOWS = (
    (),
    ("08:00-20:00",),
    ("09:00-12:00", "12:30-17:00"),
    ("00:00-04:30",),
    ("01:30-03:00", "22:00-24:00"),
    ("20:15-24:00",),
    ("07:00-07:30", "08:00-09:15", "14:00-19:00"),
)
NIGHT_WINDOWS = (("00:00-04:30",), ("00:00-24:00",), ("01:15-02:15", "02:15-03:30", "21:00-24:00"))
LENGTHS = ("30,60,90", "45", "60", "30,240")
STATES = (
    BookingStatus.CONFIRMED,
    BookingStatus.CONFIRMED,
    BookingStatus.PENDING,
    BookingStatus.CANCELLED,
)


@dataclass(frozen=True)
class World:
    """An instructor with everything in his calendar, and two students who want lessons.

    ``free`` has nothing else to do; ``busy`` has lessons elsewhere, and times held for him here.
    """

    now: datetime
    zone: ZoneInfo
    days: tuple[date, ...]
    night: date
    teacher: Teacher
    lengths: tuple[int, ...]
    free: Person
    busy: Person
    busy_times: tuple[tuple[datetime, datetime], ...]
    holds: tuple[tuple[int, datetime, datetime, datetime], ...]

    def hold(self, make: Make, *, for_all: bool) -> None:
        """Keep the times that are held, anew; ``for_all`` false leaves out those of ``busy``."""
        with make.session() as session:
            session.execute(delete(TimeHold).where(TimeHold.instructor_id == self.teacher.id))
            for holder, starts_at, ends_at, expires_at in self.holds:
                if for_all or holder != self.busy.id:
                    session.add(
                        TimeHold(
                            instructor_id=self.teacher.id,
                            holder_id=holder,
                            starts_at=starts_at,
                            ends_at=ends_at,
                            expires_at=expires_at,
                            created_at=self.now,
                        )
                    )
            session.commit()


def world_of(make: Make, number: int) -> World:
    """The same for the same number."""
    chance = Random(number)
    zone_name, night = NIGHTS[number % len(NIGHTS)]
    zone = ZoneInfo(zone_name)
    now = datetime(night.year, night.month, night.day, 10, 7, tzinfo=UTC)
    now -= timedelta(days=chance.randint(0, 6), minutes=chance.randrange(0, 1440))
    today = now.astimezone(zone).date()
    days = tuple(today + timedelta(days=n) for n in range(-DAYS_BEFORE, DAYS_AFTER))
    lengths = LENGTHS[chance.randrange(len(LENGTHS))]
    teacher = make.instructor(
        durations=lengths,
        zone_name=zone_name,
        min_advance_booking_hours=chance.choice((0, 3, 26)),
        booking_horizon_days=chance.choice((1, 9, 12)),
        buffer_time_minutes=chance.choice((0, 15, 20, 45)),
        requires_approval=chance.random() < 0.25,
    )
    _open(make, teacher, days, night, chance)
    _fill(make, teacher, days, zone, chance)
    free, busy = make.student(), make.student()
    other = make.instructor(zone_name=zone_name)
    busy_times = tuple(_lessons(make, busy, other, days, zone, chance))
    holders = (busy.id, make.student().id)
    holds = tuple(_held(holders, days, zone, now, chance))
    return World(
        now,
        zone,
        days,
        night,
        teacher,
        tuple(int(each) for each in lengths.split(",")),
        free,
        busy,
        busy_times,
        holds,
    )


def _open(
    make: Make, teacher: Teacher, days: tuple[date, ...], night: date, chance: Random
) -> None:
    for day in days:
        is_near = abs((day - night).days) <= 1
        windows = chance.choice(NIGHT_WINDOWS if is_near else WINDOWS)
        if windows:
            make.hours(teacher, day, *windows)
    for day in chance.sample(days, 2):
        if day != night:
            make.day_off(teacher, day)


def _fill(
    make: Make, teacher: Teacher, days: tuple[date, ...], zone: ZoneInfo, chance: Random
) -> None:
    """A lesson a day for most days, with buffers of its own; they cannot overlap."""
    for day in days[::2]:
        starts_at = _somewhen(day, zone, chance)
        make.booking(
            make.student(),
            teacher,
            starts_at,
            minutes=chance.choice((30, 60, 90)),
            buffer_minutes=chance.choice((0, 0, 30)),
            status=chance.choice(STATES),
            zone_name=zone.key,
        )


def _lessons(
    make: Make,
    student: Person,
    other: Teacher,
    days: tuple[date, ...],
    zone: ZoneInfo,
    chance: Random,
) -> list[tuple[datetime, datetime]]:
    found = []
    for day in days[::3]:
        starts_at = _somewhen(day, zone, chance)
        make.booking(student, other, starts_at, minutes=60, zone_name=zone.key)
        found.append((starts_at, starts_at + timedelta(hours=1)))
    return found


def _held(
    holders: tuple[int, int],
    days: tuple[date, ...],
    zone: ZoneInfo,
    now: datetime,
    chance: Random,
) -> list[tuple[int, datetime, datetime, datetime]]:
    found = []
    for day in days[1::3]:
        starts_at = _somewhen(day, zone, chance)
        expires_at = now + timedelta(minutes=chance.choice((-1, 0, 10)))
        ends_at = starts_at + timedelta(minutes=chance.choice((30, 90)))
        found.append((chance.choice(holders), starts_at, ends_at, expires_at))
    return found


def _somewhen(day: date, zone: ZoneInfo, chance: Random) -> datetime:
    """On the quarter hour of a day, by night and at noon alike."""
    wall = datetime(day.year, day.month, day.day, chance.choice((1, 2, 9, 10, 15, 22)), tzinfo=zone)
    return (wall + timedelta(minutes=chance.choice((0, 15, 30, 45)))).astimezone(UTC)
