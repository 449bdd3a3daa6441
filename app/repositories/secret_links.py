"""Links that do one thing once, of every purpose."""

from datetime import datetime
from typing import ClassVar, TypeVar

from sqlalchemy import select, update

from app.models.email_verification import EmailVerificationToken
from app.models.password_reset import PasswordResetToken
from app.models.secret_link import SecretLink
from app.models.user import User
from app.repositories.base import BaseRepository

Link = TypeVar("Link", bound=SecretLink)


class SecretLinkRepository(BaseRepository[Link]):
    """Links of one purpose, by the hash of their token."""

    model: ClassVar[type[SecretLink]]

    def with_user(self, token_hash: str) -> tuple[Link, User] | None:
        """The link of a token and its person, in one query, as they are stored now."""
        found = self._session.execute(
            select(self.model, User)
            .join(User, User.id == self.model.user_id)
            .where(self.model.token == token_hash),
            execution_options={"populate_existing": True},
        ).one_or_none()
        return None if found is None else (found[0], found[1])  # type: ignore[return-value]

    def spend(self, link_id: int, now: datetime) -> bool:
        """Use a link up; false where somebody was faster or its time is over."""
        taken = self._session.execute(
            update(self.model)
            .where(
                self.model.id == link_id,
                self.model.used.is_(False),
                self.model.expires_at > now,
            )
            .values(used=True)
            .returning(self.model.id)
            .execution_options(synchronize_session=False)
        )
        return taken.one_or_none() is not None

    def drop_open(self, user_id: int) -> None:
        """Make all links of a person useless."""
        self._session.execute(
            update(self.model)
            .where(self.model.user_id == user_id, self.model.used.is_(False))
            .values(used=True)
            .execution_options(synchronize_session=False)
        )


class PasswordResetRepository(SecretLinkRepository[PasswordResetToken]):
    """Links to a new password. Those of the original are stored in clear, so that no token can
    find them.
    """

    model = PasswordResetToken


class EmailVerificationRepository(SecretLinkRepository[EmailVerificationToken]):
    """Links that confirm an address."""

    model = EmailVerificationToken
