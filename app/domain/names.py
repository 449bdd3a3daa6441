"""Names and addresses of people."""

from app.domain.errors import InvalidInput


def person_name(typed: str) -> str:
    """The name with single spaces between its parts. Raises InvalidInput where nothing is left."""
    name = " ".join(typed.split())
    if not name:
        raise InvalidInput("Please give a name.", field="full_name")
    return name


def masked_address(email: str) -> str:
    """Enough of an address for its owner to know it, such as ``jo***@example.com``."""
    local, _, domain = email.partition("@")
    return f"{local[:2] if len(local) > 2 else ''}***@{domain}"
