"""Names and addresses of people."""

import unicodedata

from app.domain.errors import InvalidInput

_LINKS = ("://", "www.")
_BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def person_name(typed: str) -> str:
    """The name with single spaces between its parts.

    Raises InvalidInput where nothing is left, or where it is a message to whoever is mailed it:
    links, and characters that turn the text around.
    """
    name = " ".join(typed.split())
    if any(each in name.lower() for each in _LINKS):
        raise InvalidInput("A name contains no links.", field="full_name")
    if any(unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in _BIDI for c in name):
        raise InvalidInput("A name contains no control characters.", field="full_name")
    if not name:
        raise InvalidInput("Please give a name.", field="full_name")
    return name


def masked_address(email: str) -> str:
    """Enough of an address for its owner to know it, such as ``jo***@example.com``."""
    local, _, domain = email.partition("@")
    return f"{local[:2] if len(local) > 2 else ''}***@{domain}"
