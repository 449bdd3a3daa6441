"""Changes of addresses, by the links in their mails and by person."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update

from app.models.email_change import EmailChange
from app.models.user import User
from app.repositories.secret_links import SecretLinkRepository


class EmailChangeRepository(SecretLinkRepository[EmailChange]):
    """Links to a new address, and those that take it back."""

    model = EmailChange

    def open_of(self, user_id: int, now: datetime) -> EmailChange | None:
        """The change that waits for its link."""
        wanted = select(EmailChange).where(
            EmailChange.user_id == user_id,
            EmailChange.used.is_(False),
            EmailChange.expires_at > now,
        )
        newest = wanted.order_by(EmailChange.id.desc()).limit(1)
        return self._session.scalars(newest).one_or_none()

    def stopped_by(self, stop_token: str, now: datetime) -> tuple[EmailChange, User] | None:
        """What a link takes back and whose address that is, as they are stored now."""
        found = self._session.execute(
            select(EmailChange, User)
            .join(User, User.id == EmailChange.user_id)
            .where(
                EmailChange.stop_token == stop_token,
                EmailChange.stopped_at.is_(None),
                EmailChange.stop_until > now,
            ),
            execution_options={"populate_existing": True},
        ).one_or_none()
        return None if found is None else (found[0], found[1])

    def stop(self, change: EmailChange, now: datetime) -> None:
        """Make a change and all that the person asked for after it useless."""
        self._session.execute(
            update(EmailChange)
            .where(
                EmailChange.user_id == change.user_id,
                EmailChange.id >= change.id,
                EmailChange.stopped_at.is_(None),
            )
            .values(used=True, stopped_at=now)
            .execution_options(synchronize_session=False)
        )

    def is_kept(self, email: str, but_for: int | None, now: datetime) -> bool:
        """Whether somebody else may still take this address back."""
        kept = (EmailChange.old_email == email) & (EmailChange.stop_until > now)
        kept &= EmailChange.stopped_at.is_(None)
        if but_for is not None:
            kept &= EmailChange.user_id != but_for
        return bool(self._session.scalar(select(exists().where(kept))))

    def forget(self, before: datetime, limit: int) -> int:
        """Delete some whose links are all dead since before an instant; returns how many."""
        old = select(EmailChange.id).where(EmailChange.stop_until < before).limit(limit)
        gone = delete(EmailChange).where(EmailChange.id.in_(old)).returning(EmailChange.id)
        return len(self._session.execute(gone).all())
