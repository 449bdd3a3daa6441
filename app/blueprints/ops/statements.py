"""What a request costs in SQL statements. Registered only where speed is measured."""

import contextlib

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app.domain.errors import DomainError
from app.extensions import db
from app.models.statements import StatementCounter
from app.web.access import public
from app.web.auth import bearer_actor
from app.web.limits import limiter

bp = Blueprint("statements", __name__)
COUNTER = "statement_counter"


def install_counter(app: Flask) -> None:
    """Count from now on, in this process, and tell at ``/__sql``."""
    with app.app_context():
        app.extensions[COUNTER] = StatementCounter(db.engine)
    app.register_blueprint(bp)


@bp.before_app_request
def find_out_who_asks() -> None:
    """Before the view does, so that the cost of it can be told apart; the view refuses."""
    if "Authorization" in request.headers:
        with contextlib.suppress(DomainError):
            bearer_actor()
        _counter().person_is_known()


@bp.get("/__sql")
@limiter.exempt
@public
def count() -> ResponseReturnValue:
    """Statements since the last reset: ``n`` without those that found out who asked."""
    n, total, log = _counter().read(reset=request.args.get("reset") == "1")
    return jsonify(n=n, total=total, log=log)


def _counter() -> StatementCounter:
    return current_app.extensions[COUNTER]  # type: ignore[no-any-return]
