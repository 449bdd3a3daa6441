"""What all links have in common that let their holder do one thing once."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SecretLink(Base):
    """One link for one person. ``token`` is the SHA-256 of what the address carries."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(String)
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
