"""Empties the outbox: claims what is due, renders it as things are now, hands it over."""

import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from resend.exceptions import ResendError

from app.domain.mails import (
    FORMER_ADDRESS,
    FORMER_NAME,
    MAILS_KEPT,
    RETRY_AFTER,
    TO_ADDRESS,
    TOLD_START,
    MailKind,
    MailState,
)
from app.domain.vocabulary import BookingStatus
from app.infra.mail_providers import Mail, MailProvider
from app.infra.mail_templates import MailTemplates
from app.infra.tokens import LinkTokens
from app.models.booking import Booking
from app.models.outbox import OutboxMail
from app.models.user import User
from app.repositories.outbox import OutboxRepository
from app.services import waiting_mails
from app.services.account_mails import AccountMails
from app.services.base import BaseService, Context, measure_operation
from app.services.calendar_files import CalendarFileService, Invitation
from app.services.mail_contents import MailContent, MailContents

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a worker may take for a batch before another one takes it over."""
BATCH = 20
FORGOTTEN_AT_ONCE = 500
SHOWN = 50
_OF_COMING_LESSONS = (
    "booked_",
    "approved_",
    "requested_",
    "moved_",
    "place_",
    "links_",
    "reminder_",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a mail that is not sent, and why."""

    state: MailState
    reason: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mails are from, and how they go out. ``keeps_links`` is for development: copies of
    mails are kept with their secret links.
    """

    provider: MailProvider
    templates: MailTemplates
    contents: MailContents
    address: str
    reset_tokens: LinkTokens
    verification_tokens: LinkTokens
    change_tokens: LinkTokens
    stop_tokens: LinkTokens
    keeps_links: bool = False

    def tokens_of(self, kind: MailKind) -> LinkTokens | None:
        """What makes the link in a mail about an account; null where it has none."""
        known = {
            MailKind.PASSWORD_RESET: self.reset_tokens,
            MailKind.VERIFY_EMAIL: self.verification_tokens,
            MailKind.EMAIL_CHANGE_CONFIRM: self.change_tokens,
            MailKind.EMAIL_CHANGE_ASKED: self.stop_tokens,
            MailKind.EMAIL_CHANGED: self.stop_tokens,
        }
        return known.get(kind)


class MailDeliveryService(BaseService):
    """Delivers mails at least once: a worker killed between sending and noting it sends again.

    Such a copy has the same ``Message-ID``, by which mail programs know it.
    """

    slow_seconds = 30.0

    def __init__(
        self,
        context: Context,
        outbox: OutboxRepository,
        sender: Sender,
        calendar_files: CalendarFileService,
    ) -> None:
        super().__init__(context)
        self._outbox = outbox
        self._sender = sender
        self._calendar_files = calendar_files

    @measure_operation
    def deliver_due(self) -> int:
        """Deliver everything that is due; returns how many mails were sent."""
        sent = 0
        while claimed := self._claimed():
            sent += sum(self._deliver(mail, ready) for mail, ready in claimed)
        return sent

    @measure_operation
    def forget_old(self) -> int:
        """Delete copies of mails that are older than we keep them; returns how many.

        In short batches. What waits to be sent is never forgotten.
        """
        return sum(iter(self._forget_some, 0))

    @measure_operation
    def latest(self) -> Sequence[OutboxMail]:
        """The newest mails, whatever became of them."""
        return self._outbox.latest(SHOWN)

    def _forget_some(self) -> int:
        with self.transaction():
            return self._outbox.forget(self.clock.now() - MAILS_KEPT, FORGOTTEN_AT_ONCE)

    def _claimed(self) -> list[tuple[OutboxMail, Mail | Outcome]]:
        """Mails for this worker alone, rendered as things are now. The transaction ends before
        anything waits for a mail server.
        """
        with self.transaction():
            now, token = self.clock.now(), secrets.token_hex(16)
            mails = self._outbox.claim(now, until=now + LEASE, token=token, limit=BATCH)
            return [(mail, self._prepared(mail)) for mail in mails]

    def _prepared(self, mail: OutboxMail) -> Mail | Outcome:
        """The mail itself, or why there is none. One that cannot be written stops no other."""
        try:
            return self._written(mail)
        except (KeyError, ValueError):
            log.exception("mail %d cannot be written", mail.id)
            return Outcome(MailState.PARKED, "cannot_be_written")

    def _written(self, mail: OutboxMail) -> Mail | Outcome:
        recipient, booking = self._outbox.people_of(mail)
        if mail.kind == MailKind.ACCOUNT_CLOSED:
            return self._farewell(mail)
        if not recipient.is_open:
            return Outcome(MailState.SKIPPED, "recipient_inactive")
        if booking is not None and _is_overtaken(mail, booking):
            return Outcome(MailState.WITHDRAWN, "overtaken")
        contents, now = self._sender.contents, self.clock.now()
        if mail.kind in waiting_mails.KINDS:
            return self._about_waiting(mail, recipient)
        if booking is None:
            to = json.loads(mail.facts).get(TO_ADDRESS) or recipient.email
            return self._laid_out(mail, self._about_account(mail, recipient), to)
        kind, facts = MailKind(mail.kind), json.loads(mail.facts)
        content = contents.about_booking(kind, booking, recipient, facts, now)
        is_news = not mail.kind.startswith("reminder_")
        file = self._calendar_files.invitation(booking, recipient) if is_news else None
        return self._laid_out(mail, content, recipient.email, file)

    def _farewell(self, mail: OutboxMail) -> Mail:
        """To where somebody was reached before his account was closed."""
        contents, facts = self._sender.contents, json.loads(mail.facts)
        content = AccountMails(contents.brand, contents.base_url).closed(facts[FORMER_NAME])
        return self._laid_out(mail, content, facts[FORMER_ADDRESS])

    def _about_waiting(self, mail: OutboxMail, recipient: User) -> Mail | Outcome:
        """Of an offer; not where it has been answered or run out meanwhile."""
        offer = self._outbox.offer(json.loads(mail.facts)["offer_id"])
        content = offer and waiting_mails.WaitingMails(self._sender.contents).about(
            MailKind(mail.kind), offer, recipient, self.clock.now()
        )
        if not content:
            return Outcome(MailState.WITHDRAWN, "overtaken")
        return self._laid_out(mail, content, recipient.email)

    def _about_account(self, mail: OutboxMail, recipient: User) -> MailContent:
        sender, kind = self._sender, MailKind(mail.kind)
        mails = AccountMails(sender.contents.brand, sender.contents.base_url)
        tokens = sender.tokens_of(kind)
        token = _token(tokens, mail) if tokens else ""
        return mails.about(kind, recipient, json.loads(mail.facts), token)

    def _laid_out(
        self, mail: OutboxMail, content: MailContent, to: str, file: Invitation | None = None
    ) -> Mail:
        sender = self._sender
        words = {
            "content": content,
            "brand": sender.contents.brand,
            "base_url": sender.contents.base_url,
            "year": self.clock.now().year,
        }
        return Mail(
            sender_name=sender.contents.brand,
            sender=sender.address,
            to=to,
            subject=content.subject,
            text=sender.templates.render("mail.txt", **words),
            html=sender.templates.render("mail.html", **words),
            message_id=f"{mail.id}.{mail.kind}@{sender.address.partition('@')[2]}",
            calendar=file.content if file else None,
            calendar_method=file.method if file else "REQUEST",
            secrets=() if sender.keeps_links else content.secrets,
        )

    def _deliver(self, mail: OutboxMail, ready: Mail | Outcome) -> bool:
        if isinstance(ready, Outcome):
            self._note(mail, state=ready.state.value, reason=ready.reason)
            return False
        try:
            self._sender.provider.send(ready)
        except (OSError, SMTPException, ResendError) as fault:
            log.warning("mail %d not delivered: %s", mail.id, type(fault).__name__)
            self._note_failure(mail, type(fault).__name__)
            return False
        self._note(
            mail,
            state=MailState.SENT.value,
            reason=None,
            sent_at=self.clock.now(),
            **self._copy(mail, ready),
        )
        return True

    def _copy(self, mail: OutboxMail, sent: Mail) -> dict[str, object]:
        """What is kept of a mail; nothing that names somebody who is gone, but in development."""
        if FORMER_NAME in mail.facts and not self._sender.keeps_links:
            return {}
        return {
            "address": sent.to,
            "subject": sent.subject,
            "text": sent.without_secrets(sent.text),
            "html": sent.without_secrets(sent.html),
        }

    def _note_failure(self, mail: OutboxMail, fault: str) -> None:
        """Try again later, the longer the more often it failed; after the last wait, park it."""
        if mail.attempts > len(RETRY_AFTER):
            self._note(mail, state=MailState.PARKED.value, reason=fault)
            return
        again = self.clock.now() + RETRY_AFTER[mail.attempts - 1]
        self._note(mail, state=MailState.RETRY.value, reason=fault, next_attempt_at=again)

    def _note(self, mail: OutboxMail, **values: object) -> None:
        is_over = values["state"] != MailState.RETRY.value
        if is_over and FORMER_NAME in mail.facts:
            values["facts"] = "{}"
        with self.transaction():
            self._outbox.note(mail, values)


def _token(tokens: LinkTokens, mail: OutboxMail) -> str:
    """The token whose hash is stored, of which the mail's key ends with the beginning."""
    occasion = mail.dedupe_key.rpartition(":")[2]
    return tokens.token_of_hash(json.loads(mail.facts)["nonce"], occasion)


def _is_overtaken(mail: OutboxMail, booking: Booking) -> bool:
    """News of a lesson to come is none once it is cancelled, or at another time.

    The version alone does not tell: another place counts as one too, and leaves the news true.
    """
    if not mail.kind.startswith(_OF_COMING_LESSONS):
        return False
    told_start = json.loads(mail.facts).get(TOLD_START)
    is_elsewhen = told_start is not None and told_start != booking.start.isoformat()
    return is_elsewhen or booking.status == BookingStatus.CANCELLED
