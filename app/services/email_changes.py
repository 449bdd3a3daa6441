"""Another e-mail address for an account: a link to the new one, and a way back for the old one."""

import logging
from datetime import timedelta

from app.domain.account_errors import (
    EmailChangeExpired,
    EmailChangeRefused,
    EmailChangeUsed,
    NothingToStop,
    SameAddress,
)
from app.domain.errors import EmailTaken, WrongPassword
from app.domain.mails import TO_ADDRESS, MailKind
from app.domain.names import masked_address
from app.infra.tokens import LinkTokens, new_nonce, new_session_token, token_hash
from app.models.email_change import EmailChange
from app.models.user import User
from app.repositories.email_changes import EmailChangeRepository
from app.services.account_steps import AccountSteps, AccountTools
from app.services.base import Context, measure_operation

log = logging.getLogger(__name__)

LASTS = timedelta(hours=24)
"""How long the new address may take to confirm."""
CAN_BE_STOPPED = timedelta(days=7)
"""How long the old address can take the change back, counted from the asking. Until then nobody
else gets that address.
"""
BATCH = 500


class EmailChangeService(AccountSteps):
    """Asked for with the password, confirmed by a link that only the signed-in person can use, so
    that a mistyped address gives its owner nothing. The old address is told at both steps.
    """

    def __init__(
        self,
        context: Context,
        tools: AccountTools,
        changes: EmailChangeRepository,
        *,
        confirm_tokens: LinkTokens,
        stop_tokens: LinkTokens,
    ) -> None:
        super().__init__(context, tools)
        self._changes = changes
        self._confirm_tokens = confirm_tokens
        self._stop_tokens = stop_tokens

    @measure_operation
    def request(self, user: User, password: str, new_email: str) -> EmailChange:
        """Mail a link to the new address; an earlier one becomes useless. Nothing changes yet.

        Raises WrongPassword (also where it was changed meanwhile), SameAddress, EmailTaken.
        """
        old_hash, new_email = user.hashed_password, new_email.strip().lower()
        if not self._passwords.verify(password, old_hash):
            raise WrongPassword
        with self.transaction():
            now, user = self.clock.now(), self._users.locked(user.id)
            if user.hashed_password != old_hash or not user.is_open:
                raise WrongPassword
            if new_email == user.email.lower():
                raise SameAddress
            is_kept = self._changes.is_kept(new_email, user.id, now)
            if is_kept or self._users.with_email(new_email) is not None:
                raise EmailTaken
            self._changes.drop_open(user.id)
            change = self._add(user, new_email)
            after = {"email": new_email}
            self._audit.note(user, "account.email_change_asked", "user", user.id, after=after)
        return change

    @measure_operation
    def pending(self, user: User) -> EmailChange | None:
        """The change that waits for its link."""
        return self._changes.open_of(user.id, self.clock.now())

    @measure_operation
    def cancel(self, user: User) -> None:
        """Take back what one has asked for oneself. Nothing where there is none."""
        with self.transaction():
            if self._changes.open_of(user.id, self.clock.now()) is None:
                return
            self._changes.drop_open(user.id)
            self._audit.note(user, "account.email_change_cancelled", "user", user.id)

    @measure_operation
    def wanted_address(self, user: User, token: str) -> str | None:
        """Which address a link would give to this person; null for none."""
        try:
            return self._open_change(user, token).new_email
        except EmailChangeRefused:
            return None

    @measure_operation
    def confirm(self, user: User, token: str) -> User:
        """Give the account its new address. All sessions, bearer tokens and open reset links end:
        they were given to whoever reads the old one.

        Raises EmailChangeRefused, EmailTaken. Of many that come at once one succeeds.
        """
        with self.transaction():
            now, user = self.clock.now(), self._users.locked(user.id)
            change = self._open_change(user, token)
            if not self._changes.spend(change.id, now):
                raise EmailChangeUsed
            before = {"email": user.email}
            self._users.set_email(user, change.new_email, now)
            change.confirmed_at = now
            self._resets.drop_open(user.id)
            after = {"email": user.email}
            self._audit.note(user, "account.email", "user", user.id, before=before, after=after)
            self._tell(MailKind.EMAIL_CHANGED, user, change, to=change.old_email)
        return user

    @measure_operation
    def stoppable(self, token: str) -> tuple[str, bool] | None:
        """The masked address that a link keeps or brings back, and whether it has gone already;
        null where it stops nothing.
        """
        try:
            change, user = self._stoppable(token)
        except NothingToStop:
            return None
        return masked_address(change.old_email), user.email != change.old_email

    @measure_operation
    def stop(self, token: str) -> None:
        """The old address says it did not want this: the account keeps that address or gets it
        back, and everybody is signed out. Whoever asked knew the password, so that ends too.

        Raises NothingToStop, EmailTaken.
        """
        self._stoppable(token)  # before anything is spent on a hash
        unknown = self._passwords.hash(new_session_token())
        with self.transaction():
            now = self.clock.now()
            self._users.locked(self._stoppable(token)[1].id)
            change, user = self._stoppable(token)
            before = {"email": user.email, "password": "old"}
            self._changes.stop(change, now)
            self._resets.drop_open(user.id)
            self._users.set_password(user, None, unknown, now)
            if user.email != change.old_email:
                self._users.set_email(user, change.old_email, now)
            self._audit.note(
                None,
                "account.email_change_stopped",
                "user",
                user.id,
                before=before,
                after={"email": user.email, "password": "new"},
            )
            self._tell(MailKind.EMAIL_CHANGE_STOPPED, user, change, to=change.old_email)

    @measure_operation
    def forget_old(self) -> int:
        """Delete changes that can be neither confirmed nor stopped; returns how many."""
        return sum(iter(self._forget_some, 0))

    def _forget_some(self) -> int:
        with self.transaction():
            return self._changes.forget(self.clock.now(), BATCH)

    def _add(self, user: User, new_email: str) -> EmailChange:
        now, nonce = self.clock.now(), new_nonce()
        change = self._changes.add(
            EmailChange(
                user_id=user.id,
                token=token_hash(self._confirm_tokens.token(nonce)),
                expires_at=now + LASTS,
                created_at=now,
                nonce=nonce,
                stop_token=token_hash(self._stop_tokens.token(nonce)),
                stop_until=now + CAN_BE_STOPPED,
                old_email=user.email,
                new_email=new_email,
            )
        )
        self._tell(MailKind.EMAIL_CHANGE_CONFIRM, user, change, to=new_email)
        self._tell(MailKind.EMAIL_CHANGE_ASKED, user, change, to=user.email)
        return change

    def _tell(self, kind: MailKind, user: User, change: EmailChange, *, to: str) -> None:
        facts = {
            TO_ADDRESS: to,
            "nonce": change.nonce,
            "new_address": masked_address(change.new_email),
        }
        is_to_confirm = kind is MailKind.EMAIL_CHANGE_CONFIRM
        link = change.token if is_to_confirm else change.stop_token
        self._notifications.to_person(kind, user, link[:16], facts)

    def _open_change(self, user: User, token: str) -> EmailChange:
        found = self._changes.with_user(token_hash(token))
        if found is None or found[1].id != user.id or found[0].old_email != found[1].email:
            raise EmailChangeUsed if _was_own(found, user) else EmailChangeRefused
        change = found[0]
        if change.used:
            raise EmailChangeUsed
        if change.expires_at <= self.clock.now():
            raise EmailChangeExpired
        return change

    def _stoppable(self, token: str) -> tuple[EmailChange, User]:
        found = self._changes.stopped_by(token_hash(token), self.clock.now())
        if found is None or not found[1].is_open:
            raise NothingToStop
        change, user = found
        if user.email == change.old_email and self.pending(user) is None:
            raise NothingToStop
        return found


def _was_own(found: tuple[EmailChange, User] | None, user: User) -> bool:
    """Whether a link was this person's and has done its work."""
    return found is not None and found[1].id == user.id and found[0].used
