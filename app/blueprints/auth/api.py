"""JSON of accounts: register, sign in, who am I."""

from flask import request
from flask.typing import ResponseReturnValue

from app.blueprints.auth.schemas import LoginIn, RegisterIn, TokenOut, UserOut, user_out
from app.domain.errors import InvalidInput
from app.web.access import bearer, public
from app.web.api import ApiBlueprint, body, validated
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import login_everybody_limit, login_limit, register_limit
from app.web.services import services
from app.web.signing_in import proved

bp = ApiBlueprint("auth_api", __name__, "/auth")
FORM = "application/x-www-form-urlencoded"


@bp.post("/register")
@public
@register_limit
@documented(body=RegisterIn, answer=UserOut, status=201, errors=(409,))
def register() -> ResponseReturnValue:
    """Open a student's or instructor's account."""
    wanted = body(RegisterIn)
    user = services().auth.register(
        wanted.email, wanted.password, wanted.full_name, wanted.role, wanted.time_zone
    )
    return user_out(user), 201


@bp.post("/login")
@public
@login_limit
@login_everybody_limit
@documented(body=LoginIn, answer=TokenOut, errors=(401,), also_as=(FORM,))
def login() -> ResponseReturnValue:
    """Exchange e-mail and password for a bearer token."""
    sent = _credentials()
    user = proved(sent.username, sent.password)
    return TokenOut(access_token=services().auth.access_token(user)).model_dump()


@bp.get("/me")
@bearer()
@documented(answer=UserOut)
def me() -> ResponseReturnValue:
    """The account that the token speaks for."""
    return user_out(bearer_actor())


def _credentials() -> LoginIn:
    if request.is_json:
        return body(LoginIn)
    if not request.form:
        raise InvalidInput("Send username and password.", field="username")
    return validated(LoginIn, request.form.to_dict())
