"""E-mail addresses as people type them."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import ValidationError

from app.domain.limits import EMAIL_MAX_CHARS


def email_address(text: str) -> str:
    """The address in lower case. Raises ValueError with a sentence; never asks the network."""
    if len(text) > EMAIL_MAX_CHARS:
        raise ValueError(f"An email address has at most {EMAIL_MAX_CHARS} characters.")
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as fault:
        raise ValueError("Enter an email address such as name@example.com.") from fault
    return found.normalized.lower()


class EmailAddress:
    """The same rule as a form's validator."""

    def __call__(self, _form: Any, field: Any) -> None:
        try:
            field.data = email_address(field.data or "")
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault
