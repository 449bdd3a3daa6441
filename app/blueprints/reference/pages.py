"""The OpenAPI document and the page made of it. Both are public and load nothing from elsewhere."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from app.web.access import public
from app.web.documented import documented
from app.web.openapi import document

bp = Blueprint("reference", __name__, url_prefix="/api")


@bp.get("/openapi.json")
@public
@documented(answer=dict[str, Any])
def openapi() -> ResponseReturnValue:
    """The whole API as an OpenAPI 3.1 document."""
    return jsonify(_document(current_app._get_current_object()))  # type: ignore[attr-defined]  # noqa: SLF001


@bp.get("/docs")
@public
@documented(answer=str, media_type="text/html")
def docs() -> ResponseReturnValue:
    """The whole API as a page to read."""
    said = _document(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    return render_template("reference/page.html", said=said, parts=_by_part(said), as_json=_as_json)


def _as_json(value: Any) -> str:
    """An example as a person reads it."""
    return json.dumps(value, indent=2, ensure_ascii=False)


@cache
def _document(app: Flask) -> dict[str, Any]:
    """Made once: routes do not change while the application runs."""
    settings = app.extensions["settings"]
    return document(app, title=settings.brand_name, server=settings.public_base_url)


def _by_part(said: dict[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Method, path and operation, by the part of the site they belong to."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    return dict(sorted(found.items()))
