"""Which of many made-up bookings keep their time where they overlap."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.domain.vocabulary import OCCUPYING

Row = dict[str, Any]
Span = tuple[datetime, datetime]


def settle(bookings: Sequence[Row], buffers: Mapping[int, int]) -> None:
    """Fill ``blocked_until`` and ``overlap_ok``, so that the guards accept every row.

    ``buffers`` are minutes by instructor. A buffer never reaches into the next lesson. Of
    rows that overlap the first keeps the time, the others are marked.
    """
    starts: dict[int, list[datetime]] = defaultdict(list)
    for row in bookings:
        if row["status"] in OCCUPYING:
            starts[row["instructor_id"]].append(row["starts_at"])
    for own in starts.values():
        own.sort()
    kept: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for row in bookings:
        buffer = timedelta(minutes=buffers[row["instructor_id"]])
        row["blocked_until"] = _until(row["ends_at"], buffer, starts[row["instructor_id"]])
        row["overlap_ok"] = row["status"] in OCCUPYING and not _claims(kept, row)


def _until(ends_at: datetime, buffer: timedelta, starts: Sequence[datetime]) -> datetime:
    place = bisect_left(starts, ends_at)
    until = ends_at + buffer
    return min(until, starts[place]) if place < len(starts) else until


def _claims(kept: dict[tuple[str, int], list[Span]], row: Row) -> bool:
    """Takes the time for both people, if neither has something then."""
    claims = (
        (kept["instructor", row["instructor_id"]], (row["starts_at"], row["blocked_until"])),
        (kept["student", row["student_id"]], (row["starts_at"], row["ends_at"])),
    )
    if any(_overlaps(spans, span) for spans, span in claims):
        return False
    for spans, span in claims:
        insort(spans, span)
    return True


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    """``spans`` are sorted and disjoint."""
    place = bisect_left(spans, span)
    begins_before = place > 0 and spans[place - 1][1] > span[0]
    begins_within = place < len(spans) and spans[place][0] < span[1]
    return begins_before or begins_within
