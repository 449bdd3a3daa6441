"""How long requests take, counted by route template, method and class of status."""

import logging
import time

from flask import Flask, Response, g, request

from app.infra.metrics import RequestKind
from app.web.services import runtime

log = logging.getLogger(__name__)
SLOW_SECONDS = 0.5
UNMATCHED = "(none)"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def init_app(app: Flask) -> None:
    """Attached first, so that everything else is inside the measured time."""

    @app.before_request
    def begin() -> None:
        g.began_at = time.perf_counter()

    @app.after_request
    def measure(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began_at", time.perf_counter())
        route = request.url_rule.rule if request.url_rule else UNMATCHED
        method = request.method if request.method in METHODS else "other"
        runtime().metrics.record_request(RequestKind(method, route), response.status_code, seconds)
        if seconds > SLOW_SECONDS:
            log.warning("slow request %s %s took %.3f s", method, route, seconds)
        return response
