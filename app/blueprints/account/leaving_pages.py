"""A copy of what is kept, and closing the account."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.account.forms import CloseForm, DataForm
from app.domain.errors import LastAdministrator, LessonsAhead, WrongPassword
from app.web.access import signed_in
from app.web.account_limits import data_limit
from app.web.auth import actor, sign_out
from app.web.copies import json_file
from app.web.limits import password_change_limit
from app.web.services import services

bp = Blueprint("account_leaving", __name__, url_prefix="/account")


@bp.get("/data")
@signed_in()
def data() -> ResponseReturnValue:
    """What the copy holds, and where it is asked for."""
    return render_template("account/data.html", form=DataForm())


@bp.post("/data")
@signed_in()
@password_change_limit
@data_limit
def copy() -> ResponseReturnValue:
    """The copy, as a file."""
    form, person = DataForm(), actor()
    if not form.validate_on_submit():
        return render_template("account/data.html", form=form), 422
    password = form.current_password.data or ""
    try:
        return json_file(
            lambda out: services().account_data.write(person, password, out), "my-data.json"
        )
    except WrongPassword as refused:
        form.current_password.errors = [refused.message]
        return render_template("account/data.html", form=form), 422


@bp.get("/close")
@signed_in()
def consider() -> ResponseReturnValue:
    """What closing would mean, and what stands against it."""
    return _page(CloseForm(), 200)


@bp.post("/close")
@signed_in()
@password_change_limit
def close() -> ResponseReturnValue:
    """Close the account for good."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        services().account_closing.close(actor(), form.current_password.data or "")
    except WrongPassword as refused:
        form.current_password.errors = [refused.message]
        return _page(form, 422)
    except (LessonsAhead, LastAdministrator):
        return _page(form, 409)
    sign_out()
    flash("Your account is closed, and what told who you were is gone. Goodbye.")
    return redirect("/", 303)


def _page(form: CloseForm, status: int) -> ResponseReturnValue:
    found = services().account_closing.preview(actor())
    return render_template("account/close.html", form=form, preview=found, person=actor()), status
