"""A forgotten password: a link by mail, and a new password for it."""

import time
from datetime import timedelta

from app.domain.errors import ResetLinkExpired, ResetLinkUsed, ResetRefused
from app.domain.mails import MailKind
from app.domain.passwords import check_password
from app.infra.tokens import new_nonce, token_hash
from app.models.password_reset import PasswordResetToken
from app.models.user import User
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.notifications import NotificationService
from app.services.password_store import PasswordStore

LASTS = timedelta(hours=1)
ANSWER_SECONDS = 0.2
"""A request takes so long whether there is an account or not."""


class PasswordResetService(BaseService):
    """Reset links: random, one hour, once, stored hashed; a new one makes the older useless."""

    def __init__(
        self,
        context: Context,
        store: PasswordStore,
        notifications: NotificationService,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._store = store
        self._notifications = notifications
        self._audit = audit

    @measure_operation
    def request(self, email: str) -> None:
        """Mail a link to the account of an address, if there is one. Says nothing either way, and
        takes as long.
        """
        started = time.perf_counter()
        try:
            self._ask(email)
        finally:
            time.sleep(max(0.0, started + ANSWER_SECONDS - time.perf_counter()))

    @measure_operation
    def masked_email(self, token: str) -> str | None:
        """Whose password a link would change, such as ``jo***@example.com``; ``None`` if none."""
        try:
            return _masked(self._open_link(token)[1].email)
        except ResetRefused:
            return None

    @measure_operation
    def confirm(self, token: str, new_password: str) -> None:
        """Give the link's person a new password and end all sessions and tokens.

        Raises ResetRefused, PasswordRefused. Of many that come at once one succeeds.
        """
        link, user = self._open_link(token)
        link_id = link.id
        check_password(new_password, email=user.email, full_name=user.full_name)
        hashed = self._store.passwords.hash(new_password)
        with self.transaction():
            now = self.clock.now()
            if not self._store.resets.spend(link_id, now):
                raise ResetLinkUsed
            self._store.users.set_password(user, None, hashed, now)
            self._store.resets.drop_open(user.id)
            self._audit.note(
                user,
                "account.password_reset",
                "user",
                user.id,
                before={"password": "old"},
                after={"password": "new"},
            )
            self._notifications.to_person(MailKind.PASSWORD_CHANGED, user, f"reset{link_id}")

    def _ask(self, email: str) -> None:
        user = self._store.users.with_email(email.strip())
        if user is None or not user.is_open:
            return
        now, nonce = self.clock.now(), new_nonce()
        hashed = token_hash(self._store.reset_tokens.token(nonce))
        with self.transaction():
            self._store.resets.drop_open(user.id)
            self._store.resets.add(
                PasswordResetToken(
                    user_id=user.id, token=hashed, expires_at=now + LASTS, created_at=now
                )
            )
            self._audit.note(None, "account.reset_asked", "user", user.id)
            self._notifications.to_person(
                MailKind.PASSWORD_RESET, user, hashed[:16], {"nonce": nonce}
            )

    def _open_link(self, token: str) -> tuple[PasswordResetToken, User]:
        found = self._store.resets.with_user(token_hash(token))
        if found is None or not found[1].is_open:
            raise ResetRefused
        if found[0].used:
            raise ResetLinkUsed
        if found[0].expires_at <= self.clock.now():
            raise ResetLinkExpired
        return found


def _masked(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:2] if len(local) > 2 else ''}***@{domain}"
