"""What people change about their own account."""

from app.domain.errors import InvalidInput, WrongPassword
from app.domain.mails import MailKind
from app.domain.passwords import check_password
from app.domain.zones import zone
from app.models.user import User
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.notifications import NotificationService
from app.services.password_store import PasswordStore


class AccountService(BaseService):
    """Password, sessions, name and zone of somebody who is signed in."""

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
    def change_password(self, user: User, current: str, new: str) -> None:
        """Set a new password and end all sessions and tokens, also the one that asks.

        Raises WrongPassword (also where somebody else changed it meanwhile), PasswordRefused.
        """
        old = user.hashed_password
        check_password(new, email=user.email, full_name=user.full_name)
        if not self._store.passwords.verify(current, old):
            raise WrongPassword
        hashed = self._store.passwords.hash(new)
        with self.transaction():
            if not self._store.users.set_password(user, old, hashed, self.clock.now()):
                raise WrongPassword
            self._store.resets.drop_open(user.id)
            self._audit.note(
                user,
                "account.password",
                "user",
                user.id,
                before={"password": "old"},
                after={"password": "new"},
            )
            occasion = f"version{user.auth_version}"
            self._notifications.to_person(MailKind.PASSWORD_CHANGED, user, occasion)

    @measure_operation
    def end_sessions(self, user: User) -> None:
        """Sign out everywhere: every session and every bearer token becomes void."""
        with self.transaction():
            self._store.users.end_sessions(user, self.clock.now())
            self._audit.note(user, "account.sessions_ended", "user", user.id)

    @measure_operation
    def update(
        self, user: User, *, full_name: str | None = None, time_zone: str | None = None
    ) -> User:
        """Change the name or the zone for display; null leaves it. Raises InvalidInput,
        UnknownZone.
        """
        wanted = {"full_name": user.full_name, "time_zone": user.time_zone}
        if full_name is not None:
            wanted["full_name"] = " ".join(full_name.split())
            if not wanted["full_name"]:
                raise InvalidInput("Please give a name.", field="full_name")
        if time_zone is not None:
            wanted["time_zone"] = zone(time_zone).key
        before = {name: getattr(user, name) for name in wanted}
        if wanted == before:
            return user
        with self.transaction():
            for name, value in wanted.items():
                setattr(user, name, value)
            user.updated_at = self.clock.now()
            self._audit.note(user, "account.update", "user", user.id, before=before, after=wanted)
        return user
