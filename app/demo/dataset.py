"""The data set that speed is measured with: a folder of CSV files, as rows ready to insert."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from app.demo.bookings import Row
from app.demo.overlaps import settle
from app.demo.plan import DemoPlan
from app.demo.references import references
from app.domain.areas import write_areas
from app.domain.booking_rules import free_cancel_deadline
from app.domain.durations import write_durations
from app.domain.errors import RuleBroken
from app.domain.limits import CANCELLATION_NOTICE_DEFAULT_HOURS, DURATION_DEFAULT_MINUTES
from app.domain.time_range import minute_of
from app.domain.vocabulary import BookingStatus, LocationType, Role
from app.domain.zones import locate, zone

MANIFEST = "manifest.json"
COLUMNS = {
    "instructors": "id,email,name,bio,years,areas,min_advance_hours,buffer_minutes",
    "students": "id,email,name",
    "services": "id,instructor_id,skill,rate,description,duration_minutes",
    "slots": "id,instructor_id,date,start,end",
    "blackouts": "id,instructor_id,date,reason",
    "bookings": "id,student_id,instructor_id,service_id,date,start,end,skill,rate,price,minutes"
    ",status,created_at",
}
"""What the first line of each file says."""

Line = dict[str, str]
Booked = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A folder that has been looked into. Everybody in it has one password."""

    folder: Path
    password: str

    def lines(self, name: str) -> Iterator[Line]:
        """The rows of one file. Raises RuleBroken where it is not what it should be."""
        path = self.folder / f"{name}.csv"
        if not path.is_file():
            raise RuleBroken(f"{path.name} is missing from {self.folder}.")
        with path.open(newline="", encoding="utf-8") as file:
            found = csv.DictReader(file)
            if ",".join(found.fieldnames or ()) != COLUMNS[name]:
                raise RuleBroken(f"The first line of {path.name} must be {COLUMNS[name]}")
            yield from found


def dataset_in(folder: Path) -> Dataset:
    """The data set in a folder. Raises RuleBroken."""
    try:
        password = json.loads((folder / MANIFEST).read_text("utf-8"))["password"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise RuleBroken(f"There is no {MANIFEST} with a password in {folder}.") from fault
    return Dataset(folder=folder, password=str(password))


def plan_of(data: Dataset, *, zone_name: str, now: datetime, password_hash: str) -> DemoPlan:
    """Everything in it. Wall clocks are meant in one zone, instants of making in UTC.

    Raises RuleBroken.
    """
    instructors = list(data.lines("instructors"))
    areas = {line["id"]: line["areas"] for line in instructors}
    bookings = list(_bookings(data, zone_name, areas))
    settle(bookings, {int(line["id"]): int(line["buffer_minutes"]) for line in instructors})
    joined = min([now, *(row["created_at"] for row in bookings)])
    people = [(line, Role.INSTRUCTOR) for line in instructors]
    people += [(line, Role.STUDENT) for line in data.lines("students")]
    return DemoPlan(
        users=[_user(line, role, password_hash, joined) for line, role in people],
        instructor_profiles=[_profile(line, zone_name, joined) for line in instructors],
        services=[_service(line) for line in data.lines("services")],
        availability_slots=list(_slots(data, now)),
        blackout_dates=list(_days_off(data, now)),
        bookings=bookings,
    )


def _user(line: Line, role: Role, password_hash: str, joined: datetime) -> Row:
    return {
        "id": int(line["id"]),
        "email": line["email"].lower(),
        "hashed_password": password_hash,
        "full_name": line["name"],
        "role": role.value,
        "created_at": joined,
        "email_verified_at": joined,
    }


def _profile(line: Line, zone_name: str, joined: datetime) -> Row:
    """A profile has the number of its person."""
    return {
        "id": int(line["id"]),
        "user_id": int(line["id"]),
        "bio": line["bio"],
        "years_experience": int(line["years"]),
        "areas_of_service": write_areas(line["areas"].split(", ")),
        "min_advance_booking_hours": int(line["min_advance_hours"]),
        "buffer_time_minutes": int(line["buffer_minutes"]),
        "time_zone": zone_name,
        "created_at": joined,
    }


def _service(line: Line) -> Row:
    minutes = int(line["duration_minutes"] or DURATION_DEFAULT_MINUTES)
    return {
        "id": int(line["id"]),
        "instructor_profile_id": int(line["instructor_id"]),
        "skill": line["skill"],
        "hourly_rate": Decimal(line["rate"]),
        "description": line["description"],
        "durations": write_durations((minutes,)),
    }


def _slots(data: Dataset, now: datetime) -> Iterable[Row]:
    for line in data.lines("slots"):
        yield {
            "id": int(line["id"]),
            "instructor_id": int(line["instructor_id"]),
            "specific_date": date.fromisoformat(line["date"]),
            "start_time": time.fromisoformat(line["start"]),
            "end_time": time.fromisoformat(line["end"]),
            "created_at": now,
        }


def _days_off(data: Dataset, now: datetime) -> Iterable[Row]:
    for line in data.lines("blackouts"):
        yield {
            "id": int(line["id"]),
            "instructor_id": int(line["instructor_id"]),
            "date": date.fromisoformat(line["date"]),
            "reason": line["reason"],
            "created_at": now,
        }


def _bookings(data: Dataset, zone_name: str, areas: dict[str, str]) -> Iterable[Booked]:
    tz, names = zone(zone_name), references(Random(0))
    for line, reference in zip(data.lines("bookings"), names, strict=False):
        start = time.fromisoformat(line["start"])
        day = date.fromisoformat(line["date"])
        starts_at = locate(tz, day, minute_of(start))
        ends_at = starts_at + timedelta(minutes=int(line["minutes"]))
        made_at = datetime.fromisoformat(line["created_at"]).replace(tzinfo=UTC)
        yield {
            "id": int(line["id"]),
            "student_id": int(line["student_id"]),
            "instructor_id": int(line["instructor_id"]),
            "service_id": int(line["service_id"]),
            "booking_date": day,
            "start_time": start,
            "end_time": time.fromisoformat(line["end"]),
            "service_name": line["skill"],
            "hourly_rate": Decimal(line["rate"]),
            "total_price": Decimal(line["price"]),
            "duration_minutes": int(line["minutes"]),
            "service_area": areas[line["instructor_id"]],
            "location_type": LocationType.NEUTRAL.value,
            "created_at": made_at,
            "confirmed_at": made_at,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "time_zone": zone_name,
            "reference": reference,
            "free_cancel_until": free_cancel_deadline(starts_at, CANCELLATION_NOTICE_DEFAULT_HOURS),
            "created_by_id": int(line["student_id"]),
            **_outcome(line, starts_at, ends_at),
        }


def _outcome(line: Line, starts_at: datetime, ends_at: datetime) -> Row:
    status = BookingStatus(line["status"])
    is_cancelled = status is BookingStatus.CANCELLED
    return {
        "status": status.value,
        "completed_at": ends_at if status is BookingStatus.COMPLETED else None,
        "no_show_at": ends_at if status is BookingStatus.NO_SHOW else None,
        "cancelled_at": starts_at - timedelta(hours=30) if is_cancelled else None,
        "cancelled_by_id": int(line["student_id"]) if is_cancelled else None,
        "cancellation_reason": "Something came up." if is_cancelled else None,
    }
