"""No two lessons overlap any more; rows that already do are flagged and listed.

Frozen: what it needs of the time rules is written out here, so that later changes to the
application cannot change what this migration does.
"""

import datetime as dt
import logging
import secrets
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from flask import current_app

from app.models import guards

revision = "009_overlap_guards"
down_revision = "008_instants_zones_roles"

log = logging.getLogger("alembic.runtime.migration")

INSTANT = sa.DateTime(timezone=True)
FALLBACK_ZONE = "America/New_York"
OCCUPYING = ("PENDING", "CONFIRMED", "COMPLETED", "NO_SHOW")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 8

PROFILES = sa.table(
    "instructor_profiles",
    sa.column("user_id"),
    sa.column("time_zone"),
    sa.column("buffer_time_minutes"),
)
BOOKINGS = sa.table(
    "bookings",
    sa.column("id"),
    sa.column("student_id"),
    sa.column("instructor_id"),
    sa.column("booking_date", sa.Date),
    sa.column("start_time", sa.Time),
    sa.column("end_time", sa.Time),
    sa.column("duration_minutes"),
    sa.column("status"),
    sa.column("starts_at", INSTANT),
    sa.column("ends_at", INSTANT),
    sa.column("time_zone"),
    sa.column("blocked_until", INSTANT),
    sa.column("overlap_ok", sa.Boolean),
    sa.column("reference"),
)

Row = dict[str, Any]
Span = tuple[dt.datetime, dt.datetime]


def upgrade() -> None:
    bind = op.get_bind()
    rows: list[Row] = [
        dict(row) for row in bind.execute(sa.select(BOOKINGS).order_by(BOOKINGS.c.id)).mappings()
    ]
    for row in rows:
        for name in ("starts_at", "ends_at", "blocked_until"):
            row[name] = _aware(row[name])
    profiles = {row.user_id: row for row in bind.execute(sa.select(PROFILES))}
    platform_zone = _platform_zone()
    _fill_instants(rows, profiles, platform_zone)
    _fill_blocked_until(rows, profiles)
    _fill_references(rows)
    _flag_overlaps(rows)
    _store(bind, rows)
    guards.install(bind, fallback_zone=platform_zone)


def downgrade() -> None:
    """Instants and flags stay; the next upgrade fills only what is empty."""
    guards.remove(op.get_bind())


def _platform_zone() -> str:
    """The zone of instructors who have not named theirs, as configured."""
    settings = current_app.extensions.get("settings")
    return settings.platform_time_zone if settings else FALLBACK_ZONE


def _aware(instant: dt.datetime | None) -> dt.datetime | None:
    """SQLite gives back UTC without a zone."""
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=dt.UTC)


def _fill_instants(rows: Sequence[Row], profiles: dict[int, Any], platform_zone: str) -> None:
    beyond = []
    for row in rows:
        if row["starts_at"] is not None:
            continue
        profile = profiles.get(row["instructor_id"])
        name = row["time_zone"] or (profile and profile.time_zone) or platform_zone
        try:
            row["starts_at"], row["ends_at"] = _span(row, ZoneInfo(name))
        except OverflowError:
            beyond.append(row["id"])
            continue
        row["time_zone"] = name
    if beyond:
        log.warning("Bookings at the end of all calendars, left without instants: %s", beyond)


def _span(row: Row, zone: ZoneInfo) -> Span:
    """A repeated time means its first occurrence, a skipped one the offset before (fold=0)."""
    end_day = row["booking_date"]
    if row["end_time"] == dt.time(0):
        end_day += dt.timedelta(days=1)
    starts_at = dt.datetime.combine(row["booking_date"], row["start_time"], zone).astimezone(dt.UTC)
    ends_at = dt.datetime.combine(end_day, row["end_time"], zone).astimezone(dt.UTC)
    if ends_at <= starts_at:
        ends_at = starts_at + dt.timedelta(minutes=row["duration_minutes"])
    return starts_at, ends_at


def _fill_blocked_until(rows: Sequence[Row], profiles: dict[int, Any]) -> None:
    """The end plus the buffer, but not into the next lesson.

    The original knew no buffer between bookings, so lessons closer than that are no mistake.
    """
    starts: dict[int, list[dt.datetime]] = defaultdict(list)
    for row in rows:
        if row["starts_at"] is not None and row["status"] in OCCUPYING:
            insort(starts[row["instructor_id"]], row["starts_at"])
    for row in rows:
        if row["starts_at"] is None or row["blocked_until"] is not None:
            continue
        profile = profiles.get(row["instructor_id"])
        buffer = max(profile.buffer_time_minutes, 0) if profile else 0
        until = row["ends_at"] + dt.timedelta(minutes=buffer)
        own = starts[row["instructor_id"]]
        place = bisect_left(own, row["ends_at"])
        row["blocked_until"] = min(until, own[place]) if place < len(own) else until


def _fill_references(rows: Sequence[Row]) -> None:
    taken = {row["reference"] for row in rows}
    for row in rows:
        while row["reference"] is None:
            wish = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
            if wish not in taken:
                taken.add(wish)
                row["reference"] = wish


def _flag_overlaps(rows: Sequence[Row]) -> None:
    """Who booked first keeps the time; whoever overlaps a row that keeps it is flagged."""
    kept: dict[tuple[str, int], list[Span]] = defaultdict(list)
    flagged = []
    for row in rows:
        if row["starts_at"] is None or row["overlap_ok"] or row["status"] not in OCCUPYING:
            continue
        claims = (
            (kept["instructor", row["instructor_id"]], (row["starts_at"], row["blocked_until"])),
            (kept["student", row["student_id"]], (row["starts_at"], row["ends_at"])),
        )
        if any(_overlaps(spans, span) for spans, span in claims):
            row["overlap_ok"] = True
            flagged.append(row["id"])
            continue
        for spans, span in claims:
            insort(spans, span)
    if flagged:
        log.warning("Bookings that overlap an earlier one, flagged overlap_ok: %s", flagged)


def _overlaps(spans: list[Span], span: Span) -> bool:
    """``spans`` are sorted and disjoint."""
    place = bisect_left(spans, span)
    begins_before = place > 0 and spans[place - 1][1] > span[0]
    begins_within = place < len(spans) and spans[place][0] < span[1]
    return begins_before or begins_within


def _store(bind: sa.Connection, rows: Sequence[Row]) -> None:
    names = ("starts_at", "ends_at", "time_zone", "blocked_until", "overlap_ok", "reference")
    if rows:
        bind.execute(
            sa.update(BOOKINGS)
            .where(BOOKINGS.c.id == sa.bindparam("row_id"))
            .values({name: sa.bindparam(f"new_{name}") for name in names}),
            [{"row_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows],
        )
