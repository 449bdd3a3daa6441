"""Names of people."""

from app.domain.errors import InvalidInput


def person_name(typed: str) -> str:
    """The name with single spaces between its parts. Raises InvalidInput where nothing is left."""
    name = " ".join(typed.split())
    if not name:
        raise InvalidInput("Please give a name.", field="full_name")
    return name
