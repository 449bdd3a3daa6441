"""What the named limits are, and how somebody gets back what one has counted against him."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask

from app.web import limits


def named() -> Iterator[tuple[str, Any]]:
    """Every limit that has a name of its own, with how much it allows."""
    kind = type(limits.login_limit)
    for each in vars(limits).values():
        if isinstance(each, kind):
            yield from ((str(limit.scope), limit.limit) for limit in each)


def forget(app: Flask, identities: Sequence[str]) -> int:
    """Forget what was counted for these keys, by name; how many counters that were.

    Whole keys only: what merely looks alike is another person's.
    """
    if not app.config["RATELIMIT_ENABLED"]:
        return 0
    window = limits.limiter.limiter
    found = 0
    for scope, allowed in named():
        for identity in identities:
            if window.get_window_stats(allowed, identity, scope).remaining < allowed.amount:
                window.clear(allowed, identity, scope)
                found += 1
    return found


def overview(app: Flask) -> dict[str, Any]:
    """The limits, and how often each refused; nobody's address, e-mail or id."""
    refused = app.extensions["runtime"].metrics.refusals()
    busiest = sorted(refused.items(), key=lambda each: (-each[1], each[0]))
    return {
        "enabled": bool(app.config["RATELIMIT_ENABLED"]),
        "storage": app.config["RATELIMIT_STORAGE_URI"].partition(":")[0],
        "limits": [{"scope": scope, "limit": str(allowed)} for scope, allowed in named()],
        "total_refused": sum(refused.values()),
        "top_limited": [{"scope": scope, "refused": number} for scope, number in busiest],
    }
