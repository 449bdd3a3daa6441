"""People."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.domain.errors import EmailTaken
from app.models.user import User
from app.repositories.base import BaseRepository


class UserRepository(BaseRepository[User]):
    """Accounts, by id and by e-mail address."""

    model = User

    def add(self, row: User) -> User:
        """Insert; the unique index, not a prior query, decides who was first. Raises EmailTaken."""
        try:
            return super().add(row)
        except IntegrityError as clash:
            raise EmailTaken from clash

    def with_email(self, email: str) -> User | None:
        """The account of an address. Adopted rows may still be spelled in mixed case."""
        spellings = select(User).where(User.email.in_({email, email.lower()}))
        found = self._session.scalars(spellings).all()
        return next((user for user in found if user.email == email), found[0] if found else None)

    def set_password(self, user: User, old: str | None, new: str, now: datetime) -> bool:
        """Store a new hash and end what was issued under the old one; false where ``old`` is
        given and no longer the stored one.
        """
        wanted = User.id == user.id
        if old is not None:
            wanted &= User.hashed_password == old
        values = {"hashed_password": new, "updated_at": now, "auth_version": User.auth_version + 1}
        changed = self._session.execute(
            update(User)
            .where(wanted)
            .values(values)
            .returning(User.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        self._session.refresh(user)
        return changed is not None

    def end_sessions(self, user: User, now: datetime) -> None:
        """Make every session and token of a person void."""
        self._session.execute(
            update(User)
            .where(User.id == user.id)
            .values(auth_version=User.auth_version + 1, updated_at=now)
            .execution_options(synchronize_session=False)
        )
        self._session.refresh(user)

    def replace_hash(self, user_id: int, old: str, new: str) -> None:
        """Store a hash of today's cost, unless the password changed meanwhile."""
        same = (User.id == user_id) & (User.hashed_password == old)
        self._session.execute(update(User).where(same).values(hashed_password=new))
