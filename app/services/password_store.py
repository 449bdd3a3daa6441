"""Where passwords and their reset links lie, for the services that change them."""

from dataclasses import dataclass

from app.infra.passwords import Passwords
from app.infra.tokens import ResetTokens
from app.repositories.password_resets import PasswordResetRepository
from app.repositories.users import UserRepository


@dataclass(frozen=True, slots=True)
class PasswordStore:
    """Hashes, links, and how both are made."""

    users: UserRepository
    resets: PasswordResetRepository
    passwords: Passwords
    reset_tokens: ResetTokens
