"""The request's services."""

from flask import current_app, g

from app.extensions import db
from app.services.factory import Runtime, Services


def runtime() -> Runtime:
    """What the whole application shares."""
    return current_app.extensions["runtime"]  # type: ignore[no-any-return]


def services() -> Services:
    """One set of services per request or command, on one database session."""
    if "services" not in g:
        g.services = Services(db.session(), runtime(), g.get("request_id"))
    return g.services  # type: ignore[no-any-return]
