"""What people change about their own account."""

from app.domain.errors import WrongPassword
from app.domain.names import person_name
from app.domain.passwords import check_password
from app.domain.vocabulary import Role
from app.domain.zones import zone
from app.models.user import User
from app.services.account_steps import AccountSteps
from app.services.base import measure_operation


class AccountService(AccountSteps):
    """Password, sessions, name and zone of somebody who is signed in."""

    @measure_operation
    def change_password(self, user: User, current: str, new: str) -> None:
        """Set a new password and end all sessions and tokens, also the one that asks.

        Raises WrongPassword (also where somebody else changed it meanwhile), PasswordRefused.
        """
        old = user.hashed_password
        check_password(new, email=user.email, full_name=user.full_name)
        if not self._passwords.verify(current, old):
            raise WrongPassword
        hashed = self._passwords.hash(new)
        with self.transaction():
            if not self._replace(user, "account.password", hashed, old=old):
                raise WrongPassword

    @measure_operation
    def end_sessions(self, user: User) -> None:
        """Sign out everywhere: every session and every bearer token becomes void."""
        with self.transaction():
            self._users.end_sessions(user, self.clock.now())
            self._audit.note(user, "account.sessions_ended", "user", user.id)

    @measure_operation
    def update(
        self, user: User, *, full_name: str | None = None, time_zone: str | None = None
    ) -> User:
        """Change the name or the zone for display; null leaves it. Raises InvalidInput,
        UnknownZone, InvalidToken.
        """
        wanted: dict[str, str] = {}
        if full_name is not None:
            wanted["full_name"] = person_name(full_name)
        if time_zone is not None:
            wanted["time_zone"] = zone(time_zone).key
        if all(getattr(user, name) == value for name, value in wanted.items()):
            return user
        with self.transaction():
            self._profiles.lock_calendar(user.id)  # before the rows, as profile changes do
            user = self._users.still_open(user.id)
            before = {name: getattr(user, name) for name in wanted}
            for name, value in wanted.items():
                setattr(user, name, value)
            user.updated_at = self.clock.now()
            if user.kind is Role.INSTRUCTOR:
                self._profiles.raise_generation(user.id)  # public answers say his name
            self._audit.note(user, "account.update", "user", user.id, before=before, after=wanted)
        return user
