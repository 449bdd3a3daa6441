"""The application."""

from dataclasses import replace

from flask import Flask

from app import blueprints, cli, models, web
from app.extensions import db, migrate
from app.infra.logs import configure_logging
from app.models.engine import install_sqlite_events, watch_statements
from app.services.caching import Caching
from app.services.factory import Runtime
from app.web.access import require_policies
from app.web.caching import backend_of
from config import ROOT, Settings

__all__ = ["create_app", "models"]


def create_app(settings: Settings, runtime: Runtime | None = None) -> Flask:
    """Build one application. Several may live in one process, each with its own runtime."""
    configure_logging(settings.log_format)
    install_sqlite_events()
    app = Flask(__name__, instance_path=str(ROOT / "instance"))
    app.config.from_mapping(settings.as_flask())
    app.extensions["settings"] = settings
    runtime = runtime or Runtime.from_settings(settings)
    if runtime.caching is None:
        caching = Caching.over(backend_of(app, settings), runtime.clock)
        runtime = replace(runtime, caching=caching)
    app.extensions["runtime"] = runtime
    db.init_app(app)
    with app.app_context():
        watch_statements(db.engine, runtime.slow_statements.saw)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    web.init_app(app, settings, runtime)
    blueprints.init_app(
        app,
        is_development=settings.environment == "development",
        is_measured=settings.benchmark,
    )
    cli.init_app(app)
    require_policies(app)
    return app
