"""No other site may send our forms: what a browser says of where a request comes from."""

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError

from app.web.inputs import is_api

SAFE = ("GET", "HEAD", "OPTIONS")
ELSEWHERE = ("cross-site", "same-site")
"""What browsers say of requests that other sites begin, those of neighbouring hosts included."""


def init_app(app: Flask) -> None:
    """A second lock beside the token in every form.

    It looks at ``Origin`` and ``Sec-Fetch-Site``, since pages with a secret in their address send
    no referrer, and ``null`` as their origin.
    """
    app.before_request(_refuse_other_sites)


def _refuse_other_sites() -> None:
    origin = request.headers.get("Origin", "null")
    if request.method in SAFE or is_api():
        return
    is_foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if is_foreign or request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise CSRFError("Another site sent this.")
