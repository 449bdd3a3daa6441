"""Who changed what, written in the transaction of the change."""

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.domain.audit import FIRST, batch_seal, head_mac, is_head, is_seal_of, personal_digest
from app.models.user import User
from app.repositories.audit import AuditRepository
from app.services.base import BaseService, Context, measure_operation

PERSONAL = frozenset(
    {
        "email",
        "full_name",
        "bio",
        "descriptions",
        "handle",
        "student_note",
        "instructor_note",
        "meeting_location",
        "cancellation_reason",
        "reason",
    }
)
"""Fields whose values can be erased later; the trail keeps a digest of them."""
SECRET = frozenset({"hashed_password", "token", "token_hash", "password"})
"""Fields of which only the fact of the change is told."""
log = logging.getLogger(__name__)

SYSTEM = "system"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the trail found. ``faults`` are sentences; none means it is whole.

    ``last_seal`` is worth noting elsewhere; null while nothing is sealed.
    """

    sealed: int
    unsealed: int
    faults: tuple[str, ...]
    last_seal: str | None


class AuditService(BaseService):
    """Adds to the trail. Rows are never changed; the worker seals them in batches.

    ``keys`` are those of the seals: the first one seals, all of them verify.
    """

    def __init__(self, context: Context, trail: AuditRepository, keys: Sequence[bytes]) -> None:
        super().__init__(context)
        self._trail = trail
        self._keys = keys

    @measure_operation
    def note(
        self,
        actor: User | None,
        action: str,
        subject_type: str,
        subject_id: int | None,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> None:
        """One change by somebody, or by the system where ``actor`` is null.

        ``action`` is such as ``booking.cancel``; ``before`` and ``after`` are fields by name,
        of which those that differ are stored. Call it inside the transaction of the change.
        """
        old, new = dict(before or {}), dict(after or {})
        if reason is not None:
            new["reason"] = reason
        changes, personal = _told_apart(old, new)
        salt = secrets.token_hex(16)
        values = json.dumps(personal, sort_keys=True)
        entry = {
            "at": self.clock.now(),
            "actor_id": actor.id if actor else None,
            "acting_as_id": None,
            "actor_role": actor.role if actor else SYSTEM,
            "request_id": self.request_id,
            "action": action,
            "subject_type": subject_type,
            "subject_id": subject_id,
            "changes": json.dumps(changes, sort_keys=True),
            "personal_digest": personal_digest(salt, values) if personal else None,
        }
        self._trail.append(entry, {"salt": salt, "values": values} if personal else None)

    @measure_operation
    def seal(self) -> int:
        """Chain everything that is not sealed yet, in batches; returns how many entries.

        To be run by one at a time, as the worker does it under a lease. Where the head of a
        trail is missing, as it was before there were heads, it is made anew, which the trail
        tells.
        """
        with self.transaction():
            batches = self._trail.count_batches() if self._trail.head() is None else 0
            if batches:
                self._move_head(batches, self._trail.last_seal() or FIRST)
                self.note(None, "audit.head_made", "audit", None, after={"batches": batches})
        return sum(iter(self._seal_some, 0))

    @measure_operation
    def verify(self, known_seal: str | None = None) -> Verification:
        """Check every sealed entry against its batch, every batch against the one before, and
        that the trail goes as far as it did.

        ``known_seal`` was noted elsewhere and has to be part of the trail: who can write to the
        database could also put an old head back.
        """
        before, sealed, count, faults = FIRST, 0, 0, []
        is_known = known_seal is None
        for batch in self._trail.batches():
            sealed += batch.count
            if len(batch.entries) != batch.count:
                faults.append(
                    f"Batch {batch.id} has {len(batch.entries)} entries, sealed were {batch.count}."
                )
            elif not is_seal_of(self._keys, batch.seal, before, batch.entries):
                first, last = batch.entries[0]["id"], batch.entries[-1]["id"]
                faults.append(f"Batch {batch.id} (entries {first} to {last}) was altered.")
            faults += self._altered_values(batch.entries)
            before, count = batch.seal, count + 1
            is_known = is_known or batch.seal == known_seal
        faults += self._shortened(count, before)
        if not is_known:
            faults.append("The trail does not hold the seal that was noted.")
        unsealed = self._trail.count_unsealed()
        return Verification(sealed, unsealed, tuple(faults), before if count else None)

    def _shortened(self, count: int, last_seal: str) -> list[str]:
        """What is wrong with the end of the trail."""
        head = self._trail.head()
        if head is None:
            return ["The head of the trail is missing; sealing makes it anew."] if count else []
        if not is_head(self._keys, head.mac, head.batches, head.seal):
            return ["The head of the trail was altered."]
        if (head.batches, head.seal) != (count, last_seal):
            return [f"The trail has {count} batches, sealed were {head.batches}."]
        return []

    def _seal_some(self) -> int:
        with self.transaction():
            entries = self._trail.unsealed(BATCH)
            if entries:
                seal = batch_seal(self._keys[0], self._trail.last_seal() or FIRST, entries)
                self._trail.add_seal(seal, [each["id"] for each in entries], self.clock.now())
                self._lead_head_on(seal)
        return len(entries)

    def _lead_head_on(self, seal: str) -> None:
        """Count one batch more. A head that somebody altered stays as it is, to be found."""
        head = self._trail.head()
        if head is None:
            self._move_head(1, seal)
        elif is_head(self._keys, head.mac, head.batches, head.seal):
            self._move_head(head.batches + 1, seal)
        else:
            log.error("the head of the trail of changes was altered")

    def _move_head(self, batches: int, seal: str) -> None:
        self._trail.set_head(batches, seal, head_mac(self._keys[0], batches, seal))

    def _altered_values(self, entries: Sequence[Mapping[str, Any]]) -> list[str]:
        """Personal values that do not fit their entry's digest. Erased ones are no fault."""
        values = self._trail.personal_values([each["id"] for each in entries])
        return [
            f"The personal values of entry {each['id']} were altered."
            for each in entries
            if each["id"] in values
            and personal_digest(*values[each["id"]]) != each["personal_digest"]
        ]


def _told_apart(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, for everybody who may read the trail, and what of it is personal."""
    changes: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for name in sorted({*old, *new}):
        pair = [_plain(old.get(name)), _plain(new.get(name))]
        if pair[0] == pair[1]:
            continue
        if name in SECRET:
            changes[name] = "changed"
        elif name in PERSONAL:
            changes[name] = None
            personal[name] = pair
        else:
            changes[name] = pair
    return changes, personal


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(_plain(each)) for each in value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | float | bool | None) else str(value)
