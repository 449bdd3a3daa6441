"""After a write, answers that it made old are made anew: once the writer has had his."""

import logging
from functools import partial

from flask import Flask, Response

from app.web.services import runtime, services

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    @app.after_request
    def warm_afterwards(response: Response) -> Response:
        caching = runtime().caching
        if caching is not None and caching.changed:
            response.call_on_close(partial(_warm, app))
        return response


def _warm(app: Flask) -> None:
    """On a session of its own. What cannot be warmed is made when somebody asks."""
    try:
        with app.app_context():
            services().cache_warming.after_writes()
    except Exception:  # the answer is out already: report, do not fail
        log.exception("warming failed")
