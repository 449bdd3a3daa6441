"""A forgotten password: a link by mail, and a new password for it."""

import time
from datetime import timedelta
from random import SystemRandom

from app.domain.errors import ResetLinkExpired, ResetLinkUsed, ResetRefused
from app.domain.mails import MailKind
from app.domain.names import masked_address
from app.domain.passwords import check_password
from app.infra.tokens import new_nonce, token_hash
from app.models.password_reset import PasswordResetToken
from app.models.user import User
from app.services.account_steps import AccountSteps
from app.services.base import measure_operation

LASTS = timedelta(hours=1)
ANSWER_SECONDS = 0.2, 0.25
"""A request takes so long, at random, whether there is an account or not: what little the work
before it leaves behind (warm caches) drowns in that.
"""


class PasswordResetService(AccountSteps):
    """Reset links: random, one hour, once, stored hashed; a new one makes the older useless."""

    @measure_operation
    def request(self, email: str) -> None:
        """Mail a link to the account of an address, if there is one. Says nothing either way, and
        takes as long.
        """
        answered = time.perf_counter() + SystemRandom().uniform(*ANSWER_SECONDS)
        try:
            self._ask(email)
        finally:
            time.sleep(max(0.0, answered - time.perf_counter()))

    @measure_operation
    def masked_email(self, token: str) -> str | None:
        """Whose password a link would change, such as ``jo***@example.com``; ``None`` if none."""
        try:
            return masked_address(self._open_link(token)[1].email)
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
        hashed = self._passwords.hash(new_password)
        with self.transaction():
            now = self.clock.now()
            if not self._resets.spend(link_id, now):
                raise ResetLinkUsed
            self._replace(user, "account.password_reset", hashed)
            if user.email_verified_at is None:  # the link came by mail
                user.email_verified_at = now
                after = {"email_verified_at": now}
                self._audit.note(user, "account.verified", "user", user.id, after=after)

    def _ask(self, email: str) -> None:
        """All of it within the write transaction: waiting for that must not tell who is known."""
        now, nonce = self.clock.now(), new_nonce()
        hashed = token_hash(self._reset_tokens.token(nonce))
        with self.transaction():
            user = self._users.with_email(email.strip())
            if user is None or not user.is_open:
                return
            self._users.locked(user.id)  # of requests at once the last one's link works, no other
            self._resets.drop_open(user.id)
            self._resets.add(
                PasswordResetToken(
                    user_id=user.id, token=hashed, expires_at=now + LASTS, created_at=now
                )
            )
            self._audit.note(None, "account.reset_asked", "user", user.id)
            self._notifications.to_person(
                MailKind.PASSWORD_RESET, user, hashed[:16], {"nonce": nonce}
            )

    def _open_link(self, token: str) -> tuple[PasswordResetToken, User]:
        found = self._resets.with_user(token_hash(token))
        if found is None or not found[1].is_open:
            raise ResetRefused
        if found[0].used:
            raise ResetLinkUsed
        if found[0].expires_at <= self.clock.now():
            raise ResetLinkExpired
        return found
