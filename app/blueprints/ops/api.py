"""Health, at the root. What is public says no more than the state."""

import logging

from flask import Blueprint, current_app, g, jsonify
from flask.typing import ResponseReturnValue

from app.services.unit_of_work import DATABASE_AWAY
from app.web.access import monitored, public
from app.web.errors import RETRY_SECONDS
from app.web.limits import limiter
from app.web.openapi import VERSION
from app.web.services import runtime, services

log = logging.getLogger(__name__)
bp = Blueprint("ops", __name__, url_prefix="/health")


@bp.get("")
@limiter.exempt
@monitored
def health() -> ResponseReturnValue:
    """Every part: database, migrations, mails that wait, Redis."""
    found = services().operations.health()
    settings = current_app.extensions["settings"]
    told = jsonify(
        status=found.status,
        service=settings.brand_name,
        version=VERSION,
        environment=settings.environment,
        parts=found.parts,
    )
    return told, 503 if found.status == "unhealthy" else 200


@bp.get("/live")
@limiter.exempt
@public
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="live")


@bp.get("/ready")
@limiter.exempt
@public
def ready() -> ResponseReturnValue:
    """It can serve: the database answers too, as of a second ago."""
    if runtime().readiness.holds(_database_answers, runtime().clock):
        return jsonify(status="ready")
    g.retry_after = RETRY_SECONDS
    return jsonify(status="not ready"), 503


def _database_answers() -> bool:
    try:
        services().health.check_database()
    except DATABASE_AWAY as fault:
        log.error("not ready: %s", type(fault).__name__)
        return False
    return True
