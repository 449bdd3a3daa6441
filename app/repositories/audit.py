"""The trail of changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, exists, func, insert, select

from app.models.audit import AuditEntry, AuditHead, AuditPersonal, AuditSeal, AuditSealedEntry
from app.repositories.base import BaseRepository

Row = Mapping[str, Any]
_ENTRY = AuditEntry.__table__.columns
_BATCHES_AT_ONCE = 100
_HEAD = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Sealed entries as they lie in the database now, with the seal they got then."""

    id: int
    count: int
    seal: str
    entries: Sequence[Row]


class AuditRepository(BaseRepository[AuditEntry]):
    """Adds to the trail and reads it; the database refuses anything else."""

    model = AuditEntry

    def append(self, entry: Mapping[str, Any], personal: Mapping[str, Any] | None) -> None:
        """One entry, and its personal values where it has some."""
        if personal is None:
            self._session.execute(insert(AuditEntry).values(dict(entry)))
            return
        entry_id = self._session.execute(
            insert(AuditEntry).values(dict(entry)).returning(AuditEntry.id)
        ).scalar_one()
        self._session.execute(insert(AuditPersonal).values({"entry_id": entry_id, **personal}))

    def unsealed(self, limit: int) -> Sequence[Row]:
        """Entries that no batch holds yet, oldest id first.

        Not those above some id: a slower transaction may commit a lower one later.
        """
        is_sealed = exists().where(AuditSealedEntry.entry_id == AuditEntry.id)
        wanted = _entries().where(~is_sealed).order_by(AuditEntry.id).limit(limit)
        return [_plain(row) for row in self._session.execute(wanted).mappings()]

    def last_seal(self) -> str | None:
        """The seal that the next batch is chained to."""
        newest = select(AuditSeal.seal).order_by(AuditSeal.id.desc()).limit(1)
        return self._session.scalar(newest)

    def add_seal(self, seal: str, entry_ids: Sequence[int], now: datetime) -> None:
        """Store a batch: which entries, and the seal over them."""
        seal_id = self._session.execute(
            insert(AuditSeal)
            .values(sealed_at=now, entries=len(entry_ids), seal=seal)
            .returning(AuditSeal.id)
        ).scalar_one()
        self._session.execute(
            insert(AuditSealedEntry),
            [{"entry_id": entry_id, "seal_id": seal_id} for entry_id in entry_ids],
        )

    def count_batches(self) -> int:
        return self._session.scalar(select(func.count()).select_from(AuditSeal)) or 0

    def head(self) -> AuditHead | None:
        """How far the trail goes, as it was signed last; null before the first batch."""
        return self._session.get(AuditHead, _HEAD, populate_existing=True)

    def set_head(self, batches: int, seal: str, mac: str) -> None:
        """Move the head on."""
        self._session.merge(AuditHead(id=_HEAD, batches=batches, seal=seal, mac=mac))
        self._session.flush()

    def batches(self) -> Iterator[Batch]:
        """Every sealed batch in the order of sealing, read some at a time."""
        after = 0
        while seals := self._seals_after(after):
            for seal in seals:
                entries = self._session.execute(
                    _entries()
                    .join(AuditSealedEntry, AuditSealedEntry.entry_id == AuditEntry.id)
                    .where(AuditSealedEntry.seal_id == seal.id)
                    .order_by(AuditEntry.id)
                ).mappings()
                yield Batch(seal.id, seal.entries, seal.seal, [_plain(row) for row in entries])
            after = seals[-1].id

    def personal_values(self, entry_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """Salt and values by entry, of those whose values were not erased."""
        found = self._session.execute(
            select(AuditPersonal.entry_id, AuditPersonal.salt, AuditPersonal.values).where(
                AuditPersonal.entry_id.in_(entry_ids)
            )
        )
        return {entry_id: (salt, values) for entry_id, salt, values in found}

    def count_unsealed(self) -> int:
        is_sealed = exists().where(AuditSealedEntry.entry_id == AuditEntry.id)
        counted = select(func.count()).select_from(AuditEntry).where(~is_sealed)
        return self._session.scalar(counted) or 0

    def _seals_after(self, seal_id: int) -> Sequence[AuditSeal]:
        wanted = select(AuditSeal).where(AuditSeal.id > seal_id).order_by(AuditSeal.id)
        return self._session.scalars(wanted.limit(_BATCHES_AT_ONCE)).all()


def _entries() -> Select[Any]:
    return select(*_ENTRY)


def _plain(row: RowMapping) -> Row:
    """A row as JSON can say it; instants in UTC, to the microsecond."""
    return {
        name: value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value
        for name, value in row.items()
    }
