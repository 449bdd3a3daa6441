"""Reset links of the original; kept so that its rows survive."""

from sqlalchemy import Index

from app.models.secret_link import SecretLink


class PasswordResetToken(SecretLink):
    """One reset link. Those of the original hold their token in clear."""

    __tablename__ = "password_reset_tokens"
    __table_args__ = (
        Index("idx_password_reset_tokens_user_id", "user_id"),
        Index("ix_password_reset_tokens_token", "token", unique=True),
        {"comment": "Password reset token management"},
    )
