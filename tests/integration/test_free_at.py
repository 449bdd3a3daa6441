"""Who is free at a time: exactly those with whom such a lesson can be booked then."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.clients import bearer
from tests.factories import NEW_YORK, Make, Teacher, at
from tests.integration.searching import LIST

TODAY = date(2026, 10, 30)  # the clocks of New York go back two days later
NOW = datetime(2026, 10, 30, 13, 7, tzinfo=UTC)
DAYS = [TODAY + timedelta(days=n) for n in range(-1, 18)]
ZONES = (NEW_YORK, NEW_YORK, "Asia/Tokyo", "Asia/Kolkata", "Europe/London", "Pacific/Auckland")
WINDOWS = (
    (),
    (),
    ("08:00-20:00",),
    ("09:00-12:00", "12:30-17:00"),
    ("00:00-04:30",),
    ("20:15-24:00",),
    ("07:00-07:30", "08:00-09:15", "14:00-19:00"),
)
PARTS = {"morning": range(12), "afternoon": range(12, 17), "evening": range(17, 24)}
QUESTIONS = 60


@dataclass(frozen=True)
class Taught:
    """One service of an instructor."""

    service_id: int
    rate: int
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """An instructor of the world."""

    teacher: Teacher
    name: str
    zone_name: str
    services: tuple[Taught, ...]


Start = tuple[datetime, int, int]  # when, how many minutes, which service


@pytest.fixture
def world(make: Make, clock: StoppedClock) -> list[Known]:
    """Calendars of all shapes, some of them in other zones."""
    clock.move_to(NOW)
    chance = random.Random(5)
    found = []
    for number in range(14):
        zone_name, name = chance.choice(ZONES), f"Teacher {chance.randrange(8)}"
        services = []
        lengths = [chance.choice(((30, 60), (60,), (45, 90), (120,))) for _ in range(2)]
        rates = [chance.randrange(20, 100) for _ in range(2)]
        teacher = make.instructor(
            user={"full_name": name},
            skill="Piano",
            rate=f"{rates[0]}.00",
            durations=",".join(map(str, lengths[0])),
            zone_name=zone_name,
            min_advance_booking_hours=chance.choice((0, 3, 30)),
            booking_horizon_days=chance.choice((5, 60)),
            buffer_time_minutes=chance.choice((0, 15)),
            requires_approval=chance.random() < 0.2,
        )
        services.append(Taught(teacher.service_id, rates[0], lengths[0]))
        other = make.service(
            make.profile_id(teacher),
            skill="Cello",
            rate=f"{rates[1]}.00",
            durations=",".join(map(str, lengths[1])),
        )
        services.append(Taught(other, rates[1], lengths[1]))
        _fill(make, chance, teacher, zone_name, is_busy=number % 3 == 0)
        found.append(Known(teacher, name, zone_name, tuple(services)))
    return found


def _fill(
    make: Make, chance: random.Random, teacher: Teacher, zone_name: str, *, is_busy: bool
) -> None:
    for day in DAYS:
        windows = chance.choice(WINDOWS)
        for window in windows:
            make.hours(teacher, day, window)
        if chance.random() < 0.1:
            make.day_off(teacher, day)
        elif is_busy and windows:
            start = at(day, windows[0].partition("-")[0], zone_name)
            minutes = chance.choice((30, 60, 180, 300))
            make.booking(make.student(), teacher, start, minutes=minutes, zone_name=zone_name)


def all_starts(client: FlaskClient, known: Known) -> Iterator[Start]:
    """Whatever the public list of one instructor's starts has, of every service and length."""
    for service in known.services:
        for minutes in service.lengths:
            answer = client.get(
                f"/api/public/instructors/{known.teacher.id}/starts?service_id={service.service_id}"
                f"&duration_minutes={minutes}&start_date={DAYS[0]}&end_date={DAYS[-1]}"
            )
            for each in answer.get_json()["starts"]:
                yield datetime.fromisoformat(each["starts_at"]), minutes, service.service_id


def fits(asked: dict[str, Any], known: Known, start: Start) -> bool:
    """By brute force, whether a start is what was asked for."""
    starts_at, minutes, service_id = start
    service = next(each for each in known.services if each.service_id == service_id)
    local = starts_at.astimezone(ZoneInfo(known.zone_name))
    since, until = asked.get("free_from"), asked.get("free_until")
    return (
        (asked.get("duration_minutes") in (None, minutes))
        and service.rate <= asked.get("max_price", 1000)
        and (asked.get("free_date") in (None, f"{local.date()}"))
        and ("part_of_day" not in asked or local.hour in PARTS[asked["part_of_day"]])
        and (since is None or datetime.fromisoformat(since) <= starts_at)
        and (
            until is None or starts_at + timedelta(minutes=minutes) <= datetime.fromisoformat(until)
        )
    )


def question(chance: random.Random) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if chance.random() < 0.6:
        asked["free_date"] = f"{chance.choice(DAYS)}"
    if "free_date" not in asked or chance.random() < 0.3:
        since = NOW + timedelta(minutes=chance.randrange(-600, 20_000))
        since = since.replace(minute=chance.choice((0, 7, 15)))
        until = since + timedelta(minutes=chance.choice((45, 90, 300, 1500, 6000)))
        asked |= {"free_from": f"{since:%Y-%m-%dT%H:%MZ}", "free_until": f"{until:%Y-%m-%dT%H:%MZ}"}
    if chance.random() < 0.5:
        asked["part_of_day"] = chance.choice(list(PARTS))
    if chance.random() < 0.4:
        asked["duration_minutes"] = chance.choice((30, 45, 60, 90, 120))
    if chance.random() < 0.3:
        asked["max_price"] = chance.randrange(30, 90)
    return asked


def shown(each: dict[str, Any]) -> tuple[datetime, int, int]:
    start = each["first_start"]
    starts_at = datetime.fromisoformat(start["starts_at"])
    return starts_at, start["duration_minutes"], start["service_id"]


def test_who_is_listed_as_free_is_who_can_be_booked(
    client: FlaskClient, world: list[Known]
) -> None:
    starts = {known.teacher.id: list(all_starts(client, known)) for known in world}
    chance, sizes = random.Random(23), set()

    for number in range(QUESTIONS):
        asked = question(chance)
        expected = {}
        for known in world:
            fitting = [each for each in starts[known.teacher.id] if fits(asked, known, each)]
            if fitting:
                expected[known.teacher.id] = min(fitting)
        by_name = sorted((known.name, known.teacher.id) for known in world)
        order = [key for _name, key in by_name if key in expected]
        if number % 2:
            asked["sort"] = "soonest"
            order.sort(key=lambda key: expected[key][0])

        told = client.get(LIST, query_string=asked).get_json()

        assert [each["user_id"] for each in told["instructors"]] == order, asked
        assert told["metadata"]["total_matches"] == len(expected), asked
        assert {each["user_id"]: shown(each) for each in told["instructors"]} == expected, asked
        sizes.add(len(expected))

    assert len(sizes) > 6, sizes


def test_the_first_time_that_is_told_can_be_booked(
    client: FlaskClient, make: Make, world: list[Known]
) -> None:
    told = client.get(f"{LIST}?sort=soonest&free_date={TODAY + timedelta(days=3)}").get_json()
    assert len(told["instructors"]) >= 3

    for each in told["instructors"]:
        start = each["first_start"]
        starts_at = datetime.fromisoformat(start["starts_at"]).astimezone(
            ZoneInfo(each["time_zone"])
        )
        wish = {
            "instructor_id": each["user_id"],
            "service_id": start["service_id"],
            "booking_date": f"{starts_at.date()}",
            "start_time": f"{starts_at:%H:%M}",
            "duration_minutes": start["duration_minutes"],
        }
        answer = client.post("/api/bookings/", json=wish, headers=bearer(client, make.student()))
        assert answer.status_code == 201, answer.text


def test_soonest_puts_who_has_no_time_last(client: FlaskClient, world: list[Known]) -> None:
    within = {"free_from": f"{NOW:%Y-%m-%dT%H:%MZ}"}
    within["free_until"] = f"{NOW + timedelta(days=14):%Y-%m-%dT%H:%MZ}"
    first = {}
    for known in world:
        fitting = [each for each in all_starts(client, known) if fits(within, known, each)]
        first[known.teacher.id] = min(fitting)[0] if fitting else datetime.max.replace(tzinfo=UTC)
    order = sorted(world, key=lambda each: (first[each.teacher.id], each.name, each.teacher.id))

    told = client.get(f"{LIST}?sort=soonest").get_json()

    assert [each["user_id"] for each in told["instructors"]] == [
        known.teacher.id for known in order
    ]
    assert told["metadata"]["total_matches"] == len(world)


@pytest.mark.parametrize(
    "query",
    [
        "sort=relevance",
        "sort=price",
        "sort=relevance&search=piano",
        "sort=soonest",
        "sort=soonest&free_date=2026-11-02",
        "sort=price&free_date=2026-11-02",
        "sort=relevance&search=teacher&free_date=2026-11-02&part_of_day=evening",
    ],
)
def test_cursors_lead_through_the_whole_list(
    client: FlaskClient, world: list[Known], query: str
) -> None:
    whole = client.get(f"{LIST}?{query}").get_json()
    seen, cursor = [], ""
    for _ in range(10):
        told = client.get(f"{LIST}?{query}&limit=2{cursor}").get_json()
        assert told["metadata"]["total_matches"] == whole["metadata"]["total_matches"]
        seen += [each["user_id"] for each in told["instructors"]]
        following = told["metadata"]["pagination"]["next_cursor"]
        if following is None:
            break
        cursor = f"&cursor={following}"

    assert seen == [each["user_id"] for each in whole["instructors"]]
    assert len(seen) >= 2
    skipped = client.get(f"{LIST}?{query}&skip=1").get_json()["instructors"]
    assert [each["user_id"] for each in skipped] == seen[1:]
