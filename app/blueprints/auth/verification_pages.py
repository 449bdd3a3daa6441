"""Pages that confirm an e-mail address."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import AlreadyVerified, VerificationRefused
from app.web.access import public, signed_in
from app.web.auth import actor, visitor
from app.web.limits import (
    verification_confirm_limit,
    verification_limit,
    verification_look_limit,
    verification_person_limit,
)
from app.web.queries import link_token
from app.web.render import safe_path
from app.web.security_headers import keep_address
from app.web.services import services

bp = Blueprint("verification", __name__)
bp.after_request(keep_address)


@bp.get("/verify-email")
@public
@verification_look_limit
def ask() -> ResponseReturnValue:
    """The page of a link. Opening it changes nothing: programs that check mails do so too."""
    email = services().email_verification.masked_email(link_token())
    return render_template("auth/verify.html", email=email), 200 if email else 410


@bp.post("/verify-email")
@public
@verification_confirm_limit
def confirm() -> ResponseReturnValue:
    """Confirm the address of the link."""
    try:
        services().email_verification.confirm(link_token())
    except VerificationRefused:
        return render_template("auth/verify.html", email=None), 410
    flash("Your email address is confirmed. Thank you.")
    return redirect("/lessons" if visitor() else "/login", 303)


@bp.post("/verify-email/send")
@signed_in()
@verification_limit
@verification_person_limit
def send() -> ResponseReturnValue:
    """Mail another link, and go back to where it was asked for."""
    try:
        services().email_verification.request(actor())
        flash("A new link is on its way. It works once, within a week.")
    except AlreadyVerified as refused:
        flash(refused.message)
    return redirect(safe_path(request.args.get("next"), "/lessons"), 303)
