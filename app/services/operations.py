"""How this installation is doing: its parts, its figures, and what staff do to its limits."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.infra.machine import machine_load
from app.infra.metrics import Metrics, OperationFigures
from app.infra.schema_head import schema_head
from app.models.user import User
from app.repositories.health import HealthRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.caching import Caching
from app.services.unit_of_work import DATABASE_AWAY

MAIL_WAITS_SECONDS = 600
"""Mails that are due for longer mean that no worker runs, or no mail server answers."""
ALWAYS_NAMED = ("availability_service", "booking_service", "conflict_checker")


@dataclass(frozen=True, slots=True)
class HealthReport:
    """``status`` is healthy, degraded (something is away that one can do without) or unhealthy."""

    status: str
    parts: Mapping[str, Mapping[str, object]]


class OperationsService(BaseService):
    """For staff and for machines that watch."""

    def __init__(
        self,
        context: Context,
        health: HealthRepository,
        audit: AuditService,
        caching: Caching,
        metrics: Metrics,
    ) -> None:
        super().__init__(context)
        self._health = health
        self._audit = audit
        self._caching = caching
        self._metrics = metrics

    @measure_operation
    def health(self) -> HealthReport:
        """Every part by itself; asks each."""
        parts: dict[str, Mapping[str, object]] = {"redis": self._redis()}
        try:
            parts["database"] = {"status": "ok", "kind": self._health.ping()}
            parts["migrations"] = self._migrations()
            parts["outbox"] = self._outbox()
        except DATABASE_AWAY as fault:
            parts["database"] = {"status": "away", "fault": type(fault).__name__}
        states = {str(part["status"]) for part in parts.values()}
        needed = {
            str(parts[name]["status"]) for name in ("database", "migrations") if name in parts
        }
        if needed != {"ok"}:
            return HealthReport("unhealthy", parts)
        degraded = states - {"ok", "not configured"}
        return HealthReport("degraded" if degraded else "healthy", parts)

    @measure_operation
    def performance(self) -> dict[str, Any]:
        """Operations by service, the cache, the machine, and the database's connections."""
        services: dict[str, dict[str, Any]] = {name: {} for name in ALWAYS_NAMED}
        for operation, figures in sorted(self._metrics.snapshot().items()):
            service, _, method = operation.partition(".")
            services.setdefault(_snake(service), {})[method] = _told(figures)
        pool = self._health.pool()
        return {
            **services,
            "cache": self.cache(),
            "system": machine_load(),
            "database": {"active_connections": pool.get("checked_out"), "pool_status": pool},
        }

    @measure_operation
    def cache(self) -> dict[str, Any]:
        """What was asked of the cache, and how its server is."""
        cache, figures = self._caching.cache, self._caching.cache.statistics()
        told = asdict(figures)
        told["circuit_opens"] = told.pop("breaker_opens")
        changed = self._caching.changed
        return {
            **told,
            "hit_rate": f"{figures.hit_rate:.2f}%",
            "total_requests": figures.hits + figures.misses,
            "circuit_breaker": {
                "state": cache.breaker.state,
                "failure_count": cache.breaker.failures,
                "threshold": cache.breaker.threshold,
            },
            "warming": {"warmed": changed.warmed, "skipped": changed.skipped},
            "is_shared": cache.is_shared,
        }

    @measure_operation
    def reset_cache_figures(self, actor: User | None) -> None:
        """Count from zero again; ``actor`` null is a machine."""
        with self.transaction():
            self._audit.note(actor, "cache.reset_figures", "cache", None)
        self._caching.cache.reset_statistics()

    @measure_operation
    def note_limits_reset(self, actor: User, kind: str, found: int) -> None:
        """Somebody gave somebody back what limits had counted; whom, the trail need not know."""
        with self.transaction():
            self._audit.note(
                actor, "limits.reset", "limit", None, after={"by": kind, "counters": found}
            )

    def _redis(self) -> Mapping[str, object]:
        if not self._caching.cache.is_shared:
            return {"status": "not configured"}
        answers = self._caching.cache.numbers([]) is not None
        return {"status": "ok" if answers else "away"}

    def _migrations(self) -> Mapping[str, object]:
        stored, head = self._health.revision(), schema_head()
        return {"status": "ok" if stored == head else "behind", "stored": stored, "head": head}

    def _outbox(self) -> Mapping[str, object]:
        waiting, oldest = self._health.mails_waiting(self.clock.now())
        seconds = int((self.clock.now() - oldest).total_seconds()) if oldest else 0
        status = "late" if seconds > MAIL_WAITS_SECONDS else "ok"
        return {"status": status, "waiting": waiting, "oldest_seconds": seconds}


def _snake(name: str) -> str:
    """``BookingService`` is called ``booking_service``."""
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")


def _told(figures: OperationFigures) -> dict[str, Any]:
    """Seconds, as the original's clients know them."""
    done = figures.count - figures.failures
    return {
        "count": figures.count,
        "avg_time": figures.total_seconds / figures.count,
        "min_time": figures.shortest_seconds,
        "max_time": figures.longest_seconds,
        "total_time": figures.total_seconds,
        "success_rate": done / figures.count,
        "success_count": done,
        "failure_count": figures.failures,
    }
