"""Ways to hand a mail over: to a terminal, an SMTP server, Resend, or a list for tests."""

import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr
from typing import Protocol
from urllib.parse import unquote, urlsplit

import resend

log = logging.getLogger(__name__)

SECONDS = 10.0
"""How long a server may take for one step."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, ready to go. ``message_id`` is the same however often it is handed over.

    ``calendar`` is a calendar file of that method. ``secrets`` are parts of its words that
    no copy may keep.
    """

    sender_name: str
    sender: str
    to: str
    subject: str
    text: str
    html: str
    message_id: str
    calendar: bytes | None = None
    calendar_method: str = "REQUEST"
    secrets: tuple[str, ...] = ()

    def without_secrets(self, words: str) -> str:
        """The words as a copy may keep them."""
        for secret in self.secrets:
            words = words.replace(secret, "(hidden)")
        return words

    def as_message(self) -> EmailMessage:
        """As RFC 5322 has it. Header values with line breaks are refused by the library."""
        message = EmailMessage()
        message["From"] = formataddr((self.sender_name, self.sender))
        message["To"] = self.to
        message["Subject"] = self.subject
        message["Message-ID"] = f"<{self.message_id}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        if self.calendar is not None:
            # Some programs read the alternative, others only attachments.
            kind = {"method": self.calendar_method}
            text = self.calendar.decode()
            message.add_alternative(text, subtype="calendar", params=kind)
            message.add_attachment(text, subtype="calendar", params=kind, filename="lesson.ics")
        return message


class MailProvider(Protocol):
    """Hands one mail over. Raises OSError, SMTPException or ResendError when it cannot."""

    def send(self, mail: Mail) -> None:
        """Returns once somebody else is responsible for the mail."""
        ...


class ConsoleMail:
    """Says in the log that a mail would have gone out, but neither to whom nor what about."""

    def send(self, mail: Mail) -> None:
        log.info("mail %s", mail.message_id)


@dataclass
class MemoryMail:
    """Keeps mails for tests."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


class SmtpMail:
    """Any SMTP server: ``smtp://user:password@host:587`` (STARTTLS if offered) or ``smtps://``."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url)

    def send(self, mail: Mail) -> None:
        with self._connected() as server:
            server.send_message(mail.as_message())

    def _connected(self) -> smtplib.SMTP:
        at, host = self._at, self._at.hostname or "localhost"
        if at.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, at.port or 465, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, at.port or 587, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
        if at.username:
            server.login(unquote(at.username), unquote(at.password or ""))
        return server


class ResendMail:
    """The Resend service, by its own client. The idempotency key makes repetition harmless."""

    def __init__(self, api_key: str) -> None:
        self._api_key = api_key

    def send(self, mail: Mail) -> None:
        resend.api_key = self._api_key
        message: resend.Emails.SendParams = {
            "from": formataddr((mail.sender_name, mail.sender)),
            "to": [mail.to],
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "headers": {"Message-ID": f"<{mail.message_id}>"},
        }
        if mail.calendar is not None:
            content = list(mail.calendar)
            kind = f"text/calendar; method={mail.calendar_method}; charset=utf-8"
            message["attachments"] = [
                {"filename": "lesson.ics", "content": content, "content_type": kind}
            ]
        resend.Emails.send(message, {"idempotency_key": mail.message_id})


def provider_of(kind: str, *, smtp_url: str | None, resend_api_key: str | None) -> MailProvider:
    """The provider that the settings name; they were checked at start."""
    if kind == "smtp" and smtp_url:
        return SmtpMail(smtp_url)
    if kind == "resend" and resend_api_key:
        return ResendMail(resend_api_key)
    return MemoryMail() if kind == "memory" else ConsoleMail()
