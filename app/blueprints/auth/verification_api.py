"""JSON of confirming an e-mail address."""

from flask.typing import ResponseReturnValue

from app.blueprints.auth.schemas import MessageOut, VerificationConfirmIn
from app.web.access import bearer, public
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import (
    verification_confirm_limit,
    verification_limit,
    verification_person_limit,
)
from app.web.services import services

bp = ApiBlueprint("verification_api", __name__, "/auth/email-verification")
ASKED = "A link to confirm your address is on its way. It works once, within a week."
CONFIRMED = "Your email address is confirmed."


@bp.post("/request")
@bearer()
@verification_limit
@verification_person_limit
@documented(answer=MessageOut, errors=(409,))
def request_link() -> ResponseReturnValue:
    """Mail me another link to confirm my address; older ones become useless."""
    services().email_verification.request(bearer_actor())
    return MessageOut(message=ASKED).model_dump()


@bp.post("/confirm")
@public
@verification_confirm_limit
@documented(body=VerificationConfirmIn, answer=MessageOut)
def confirm() -> ResponseReturnValue:
    """Confirm an address by the token of a link that was mailed to it."""
    services().email_verification.confirm(body(VerificationConfirmIn).token)
    return MessageOut(message=CONFIRMED).model_dump()
