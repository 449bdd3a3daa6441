"""The part of the composition root that is about accounts, and what tells of every change."""

from functools import cached_property

from app.repositories.factory import RepositoryFactory
from app.services.account_data import AccountDataService
from app.services.account_steps import AccountTools
from app.services.accounts import AccountService
from app.services.audit import AuditService
from app.services.auth import AuthService
from app.services.base import Context
from app.services.email_changes import EmailChangeService
from app.services.email_verification import EmailVerificationService
from app.services.notifications import NotificationService
from app.services.password_reset import PasswordResetService
from app.services.people import PeopleService
from app.services.runtime import Runtime
from app.services.sessions import SessionService


class AccountServices:
    """Services about accounts, each made on first use."""

    _runtime: Runtime
    _repositories: RepositoryFactory
    _context: Context

    @cached_property
    def audit(self) -> AuditService:
        return AuditService(self._context, self._repositories.audit, self._runtime.audit_keys)

    @cached_property
    def notifications(self) -> NotificationService:
        return NotificationService(self._context, self._repositories.outbox)

    @cached_property
    def auth(self) -> AuthService:
        return AuthService(
            self._context,
            self._repositories.users,
            self._repositories.sessions,
            self._repositories.instructors,
            self._repositories.email_changes,
            self.email_verification,
            self.audit,
            passwords=self._runtime.passwords,
            tokens=self._runtime.tokens,
        )

    @cached_property
    def email_verification(self) -> EmailVerificationService:
        return EmailVerificationService(
            self._context,
            self._repositories.users,
            self._repositories.email_verifications,
            self._runtime.sender.verification_tokens,
            self.notifications,
            self.audit,
        )

    @cached_property
    def accounts(self) -> AccountService:
        return AccountService(self._context, self._account_tools)

    @cached_property
    def people(self) -> PeopleService:
        return PeopleService(self._context, self._account_tools)

    @cached_property
    def account_data(self) -> AccountDataService:
        return AccountDataService(
            self._context,
            self._repositories.account_data,
            self._runtime.passwords,
            self.notifications,
            self.audit,
        )

    @cached_property
    def sessions(self) -> SessionService:
        return SessionService(self._context, self._repositories.sessions, self.audit)

    @cached_property
    def email_changes(self) -> EmailChangeService:
        sender = self._runtime.sender
        return EmailChangeService(
            self._context,
            self._account_tools,
            self._repositories.email_changes,
            confirm_tokens=sender.change_tokens,
            stop_tokens=sender.stop_tokens,
        )

    @cached_property
    def password_reset(self) -> PasswordResetService:
        return PasswordResetService(self._context, self._account_tools)

    @cached_property
    def _account_tools(self) -> AccountTools:
        return AccountTools(
            self._repositories.users,
            self._repositories.instructors,
            self._repositories.password_resets,
            self._runtime.passwords,
            self._runtime.sender.reset_tokens,
            self.notifications,
            self.audit,
            self._repositories.waiting_remains,
        )
