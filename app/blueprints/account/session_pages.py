"""Where one is signed in."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from app.web.access import signed_in
from app.web.auth import actor, session_token, sign_out
from app.web.render import page_or_piece, wants_partial
from app.web.services import services

bp = Blueprint("account_sessions", __name__, url_prefix="/account/sessions")


@bp.get("/")
@signed_in()
def show() -> ResponseReturnValue:
    """Every browser that is signed in, this one first."""
    return _list()


@bp.post("/<id:session_id>/end")
@signed_in()
def end(session_id: int) -> ResponseReturnValue:
    """Sign out one of them. Raises NotFound."""
    services().sessions.end(actor(), session_id)
    if wants_partial():
        return _list(said="Signed out there.")
    flash("Signed out there.")
    return redirect("/account/sessions", 303)


@bp.post("/end")
@signed_in()
def end_all() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    services().accounts.end_sessions(actor())
    sign_out()
    flash("You are signed out everywhere.")
    return redirect("/login", 303)


def _list(said: str = "") -> ResponseReturnValue:
    return page_or_piece(
        "account/sessions.html",
        "account/_sessions.html",
        sessions=services().sessions.mine(actor(), session_token()),
        said=said,
    )
