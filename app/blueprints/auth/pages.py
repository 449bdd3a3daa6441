"""Pages of accounts."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.auth.forms import LoginForm, RegisterForm
from app.domain.errors import BadCredentials, DomainError, EmailTaken, InvalidInput
from app.domain.vocabulary import Role
from app.models.user import User
from app.web.access import public
from app.web.auth import sign_in, sign_out, visitor
from app.web.limits import login_everybody_limit, login_limit, register_limit
from app.web.render import safe_path
from app.web.services import services
from app.web.signing_in import proved

bp = Blueprint("auth", __name__)


@bp.get("/login")
@public
def login() -> ResponseReturnValue:
    """The sign-in page; somebody signed in goes on."""
    person = visitor()
    if person is not None:
        return redirect(_onwards(person), 303)
    return render_template("auth/login.html", form=LoginForm(), onward=_wanted())


@bp.post("/login")
@public
@login_limit
@login_everybody_limit
def log_in() -> ResponseReturnValue:
    """Sign in, under a new session."""
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("auth/login.html", form=form, onward=_wanted()), 422
    try:
        person = proved(form.email.data or "", form.password.data or "")
    except BadCredentials as refused:
        form.password.errors = [f"{refused.message}."]
        return render_template("auth/login.html", form=form, onward=_wanted()), 401
    sign_in(person)
    return redirect(_onwards(person), 303)


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    """The page for a new account."""
    return render_template("auth/register.html", form=RegisterForm(), onward=_wanted())


@bp.post("/register")
@public
@register_limit
def create() -> ResponseReturnValue:
    """Open an account and sign in."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("auth/register.html", form=form, onward=_wanted()), 422
    try:
        person = services().auth.register(
            form.email.data or "",
            form.password.data or "",
            form.full_name.data or "",
            Role(form.role.data),
        )
    except (InvalidInput, EmailTaken) as refused:
        return _refused(form, refused)
    sign_in(person)
    flash("Your account is ready. We have sent you a link to confirm your email address.")
    return redirect("/teach/profile" if person.kind is Role.INSTRUCTOR else _onwards(person), 303)


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """Sign out here."""
    sign_out()
    flash("You are signed out.")
    return redirect("/", 303)


def _refused(form: RegisterForm, refused: DomainError) -> ResponseReturnValue:
    is_taken = isinstance(refused, EmailTaken)
    field = form[refused.field or "email"]
    field.errors = [f"{refused.message}." if is_taken else refused.message]
    status = 409 if is_taken else 422
    return render_template("auth/register.html", form=form, onward=_wanted()), status


def _wanted() -> str | None:
    """The path to go on to after signing in, if one was asked for."""
    return safe_path(request.args.get("next"), "") or None


def _onwards(person: User) -> str:
    homes = {Role.STUDENT: "/", Role.INSTRUCTOR: "/teach/schedule"}
    return _wanted() or homes.get(person.kind, "/admin/")
