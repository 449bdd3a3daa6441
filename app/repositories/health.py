"""Is the database there, and does it keep up?"""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.domain.mails import UNSENT
from app.models.outbox import OutboxMail


class HealthRepository:
    """Asks the database for signs of life."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ping(self) -> str:
        """The kind of database. Raises whatever the driver raises when it does not answer."""
        self._session.execute(text("SELECT 1"))
        return self._session.get_bind().dialect.name

    def revision(self) -> str | None:
        """The migration that the database is at."""
        found = self._session.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)

    def mails_waiting(self, now: datetime) -> tuple[int, datetime | None]:
        """How many mails are due and not sent, and since when the oldest of them is."""
        due = (OutboxMail.state.in_(UNSENT), OutboxMail.due_at <= now)
        row = self._session.execute(
            select(func.count(OutboxMail.id), func.min(OutboxMail.due_at)).where(*due)
        ).one()
        return row[0], row[1]

    def pool(self) -> dict[str, Any]:
        """Connections of this process, by what they do."""
        bind = self._session.get_bind()
        pool = bind.pool if isinstance(bind, Engine) else None
        if not isinstance(pool, QueuePool):
            return {}
        return {
            "size": pool.size(),
            "checked_in": pool.checkedin(),
            "checked_out": pool.checkedout(),
            "overflow": pool.overflow(),
            "total": pool.checkedin() + pool.checkedout(),
        }
