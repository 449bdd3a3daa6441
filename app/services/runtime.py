"""The composition root of an application: what all its requests share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from app.infra.clock import Clock, SystemClock
from app.infra.cursors import Cursors
from app.infra.keys import derived_key
from app.infra.lesson_links import LessonLinkTokens
from app.infra.mail_providers import provider_of
from app.infra.mail_templates import MailTemplates
from app.infra.metrics import Metrics
from app.infra.passwords import Passwords
from app.infra.readiness import Readiness
from app.infra.slow_statements import SlowStatements
from app.infra.tokens import AccessTokens, FeedTokens, LinkTokens
from app.services.caching import Caching
from app.services.lesson_addresses import LessonAddresses
from app.services.mail_contents import MailContents
from app.services.mail_delivery import Sender
from app.services.mail_links import MailLinks
from app.services.presentation import PresentationService
from app.services.public_answers import PublicStyle
from config import Settings


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """What all requests share. Tests put twins in."""

    clock: Clock
    metrics: Metrics
    passwords: Passwords
    tokens: AccessTokens
    presentation: PresentationService
    platform_zone: str
    public_style: PublicStyle
    audit_keys: Sequence[bytes]
    sender: Sender
    cursors: Cursors
    feed_tokens: FeedTokens
    lesson_addresses: LessonAddresses
    unverified_lessons: int | None = None
    caching: Caching | None = None
    slow_statements: SlowStatements = field(default_factory=SlowStatements)
    readiness: Readiness = field(default_factory=Readiness)

    @classmethod
    def from_settings(
        cls, settings: Settings, clock: Clock | None = None, caching: Caching | None = None
    ) -> "Runtime":
        secrets = [settings.secret_key, *settings.secret_key_fallbacks]
        lifetime = timedelta(minutes=settings.access_token_minutes)
        presentation = PresentationService(
            locale=settings.platform_locale, currency=settings.platform_currency
        )
        addresses = LessonAddresses(LessonLinkTokens(secrets), settings.public_base_url)
        return cls(
            clock=clock or SystemClock(),
            metrics=Metrics(),
            passwords=Passwords(settings.bcrypt_rounds),
            tokens=AccessTokens(secrets, lifetime),
            presentation=presentation,
            sender=_sender(settings, presentation, secrets, addresses),
            lesson_addresses=addresses,
            platform_zone=settings.platform_time_zone,
            public_style=PublicStyle.of(settings),
            unverified_lessons=settings.unverified_lessons,
            cursors=Cursors(secrets),
            feed_tokens=FeedTokens(secrets),
            caching=caching,
            audit_keys=[derived_key(each, "audit-seal") for each in secrets],
        )


def _sender(
    settings: Settings,
    presentation: PresentationService,
    secrets: Sequence[str],
    addresses: LessonAddresses,
) -> Sender:
    provider = provider_of(
        settings.mail_provider,
        smtp_url=settings.smtp_url,
        resend_api_key=settings.resend_api_key,
    )
    contents = MailContents(
        presentation,
        settings.platform_time_zone,
        settings.brand_name,
        settings.public_base_url,
        MailLinks(addresses),
    )
    return Sender(
        provider,
        MailTemplates(),
        contents,
        settings.mail_from,
        reset_tokens=LinkTokens(secrets, "password-reset"),
        verification_tokens=LinkTokens(secrets, "email-verification"),
        change_tokens=LinkTokens(secrets, "email-change"),
        stop_tokens=LinkTokens(secrets, "email-change-stop"),
        keeps_links=settings.environment == "development",
    )
