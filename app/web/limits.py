"""How often somebody may ask: by address, by person, by account tried."""

import logging
from ipaddress import IPv4Address, IPv6Network, ip_address

from flask import Flask, request
from flask_limiter import Limiter
from flask_login import current_user
from limits import parse
from redis.exceptions import RedisError

from app.domain.errors import NotAuthenticated
from app.domain.limits import EMAIL_MAX_CHARS
from app.web.auth import bearer_actor
from app.web.emails import email_address
from app.web.inputs import is_api

log = logging.getLogger(__name__)

IPV6_PREFIX = 64
PAGES = "600 per minute"
ANONYMOUS_API = "100 per minute"
PERSONAL_API = "300 per minute"
FAILURES = "5 per minute"
FAILURES_IN_ALL = "1000 per 5 minutes"
FAILURES_ANYWHERE = "30 per 10 minutes"
"""For one account from all addresses together, so that many of them cannot guess as one."""


def address() -> str:
    """Where a request comes from, as it is counted."""
    return counted_address((request.remote_addr or "").strip())


def counted_address(said: str) -> str:
    """IPv4 whole, of IPv6 the network that one household has; without a port."""
    host = said.partition("]")[0].lstrip("[") if said.startswith("[") else said
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        found = ip_address(host)
    except ValueError:
        return said[:64] or "unknown"
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, IPV6_PREFIX), strict=False))


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
    return f"{'api' if is_api() else 'page'}:{address()}"


def account_key() -> str:
    """The account somebody tries, from his address."""
    return f"{address()}:{_tried()}"


def account_anywhere_key() -> str:
    """The account somebody tries, wherever he is."""
    return f"account:{_tried()}"


def email_key() -> str:
    """The account somebody writes about, wherever he is."""
    return f"email:{_plain(request.form.get('email') or _in_json('email'))}"


def _tried() -> str:
    typed = request.form.get("email") or request.form.get("username") or _in_json("username")
    return _plain(typed)


def _plain(typed: str | None) -> str:
    """One spelling of an address for all that lead to the same mailbox."""
    text = (typed or "").strip().lower()[:EMAIL_MAX_CHARS]
    try:
        return email_address(text)
    except ValueError:
        return text


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
    key_func=address,
    deduct_when=lambda response: response.status_code != 422,  # typing errors are free
    error_message="Too many registration attempts. Please try again later.",
)
login_limit = limiter.shared_limit(
    "30 per minute",
    scope="login",
    key_func=address,
    error_message="Too many login attempts. Please try again later.",
)
reset_limit = limiter.shared_limit(
    "10 per hour",
    scope="reset",
    key_func=address,
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
    key_func=address,
    error_message="Too many password reset confirmation attempts. Please try again later.",
)
reset_verify_limit = limiter.shared_limit(
    "20 per minute",
    scope="reset-verify",
    key_func=address,
    error_message="Too many verification attempts. Please try again later.",
)
verification_limit = limiter.shared_limit(
    "10 per hour",
    scope="verification",
    key_func=address,
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
    key_func=address,
    error_message="Too many confirmations. Please try again later.",
)
verification_look_limit = limiter.shared_limit(
    "20 per minute",
    scope="verification-look",
    key_func=address,
    error_message="Too many confirmations. Please try again later.",
)
password_change_limit = limiter.shared_limit(
    "5 per minute",
    scope="password-change",
    key_func=person_key,
    error_message="Too many attempts to change the password. Please try again later.",
)
login_failure_limit = limiter.shared_limit(
    FAILURES,
    scope="login-failures",
    key_func=account_key,
    error_message="Too many login attempts. Please try again later.",
)
login_account_limit = limiter.shared_limit(
    FAILURES_ANYWHERE,
    scope="login-account",
    key_func=account_anywhere_key,
    error_message="Too many login attempts. Please try again later.",
)
login_everybody_limit = limiter.shared_limit(
    lambda: FAILURES_IN_ALL,
    scope="login-everybody",
    key_func=lambda: "everybody",
    deduct_when=lambda response: response.status_code == 401,
    error_message="Too many login attempts. Please try again later.",
)
booking_limit = limiter.shared_limit(
    "20 per minute",
    scope="book",
    key_func=person_key,
    error_message="Too many booking attempts. Please wait a moment and try again.",
)
change_limit = limiter.shared_limit(
    "20 per minute",
    scope="change-booking",
    key_func=person_key,
    error_message="Too many changes of bookings. Please wait a moment and try again.",
)
many_hours_limit = limiter.shared_limit(
    "10 per minute",
    scope="many-hours",
    key_func=person_key,
    error_message="Too many changes of whole weeks. Please wait a moment and try again.",
)
waiting_limit = limiter.shared_limit(
    "20 per minute",
    scope="waiting",
    key_func=person_key,
    error_message="Too many changes of your waiting list. Please wait a moment and try again.",
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
    key_func=address,
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
    key_func=address,
)


def forget_failures() -> None:
    """Somebody proved who he is: what was counted against the account is void.

    Where that cannot be stored now, the counts run out by themselves.
    """
    if not limiter.enabled:
        return
    counted = {
        FAILURES: (account_key(), "login-failures"),
        FAILURES_ANYWHERE: (account_anywhere_key(), "login-account"),
    }
    try:
        for limit, key in counted.items():
            limiter.limiter.clear(parse(limit), *key)
    except RedisError as fault:
        log.warning("failures not forgotten: %s", type(fault).__name__)


def seconds_to_wait(now: float) -> int:
    """How long until the limit that was reached lets somebody through again."""
    reached = next((each for each in limiter.current_limits if each.breached), None)
    try:
        return 60 if reached is None else max(1, int(reached.reset_at - now))
    except RedisError:
        return 60


def init_app(app: Flask) -> None:
    limiter.init_app(app)
