"""Every refusal, mapped once: to a status, and to JSON, a piece of page or a page."""

import logging
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    g,
    json,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.domain.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
    NotBookable,
    NotFound,
    RuleBroken,
    Unavailable,
)
from app.extensions import db
from app.services.unit_of_work import DATABASE_AWAY
from app.web.api import InvalidFields
from app.web.inputs import is_api
from app.web.limits import seconds_to_wait
from app.web.render import safe_path, wants_partial
from app.web.services import runtime, services

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {
    NotAuthenticated: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    RuleBroken: 422,
    InvalidInput: 422,
    Unavailable: 503,
}
TITLES = {
    400: "Bad request",
    401: "Please sign in",
    403: "Not allowed",
    404: "Not found",
    405: "That is not possible here",
    409: "That is not possible now",
    413: "Too much was sent",
    415: "Not understood",
    422: "Please check what was sent",
    429: "A little too fast",
    500: "Something went wrong",
    503: "Just a moment",
}
WORDS = {
    400: "The request could not be understood.",
    403: "You are not allowed to do this.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    413: "That is more than this accepts at once.",
    500: "The fault is ours and has been noted. Please try again in a moment.",
}
HTTP_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    500: "internal_error",
}
RETRY_SECONDS = 5
_SQLITE_AWAY = ("locked", "busy", "unable to open", "full", "disk i/o", "readonly")


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(RateLimitExceeded, _too_fast)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SecurityError, _wrong_host)
    for away in DATABASE_AWAY:
        app.register_error_handler(away, _database_away)


def status_of(error: DomainError) -> int:
    if isinstance(error, NotBookable):
        return 409 if error.is_conflict else 422
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def _domain_error(error: DomainError) -> ResponseReturnValue:
    code = error.reason_code if isinstance(error, NotBookable) else error.code
    fields = [{"field": error.field, "message": error.message, "code": code}] if error.field else []
    if isinstance(error, InvalidFields):
        fields = error.errors
    return answer(status_of(error), error.message, code, errors=fields, **error.facts)


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    detail = "This form is out of date. Reload the page and send it again; nothing was changed."
    return answer(400, detail, "csrf_failed")


def _too_fast(error: RateLimitExceeded) -> ResponseReturnValue:
    runtime().metrics.record_refusal(str(error.limit.scope or "general"))
    g.retry_after = seconds_to_wait(services().clock.now().timestamp())
    return answer(429, _limit_words(error), "rate_limit_exceeded")


def _limit_words(error: RateLimitExceeded) -> str:
    said = error.limit.error_message
    return (
        said
        if isinstance(said, str) and said
        else "Too many requests. Please try again in a minute."
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status < 400:
        return error.get_response()
    unreadable = status == 400 and request.is_json and is_api()
    if unreadable:
        return answer(422, "The body is not valid JSON.", "invalid_json")
    words = WORDS.get(status, error.description or "")
    response = make_response(answer(status, words, HTTP_CODES.get(status, "http_error")))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _wrong_host(_error: SecurityError) -> ResponseReturnValue:
    """Under a name that is not ours no address can be built, so there is no page to show."""
    if is_api():
        return _problem(400, WORDS[400], HTTP_CODES[400], {})
    return Response(WORDS[400], 400, mimetype="text/plain")


def _database_away(error: Exception) -> ResponseReturnValue:
    """503, unless SQLite complains about the query rather than about its file."""
    said = str(getattr(error, "orig", None) or error)
    is_sqlite = isinstance(getattr(error, "orig", None), sqlite3.Error)
    db.session.rollback()
    if is_sqlite and not any(word in said.lower() for word in _SQLITE_AWAY):
        log.error("database fault", exc_info=error)
        return answer(500, WORDS[500], HTTP_CODES[500])
    log.error("database away: %s", said)
    return answer(503, Unavailable.default, Unavailable.code)


def answer(status: int, detail: str, code: str, **facts: Any) -> ResponseReturnValue:
    """One refusal in the form its asker understands."""
    if status == 503:
        g.retry_after = RETRY_SECONDS
    if status >= 500:
        # the page must not ask a broken database who reads it
        g._login_user = AnonymousUserMixin()  # noqa: SLF001 Flask-Login's slot
    if is_api():
        return _problem(status, detail, code, facts)
    if status == 401:
        return _to_sign_in()
    context = {
        "status": status,
        "title": TITLES.get(status, "Not possible"),
        "detail": detail,
        "request_id": g.get("request_id", ""),
        "reload_url": request.path if request.method == "GET" else _page_before(),
    }
    template = "errors/_alert.html" if wants_partial() else "errors/page.html"
    response = make_response(render_template(template, **context), status)
    if wants_partial():
        response.headers["HX-Retarget"] = "#alerts"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _page_before() -> str:
    """The page of ours that a form was on; anything else becomes the home page."""
    before = urlsplit(request.referrer or "")
    return safe_path(before.path, "/") if before.netloc == request.host else "/"


def _problem(status: int, detail: str, code: str, facts: dict[str, Any]) -> Response:
    problem = {
        "type": "about:blank",
        "title": TITLES.get(status, "Not possible"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": facts.pop("errors", []),
        "request_id": g.get("request_id", ""),
        **facts,
    }
    response = Response(json.dumps(problem), status, mimetype="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    where = url_for("auth.login", next=back)
    if wants_partial():
        response = make_response("", 401)
        response.headers["HX-Redirect"] = where
        return response
    return make_response(redirect(where, 303))
