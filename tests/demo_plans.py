"""Demos of a few days, for the tests that look at them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.demo.plan import DemoPlan, plan
from app.domain.vocabulary import OCCUPYING

NEW_YORK = ZoneInfo("America/New_York")
NOWS = (
    datetime(2026, 11, 22, 22, 30, tzinfo=UTC),  # a Sunday, three weeks after the clocks changed
    datetime(2026, 3, 2, 13, 5, tzinfo=UTC),  # a Monday before they change, on different days
    datetime(2028, 2, 29, 23, 50, tzinfo=UTC),
)


def made_at(now: datetime) -> DemoPlan:
    return plan(now.astimezone(NEW_YORK).date(), now, password_hash="$2b$hash")


def monday_of(now: datetime) -> date:
    today = now.astimezone(NEW_YORK).date()
    return today - timedelta(days=today.weekday())


def minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def end_minute(clock: time) -> int:
    return minute(clock) or 24 * 60


def user_id(made: DemoPlan, email: str) -> int:
    return next(cast(int, row["id"]) for row in made.users if row["email"] == email)


def occupying(made: DemoPlan) -> Sequence[dict[str, Any]]:
    return [row for row in made.bookings if row["status"] in OCCUPYING]


def windows_by_day(made: DemoPlan) -> dict[tuple[int, date], list[tuple[int, int]]]:
    windows = defaultdict(list)
    for slot in cast(Sequence[dict[str, Any]], made.availability_slots):
        key = slot["instructor_id"], slot["specific_date"]
        windows[key].append((minute(slot["start_time"]), end_minute(slot["end_time"])))
    return windows
