"""Random references."""

import secrets

from app.domain.references import ALPHABET, LENGTH


def new_reference() -> str:
    """Eight characters nobody can guess from the one before."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
