"""Keys for single purposes, derived from the one secret."""

import base64
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes that only this purpose uses."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return kdf.derive(secret.encode())


def sealed(key: bytes, said: str) -> str:
    """43 characters, fit for an address, that only the key makes of what is said."""
    seal = hmac.digest(key, said.encode(), "sha256")
    return base64.urlsafe_b64encode(seal).rstrip(b"=").decode()


def is_same(sent: str, wanted: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how nearly."""
    return hmac.compare_digest(sent.encode(), wanted.encode())
