"""How this application talks to SQLite; other databases are left as they are."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def install_sqlite_events() -> None:
    """Register the listeners on every engine of this process; calling again changes nothing.

    A transaction that is going to write starts with the execution option
    ``sqlite_begin="IMMEDIATE"``: a deferred one that turns into a writer fails at once,
    in spite of the busy timeout, when somebody else wrote in between.
    """
    for name, listener in (("connect", _prepare), ("begin", _begin)):
        if not event.contains(Engine, name, listener):
            event.listen(Engine, name, listener)


def _prepare(dbapi_connection: Any, _record: object) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    dbapi_connection.isolation_level = None  # the driver's own BEGIN comes too late
    # SQLite's own lower() knows A to Z only. The index on lower(skill) is kept with this one,
    # so that programs which lack it should leave that table alone.
    dbapi_connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in PRAGMAS:
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def watch_statements(engine: Engine, saw: Callable[[str, float], None]) -> None:
    """Tell of every statement that an engine has executed: its text, and how many seconds."""

    def begin(connection: Connection, *_rest: Any) -> None:
        connection.info["statement_began"] = time.perf_counter()

    def end(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        saw(statement, time.perf_counter() - connection.info["statement_began"])

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
