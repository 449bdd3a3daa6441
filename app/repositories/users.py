"""People."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from app.domain.errors import EmailTaken, InvalidToken, NotFound
from app.domain.vocabulary import Role
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

    def still_open(self, user_id: int) -> User:
        """The account as it is now, for changes that waited for a lock: it may have been closed
        after its request was let in. Raises InvalidToken.
        """
        found = self.get(user_id, fresh=True)
        if found is None or not found.is_open:
            raise InvalidToken
        return found

    def locked(self, user_id: int) -> User:
        """The account as it is now, kept from other writers until the transaction ends.

        With an administrator all the others, in one order: whoever takes one away looks at the
        others next, and two who did so at once would wait for one another. Raises NotFound.
        Rows that refer to these can still be written.
        """
        himself = aliased(User)
        is_one = exists().where(himself.id == user_id, himself.role == Role.ADMIN)
        wanted = (
            select(User)
            .where((User.id == user_id) | (is_one & (User.role == Role.ADMIN)))
            .order_by(User.id)
            .with_for_update(key_share=True, of=User)
        )
        rows = self._session.scalars(wanted.execution_options(populate_existing=True))
        found = next((each for each in rows.all() if each.id == user_id), None)
        if found is None:
            raise NotFound
        return found

    def has_other_administrator(self, user_id: int) -> bool:
        """Whether another open administrator would be left. All of them are locked, so that two
        who go at once see one another.
        """
        wanted = select(User.id).where(User.role == Role.ADMIN, User.is_active.is_not(False))
        ordered = wanted.order_by(User.id).with_for_update(key_share=True)
        return any(key != user_id for key in self._session.scalars(ordered))

    def set_password(self, user: User, old: str | None, new: str, now: datetime) -> bool:
        """Store a new hash and end what was issued under the old one; false where ``old`` is
        given and no longer the stored one.
        """
        wanted = User.id == user.id
        if old is not None:
            wanted &= User.hashed_password == old
        return self._renewed(user, wanted, now, hashed_password=new)

    def set_email(self, user: User, email: str, now: datetime) -> None:
        """Give an account another address, known to be its own, and end what was issued under the
        older one. The unique index decides who was first. Raises EmailTaken.
        """
        try:
            self._renewed(user, User.id == user.id, now, email=email, email_verified_at=now)
        except IntegrityError as clash:
            raise EmailTaken from clash

    def end_sessions(self, user: User, now: datetime) -> None:
        """Make every session, token and calendar address of a person void."""
        self._renewed(user, User.id == user.id, now)

    def renew_calendar(self, user: User, now: datetime) -> None:
        """Raise the count that the addresses of a person's calendar depend on."""
        version = User.calendar_version + 1
        self._session.execute(
            update(User)
            .where(User.id == user.id)
            .values(calendar_version=version, updated_at=now)
            .execution_options(synchronize_session=False)
        )
        self._session.refresh(user, ["calendar_version", "updated_at"])

    def _renewed(
        self, user: User, wanted: ColumnElement[bool], now: datetime, **values: object
    ) -> bool:
        """Raise the versions of what was issued to a person; false where nothing is wanted."""
        versions = {
            "auth_version": User.auth_version + 1,
            "calendar_version": User.calendar_version + 1,
        }
        changed = self._session.execute(
            update(User)
            .where(wanted)
            .values(updated_at=now, **versions, **values)
            .returning(User.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        self._session.refresh(user)
        return changed is not None

    def replace_hash(self, user_id: int, old: str, new: str) -> None:
        """Store a hash of today's cost, unless the password changed meanwhile."""
        same = (User.id == user_id) & (User.hashed_password == old)
        self._session.execute(update(User).where(same).values(hashed_password=new))
