"""Rows of open hours, written and taken away many at once.

A year of hours is thousands of rows. PostgreSQL takes them as a few arrays, since reading a
statement with a parameter for each value takes it longer than storing them; SQLite has no
arrays, and reads parameters fast.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    Table,
    Time,
    any_,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import SlotExists
from app.domain.windows import Window
from app.models.availability import AvailabilitySlot
from app.models.base import UtcInstant

_TABLE = cast(Table, AvailabilitySlot.__table__)
_SLOT = _TABLE.c
_IDS_AT_ONCE, _ROWS_AT_ONCE = 30_000, 10_000
"""SQLite takes 32,766 parameters in one statement."""
_ONE_OF_A_KIND = ("unique_instructor_date_time_slot", "availability_slots.instructor_id")
"""What PostgreSQL and SQLite call the unique index."""
_STORED = (_SLOT.specific_date, _SLOT.start_time, _SLOT.end_time, _SLOT.id)
_ARRAYS = (
    func.unnest(
        bindparam("days", type_=ARRAY(Date)),
        bindparam("starts", type_=ARRAY(Time)),
        bindparam("ends", type_=ARRAY(Time)),
    )
    .table_valued(column("day", Date), column("starts", Time), column("ends", Time))
    .render_derived(name="wanted")
)
_FROM_ARRAYS = insert(_TABLE).from_select(
    ["instructor_id", "specific_date", "start_time", "end_time", "created_at"],
    select(
        bindparam("instructor", type_=Integer),
        _ARRAYS.c.day,
        _ARRAYS.c.starts,
        _ARRAYS.c.ends,
        bindparam("now", type_=UtcInstant),
    ),
)
Ids = Mapping[tuple[date, time, time], int]


def take_away(session: Session, ids: Sequence[int]) -> None:
    """Delete rows by id."""
    if _has_arrays(session):
        wanted = [_SLOT.id == any_(bindparam("ids", list(ids), type_=ARRAY(Integer)))]
    else:
        parts = [ids[some : some + _IDS_AT_ONCE] for some in range(0, len(ids), _IDS_AT_ONCE)]
        wanted = [_SLOT.id.in_(part) for part in parts]
    for each in wanted:
        session.execute(delete(_TABLE).where(each))


def put(
    session: Session,
    instructor_id: int,
    windows: Sequence[Window],
    now: datetime,
    *,
    keep_keys: bool = False,
) -> Ids:
    """Insert rows, under the windows' own keys where those are ids; the ids by day and times.

    Raises SlotExists.
    """
    try:
        if _has_arrays(session) and not keep_keys:
            return _put_arrays(session, instructor_id, windows, now)
        rows = [_row(instructor_id, each, now, keep_key=keep_keys) for each in windows]
        options = {"insertmanyvalues_page_size": _ROWS_AT_ONCE}
        stored = insert(_TABLE).returning(*_STORED)
        return _ids(session.execute(stored, rows, execution_options=options))
    except IntegrityError as clash:
        if any(name in str(clash.orig) for name in _ONE_OF_A_KIND):
            raise SlotExists from clash
        raise


def _put_arrays(
    session: Session, instructor_id: int, windows: Sequence[Window], now: datetime
) -> Ids:
    values = {
        "instructor": instructor_id,
        "days": [each.day for each in windows],
        "starts": [each.range.start_time for each in windows],
        "ends": [each.range.end_time for each in windows],
        "now": now,
    }
    return _ids(session.execute(_FROM_ARRAYS.returning(*_STORED), values))


def _row(instructor_id: int, window: Window, now: datetime, *, keep_key: bool) -> Mapping[str, Any]:
    row = {
        "instructor_id": instructor_id,
        "specific_date": window.day,
        "start_time": window.range.start_time,
        "end_time": window.range.end_time,
        "created_at": now,
    }
    return row | {"id": window.key} if keep_key else row


def _ids(rows: Any) -> Ids:
    return {(day, start, end): key for day, start, end, key in rows}


def _has_arrays(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
