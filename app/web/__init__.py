"""HTTP plumbing that all parts of the site share."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.extensions import csrf, htmx
from app.services.factory import Runtime
from app.web import (
    auth,
    errors,
    filters,
    inputs,
    limits,
    measuring,
    origins,
    render,
    security_headers,
    warming,
)
from config import Settings


def init_app(app: Flask, settings: Settings, runtime: Runtime) -> None:
    """Attach all of it. The request's id comes first, so that every refusal can name it."""
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.url_map.strict_slashes = False
    measuring.init_app(app)
    security_headers.init_app(app, secure=settings.is_production)
    inputs.init_app(app)
    htmx.init_app(app)
    auth.init_app(app)
    limits.init_app(app)
    origins.init_app(app)
    csrf.init_app(app)
    errors.init_app(app)
    render.init_app(app)
    filters.init_app(app, runtime, brand_name=settings.brand_name)
    warming.init_app(app)
