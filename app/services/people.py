"""Whether somebody may use the site: what staff decide about other people's accounts."""

from app.domain.errors import AccountClosed, InvalidInput, LastAdministrator, NotAllowed, NotFound
from app.domain.vocabulary import Role
from app.models.instructor import InstructorProfile
from app.models.user import User
from app.services.account_steps import AccountSteps
from app.services.base import measure_operation


class PeopleService(AccountSteps):
    """Deactivates, reactivates and gives roles. ``actor`` is null for the command line."""

    @measure_operation
    def with_email(self, email: str) -> User:
        """The account of an address. Raises NotFound."""
        found = self._users.with_email(email.strip())
        if found is None:
            raise NotFound("No account has that email address.")
        return found

    @measure_operation
    def deactivate(self, actor: User | None, person_id: int, reason: str | None = None) -> User:
        """Shut somebody out at once. Bookings stay as they are; an instructor is not shown.

        Raises NotFound, NotAllowed, InvalidInput, LastAdministrator.
        """
        with self.transaction():
            person = self._person(actor, person_id, reason)
            if not person.is_open:
                return person
            self._check_not_last(person)
            self._users.end_sessions(person, self.clock.now())
            self._resets.drop_open(person.id)
            self._leave_lines(person)
            self._set_active(actor, person, "account.deactivate", reason, is_active=False)
        return person

    @measure_operation
    def reactivate(self, actor: User | None, person_id: int, reason: str | None = None) -> User:
        """Let somebody in again; he signs in anew.

        Raises NotFound, NotAllowed, InvalidInput, AccountClosed.
        """
        with self.transaction():
            person = self._person(actor, person_id, reason)
            if person.closed_at is not None:
                raise AccountClosed
            if not person.is_open:
                self._set_active(actor, person, "account.reactivate", reason, is_active=True)
        return person

    @measure_operation
    def set_role(
        self, actor: User | None, person_id: int, role: Role, reason: str | None = None
    ) -> User:
        """Give an account another role and end its sessions and tokens.

        Raises NotFound, NotAllowed, InvalidInput, LastAdministrator.
        """
        if actor is not None and actor.kind is not Role.ADMIN:
            raise NotAllowed("Only an administrator gives roles.")
        with self.transaction():
            person = self._person(actor, person_id, reason)
            if role is not Role.ADMIN:
                self._check_not_last(person)
            self._users.end_sessions(person, self.clock.now())
            before = {"role": person.role}
            if role is not Role.STUDENT:
                self._leave_lines(person)
            person.role = role.value
            if self._profiles.of(person.id) is not None:
                self._profiles.raise_generation(person.id)
            elif role is Role.INSTRUCTOR:
                blank = InstructorProfile(user_id=person.id, time_zone=self.platform_zone)
                self._profiles.add(blank)
            self._audit.note(
                actor,
                "account.role",
                "user",
                person.id,
                before=before,
                after={"role": role},
                reason=reason,
            )
        return person

    def _leave_lines(self, person: User) -> None:
        """Whoever cannot book does not wait, and nothing is kept for him."""
        for instructor_id in self._waiting.end(person.id, self.clock.now()):
            self._profiles.raise_generation(instructor_id)

    def _check_not_last(self, person: User) -> None:
        """Somebody must be left who can give roles. Raises LastAdministrator."""
        is_admin = person.is_open and person.kind is Role.ADMIN
        if is_admin and not self._users.has_other_administrator(person.id):
            raise LastAdministrator

    def _person(self, actor: User | None, person_id: int, reason: str | None) -> User:
        """The person, locked, where the actor may decide about him."""
        if actor is not None and not actor.kind.is_staff:
            raise NotAllowed
        if actor is not None and not (reason or "").strip():
            raise InvalidInput("Say why; it is kept with the change.", field="reason")
        self._profiles.lock_calendar(person_id)
        person = self._users.locked(person_id)
        if actor is not None and actor.kind is not Role.ADMIN and person.kind.is_staff:
            raise NotAllowed("Only an administrator can do this with a colleague's account.")
        return person

    def _set_active(
        self, actor: User | None, person: User, action: str, reason: str | None, *, is_active: bool
    ) -> None:
        before = {"is_active": person.is_open}
        person.is_active, person.updated_at = is_active, self.clock.now()
        self._profiles.raise_generation(person.id)
        after = {"is_active": is_active}
        self._audit.note(
            actor, action, "user", person.id, before=before, after=after, reason=reason
        )
