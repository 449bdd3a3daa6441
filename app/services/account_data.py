"""A copy of everything that is kept about somebody, for himself."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TextIO

from app.domain.errors import WrongPassword
from app.domain.mails import MailKind
from app.domain.zones import utc_text
from app.infra.passwords import Passwords
from app.infra.tokens import new_nonce
from app.models.user import User
from app.repositories.account_data import SECTIONS, AccountDataRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.notifications import NotificationService

ABOUT = (
    "Everything that is kept about you. Times are in UTC where they end with Z, else on the clock"
    " of the instructor. Left out are passwords, whatever opens a door (such as the tokens of"
    " links, and the secret addresses of your calendar), and the email addresses of other people."
)
SINGLE = ("account", "profile")
"""Sections of which everybody has one row at most."""


class AccountDataService(BaseService):
    """Writes the copy piece by piece, so that many lessons cost time and no memory.

    The password is asked rather than a sign-in of late: sessions last for weeks, and whoever finds
    a browser open should not carry off everything that was ever written here.
    """

    slow_seconds = 30.0

    def __init__(
        self,
        context: Context,
        data: AccountDataRepository,
        passwords: Passwords,
        notifications: NotificationService,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._data = data
        self._passwords = passwords
        self._notifications = notifications
        self._audit = audit

    @measure_operation
    def write(self, user: User, password: str, out: TextIO) -> None:
        """Write one JSON object. Noted, and told to the person. Raises WrongPassword."""
        if not self._passwords.verify(password, user.hashed_password):
            raise WrongPassword
        with self.transaction():
            self._audit.note(user, "account.data_copied", "user", user.id)
            self._notifications.to_person(MailKind.DATA_COPIED, user, new_nonce()[:16])
        head = {"made_at": utc_text(self.clock.now()), "about": ABOUT}
        out.write("{\n" + json.dumps(head)[1:-1])
        for section in SECTIONS:
            out.write(f",\n{json.dumps(section.name)}: ")
            rows = map(_plain, self._data.rows(section, user.id))
            if section.name in SINGLE:
                out.write(_text(next(rows, None)))
            else:
                _write_list(out, rows)
        out.write(',\n"changes": ')
        _write_list(out, (_change(row, user) for row in self._data.trail(user)))
        out.write("\n}\n")


def _write_list(out: TextIO, rows: Iterable[Mapping[str, Any]]) -> None:
    out.write("[")
    for number, row in enumerate(rows):
        out.write(("," if number else "") + "\n  " + _text(row))
    out.write("]")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _change(row: Mapping[str, Any], user: User) -> dict[str, Any]:
    """One entry of the trail, with the personal values where they may be told."""
    told = _plain({name: value for name, value in row.items() if name != "actor_id"})
    changes, personal = json.loads(told["changes"]), json.loads(told.pop("personal") or "{}")
    return {**told, "by_you": row["actor_id"] == user.id, "changes": {**changes, **personal}}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json_ready(value) for name, value in row.items()}


def _json_ready(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
