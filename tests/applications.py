"""Further applications over the tests' database, with settings of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

from app import create_app
from app.extensions import db
from app.infra.clock import Clock
from app.services.factory import Runtime
from app.web.limits import limiter
from config import Settings

PRODUCTION: dict[str, Any] = {
    "environment": "production",
    "trusted_hosts": ("lessons.example.com",),
    "public_base_url": "https://lessons.example.com",
    "bcrypt_rounds": 10,
}
PRODUCTION_URL = "https://lessons.example.com"


@contextmanager
def another_app(settings: Settings, clock: Clock | None = None, **changes: Any) -> Iterator[Flask]:
    """One more application. It gives back its connections and the limiter, which all share."""
    wanted = replace(settings, **changes)
    made = create_app(wanted, Runtime.from_settings(wanted, clock=clock))
    try:
        yield made
    finally:
        limiter.enabled = limiter._storage_dead = False
        with made.app_context():
            db.engine.dispose()
