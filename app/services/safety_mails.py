"""What the mails say by which somebody notices that another acts in his name."""

from dataclasses import dataclass

from app.domain.mails import MailKind
from app.models.user import User
from app.services.mail_contents import MailContent, one_line
from app.services.mail_words import AMBER, BLUE, GREEN


@dataclass(frozen=True, slots=True)
class SafetyMails:
    """Writes contents. ``base_url`` is where their links lead."""

    brand: str
    base_url: str

    def about(self, kind: MailKind, reader: User, new_address: str, token: str) -> MailContent:
        """The mail of a kind. ``new_address`` is masked: the mailbox may be read by others."""
        if kind is MailKind.EMAIL_CHANGE_CONFIRM:
            return self._confirm(reader, token)
        if kind is MailKind.EMAIL_CHANGE_ASKED:
            return self._asked(reader, new_address, token)
        if kind is MailKind.EMAIL_CHANGED:
            return self._changed(reader, new_address, token)
        if kind is MailKind.EMAIL_CHANGE_STOPPED:
            return self._stopped(reader)
        if kind is MailKind.DATA_COPIED:
            return self._copied(reader)
        raise ValueError(f"nothing is known of mails of the kind {kind}")

    def _confirm(self, reader: User, token: str) -> MailContent:
        return MailContent(
            subject=f"Please confirm your new email address for {self.brand}",
            colour=BLUE,
            name=one_line(reader.full_name),
            heading="Use this address from now on?",
            paragraphs=(
                f"You asked to use this address for your account at {self.brand}. Open the link"
                " where you are signed in, or sign in with your old address, and press the button"
                " there. The link works once, within a day.",
                "If you did not ask for it, ignore this mail: nothing changes.",
            ),
            button=(
                "Confirm the new address",
                f"{self.base_url}/account/email/confirm?token={token}",
            ),
            secrets=(token,),
        )

    def _asked(self, reader: User, new_address: str, token: str) -> MailContent:
        return MailContent(
            subject=f"Your {self.brand} email address is about to change",
            colour=AMBER,
            name=one_line(reader.full_name),
            heading="Somebody asked to change your address",
            paragraphs=(
                f"Somebody, probably you, asked to use {new_address} instead of this address. It"
                " changes once a link in a mail to that address is confirmed.",
                "If it was you, there is nothing to do. If it was not you, stop it: the change is"
                " off, and everybody is signed out of your account.",
            ),
            button=("Stop the change", self._stop(token)),
            secrets=(token,),
        )

    def _changed(self, reader: User, new_address: str, token: str) -> MailContent:
        return MailContent(
            subject=f"Your {self.brand} Email Address Has Been Changed",
            colour=GREEN,
            name=one_line(reader.full_name),
            heading="Your email address has changed",
            paragraphs=(
                f"From now on you sign in with {new_address}, and our mails go there. Your other"
                " devices are signed out.",
                "If it was not you, take it back within a week of the mail that announced it: your"
                " account gets this address again, and everybody is signed out.",
            ),
            button=("Take it back", self._stop(token)),
            secrets=(token,),
        )

    def _stopped(self, reader: User) -> MailContent:
        return MailContent(
            subject=f"Your {self.brand} email address stays as it was",
            colour=GREEN,
            name=one_line(reader.full_name),
            heading="The change is stopped",
            paragraphs=(
                "This is your address again, and everybody is signed out of your account. Whoever"
                " asked for the change knew your password, so that it does not work any more.",
                "Choose a new password, and use it nowhere else.",
            ),
            button=("Choose a new password", f"{self.base_url}/forgot-password"),
        )

    def _copied(self, reader: User) -> MailContent:
        return MailContent(
            subject=f"A copy of your {self.brand} data was downloaded",
            colour=BLUE,
            name=one_line(reader.full_name),
            heading="Your data was downloaded",
            paragraphs=(
                "Somebody who knows your password, probably you, downloaded a copy of what we keep"
                " about you.",
                "If it was not you, choose a new password at once.",
            ),
            button=("Choose a new password", f"{self.base_url}/account/password"),
        )

    def _stop(self, token: str) -> str:
        return f"{self.base_url}/account/email/stop?token={token}"
