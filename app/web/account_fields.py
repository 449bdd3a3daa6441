"""Fields of accounts in JSON, and what their values must be."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from app.domain.limits import EMAIL_MAX_CHARS
from app.web.emails import email_address

Password = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
"""Kept exactly as sent: spaces are part of it. At sign-in an over-long one is simply wrong."""
LinkToken = Annotated[str, Field(min_length=1, max_length=200)]
EMAIL_SCHEMA = {
    "type": "string",
    "format": "email",
    "maxLength": EMAIL_MAX_CHARS,
    "examples": ["ann@example.com"],
}
Email = Annotated[str, AfterValidator(email_address), WithJsonSchema(EMAIL_SCHEMA)]
