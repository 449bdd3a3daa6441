"""Bearer tokens and feed addresses (sealed), session tokens (random, stored hashed)."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import jwt

from app.domain.errors import InvalidToken
from app.domain.limits import ID_MAX
from app.infra.keys import derived_key, is_same, sealed

ISSUER = "instainstru"
AUDIENCE = "instainstru-api"
_REQUIRED = ["sub", "email", "iat", "exp", "jti", "iss", "aud", "ver"]


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """Whom a valid bearer token speaks for, and under which version of his credentials."""

    user_id: int
    auth_version: int


class AccessTokens:
    """Issues and reads HS256 tokens. The first secret signs, all of them verify."""

    def __init__(self, secrets_: Sequence[str], lifetime: timedelta) -> None:
        self._keys = [derived_key(secret, "access-token") for secret in secrets_]
        self._lifetime = lifetime

    def issue(self, user_id: int, email: str, auth_version: int, *, now: datetime) -> str:
        claims = {
            "sub": str(user_id),
            "email": email,
            "iat": now,
            "exp": now + self._lifetime,
            "jti": secrets.token_urlsafe(12),
            "iss": ISSUER,
            "aud": AUDIENCE,
            "ver": auth_version,
        }
        return jwt.encode(claims, self._keys[0], algorithm="HS256")

    def read(self, token: str, *, now: datetime) -> TokenClaims:
        """Raises InvalidToken for anything not issued here, altered, incomplete or expired."""
        for key in self._keys:
            try:
                claims = jwt.decode(
                    token,
                    key,
                    algorithms=["HS256"],
                    audience=AUDIENCE,
                    issuer=ISSUER,
                    options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False},
                )
                if int(claims["exp"]) <= now.timestamp():
                    raise InvalidToken
                return TokenClaims(_small_int(claims["sub"]), int(claims["ver"]))
            except jwt.InvalidSignatureError:
                continue
            except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError) as fault:
                raise InvalidToken from fault
        raise InvalidToken


def _small_int(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise InvalidToken
    return int(text)


class LinkTokens:
    """Tokens of links in mails: made of a random nonce by a key of ours, one key per purpose.

    The outbox keeps the nonce, the table of links a hash of the token: whoever reads the
    database has no link. The first secret makes tokens; the others know those they made.
    """

    def __init__(self, secrets_: Sequence[str], purpose: str) -> None:
        self._keys = [derived_key(secret, purpose) for secret in secrets_]

    def token(self, nonce: str) -> str:
        """43 characters, fit for an address."""
        return sealed(self._keys[0], nonce)

    def token_of_hash(self, nonce: str, start: str) -> str:
        """The token whose hash begins so, though it was made before the secret was changed."""
        made = [sealed(key, nonce) for key in self._keys]
        return next((each for each in made if token_hash(each).startswith(start)), made[0])


class FeedVariant(StrEnum):
    """How much a calendar feed tells."""

    FULL = "full"
    BUSY = "busy"


class FeedTokens:
    """Tokens of calendar feeds: a person's id, and a seal over it, the variant and a count.

    Nothing of them is stored, so whoever reads the database has no address. The first secret
    seals, all of them open.
    """

    def __init__(self, secrets_: Sequence[str]) -> None:
        self._keys = [derived_key(secret, "calendar-feed") for secret in secrets_]

    def token(self, person_id: int, version: int, variant: FeedVariant) -> str:
        """Fit for an address, such as ``12-`` and 43 characters."""
        return self._sealed(self._keys[0], person_id, version, variant)

    def person_of(self, token: str) -> int | None:
        """Whom a token speaks of, before anybody knows whether it is true."""
        digits, _, seal = token.partition("-")
        is_id = digits.isascii() and digits.isdigit() and len(digits) <= 10
        return int(digits) if is_id and seal and int(digits) <= ID_MAX else None

    def variant_of(self, token: str, person_id: int, version: int) -> FeedVariant | None:
        """What a token opens now; null for nothing."""
        for variant in FeedVariant:
            for key in self._keys:
                real = self._sealed(key, person_id, version, variant)
                if is_same(token, real):
                    return variant
        return None

    @staticmethod
    def _sealed(key: bytes, person_id: int, version: int, variant: FeedVariant) -> str:
        return f"{person_id}-{sealed(key, f'{person_id}:{version}:{variant}')}"


def new_nonce() -> str:
    """128 random bits in hex."""
    return secrets.token_hex(16)


def new_session_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a random token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
