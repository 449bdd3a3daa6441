"""Who may do what with accounts: rows of the authorisation table."""

from tests.authorisation_row import ANYBODY, API_SIGNED_IN, GOES_ON, Row
from tests.authorisation_world import (
    account,
    as_form,
    as_json,
    forgotten,
    no_link,
    own_password,
    same_password,
)

ACCOUNTS = (
    Row("auth.login", "GET", "/login", (200, 303, 303, 303, 303)),
    Row(
        "auth.log_in",
        "POST",
        "/login",
        GOES_ON,
        lambda world, _: {
            "data": {"email": world.teacher.email, "password": world.teacher.password}
        },
    ),
    Row("auth.register", "GET", "/register", ANYBODY),
    Row("auth.create", "POST", "/register", GOES_ON, as_form(account)),
    Row("auth.logout", "POST", "/logout", GOES_ON),
    Row("auth_api.register", "POST", "/api/auth/register", (201,) * 5, as_json(account)),
    Row(
        "auth_api.login",
        "POST",
        "/api/auth/login",
        ANYBODY,
        lambda world, _: {
            "data": {"username": world.teacher.email, "password": world.teacher.password}
        },
    ),
    Row("auth_api.me", "GET", "/api/auth/me", API_SIGNED_IN),
    Row(
        "passwords_api.request_reset",
        "POST",
        "/api/auth/password-reset/request",
        ANYBODY,
        as_json(forgotten),
    ),
    Row("passwords_api.verify_reset", "GET", "/api/auth/password-reset/verify/none", ANYBODY),
    Row(
        "passwords_api.confirm_reset",
        "POST",
        "/api/auth/password-reset/confirm",
        (422,) * 5,
        as_json(no_link),
    ),
    Row(
        "passwords_api.change_password",
        "POST",
        "/api/auth/change-password",
        API_SIGNED_IN,
        as_json(same_password),
    ),
    Row(
        "passwords_api.end_sessions",
        "POST",
        "/api/auth/logout-everywhere",
        (401, 204, 204, 204, 204),
    ),
    Row(
        "passwords_api.update",
        "PATCH",
        "/api/auth/me",
        API_SIGNED_IN,
        lambda _world, _role: {"json": {"time_zone": "Europe/Paris"}},
    ),
    Row(
        "passwords_api.close",
        "DELETE",
        "/api/auth/me",
        (401, 204, 204, 204, 409),  # the last administrator stays
        as_json(own_password),
    ),
    Row("passwords.forgot", "GET", "/forgot-password", ANYBODY),
    Row("passwords.ask", "POST", "/forgot-password", ANYBODY, as_form(forgotten)),
    Row("passwords.choose", "GET", "/reset-password?token=none", (410,) * 5),
    Row("passwords.reset", "POST", "/reset-password?token=none", (410,) * 5, as_form(no_link)),
    Row(
        "verification_api.request_link",
        "POST",
        "/api/auth/email-verification/request",
        (401, 409, 409, 409, 409),  # everybody's address is confirmed already
    ),
    Row(
        "verification_api.confirm",
        "POST",
        "/api/auth/email-verification/confirm",
        (422,) * 5,
        as_json(lambda _world, _role: {"token": "no-such-link"}),
    ),
    Row("verification.ask", "GET", "/verify-email?token=none", (410,) * 5),
    Row("verification.confirm", "POST", "/verify-email?token=none", (410,) * 5, as_form(no_link)),
    Row("verification.send", "POST", "/verify-email/send", GOES_ON),
)
