"""Whole pages and pieces of them; everything known about htmx's headers."""

from typing import Any

from flask import Flask, Response, make_response, render_template, request


def wants_partial() -> bool:
    """Whether htmx will swap a piece of the page, rather than show a whole one.

    htmx 4 names the kind of request; boosted navigation and history ask for whole pages.
    """
    if request.headers.get("HX-Request") != "true":
        return False
    kind = request.headers.get("HX-Request-Type")
    is_boosted = request.headers.get("HX-Boosted") == "true"
    is_history = request.headers.get("HX-History-Restore-Request") == "true"
    return kind != "full" and not is_boosted and not is_history


def page_or_piece(whole: str, piece: str, status: int = 200, /, **context: Any) -> Response:
    """The piece for htmx, the page around it for everybody else."""
    template = piece if wants_partial() else whole
    return make_response(render_template(template, **context), status)


def safe_path(wanted: str | None, default: str) -> str:
    """A path of this site to go on to; anything that could lead elsewhere becomes the default."""
    if not wanted:
        return default
    plain = wanted.translate({ord(char): None for char in "\t\r\n"}).replace("\\", "/")
    is_path = plain.startswith("/") and not plain.startswith("//")
    return plain if is_path and plain.isprintable() else default


def init_app(app: Flask) -> None:
    @app.after_request
    def vary_on_htmx(response: Response) -> Response:
        response.vary.update(("HX-Request", "HX-Request-Type"))
        return response
