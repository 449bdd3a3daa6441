"""Routes of those who watch: endpoint, method, path, answers and what is sent."""

from typing import Any

_STAFF = (401, 403, 403, 200, 200)
_ADMIN = (401, 403, 403, 403, 200)
_ANYBODY = (200, 200, 200, 200, 200)

OF_WATCHING: tuple[
    tuple[str, str, str, tuple[int, int, int, int, int], dict[str, Any] | None], ...
] = (
    ("ops.live", "GET", "/health/live", _ANYBODY, None),
    ("ops.ready", "GET", "/health/ready", _ANYBODY, None),
    ("ops.health", "GET", "/health", _STAFF, None),
    ("metrics.exposed", "GET", "/metrics", _STAFF, None),
    ("metrics.performance", "GET", "/metrics/performance", _STAFF, None),
    ("metrics.cache", "GET", "/metrics/cache", _STAFF, None),
    ("metrics.reset_cache", "POST", "/metrics/cache/reset-stats", _STAFF, None),
    ("metrics.slow_queries", "GET", "/metrics/slow-queries", _STAFF, None),
    ("metrics.rate_limits", "GET", "/metrics/rate-limits", _STAFF, None),
    ("metrics.try_limit", "GET", "/metrics/rate-limits/test", _ANYBODY, None),
    (
        "metrics.reset_limits",
        "POST",
        "/metrics/rate-limits/reset",
        _ADMIN,
        {"address": "203.0.113.9"},
    ),
)
