"""Health, at the root. Says no more than the state."""

import logging

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from app.services.unit_of_work import DATABASE_AWAY
from app.web.access import public
from app.web.errors import RETRY_SECONDS
from app.web.limits import limiter
from app.web.services import services

log = logging.getLogger(__name__)
bp = Blueprint("ops", __name__, url_prefix="/health")


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
    """It can serve: the database answers too."""
    try:
        services().health.check_database()
    except DATABASE_AWAY as fault:
        log.error("not ready: %s", type(fault).__name__)
        g.retry_after = RETRY_SECONDS
        return jsonify(status="not ready"), 503
    return jsonify(status="ready")
