"""What the mails about an account say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.mails import MailKind
from app.domain.vocabulary import Role
from app.models.user import User
from app.services.mail_contents import MailContent, one_line
from app.services.mail_words import BLUE, GREEN, GREY, INDIGO
from app.services.safety_mails import SafetyMails


@dataclass(frozen=True, slots=True)
class AccountMails:
    """Writes contents. ``base_url`` is where their links lead."""

    brand: str
    base_url: str

    def about(
        self, kind: MailKind, reader: User, facts: Mapping[str, Any], token: str
    ) -> MailContent:
        """The mail of a kind. ``token`` is that of its link, where it has one."""
        if kind is MailKind.PASSWORD_RESET:
            return self.password_reset(reader, token)
        if kind is MailKind.VERIFY_EMAIL:
            return self.verify_email(reader, token)
        if kind is MailKind.PASSWORD_CHANGED:
            return self.password_changed(reader, by_link=facts.get("by_link", True))
        if kind is MailKind.WELCOME:
            return self.welcome(reader)
        changes = SafetyMails(self.brand, self.base_url)
        return changes.about(kind, reader, facts.get("new_address", ""), token)

    def password_reset(self, reader: User, token: str) -> MailContent:
        """The link to a new password."""
        return MailContent(
            subject=f"Reset Your {self.brand} Password",
            colour=INDIGO,
            name=one_line(reader.full_name),
            heading="Choose a new password",
            paragraphs=(
                "Somebody, probably you, asked for a new password. The link works once, within"
                " an hour.",
                "If it was not you, ignore this mail: your password stays as it is.",
            ),
            button=("Choose a new password", f"{self.base_url}/reset-password?token={token}"),
            secrets=(token,),
        )

    def password_changed(self, reader: User, *, by_link: bool) -> MailContent:
        """To whoever's password has just changed, by a mailed link or by himself."""
        done = "Reset" if by_link else "Changed"
        return MailContent(
            subject=f"Your {self.brand} Password Has Been {done}",
            colour=GREEN,
            name=one_line(reader.full_name),
            heading="Your password has changed",
            paragraphs=(
                "You are signed out everywhere else.",
                "If it was not you, ask for a new password at once.",
            ),
            button=("Sign in", f"{self.base_url}/login"),
        )

    def verify_email(self, reader: User, token: str) -> MailContent:
        """The link that shows that an address is its account's."""
        return MailContent(
            subject=f"Please confirm your email address for {self.brand}",
            colour=BLUE,
            name=one_line(reader.full_name),
            heading="Is this your address?",
            paragraphs=(
                f"Somebody, probably you, opened an account at {self.brand} with this address."
                " Press the button to confirm it. The link works once, within a week.",
                "If it was not you, ignore this mail: the address stays unconfirmed.",
            ),
            button=("Confirm my address", f"{self.base_url}/verify-email?token={token}"),
            secrets=(token,),
        )

    def welcome(self, reader: User) -> MailContent:
        """To somebody who has just opened an account: what to do first."""
        if reader.kind is Role.INSTRUCTOR:
            return self._welcome_to_teach(reader)
        return MailContent(
            subject=f"Welcome to {self.brand}",
            colour=INDIGO,
            name=one_line(reader.full_name),
            heading=f"Welcome to {self.brand}",
            paragraphs=("Your account is open. Find somebody to learn from, and book a time.",),
            button=("Find an instructor", f"{self.base_url}/instructors"),
        )

    def closed(self, former_name: str) -> MailContent:
        """The last mail to somebody who has closed his account."""
        return MailContent(
            subject=f"Your {self.brand} Account Is Closed",
            colour=GREY,
            name=one_line(former_name),
            heading="Your account is closed",
            paragraphs=(
                "Your name, address and notes are removed, and lessons you had still to take are"
                " cancelled. This was our last mail to you.",
            ),
        )

    def _welcome_to_teach(self, reader: User) -> MailContent:
        return MailContent(
            subject=f"Welcome to {self.brand}",
            colour=INDIGO,
            name=one_line(reader.full_name),
            heading=f"Welcome to {self.brand}",
            paragraphs=(
                "Your account is open. Two steps, and students can book you: say what you teach,"
                " then open hours in your week.",
            ),
            facts=(
                ("What you teach", f"{self.base_url}/teach/profile"),
                ("Your week", f"{self.base_url}/teach/schedule"),
            ),
            button=("Say what you teach", f"{self.base_url}/teach/profile"),
        )
