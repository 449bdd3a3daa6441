"""Who somebody is: accounts, sign-in, sessions and bearer tokens."""

import logging
from collections.abc import Callable
from datetime import timedelta

from app.domain.errors import BadCredentials, EmailTaken, InvalidInput, InvalidToken
from app.domain.names import person_name
from app.domain.passwords import check_password
from app.domain.vocabulary import Role
from app.domain.zones import zone
from app.infra.passwords import Passwords
from app.infra.tokens import AccessTokens, new_session_token, token_hash
from app.models.instructor import InstructorProfile
from app.models.session import UserSession
from app.models.user import User
from app.repositories.email_changes import EmailChangeRepository
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.sessions import SessionRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.email_verification import EmailVerificationService
from app.services.unit_of_work import DATABASE_AWAY

log = logging.getLogger(__name__)

IDLE = {False: timedelta(days=14), True: timedelta(minutes=30)}
"""How long a session lasts untouched; the key says whether the person is staff."""
ABSOLUTE = {False: timedelta(days=90), True: timedelta(hours=12)}
TOUCH_EVERY = timedelta(minutes=1)
BATCH = 500


class AuthService(BaseService):
    """Accounts and how people prove who they are."""

    def __init__(
        self,
        context: Context,
        users: UserRepository,
        sessions: SessionRepository,
        profiles: InstructorProfileRepository,
        changes: EmailChangeRepository,
        verification: EmailVerificationService,
        audit: AuditService,
        *,
        passwords: Passwords,
        tokens: AccessTokens,
    ) -> None:
        super().__init__(context)
        self._users = users
        self._sessions = sessions
        self._profiles = profiles
        self._changes = changes
        self._verification = verification
        self._audit = audit
        self._passwords = passwords
        self._tokens = tokens

    @measure_operation
    def register(
        self, email: str, password: str, full_name: str, role: Role, time_zone: str | None = None
    ) -> User:
        """Open a student's or instructor's account; an instructor starts with an empty profile.

        Raises InvalidInput, PasswordRefused, EmailTaken.
        """
        if role not in (Role.STUDENT, Role.INSTRUCTOR):
            raise InvalidInput("Choose student or instructor.", field="role")
        return self._create(email, password, full_name, role, time_zone, by_himself=True)

    @measure_operation
    def create_account(self, email: str, password: str, full_name: str, role: Role) -> User:
        """Open an account of any role; for the command line, which vouches for the address.

        Raises as ``register``.
        """
        return self._create(email, password, full_name, role, None, by_himself=False)

    @measure_operation
    def authenticate(self, email: str, password: str) -> User:
        """The account of an address and password. Raises BadCredentials.

        Unknown, inactive and wrong cost the same time and say the same.
        """
        user = self._users.with_email(email.strip())
        is_right = self._passwords.verify(password, user.hashed_password if user else None)
        if user is None or not is_right or not user.is_open:
            raise BadCredentials
        self._rehash(user, password)
        return user

    @measure_operation
    def open_session(self, user: User, device: str | None = None) -> str:
        """Begin a browser's session; returns the random token for its cookie. ``device`` is what
        the browser runs on, in a few words.
        """
        token, now = new_session_token(), self.clock.now()
        with self.transaction():
            self._sessions.add(
                UserSession(
                    user_id=user.id,
                    token_hash=token_hash(token),
                    auth_version=user.auth_version,
                    created_at=now,
                    last_seen_at=now,
                    device=device,
                )
            )
        return token

    @measure_operation
    def session_user(self, token: str) -> User | None:
        """The person of a session; ``None`` when it has ended, by time or by decree."""
        found = self._sessions.with_user(token_hash(token))
        if found is None:
            return None
        session, user = found
        now, is_staff = self.clock.now(), user.kind.is_staff
        has_ended = (
            not user.is_open
            or session.auth_version != user.auth_version
            or now - session.last_seen_at > IDLE[is_staff]
            or now - session.created_at > ABSOLUTE[is_staff]
        )
        if has_ended:
            return None
        if now - session.last_seen_at > TOUCH_EVERY:
            self._attempt(lambda: self._sessions.touch(session.id, now))
        return user

    @measure_operation
    def close_session(self, token: str) -> None:
        """End one browser's session."""
        with self.transaction():
            self._sessions.drop(token_hash(token))

    @measure_operation
    def drop_ended_sessions(self) -> int:
        """Delete the rows of sessions that ended by time, whoever they belong to; how many."""
        dropped = sum(iter(self._drop_some, 0))
        if dropped:
            log.info("dropped %d ended sessions", dropped)
        return dropped

    @measure_operation
    def access_token(self, user: User) -> str:
        """A bearer token for the API."""
        return self._tokens.issue(user.id, user.email, user.auth_version, now=self.clock.now())

    @measure_operation
    def token_user(self, token: str) -> User:
        """The person of a bearer token. Raises InvalidToken."""
        claims = self._tokens.read(token, now=self.clock.now())
        user = self._users.get(claims.user_id)
        if user is None or not user.is_open or user.auth_version != claims.auth_version:
            raise InvalidToken
        return user

    def _drop_some(self) -> int:
        now = self.clock.now()
        longest_idle, longest = max(IDLE.values()), max(ABSOLUTE.values())
        with self.transaction():
            return self._sessions.drop_ended(now - longest_idle, now - longest, BATCH)

    def _rehash(self, user: User, password: str) -> None:
        """Bring a hash to today's cost, some time when nobody waits for a hash."""
        key, old = user.id, user.hashed_password
        if self._passwords.needs_rehash(old):
            new = self._passwords.hash_if_idle(password)
            if new is not None:
                self._attempt(lambda: self._users.replace_hash(key, old, new))

    def _attempt(self, write: Callable[[], None]) -> None:
        """A write that can as well be made next time: who signs in does not depend on it."""
        try:
            with self.transaction():
                write()
        except DATABASE_AWAY as fault:
            log.warning("put off a write, database away: %s", type(fault).__name__)

    def _create(
        self,
        email: str,
        password: str,
        full_name: str,
        role: Role,
        time_zone: str | None,
        *,
        by_himself: bool,
    ) -> User:
        email, full_name = email.strip().lower(), person_name(full_name)
        check_password(password, email=email, full_name=full_name)
        zone_name = zone(time_zone).key if time_zone else None
        hashed = self._passwords.hash(password)
        with self.transaction():
            if self._changes.is_kept(email, None, self.clock.now()):
                raise EmailTaken
            user = self._users.add(
                User(
                    email=email,
                    hashed_password=hashed,
                    full_name=full_name,
                    role=role.value,
                    is_active=True,
                    time_zone=zone_name,
                    created_at=self.clock.now(),
                    email_verified_at=None if by_himself else self.clock.now(),
                )
            )
            if role is Role.INSTRUCTOR:
                self._profiles.add(
                    InstructorProfile(user_id=user.id, time_zone=zone_name or self.platform_zone)
                )
            if by_himself:
                self._audit.note(user, "account.register", "user", user.id, after={"role": role})
                self._verification.welcome(user)
            else:
                self._audit.note(None, "account.create", "user", user.id, after={"role": role})
        return user
