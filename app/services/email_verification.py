"""Whether an e-mail address is its account's: a link by mail, and a button behind it."""

from datetime import timedelta

from app.domain.errors import (
    AlreadyVerified,
    VerificationExpired,
    VerificationRefused,
    VerificationUsed,
)
from app.domain.mails import MailKind
from app.domain.names import masked_address
from app.infra.tokens import LinkTokens, new_nonce, token_hash
from app.models.email_verification import EmailVerificationToken
from app.models.user import User
from app.repositories.secret_links import EmailVerificationRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.notifications import NotificationService

LASTS = timedelta(days=7)


class EmailVerificationService(BaseService):
    """Links that confirm an address: random, a week, once, stored hashed, for the address they
    were sent to and no other; a new one makes the older useless.
    """

    def __init__(
        self,
        context: Context,
        users: UserRepository,
        links: EmailVerificationRepository,
        tokens: LinkTokens,
        notifications: NotificationService,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._users = users
        self._links = links
        self._tokens = tokens
        self._notifications = notifications
        self._audit = audit

    @measure_operation
    def welcome(self, user: User) -> None:
        """Greet a new account and send its first link, in the transaction that opens it."""
        with self.transaction():
            self._notifications.to_person(MailKind.WELCOME, user, "registered")
            self._send(user)

    @measure_operation
    def request(self, user: User) -> None:
        """Mail another link. Of many requests at once the last one's link works, no other.

        Raises AlreadyVerified.
        """
        with self.transaction():
            user = self._users.locked(user.id)
            if user.email_verified_at is not None:
                raise AlreadyVerified
            self._links.drop_open(user.id)
            self._send(user)
            self._audit.note(user, "account.verification_asked", "user", user.id)

    @measure_operation
    def masked_email(self, token: str) -> str | None:
        """Which address a link would confirm, such as ``jo***@example.com``; ``None`` if none."""
        try:
            return masked_address(self._open_link(token)[1].email)
        except VerificationRefused:
            return None

    @measure_operation
    def confirm(self, token: str) -> None:
        """Confirm the address that a link was sent to. Of many that come at once one succeeds.

        Raises VerificationRefused.
        """
        with self.transaction():
            now = self.clock.now()
            link, user = self._open_link(token)
            if not self._links.spend(link.id, now):
                raise VerificationUsed
            before = user.email_verified_at
            user.email_verified_at = user.updated_at = now
            self._audit.note(
                user,
                "account.verified",
                "user",
                user.id,
                before={"email_verified_at": before},
                after={"email_verified_at": now},
            )

    def _send(self, user: User) -> None:
        now, nonce = self.clock.now(), new_nonce()
        hashed = token_hash(self._tokens.token(nonce))
        self._links.add(
            EmailVerificationToken(
                user_id=user.id,
                token=hashed,
                expires_at=now + LASTS,
                created_at=now,
                address_hash=token_hash(user.email),
            )
        )
        self._notifications.to_person(MailKind.VERIFY_EMAIL, user, hashed[:16], {"nonce": nonce})

    def _open_link(self, token: str) -> tuple[EmailVerificationToken, User]:
        found = self._links.with_user(token_hash(token))
        if found is None or not found[1].is_open:
            raise VerificationRefused
        link, user = found
        if link.address_hash != token_hash(user.email):
            raise VerificationRefused
        if link.used:
            raise VerificationUsed
        if link.expires_at <= self.clock.now():
            raise VerificationExpired
        return found
