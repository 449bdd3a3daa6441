"""Figures for machines that watch and for staff, at the root."""

from typing import Annotated

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from pydantic import EmailStr, Field, IPvAnyAddress, model_validator

from app.blueprints.ops.figures import exposition
from app.domain.limits import ID_MAX
from app.domain.vocabulary import Role
from app.extensions import csrf
from app.infra.exposition import CONTENT_TYPE
from app.web import limit_reset
from app.web.access import bearer, monitored, public, watcher
from app.web.api import ApiIn, body, query
from app.web.auth import bearer_actor
from app.web.limits import counted_address, metrics_test_limit
from app.web.services import runtime, services

bp = Blueprint("metrics", __name__, url_prefix="/metrics")
csrf.exempt(bp)  # bearer tokens only


class TestIn(ApiIn):
    """How many requests somebody means to send; it is checked, and counts for nothing."""

    requests: Annotated[int, Field(ge=1, le=20)] = 1


class WhoseIn(ApiIn):
    """Whose counters to forget: a person's, an address's, an e-mail's, or that of both the
    latter, as sign-in counts.
    """

    person_id: Annotated[int | None, Field(ge=1, le=ID_MAX)] = None
    address: IPvAnyAddress | None = None
    email: EmailStr | None = None

    @model_validator(mode="after")
    def _somebody(self) -> "WhoseIn":
        if not self.identities:
            raise ValueError("Say whose: person_id, address or email.")
        return self

    @property
    def kinds(self) -> str:
        return ", ".join(name for name, value in self if value is not None)

    @property
    def identities(self) -> list[str]:
        """As the limits spell them."""
        email = self.email.lower() if self.email else None
        address = counted_address(f"{self.address}") if self.address else None
        found = [f"person:{self.person_id}"] if self.person_id else []
        found += [f"{address}", f"api:{address}", f"page:{address}"] * bool(address)
        found += [f"email:{email}", f"account:{email}"] * bool(email)
        found += [f"{address}:{email}"] * bool(address and email)
        return found


@bp.get("")
@monitored
def exposed() -> ResponseReturnValue:
    """Everything this process has counted, for Prometheus. Of several processes one answers."""
    return Response(exposition(runtime()), content_type=CONTENT_TYPE)


@bp.get("/performance")
@monitored
def performance() -> ResponseReturnValue:
    """Operations by service, the cache, the machine, the database's connections."""
    return jsonify(services().operations.performance())


@bp.get("/cache")
@monitored
def cache() -> ResponseReturnValue:
    """What was asked of the cache."""
    return jsonify(services().operations.cache())


@bp.post("/cache/reset-stats")
@monitored
def reset_cache() -> ResponseReturnValue:
    """Count from zero again."""
    services().operations.reset_cache_figures(watcher())
    return jsonify(status="Cache stats reset")


@bp.get("/slow-queries")
@monitored
def slow_queries() -> ResponseReturnValue:
    """The slowest of the last slow statements, without the values they were sent with."""
    slow = runtime().slow_statements
    shown = [
        {
            "query": each.text,
            "avg_time_ms": round(each.average_seconds * 1000, 1),
            "calls": each.calls,
            "total_time_ms": round(each.total_seconds * 1000, 1),
        }
        for each in slow.grouped()[:20]
    ]
    return jsonify(slow_queries=shown, threshold_ms=round(slow.threshold_seconds * 1000))


@bp.get("/rate-limits")
@monitored
def rate_limits() -> ResponseReturnValue:
    """The limits, and how often each refused somebody."""
    return jsonify(limit_reset.overview(current_app))


@bp.get("/rate-limits/test")
@metrics_test_limit
@public
def try_limit() -> ResponseReturnValue:
    """Answers three times a minute."""
    query(TestIn)
    return jsonify(
        message="Rate limit test successful",
        timestamp=f"{services().clock.now():%Y-%m-%dT%H:%M:%SZ}",
        note="The fourth request within a minute is refused.",
    )


@bp.post("/rate-limits/reset")
@bearer(Role.ADMIN, refusal="Only administrators can reset rate limits")
def reset_limits() -> ResponseReturnValue:
    """Forget what the named limits have counted against somebody."""
    wanted = body(WhoseIn)
    found = limit_reset.forget(current_app, wanted.identities)
    services().operations.note_limits_reset(bearer_actor(), wanted.kinds, found)
    return jsonify(status="success", limits_reset=found, message=f"Reset {found} rate limits.")
