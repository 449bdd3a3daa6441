"""What mails to those who wait say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from app.domain.mails import MailKind
from app.domain.pricing import price
from app.domain.waiting import WishState
from app.domain.zones import utc_text
from app.models.user import User
from app.models.waiting import WaitingOffer
from app.services.mail_contents import MailContent, MailContents, one_line
from app.services.mail_words import AMBER, GREEN, GREY, Said

KINDS = frozenset({MailKind.WAITING_OFFER, MailKind.WAITING_PASSED, MailKind.WAITING_WITHDRAWN})

_WORDS: Mapping[MailKind, Said] = {
    MailKind.WAITING_OFFER: Said(
        "A time is free: {service} with {other}",
        GREEN,
        "A time is free, and kept for you",
        (
            "You asked us to tell you. Until {until} nobody else can book it; after that it goes on"
            " to others.",
        ),
    ),
    MailKind.WAITING_PASSED: Said(
        "No longer kept: {service} with {other}",
        GREY,
        "The time is no longer kept for you",
        (
            "It was kept for you until {until}, and goes on to others now. You stay in line, and"
            " hear of the next time.",
        ),
    ),
    MailKind.WAITING_WITHDRAWN: Said(
        "No longer free: {service} with {other}",
        AMBER,
        "That time is no longer possible",
        ("It cannot be booked any more, sorry. You stay in line, and hear of the next time.",),
    ),
}


@dataclass(frozen=True, slots=True)
class WaitingMails:
    """Writes contents, of offers as they are now."""

    contents: MailContents

    def about(
        self, kind: MailKind, offer: WaitingOffer, reader: User, now: datetime
    ) -> MailContent | None:
        """The mail, or nothing where it would not be true any more."""
        wish = offer.wish
        is_offer = kind is MailKind.WAITING_OFFER
        if wish.state != WishState.OPEN or (is_offer and not offer.is_open_at(now)):
            return None
        said, contents = _WORDS[kind], self.contents
        zone_name = wish.zone_name or contents.platform_zone
        words = {
            "service": one_line(wish.service.skill),
            "other": one_line(wish.instructor.full_name),
            "until": contents.moment(offer.expires_at, zone_name, reader),
        }
        present = contents.presentation
        facts = [
            ("Lesson", f"{wish.service.skill} with {wish.instructor.full_name}"),
            ("When", contents.moment(offer.starts_at, zone_name, reader)),
            ("Length", present.duration(wish.minutes)),
        ]
        if is_offer:
            facts += [
                ("Price", present.money(price(wish.service.hourly_rate, wish.minutes))),
                ("Kept for you until", words["until"]),
                ("Not for you?", f"{contents.base_url}/waiting/offers/{offer.id}"),
            ]
        return MailContent(
            subject=said.subject.format(**words),
            colour=said.colour,
            name=one_line(reader.full_name),
            heading=said.heading,
            paragraphs=tuple(each.format(**words) for each in said.paragraphs),
            facts=tuple(facts),
            button=self._button(offer) if is_offer else self._list(),
        )

    def _button(self, offer: WaitingOffer) -> tuple[str, str]:
        asked = urlencode(
            {
                "service": offer.wish.service_id,
                "minutes": offer.wish.minutes,
                "start": utc_text(offer.starts_at),
            }
        )
        base = self.contents.base_url
        return "Book this time", f"{base}/instructors/{offer.instructor_id}/book?{asked}"

    def _list(self) -> tuple[str, str]:
        return "Your waiting list", f"{self.contents.base_url}/waiting"
