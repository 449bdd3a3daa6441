"""Signed-in browsers."""

from collections.abc import Sequence
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

    def alive(
        self, user: User, *, seen_since: datetime, begun_since: datetime, limit: int
    ) -> Sequence[UserSession]:
        """A person's sessions that were not ended, the last seen first."""
        wanted = select(UserSession).where(
            UserSession.user_id == user.id,
            UserSession.auth_version == user.auth_version,
            UserSession.last_seen_at >= seen_since,
            UserSession.created_at >= begun_since,
        )
        ordered = wanted.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        return self._session.scalars(ordered.limit(limit)).all()

    def touch(self, session_id: int, seen_at: datetime) -> None:
        self._session.execute(
            update(UserSession).where(UserSession.id == session_id).values(last_seen_at=seen_at)
        )

    def drop_ended(self, seen_before: datetime, created_before: datetime, limit: int) -> int:
        """Delete some rows that ended by time; returns how many."""
        ended = (UserSession.last_seen_at < seen_before) | (UserSession.created_at < created_before)
        some = select(UserSession.id).where(ended).order_by(UserSession.id).limit(limit)
        ids = self._session.scalars(some.with_for_update(skip_locked=True)).all()
        if ids:
            self._session.execute(
                delete(UserSession)
                .where(UserSession.id.in_(ids))
                .execution_options(synchronize_session=False)
            )
        return len(ids)

    def drop_own(self, user_id: int, session_id: int) -> bool:
        """Delete one session of a person; false where he has none of that id."""
        own = (UserSession.id == session_id) & (UserSession.user_id == user_id)
        gone = self._session.execute(
            delete(UserSession)
            .where(own)
            .returning(UserSession.id)
            .execution_options(synchronize_session=False)
        )
        return gone.one_or_none() is not None

    def drop(self, token_hash: str) -> None:
        self._session.execute(delete(UserSession).where(UserSession.token_hash == token_hash))
