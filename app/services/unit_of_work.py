"""The transaction that all services of a request share."""

import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Protocol

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.repositories.raised import take_raised

log = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""What is raised while the database cannot be reached, is locked, or is too busy."""


class Announcer(Protocol):
    """Tells other processes which generations of instructors become current. Never raises."""

    def announce(self, raised: Mapping[int, int]) -> None:
        """Before the commit."""
        ...

    def publish(self, raised: Mapping[int, int]) -> None:
        """After it."""
        ...


class UnitOfWork:
    """Commits when the outermost ``with`` block ends well, rolls back when it does not.

    On SQLite a write transaction begins by taking the write lock (BEGIN IMMEDIATE), so that
    what it reads cannot change before it writes; what was read before it belongs to an earlier
    snapshot. On PostgreSQL every statement sees what was committed before it, so the reading
    transaction simply goes on: to end it and begin anew would cost four round trips.
    Actions for after the commit run once the data is safe, and never undo it. Generations that
    repositories raised meanwhile are announced before the commit and published after it: here,
    so that no service can forget it.
    """

    def __init__(self, session: Session, announcer: Announcer | None = None) -> None:
        self._session = session
        self._announcer = announcer
        self._depth = 0
        self._afterwards: list[Callable[[], None]] = []

    def __enter__(self) -> "UnitOfWork":
        if self._depth == 0 and self._session.get_bind().dialect.name != "postgresql":
            self._session.commit()  # ends the reading transaction that came before
            try:
                self._session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            except DATABASE_AWAY:
                self._session.rollback()  # whoever can do without the write may go on reading
                raise
        self._depth += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self._depth:
            return
        afterwards, self._afterwards = self._afterwards, []
        raised = {} if self._announcer is None else take_raised(self._session)
        if error is not None:
            self._session.rollback()
            return
        self._commit(raised)
        for action in afterwards:
            try:
                action()
            except Exception:  # the data is committed: report, do not fail
                log.exception("after-commit action failed")

    def _commit(self, raised: Mapping[int, int]) -> None:
        if self._announcer is None or not raised:
            self._session.commit()
            return
        self._announcer.announce(raised)
        self._session.commit()
        self._announcer.publish(raised)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run once the outermost block has committed; dropped when it rolls back."""
        self._afterwards.append(action)
