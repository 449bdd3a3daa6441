"""JSON of sessions, of a changing address, and of the copy of one's data."""

from typing import Any

from flask.typing import ResponseReturnValue

from app.blueprints.account.schemas import (
    AddressStoppedOut,
    DataIn,
    DataOut,
    EmailChangeIn,
    EmailChangeOut,
    EmailLinkIn,
    FreshTokenOut,
    SessionOut,
)
from app.models.email_change import EmailChange
from app.web.access import bearer, public
from app.web.account_limits import data_limit, email_change_address_limit, email_change_limit
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.copies import json_file
from app.web.documented import documented
from app.web.limits import password_change_limit, verification_confirm_limit
from app.web.services import services

bp = ApiBlueprint("account_api", __name__, "/auth")
STOPPED = "The change is stopped. Everybody is signed out; please choose a new password."


@bp.get("/sessions")
@bearer()
@documented(answer=list[SessionOut])
def sessions() -> ResponseReturnValue:
    """Where I am signed in, the last seen first, 50 at most. Bearer tokens are no sessions."""
    found = services().sessions.mine(bearer_actor())
    return [SessionOut.model_validate(each).model_dump(mode="json") for each in found]


@bp.delete("/sessions/<id:session_id>")
@bearer()
@documented(status=204, errors=(404,))
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out one browser."""
    services().sessions.end(bearer_actor(), session_id)
    return "", 204


@bp.get("/email-change")
@bearer()
@documented(answer=EmailChangeOut)
def email_change() -> ResponseReturnValue:
    """The address that waits for its link."""
    return _told(services().email_changes.pending(bearer_actor()))


@bp.post("/email-change")
@bearer()
@email_change_address_limit
@email_change_limit
@documented(body=EmailChangeIn, answer=EmailChangeOut, errors=(409,))
def ask_email_change() -> ResponseReturnValue:
    """Mail a link to a new address, and word of it to the old one. Nothing changes until the link
    is confirmed; an earlier one becomes useless.
    """
    wanted = body(EmailChangeIn)
    return _told(
        services().email_changes.request(bearer_actor(), wanted.current_password, wanted.new_email)
    )


@bp.delete("/email-change")
@bearer()
@documented(status=204)
def cancel_email_change() -> ResponseReturnValue:
    """Leave my address as it is: the link that was mailed becomes useless."""
    services().email_changes.cancel(bearer_actor())
    return "", 204


@bp.post("/email-change/confirm")
@bearer()
@verification_confirm_limit
@documented(body=EmailLinkIn, answer=FreshTokenOut, errors=(409,))
def confirm_email_change() -> ResponseReturnValue:
    """Change my address by the token of the link that the new one was mailed. Ends all sessions
    and tokens and answers with a new one.
    """
    person = services().email_changes.confirm(bearer_actor(), body(EmailLinkIn).token)
    return FreshTokenOut(access_token=services().auth.access_token(person)).model_dump()


@bp.post("/email-change/stop")
@public
@verification_confirm_limit
@documented(body=EmailLinkIn, answer=AddressStoppedOut, errors=(409,))
def stop_email_change() -> ResponseReturnValue:
    """Keep or bring back the old address, by the token of the link that it was mailed. Ends all
    sessions and tokens, and the password, which whoever asked for the change knew.
    """
    services().email_changes.stop(body(EmailLinkIn).token)
    return AddressStoppedOut(message=STOPPED).model_dump()


@bp.post("/me/data")
@bearer()
@password_change_limit
@data_limit
@documented(body=DataIn, answer=DataOut)
def data() -> ResponseReturnValue:
    """A copy of everything that is kept about me, one list of rows per kind of thing."""
    person, password = bearer_actor(), body(DataIn).current_password
    return json_file(
        lambda out: services().account_data.write(person, password, out), "my-data.json"
    )


def _told(change: EmailChange | None) -> dict[str, Any]:
    return EmailChangeOut(
        new_email=change.new_email if change else None,
        expires_at=change.expires_at if change else None,
    ).model_dump(mode="json")
