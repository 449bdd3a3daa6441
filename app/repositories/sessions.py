"""Signed-in browsers."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app.models.session import UserSession
from app.models.user import User
from app.repositories.base import BaseRepository


class SessionRepository(BaseRepository[UserSession]):
    """Session rows, by the hash of their token."""

    model = UserSession

    def with_user(self, token_hash: str) -> tuple[UserSession, User] | None:
        """The session of a token and its person, in one query."""
        found = self._session.execute(
            select(UserSession, User)
            .join(User, User.id == UserSession.user_id)
            .where(UserSession.token_hash == token_hash)
        ).one_or_none()
        return None if found is None else (found[0], found[1])

    def touch(self, session_id: int, seen_at: datetime) -> None:
        self._session.execute(
            update(UserSession).where(UserSession.id == session_id).values(last_seen_at=seen_at)
        )

    def drop(self, token_hash: str) -> None:
        self._session.execute(delete(UserSession).where(UserSession.token_hash == token_hash))
