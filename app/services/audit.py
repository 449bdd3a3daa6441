"""Who changed what, written in the transaction of the change."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.models.user import User
from app.repositories.audit import AuditRepository
from app.services.base import BaseService, Context, measure_operation

PERSONAL = frozenset(
    {
        "email",
        "full_name",
        "bio",
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
SYSTEM = "system"


class AuditService(BaseService):
    """Adds to the trail. Rows are never changed; the worker seals them in batches."""

    def __init__(self, context: Context, trail: AuditRepository) -> None:
        super().__init__(context)
        self._trail = trail

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


def personal_digest(salt: str, values: str) -> str:
    """What the trail keeps of personal values once they are erased."""
    return hashlib.sha256(f"{salt}{values}".encode()).hexdigest()


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
