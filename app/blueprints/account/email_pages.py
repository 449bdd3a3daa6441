"""Pages on which an e-mail address changes: asked for, confirmed, stopped."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.account.forms import EmailForm
from app.domain.account_errors import EmailChangeRefused, NothingToStop, SameAddress
from app.domain.errors import EmailTaken, WrongPassword
from app.web.access import public, signed_in
from app.web.account_limits import email_change_address_limit, email_change_limit
from app.web.auth import actor, sign_in, sign_out
from app.web.limits import verification_confirm_limit, verification_look_limit
from app.web.queries import link_token
from app.web.security_headers import keep_address
from app.web.services import services

bp = Blueprint("account_email", __name__, url_prefix="/account/email")
bp.after_request(keep_address)


@bp.get("/")
@signed_in()
def show() -> ResponseReturnValue:
    """The address, whether it is confirmed, and what waits for its link."""
    return _page(EmailForm(), 200)


@bp.post("/")
@signed_in()
@email_change_address_limit
@email_change_limit
def ask() -> ResponseReturnValue:
    """Mail a link to the new address. Nothing changes until it is confirmed."""
    form = EmailForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    wanted, password = form.new_email.data or "", form.current_password.data or ""
    try:
        services().email_changes.request(actor(), password, wanted)
    except WrongPassword as refused:
        form.current_password.errors = [refused.message]
        return _page(form, 422)
    except (SameAddress, EmailTaken) as refused:
        is_taken = isinstance(refused, EmailTaken)
        form.new_email.errors = [f"{refused.message}." if is_taken else refused.message]
        return _page(form, 409 if is_taken else 422)
    flash(f"We have sent a link to {wanted}. Open it within a day.")
    return redirect("/account/email", 303)


@bp.post("/cancel")
@signed_in()
def cancel() -> ResponseReturnValue:
    """Leave the address as it is."""
    services().email_changes.cancel(actor())
    flash("Your email address stays as it is.")
    return redirect("/account/email", 303)


@bp.get("/confirm")
@signed_in()
@verification_look_limit
def look() -> ResponseReturnValue:
    """The page of the link to a new address. Opening it changes nothing."""
    wanted = services().email_changes.wanted_address(actor(), link_token())
    page = render_template("account/confirm_email.html", wanted=wanted, person=actor())
    return page, 200 if wanted else 410


@bp.post("/confirm")
@signed_in()
@verification_confirm_limit
def confirm() -> ResponseReturnValue:
    """Change the address. Other browsers are signed out; this one begins anew."""
    try:
        person = services().email_changes.confirm(actor(), link_token())
    except EmailChangeRefused:
        page = render_template("account/confirm_email.html", wanted=None, person=actor())
        return page, 410
    sign_in(person)
    flash(f"Your email address is now {person.email}. You are signed out everywhere else.")
    return redirect("/account", 303)


@bp.get("/stop")
@public
@verification_look_limit
def consider() -> ResponseReturnValue:
    """The page of the link by which the old address keeps the account. Changes nothing."""
    found = services().email_changes.stoppable(link_token())
    return render_template("account/stop_email.html", found=found), 200 if found else 410


@bp.post("/stop")
@public
@verification_confirm_limit
def stop() -> ResponseReturnValue:
    """Keep or bring back the old address, and shut out whoever asked for the change."""
    try:
        services().email_changes.stop(link_token())
    except NothingToStop:
        return render_template("account/stop_email.html", found=None), 410
    sign_out()
    flash("The change is stopped, and everybody is signed out. Please choose a new password.")
    return redirect("/forgot-password", 303)


def _page(form: EmailForm, status: int) -> ResponseReturnValue:
    change = services().email_changes.pending(actor())
    page = render_template("account/email.html", form=form, person=actor(), change=change)
    return page, status
