"""Pages for a forgotten password."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.auth.forms import ForgotForm, NewPasswordForm
from app.domain.errors import PasswordRefused, ResetRefused
from app.web.access import public
from app.web.auth import sign_out
from app.web.limits import (
    reset_account_limit,
    reset_confirm_limit,
    reset_limit,
    reset_verify_limit,
)
from app.web.queries import link_token
from app.web.security_headers import keep_address
from app.web.services import services

bp = Blueprint("passwords", __name__)
bp.after_request(keep_address)


@bp.get("/forgot-password")
@public
def forgot() -> ResponseReturnValue:
    """Where somebody asks for a reset link."""
    return render_template("auth/forgot.html", form=ForgotForm(), asked=False)


@bp.post("/forgot-password")
@public
@reset_limit
@reset_account_limit
def ask() -> ResponseReturnValue:
    """Mail a link, if there is such an account; the page does not tell."""
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("auth/forgot.html", form=form, asked=False), 422
    services().password_reset.request(form.email.data or "")
    return render_template("auth/forgot.html", form=form, asked=True)


@bp.get("/reset-password")
@public
@reset_verify_limit
def choose() -> ResponseReturnValue:
    """The page of a reset link; opening it uses nothing up."""
    email = services().password_reset.masked_email(link_token())
    status = 200 if email else 410
    return render_template("auth/reset.html", form=NewPasswordForm(), email=email), status


@bp.post("/reset-password")
@public
@reset_confirm_limit
def reset() -> ResponseReturnValue:
    """Set the new password; everybody who was signed in to the account is signed out."""
    form, token = NewPasswordForm(), link_token()
    email = services().password_reset.masked_email(token)
    if email is None:
        return render_template("auth/reset.html", form=form, email=None), 410
    if not form.validate_on_submit():
        return render_template("auth/reset.html", form=form, email=email), 422
    try:
        services().password_reset.confirm(token, form.password.data or "")
    except PasswordRefused as refused:
        form.password.errors = [refused.message]
        return render_template("auth/reset.html", form=form, email=email), 422
    except ResetRefused:
        return render_template("auth/reset.html", form=form, email=None), 410
    sign_out()
    flash("Your new password is set. Sign in with it.")
    return redirect("/login", 303)
