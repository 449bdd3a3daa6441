"""Places in lists, as clients carry them: sealed, so that nobody can make one up."""

import base64
import binascii
import hmac
import json
from collections.abc import Sequence

from app.domain.errors import InvalidCursor
from app.infra.keys import derived_key

_SEAL_BYTES = 16


class Cursors:
    """Writes and reads cursors. The first secret seals, all of them open.

    ``question`` is all that decides which rows are listed, also whose: a cursor opens nothing
    but the list that it was given for.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = [derived_key(each, "list-cursor") for each in secrets]

    def write(self, question: str, values: Sequence[str | int]) -> str:
        """The values of the last row shown, fit for an address."""
        said = json.dumps(list(values), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(_seal(self._keys[0], question, said) + said).decode()

    def read(self, question: str, cursor: str) -> list[str | int]:
        """Raises InvalidCursor."""
        try:
            raw = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as fault:
            raise InvalidCursor from fault
        seal, said = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
        if not any(hmac.compare_digest(seal, _seal(key, question, said)) for key in self._keys):
            raise InvalidCursor
        return list(json.loads(said))


def _seal(key: bytes, question: str, said: bytes) -> bytes:
    return hmac.digest(key, question.encode() + b"\n" + said, "sha256")[:_SEAL_BYTES]
