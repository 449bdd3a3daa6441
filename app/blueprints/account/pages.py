"""The page of one's account, and what is changed without a mail: name, zone, password."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.account.forms import NameForm, PasswordForm, ZoneForm
from app.domain.errors import InvalidInput, PasswordRefused, WrongPassword
from app.web.access import signed_in
from app.web.auth import actor, session_token, sign_in
from app.web.limits import password_change_limit
from app.web.services import services

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/")
@signed_in()
def show() -> ResponseReturnValue:
    """Everything about the account at a glance, each with the way to change it."""
    person = actor()
    return render_template(
        "account/index.html",
        person=person,
        change=services().email_changes.pending(person),
        sessions=services().sessions.mine(person, session_token()),
    )


@bp.get("/name")
@signed_in()
def name() -> ResponseReturnValue:
    """The name, ready to be changed."""
    return render_template("account/name.html", form=NameForm(data=_named()))


@bp.post("/name")
@signed_in()
def save_name() -> ResponseReturnValue:
    """Change the name."""
    form = NameForm()
    if not form.validate_on_submit():
        return render_template("account/name.html", form=form), 422
    try:
        services().accounts.update(actor(), full_name=form.full_name.data or "")
    except InvalidInput as refused:
        form.full_name.errors = [refused.message]
        return render_template("account/name.html", form=form), 422
    flash("Your name is saved.")
    return redirect("/account", 303)


@bp.get("/time-zone")
@signed_in()
def zone() -> ResponseReturnValue:
    """The zone in which somebody reads times, to be chosen."""
    return render_template("account/zone.html", form=ZoneForm(actor().time_zone))


@bp.post("/time-zone")
@signed_in()
def save_zone() -> ResponseReturnValue:
    """Choose it. Lessons stay at their instants."""
    form = ZoneForm(actor().time_zone)
    if not form.validate_on_submit():
        return render_template("account/zone.html", form=form), 422
    services().accounts.update(actor(), time_zone=form.time_zone.data)
    city = services().presentation.zone_city(form.time_zone.data or "")
    flash(f"Times are now shown in {city} time.")
    return redirect("/account", 303)


@bp.get("/password")
@signed_in()
def password() -> ResponseReturnValue:
    """Where a new password is chosen."""
    return render_template("account/password.html", form=PasswordForm())


@bp.post("/password")
@signed_in()
@password_change_limit
def save_password() -> ResponseReturnValue:
    """Set it. Everybody is signed out but this browser, which begins anew."""
    form, person = PasswordForm(), actor()
    if not form.validate_on_submit():
        return render_template("account/password.html", form=form), 422
    try:
        services().accounts.change_password(
            person, form.current_password.data or "", form.new_password.data or ""
        )
    except WrongPassword as refused:
        form.current_password.errors = [refused.message]
        return render_template("account/password.html", form=form), 422
    except PasswordRefused as refused:
        form.new_password.errors = [refused.message]
        return render_template("account/password.html", form=form), 422
    sign_in(person)
    flash("Your password is changed. You are signed out everywhere else.")
    return redirect("/account", 303)


def _named() -> dict[str, str]:
    return {"full_name": actor().full_name}
