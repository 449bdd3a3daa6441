"""What every change of an account shares."""

from dataclasses import dataclass

from app.domain.mails import MailKind
from app.infra.passwords import Passwords
from app.infra.tokens import LinkTokens
from app.models.user import User
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.secret_links import PasswordResetRepository
from app.repositories.users import UserRepository
from app.repositories.waiting_remains import WaitingRemainsRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context
from app.services.notifications import NotificationService


@dataclass(frozen=True, slots=True)
class AccountTools:
    """What they work with."""

    users: UserRepository
    profiles: InstructorProfileRepository
    resets: PasswordResetRepository
    passwords: Passwords
    reset_tokens: LinkTokens
    notifications: NotificationService
    audit: AuditService
    waiting: WaitingRemainsRepository


class AccountSteps(BaseService):
    """Base of the services that change passwords, names and who may come in."""

    def __init__(self, context: Context, tools: AccountTools) -> None:
        super().__init__(context)
        self._users = tools.users
        self._profiles = tools.profiles
        self._resets = tools.resets
        self._passwords = tools.passwords
        self._reset_tokens = tools.reset_tokens
        self._notifications = tools.notifications
        self._audit = tools.audit
        self._waiting = tools.waiting

    def _replace(self, user: User, action: str, hashed: str, *, old: str | None = None) -> bool:
        """Store a new hash, end all sessions, tokens and reset links, note it and tell the person.

        False, and nothing done, where ``old`` is given and no longer the stored hash. Call it
        inside the transaction of the change.
        """
        if not self._users.set_password(user, old, hashed, self.clock.now()):
            return False
        self._resets.drop_open(user.id)
        before, after = {"password": "old"}, {"password": "new"}
        self._audit.note(user, action, "user", user.id, before=before, after=after)
        occasion = f"version{user.auth_version}"
        facts = {"by_link": old is None}
        self._notifications.to_person(MailKind.PASSWORD_CHANGED, user, occasion, facts)
        return True
