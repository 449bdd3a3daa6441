"""Signed-in browsers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.limits import DEVICE_MAX_CHARS
from app.models.base import Base


class UserSession(Base):
    """One signed-in browser. The cookie holds a random token; only its SHA-256 is stored.

    ``device`` is what it runs on, such as ``Firefox on Windows``; null where it did not say.
    """

    __tablename__ = "user_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    auth_version: Mapped[int]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    device: Mapped[str | None] = mapped_column(String(DEVICE_MAX_CHARS))
