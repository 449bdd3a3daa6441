"""Links by which people choose a new password."""

from datetime import datetime

from sqlalchemy import select, update

from app.models.password_reset import PasswordResetToken
from app.models.user import User
from app.repositories.base import BaseRepository


class PasswordResetRepository(BaseRepository[PasswordResetToken]):
    """Reset links, by the hash of their token. Links of the original are stored in clear, so
    that no token can find them.
    """

    model = PasswordResetToken

    def with_user(self, token_hash: str) -> tuple[PasswordResetToken, User] | None:
        """The link of a token and its person, in one query, as they are stored now."""
        found = self._session.execute(
            select(PasswordResetToken, User)
            .join(User, User.id == PasswordResetToken.user_id)
            .where(PasswordResetToken.token == token_hash),
            execution_options={"populate_existing": True},
        ).one_or_none()
        return None if found is None else (found[0], found[1])

    def spend(self, link_id: int, now: datetime) -> bool:
        """Use a link up; false where somebody was faster or its time is over."""
        taken = self._session.execute(
            update(PasswordResetToken)
            .where(
                PasswordResetToken.id == link_id,
                PasswordResetToken.used.is_(False),
                PasswordResetToken.expires_at > now,
            )
            .values(used=True)
            .returning(PasswordResetToken.id)
            .execution_options(synchronize_session=False)
        )
        return taken.one_or_none() is not None

    def drop_open(self, user_id: int) -> None:
        """Make all links of a person useless."""
        self._session.execute(
            update(PasswordResetToken)
            .where(PasswordResetToken.user_id == user_id, PasswordResetToken.used.is_(False))
            .values(used=True)
            .execution_options(synchronize_session=False)
        )
