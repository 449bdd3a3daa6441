"""Tokens of links that open a lesson without signing in: sealed, and nothing of them stored."""

from collections.abc import Sequence

from app.domain.lesson_links import LinkClaims, LinkPurpose
from app.domain.limits import ID_MAX
from app.infra.keys import derived_key, is_same, sealed

_PARTS = 4
_DIGITS = 10


class LessonLinkTokens:
    """A token says which lesson and version, and whose; a key per purpose seals that.

    The first secret seals, all of them open.
    """

    def __init__(self, secrets_: Sequence[str]) -> None:
        self._keys = {
            purpose: [derived_key(secret, f"lesson-link:{purpose}") for secret in secrets_]
            for purpose in LinkPurpose
        }

    def token(self, purpose: LinkPurpose, claims: LinkClaims) -> str:
        """Fit for an address, such as ``31-7-0-2-`` and 43 characters."""
        said = _said(claims)
        return f"{said}-{sealed(self._keys[purpose][0], said)}"

    def read(self, purpose: LinkPurpose, token: str) -> LinkClaims | None:
        """What a token says; null for one that is not ours, was altered, or is for something else.

        Only what we would write ourselves is read: no zeros before a number, no other digits.
        """
        numbers = token.split("-", _PARTS)
        if len(numbers) != _PARTS + 1 or not token.isascii():
            return None
        said, seal = "-".join(numbers[:_PARTS]), numbers[_PARTS]
        is_ours = any(is_same(seal, sealed(key, said)) for key in self._keys[purpose])
        return _claims(numbers[:_PARTS]) if is_ours else None


def _said(claims: LinkClaims) -> str:
    numbers = (claims.booking_id, claims.person_id, claims.version, claims.account_version)
    return "-".join(str(each) for each in numbers)


def _claims(numbers: Sequence[str]) -> LinkClaims | None:
    if not all(each.isdigit() and len(each) <= _DIGITS for each in numbers):
        return None
    found = LinkClaims(*(int(each) for each in numbers))
    return found if max(found.booking_id, found.person_id) <= ID_MAX else None
