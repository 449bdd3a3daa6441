"""JSON of accounts."""

from typing import Annotated

from pydantic import ConfigDict, Field, WithJsonSchema

from app.domain.limits import NAME_MAX_CHARS
from app.domain.vocabulary import Role
from app.models.user import User
from app.web.account_fields import Email, LinkToken, Password
from app.web.api import ApiIn, ApiOut

FullName = Annotated[str, Field(min_length=1, max_length=NAME_MAX_CHARS)]
ZoneName = Annotated[str, Field(min_length=1, max_length=64)]


class RegisterIn(ApiIn):
    """A new account. ``is_active`` is accepted for the original's clients and ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "ann@example.com",
                    "password": "a long password of mine",
                    "full_name": "Ann Lee",
                    "role": "student",
                    "time_zone": "America/New_York",
                }
            ]
        }
    )

    email: Email
    password: Password
    full_name: FullName
    role: Annotated[Role, WithJsonSchema({"type": "string", "enum": ["student", "instructor"]})]
    time_zone: ZoneName | None = None
    is_active: bool | None = None


class LoginIn(ApiIn):
    """The address as ``username`` and the password, as JSON or as the OAuth2 password form."""

    username: Annotated[str, Field(min_length=1, max_length=1000)]
    password: Password
    grant_type: Annotated[str, Field(pattern="^password$")] | None = None
    scope: Annotated[str, Field(max_length=1000)] | None = None
    client_id: Annotated[str, Field(max_length=1000)] | None = None
    client_secret: Annotated[str, Field(max_length=1000)] | None = None


class ResetRequestIn(ApiIn):
    """Whose password is forgotten."""

    email: Email


class ResetConfirmIn(ApiIn):
    """The token of a reset link and the password to be."""

    token: LinkToken
    new_password: Password


class ResetLinkOut(ApiOut):
    """Whether a reset link is good, and the masked address it speaks for."""

    valid: bool
    email: str | None = None


class VerificationConfirmIn(ApiIn):
    """The token of a link that confirms an address."""

    token: LinkToken


class MessageOut(ApiOut):
    """What was done, in a sentence."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"message": "Your email address is confirmed."}]}
    )

    message: str


class PasswordChangeIn(ApiIn):
    """The password as it is and as it is to be."""

    current_password: Password
    new_password: Password


class CloseIn(ApiIn):
    """The password, to be sure that it is meant."""

    current_password: Password


class AccountIn(ApiIn):
    """What to change; what is absent or null stays."""

    full_name: FullName | None = None
    time_zone: ZoneName | None = None


class TokenOut(ApiOut):
    """A bearer token."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 the scheme's name


class UserOut(ApiOut):
    """An account, for its owner."""

    id: int
    email: str
    full_name: str
    role: Role
    is_active: bool
    time_zone: str | None
    email_verified: bool


def user_out(user: User) -> dict[str, object]:
    """An account as its owner sees it."""
    shown = UserOut(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=user.kind,
        is_active=user.is_open,
        time_zone=user.time_zone,
        email_verified=user.email_verified_at is not None,
    )
    return shown.model_dump(mode="json")
