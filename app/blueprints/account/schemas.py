"""JSON of sessions, of a changing address, and of the copy of one's data."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from app.domain.limits import DEVICE_MAX_CHARS
from app.web.account_fields import Email, LinkToken, Password
from app.web.api import ApiIn, ApiOut, Instant


class SessionOut(ApiOut):
    """A browser that is signed in. ``device`` is null where it did not say what it runs on."""

    id: int
    began_at: Instant
    last_seen_at: Instant
    device: Annotated[str, Field(max_length=DEVICE_MAX_CHARS)] | None


class EmailChangeIn(ApiIn):
    """The address to be, and the password."""

    new_email: Email
    current_password: Password


class EmailChangeOut(ApiOut):
    """The address that waits for its link, and until when; both null where none does."""

    new_email: str | None
    expires_at: Instant | None


class EmailLinkIn(ApiIn):
    """The token of the link in a mail."""

    token: LinkToken


class AddressStoppedOut(ApiOut):
    """What was done, in a sentence."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"message": "The change is stopped."}]}
    )

    message: str


class FreshTokenOut(ApiOut):
    """A new bearer token, since the older ones are void."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 the scheme's name


class DataIn(ApiIn):
    """The password, before everything is handed over."""

    current_password: Password


class DataOut(ApiOut):
    """Everything that is kept about somebody: one object for the account and the profile, and a
    list of rows each for services, hours, lessons, mails, sessions, changes and so on.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "made_at": "2026-12-02T14:30:00Z",
                    "about": "Everything that is kept about you.",
                    "account": {"id": 9, "email": "ann@example.com", "full_name": "Ann Lee"},
                    "profile": None,
                    "lessons_taken": [{"id": 41, "service_name": "Piano", "with": "Chen Wu"}],
                }
            ]
        },
    )

    made_at: Instant
    about: str
    account: dict[str, Any]
    profile: dict[str, Any] | None
