"""JSON of passwords and of what people change about their account."""

from flask.typing import ResponseReturnValue

from app.blueprints.auth.schemas import (
    AccountIn,
    CloseIn,
    MessageOut,
    PasswordChangeIn,
    ResetConfirmIn,
    ResetLinkOut,
    ResetRequestIn,
    TokenOut,
    UserOut,
    user_out,
)
from app.web.access import bearer, public
from app.web.api import ApiBlueprint, body, told_of
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import (
    password_change_limit,
    reset_account_limit,
    reset_confirm_limit,
    reset_limit,
    reset_verify_limit,
)
from app.web.security_headers import keep_address
from app.web.services import services

bp = ApiBlueprint("passwords_api", __name__, "/auth")
bp.after_request(keep_address)
ASKED = "If an account exists with this email, you will receive a password reset link shortly."
CHANGED = "Your password has been successfully reset. You can now log in with your new password."


@bp.post("/password-reset/request")
@public
@reset_limit
@reset_account_limit
@documented(body=ResetRequestIn, answer=MessageOut)
def request_reset() -> ResponseReturnValue:
    """Mail a reset link; the answer does not tell whether there is such an account."""
    services().password_reset.request(body(ResetRequestIn).email)
    return MessageOut(message=ASKED).model_dump()


@bp.get("/password-reset/verify/<token>")
@public
@reset_verify_limit
@documented(answer=ResetLinkOut)
def verify_reset(token: str) -> ResponseReturnValue:
    """Whether a reset link still works, and for which (masked) address."""
    email = services().password_reset.masked_email(token)
    return ResetLinkOut(valid=email is not None, email=email).model_dump(exclude_none=True)


@bp.post("/password-reset/confirm")
@public
@reset_confirm_limit
@documented(body=ResetConfirmIn, answer=MessageOut)
def confirm_reset() -> ResponseReturnValue:
    """Choose a new password by a reset link; ends all sessions and tokens."""
    wanted = body(ResetConfirmIn)
    with told_of("password", as_field="new_password"):
        services().password_reset.confirm(wanted.token, wanted.new_password)
    return MessageOut(message=CHANGED).model_dump()


@bp.post("/change-password")
@bearer()
@password_change_limit
@documented(body=PasswordChangeIn, answer=TokenOut)
def change_password() -> ResponseReturnValue:
    """Change my password; ends all sessions and tokens and answers with a new one."""
    wanted, person = body(PasswordChangeIn), bearer_actor()
    with told_of("password", as_field="new_password"):
        services().accounts.change_password(person, wanted.current_password, wanted.new_password)
    return TokenOut(access_token=services().auth.access_token(person)).model_dump()


@bp.post("/logout-everywhere")
@bearer()
@documented(status=204)
def end_sessions() -> ResponseReturnValue:
    """End all my sessions and tokens, this one too. One token alone cannot be ended: it says by
    itself until when it holds.
    """
    services().accounts.end_sessions(bearer_actor())
    return "", 204


@bp.patch("/me")
@bearer()
@documented(body=AccountIn, answer=UserOut)
def update() -> ResponseReturnValue:
    """Change my name or zone."""
    wanted = body(AccountIn)
    person = services().accounts.update(
        bearer_actor(), full_name=wanted.full_name, time_zone=wanted.time_zone
    )
    return user_out(person)


@bp.delete("/me")
@bearer()
@password_change_limit
@documented(body=CloseIn, status=204, errors=(409,))
def close() -> ResponseReturnValue:
    """Close my account for good: cancels the lessons I would take, erases who I was, and voids all
    sessions and tokens. Bookings and amounts stay. Whoever has lessons to teach moves or cancels
    them first.
    """
    services().account_closing.close(bearer_actor(), body(CloseIn).current_password)
    return "", 204
