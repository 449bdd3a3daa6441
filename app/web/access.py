"""Who may call a route. Every view says so by one of these decorators; none is a start-up error."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request

from app.domain.errors import NotAllowed
from app.domain.vocabulary import Role
from app.infra.keys import is_same
from app.models.user import User
from app.web.auth import actor, bearer_actor

P = ParamSpec("P")
R = TypeVar("R")

EVERYBODY = "everybody"
EXEMPT_ENDPOINTS = ("static",)
EXEMPT_BLUEPRINTS = ("admin", "admin_bookings", "admin_users")
"""Flask-Admin's views guard themselves, each by ``is_accessible``."""


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody, signed in or not."""
    return _marked(view, EVERYBODY)


def signed_in(
    *roles: Role, refusal: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """People with a session; of these roles, where some are named."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            person = actor()
            if roles and person.kind not in roles:
                raise NotAllowed(refusal)
            return view(*args, **kwargs)

        return _marked(guarded, "session:" + ",".join(roles))

    return decorate


def bearer(*roles: Role, refusal: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Programs with a bearer token; of these roles, where some are named."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            person = bearer_actor()
            if roles and person.kind not in roles:
                raise NotAllowed(refusal)
            return view(*args, **kwargs)

        return _marked(guarded, "bearer:" + ",".join(roles))

    return decorate


def monitored(view: Callable[P, R]) -> Callable[P, R]:
    """Machines with METRICS_TOKEN and staff with a bearer token; never a cookie."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        watcher()
        return view(*args, **kwargs)

    return _marked(guarded, "monitor")


def watcher() -> User | None:
    """The member of staff who asks, null for a machine. Raises NotAuthenticated, NotAllowed."""
    wanted: str | None = current_app.extensions["settings"].metrics_token
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    if wanted and scheme.lower() == "bearer" and is_same(sent.strip(), wanted):
        return None
    person = bearer_actor()
    if not person.kind.is_staff:
        raise NotAllowed
    return person


def policy_of(app: Flask, endpoint: str) -> str | None:
    """What the view of an endpoint declares; ``None`` when it says nothing."""
    return getattr(app.view_functions[endpoint], "access_policy", None)


def require_policies(app: Flask) -> None:
    """Refuse to start with a route that does not say who may call it."""
    silent = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in EXEMPT_ENDPOINTS
        and rule.endpoint.split(".")[0] not in EXEMPT_BLUEPRINTS
        and policy_of(app, rule.endpoint) is None
    )
    if silent:
        raise RuntimeError(f"routes without an access policy: {', '.join(silent)}")


def _marked(view: Callable[P, R], policy: str) -> Callable[P, R]:
    view.access_policy = policy  # type: ignore[attr-defined]
    return view
