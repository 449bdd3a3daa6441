"""Public answers as JSON, written once and kept as text.

The models that document them are beside their routes; a test holds both to each other.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.day_parts import DayParts
from app.domain.offers import OfferedStart, PublicDay, PublicDays
from app.domain.vocabulary import DetailLevel
from app.domain.zones import utc_text, zone

Shape = dict[str, Any]
NOTHING_FREE = "No available slots found within the booking horizon"


def free_time(level: DetailLevel, found: PublicDays) -> Shape:
    """Free time over a range of days, as much of it as the level tells."""
    return {**_whose(found), **_LEVELS[level](found)}


def next_start(found: OfferedStart | None) -> Shape:
    """The first time free, if there is one."""
    if found is None:
        return {"found": False, "message": NOTHING_FREE}
    return {
        "found": True,
        "date": f"{found.day}",
        "start_time": f"{found.local_start:%H:%M:%S}",
        "end_time": f"{found.local_end:%H:%M:%S}",
        "duration_minutes": found.minutes,
        "starts_at": utc_text(found.starts_at),
    }


def starts(
    instructor_id: int, service_id: int, zone_name: str, found: Sequence[OfferedStart]
) -> Shape:
    """All times that can be booked."""
    return {
        "instructor_id": instructor_id,
        "service_id": service_id,
        "time_zone": zone_name,
        "starts": [_start(each) for each in found],
    }


def _whose(found: PublicDays) -> Shape:
    return {
        "instructor_id": found.instructor_id,
        "instructor_name": found.instructor_name,
        "timezone": found.zone_name,
    }


def _full(found: PublicDays) -> Shape:
    return {
        "availability_by_date": {f"{each.day}": _day(each, found.zone_name) for each in found.days},
        "total_available_slots": sum(len(each.spans) for each in found.days),
        "earliest_available_date": _earliest(found),
    }


def _summary(found: PublicDays) -> Shape:
    return {
        "availability_summary": {f"{each.day}": _parts(each, found) for each in found.days},
        "total_available_days": sum(bool(each.spans) for each in found.days),
        "detail_level": DetailLevel.SUMMARY.value,
    }


def _minimal(found: PublicDays) -> Shape:
    return {
        "has_availability": found.earliest is not None,
        "earliest_available_date": _earliest(found),
    }


_LEVELS: Mapping[DetailLevel, Callable[[PublicDays], Shape]] = {
    DetailLevel.FULL: _full,
    DetailLevel.SUMMARY: _summary,
    DetailLevel.MINIMAL: _minimal,
}


def _earliest(found: PublicDays) -> str | None:
    return None if found.earliest is None else f"{found.earliest}"


def _day(each: PublicDay, zone_name: str) -> Shape:
    """Days off are not told from other days without free time: they are the instructor's life."""
    tz = zone(zone_name)
    slots = [
        {
            "start_time": f"{start.astimezone(tz):%H:%M}",
            "end_time": f"{end.astimezone(tz):%H:%M}",
            "starts_at": utc_text(start),
            "ends_at": utc_text(end),
        }
        for start, end in each.spans
    ]
    return {"date": f"{each.day}", "available_slots": slots, "is_blackout": False}


def _parts(each: PublicDay, found: PublicDays) -> Shape:
    parts = DayParts.of(each.spans, each.day, zone(found.zone_name), shortest=found.shortest)
    return {
        "date": f"{each.day}",
        "morning_available": parts.morning,
        "afternoon_available": parts.afternoon,
        "evening_available": parts.evening,
        "total_hours": parts.hours,
    }


def _start(each: OfferedStart) -> Shape:
    offset = f"{each.local_start:%z}"
    return {
        "date": f"{each.day}",
        "start_time": f"{each.local_start:%H:%M:%S}",
        "end_time": f"{each.local_end:%H:%M:%S}",
        "starts_at": utc_text(each.starts_at),
        "start_utc_offset": f"{offset[:3]}:{offset[3:5]}",
        "duration_minutes": each.minutes,
    }
