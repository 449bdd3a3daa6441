"""The feeds that calendar programs read, by secret address."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.web.access import public
from app.web.limits import feed_limit
from app.web.security_headers import keep_address
from app.web.services import services

bp = Blueprint("calendar", __name__)
bp.after_request(keep_address)


@bp.get("/calendar/<token>.ics")
@public
@feed_limit
def feed(token: str) -> ResponseReturnValue:
    """Somebody's lessons. Whoever has the address may read it, but no cache may keep it for all."""
    response = Response(services().calendar_feeds.feed(token), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)
