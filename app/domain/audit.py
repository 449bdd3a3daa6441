"""How the trail of changes is sealed: batches, each chained to the one before it."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

FIRST = "0" * 64
"""What the first batch is chained to."""


def personal_digest(salt: str, values: str) -> str:
    """What the trail keeps of personal values once they are erased."""
    return hashlib.sha256(f"{salt}{values}".encode()).hexdigest()


def batch_seal(key: bytes, before: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """The HMAC over a batch of entries, in order of their ids, and the seal before it.

    Entries are JSON-ready, every field of them counts.
    """
    mac = hmac.new(key, before.encode(), hashlib.sha256)
    for entry in entries:
        mac.update(b"\n")
        mac.update(json.dumps(entry, sort_keys=True).encode())
    return mac.hexdigest()


def is_seal_of(
    keys: Sequence[bytes], seal: str, before: str, entries: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether a batch is as it was sealed, under one of the keys."""
    return any(hmac.compare_digest(seal, batch_seal(key, before, entries)) for key in keys)


def head_mac(key: bytes, batches: int, seal: str) -> str:
    """What signs the head of the trail: how many batches there are, and the newest seal."""
    return hmac.new(key, f"head:{batches}:{seal}".encode(), hashlib.sha256).hexdigest()


def is_head(keys: Sequence[bytes], mac: str, batches: int, seal: str) -> bool:
    """Whether a head is as it was signed, under one of the keys."""
    return any(hmac.compare_digest(mac, head_mac(key, batches, seal)) for key in keys)
