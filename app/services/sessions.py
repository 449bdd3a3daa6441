"""Where somebody is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import NotFound
from app.infra.tokens import token_hash
from app.models.user import User
from app.repositories.sessions import SessionRepository
from app.services.audit import AuditService
from app.services.auth import ABSOLUTE, IDLE
from app.services.base import BaseService, Context, measure_operation

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SeenSession:
    """One signed-in browser. ``device`` is null where it did not say, or was not kept yet."""

    id: int
    began_at: datetime
    last_seen_at: datetime
    device: str | None
    is_current: bool


class SessionService(BaseService):
    """A person's own sessions."""

    def __init__(self, context: Context, sessions: SessionRepository, audit: AuditService) -> None:
        super().__init__(context)
        self._sessions = sessions
        self._audit = audit

    @measure_operation
    def mine(self, user: User, token: str | None = None) -> Sequence[SeenSession]:
        """Those that work now, the one of this token first, then the last seen; 50 at most."""
        now, is_staff = self.clock.now(), user.kind.is_staff
        rows = self._sessions.alive(
            user, seen_since=now - IDLE[is_staff], begun_since=now - ABSOLUTE[is_staff], limit=SHOWN
        )
        current = None if token is None else token_hash(token)
        seen = [
            SeenSession(
                each.id,
                each.created_at,
                each.last_seen_at,
                each.device,
                each.token_hash == current,
            )
            for each in rows
        ]
        return sorted(seen, key=lambda each: not each.is_current)

    @measure_operation
    def end(self, user: User, session_id: int) -> None:
        """Sign out one browser. Raises NotFound, also for other people's."""
        with self.transaction():
            if not self._sessions.drop_own(user.id, session_id):
                raise NotFound("Session not found")
            self._audit.note(user, "account.session_ended", "user", user.id)
