"""Who may do what with his own account: rows of the authorisation table."""

from typing import Any

from tests.authorisation_row import API_SIGNED_IN, GOES_ON, SIGNED_IN, Row
from tests.authorisation_world import World, as_form, as_json, no_link, own_password, same_password

_NO_LINK = "token=none"


def _another_address(world: World, role: str) -> dict[str, Any]:
    return {"new_email": f"another-{role}@example.com", **own_password(world, role)}


def _for_good(world: World, role: str) -> dict[str, Any]:
    return {"word": "delete", **own_password(world, role)}


OWN_ACCOUNT = (
    Row("account.show", "GET", "/account", SIGNED_IN),
    Row("account.name", "GET", "/account/name", SIGNED_IN),
    Row(
        "account.save_name",
        "POST",
        "/account/name",
        GOES_ON,
        as_form(lambda _world, _role: {"full_name": "Another Name"}),
    ),
    Row("account.zone", "GET", "/account/time-zone", SIGNED_IN),
    Row(
        "account.save_zone",
        "POST",
        "/account/time-zone",
        GOES_ON,
        as_form(lambda _world, _role: {"time_zone": "Europe/Paris"}),
    ),
    Row("account.password", "GET", "/account/password", SIGNED_IN),
    Row("account.save_password", "POST", "/account/password", GOES_ON, as_form(same_password)),
    Row("account_email.show", "GET", "/account/email", SIGNED_IN),
    Row("account_email.ask", "POST", "/account/email", GOES_ON, as_form(_another_address)),
    Row("account_email.cancel", "POST", "/account/email/cancel", GOES_ON),
    Row(
        "account_email.look",
        "GET",
        f"/account/email/confirm?{_NO_LINK}",
        (303, 410, 410, 410, 410),
    ),
    Row(
        "account_email.confirm",
        "POST",
        f"/account/email/confirm?{_NO_LINK}",
        (303, 410, 410, 410, 410),
        as_form(no_link),
    ),
    Row("account_email.consider", "GET", f"/account/email/stop?{_NO_LINK}", (410,) * 5),
    Row(
        "account_email.stop",
        "POST",
        f"/account/email/stop?{_NO_LINK}",
        (410,) * 5,
        as_form(no_link),
    ),
    Row("account_sessions.show", "GET", "/account/sessions", SIGNED_IN),
    Row(
        "account_sessions.end",
        "POST",
        "/account/sessions/999999/end",
        (303, 404, 404, 404, 404),
    ),
    Row("account_sessions.end_all", "POST", "/account/sessions/end", GOES_ON),
    Row("account_leaving.data", "GET", "/account/data", SIGNED_IN),
    Row("account_leaving.copy", "POST", "/account/data", SIGNED_IN, as_form(own_password)),
    Row("account_leaving.consider", "GET", "/account/close", SIGNED_IN),
    Row(
        "account_leaving.close",
        "POST",
        "/account/close",
        (303, 303, 303, 303, 409),  # the last administrator stays
        as_form(_for_good),
    ),
    Row("account_api.sessions", "GET", "/api/auth/sessions", API_SIGNED_IN),
    Row(
        "account_api.end_session",
        "DELETE",
        "/api/auth/sessions/999999",
        (401, 404, 404, 404, 404),
    ),
    Row("account_api.email_change", "GET", "/api/auth/email-change", API_SIGNED_IN),
    Row(
        "account_api.ask_email_change",
        "POST",
        "/api/auth/email-change",
        API_SIGNED_IN,
        as_json(_another_address),
    ),
    Row(
        "account_api.cancel_email_change",
        "DELETE",
        "/api/auth/email-change",
        (401, 204, 204, 204, 204),
    ),
    Row(
        "account_api.confirm_email_change",
        "POST",
        "/api/auth/email-change/confirm",
        (401, 422, 422, 422, 422),
        as_json(lambda _world, _role: {"token": "no-such-link"}),
    ),
    Row(
        "account_api.stop_email_change",
        "POST",
        "/api/auth/email-change/stop",
        (422,) * 5,
        as_json(lambda _world, _role: {"token": "no-such-link"}),
    ),
    Row("account_api.data", "POST", "/api/auth/me/data", API_SIGNED_IN, as_json(own_password)),
)
