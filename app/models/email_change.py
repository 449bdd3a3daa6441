"""E-mail addresses on their way to becoming an account's."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.limits import EMAIL_MAX_CHARS
from app.models.secret_link import SecretLink


class EmailChange(SecretLink):
    """One change that somebody asked for. ``token`` is of the link that the new address gets;
    ``stop_token``, likewise a SHA-256, of the one by which the old address stops it, or takes it
    back until ``stop_until``. Both links are made of ``nonce``, each by a key of its own.
    """

    __tablename__ = "email_changes"
    __table_args__ = (
        Index("ix_email_changes_user_id", "user_id"),
        Index("ix_email_changes_token", "token", unique=True),
        Index("ix_email_changes_stop_token", "stop_token", unique=True),
        Index("ix_email_changes_old_email", "old_email"),
    )

    nonce: Mapped[str] = mapped_column(String(32))
    stop_token: Mapped[str] = mapped_column(String(64))
    stop_until: Mapped[datetime]
    old_email: Mapped[str] = mapped_column(String(EMAIL_MAX_CHARS))
    new_email: Mapped[str] = mapped_column(String(EMAIL_MAX_CHARS))
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
