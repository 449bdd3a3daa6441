"""The trail of changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from app.models.audit import AuditEntry, AuditPersonal
from app.repositories.base import BaseRepository


class AuditRepository(BaseRepository[AuditEntry]):
    """Adds to the trail and reads it; nothing else is possible."""

    model = AuditEntry

    def append(self, entry: Mapping[str, Any], personal: Mapping[str, Any] | None) -> None:
        """One entry, and its personal values where it has some."""
        entry_id = self._session.execute(
            insert(AuditEntry).values(dict(entry)).returning(AuditEntry.id)
        ).scalar_one()
        if personal:
            values = {"entry_id": entry_id, **personal}
            self._session.execute(insert(AuditPersonal).values(values))
