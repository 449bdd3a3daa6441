"""How often somebody may ask: by address, by person, by account tried."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.domain.errors import NotAuthenticated
from app.web.auth import bearer_actor
from app.web.inputs import is_api

PAGES = "600 per minute"
ANONYMOUS_API = "100 per minute"
PERSONAL_API = "300 per minute"


def general_limit() -> str:
    """Pages per address; the API per person, else per address."""
    if not is_api():
        return PAGES
    return ANONYMOUS_API if _bearer_id() is None else PERSONAL_API


def general_key() -> str:
    """Pages and API are counted apart."""
    person_id = _bearer_id() if is_api() else None
    if person_id is not None:
        return f"person:{person_id}"
    return f"{'api' if is_api() else 'page'}:{get_remote_address()}"


def account_key() -> str:
    """The account somebody tries, from his address."""
    typed = request.form.get("email") or request.form.get("username") or _in_json("username")
    return f"{get_remote_address()}:{_plain(typed)}"


def email_key() -> str:
    """The account somebody writes about, wherever he is."""
    return f"email:{_plain(request.form.get('email') or _in_json('email'))}"


def _plain(typed: str | None) -> str:
    return (typed or "").strip().lower()[:254]


def _in_json(name: str) -> str | None:
    """The view refuses later what cannot be read here."""
    if not request.is_json:
        return None
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        return None
    return str(sent.get(name)) if isinstance(sent, dict) else None


def person_key() -> str:
    """The signed-in person, in the API and on pages alike."""
    if not is_api() and current_user.is_authenticated:
        return f"person:{current_user.id}"
    return general_key()


def _bearer_id() -> int | None:
    """The person of a valid bearer token; a made-up token does not buy another allowance."""
    try:
        return bearer_actor().id
    except NotAuthenticated:
        return None


limiter = Limiter(key_func=general_key, application_limits=[general_limit])

register_limit = limiter.shared_limit(
    "10 per hour",
    scope="register",
    key_func=get_remote_address,
    deduct_when=lambda response: response.status_code != 422,  # typing errors are free
    error_message="Too many registration attempts. Please try again later.",
)
login_limit = limiter.shared_limit(
    "30 per minute",
    scope="login",
    key_func=get_remote_address,
    error_message="Too many login attempts. Please try again later.",
)
reset_limit = limiter.shared_limit(
    "10 per hour",
    scope="reset",
    key_func=get_remote_address,
    error_message="Too many password reset attempts. Please try again later.",
)
reset_account_limit = limiter.shared_limit(
    "3 per hour",
    scope="reset-account",
    key_func=email_key,
    error_message="Too many password reset attempts for this email. Please try again later.",
)
reset_confirm_limit = limiter.shared_limit(
    "10 per minute",
    scope="reset-confirm",
    key_func=get_remote_address,
    error_message="Too many password reset confirmation attempts. Please try again later.",
)
reset_verify_limit = limiter.shared_limit(
    "20 per minute",
    scope="reset-verify",
    key_func=get_remote_address,
    error_message="Too many verification attempts. Please try again later.",
)
verification_limit = limiter.shared_limit(
    "10 per hour",
    scope="verification",
    key_func=get_remote_address,
    error_message="Too many confirmation mails. Please try again later.",
)
verification_person_limit = limiter.shared_limit(
    "3 per hour",
    scope="verification-person",
    key_func=person_key,
    error_message="Too many confirmation mails. Please try again later.",
)
verification_confirm_limit = limiter.shared_limit(
    "10 per minute",
    scope="verification-confirm",
    key_func=get_remote_address,
    error_message="Too many confirmations. Please try again later.",
)
verification_look_limit = limiter.shared_limit(
    "20 per minute",
    scope="verification-look",
    key_func=get_remote_address,
    error_message="Too many confirmations. Please try again later.",
)
password_change_limit = limiter.shared_limit(
    "5 per minute",
    scope="password-change",
    key_func=person_key,
    error_message="Too many attempts to change the password. Please try again later.",
)
login_failure_limit = limiter.shared_limit(
    "5 per minute",
    scope="login-failures",
    key_func=account_key,
    deduct_when=lambda response: response.status_code == 401,
    error_message="Too many login attempts. Please try again later.",
)
booking_limit = limiter.shared_limit(
    "20 per minute",
    scope="book",
    key_func=person_key,
    error_message="Too many booking attempts. Please wait a moment and try again.",
)
check_limit = limiter.shared_limit(
    "30 per minute",
    scope="check",
    key_func=person_key,
    error_message="Too many availability checks. Please slow down.",
)


reminders_limit = limiter.shared_limit(
    "1 per hour",
    scope="reminders",
    key_func=get_remote_address,
    error_message="Reminder emails can only be triggered once per hour.",
)


feed_limit = limiter.shared_limit(
    "60 per hour",
    scope="calendar-feed",
    key_func=lambda: request.path,
    error_message="This calendar was read too often. Once an hour is enough.",
)

metrics_test_limit = limiter.shared_limit(
    "3 per minute",
    scope="metrics-test",
    key_func=get_remote_address,
)


def init_app(app: Flask) -> None:
    limiter.init_app(app)
