"""Reset links of the original; kept so that its rows survive."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PasswordResetToken(Base):
    """One reset link."""

    __tablename__ = "password_reset_tokens"
    __table_args__ = (
        Index("idx_password_reset_tokens_user_id", "user_id"),
        Index("ix_password_reset_tokens_token", "token", unique=True),
        {"comment": "Password reset token management"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(String)
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
