"""Mails waiting to be delivered."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.mails import MailState
from app.models.outbox import OutboxMail
from app.repositories.base import BaseRepository

_UNSENT = (MailState.DUE.value, MailState.RETRY.value)


class OutboxRepository(BaseRepository[OutboxMail]):
    """The outbox: written by services, emptied by workers."""

    model = OutboxMail

    def enqueue(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store mails in one statement; known ``dedupe_key``s are skipped."""
        if not rows:
            return
        is_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert if is_postgresql else sqlite.insert
        statement = insert(OutboxMail).on_conflict_do_nothing(index_elements=["dedupe_key"])
        self._session.execute(statement.values([dict(row) for row in rows]))

    def withdraw(self, booking_id: int, reason: str) -> None:
        """Take back what was not sent yet about a booking."""
        self._session.execute(
            update(OutboxMail)
            .where(OutboxMail.booking_id == booking_id, OutboxMail.state.in_(_UNSENT))
            .values(state=MailState.WITHDRAWN.value, reason=reason)
            .execution_options(synchronize_session=False)
        )
