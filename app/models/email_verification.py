"""Links by which people show that an e-mail address is theirs."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.secret_link import SecretLink


class EmailVerificationToken(SecretLink):
    """One link for one address, of which ``address_hash`` is the SHA-256."""

    __tablename__ = "email_verification_tokens"
    __table_args__ = (
        Index("ix_email_verification_tokens_user_id", "user_id"),
        Index("ix_email_verification_tokens_token", "token", unique=True),
    )

    address_hash: Mapped[str] = mapped_column(String(64))
