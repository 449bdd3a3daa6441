"""Settings. The only reader of the environment."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from redis.backoff import NoBackoff
from redis.retry import Retry

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
SECRET_MIN_BYTES = 32
TOKEN_MIN_CHARS = 16
KNOWN_WORDS = ("changeme", "change-me", "your-secret", "secret-key", "secret_key", "development")
"""What no random key contains, but the examples that people copy do."""
UNVERIFIED_LESSONS = 2
"""How many lessons to come an unconfirmed address may hold in production."""
MAIL_PROVIDERS = ("console", "smtp", "resend", "memory")
DETAIL_LEVELS = ("full", "summary", "minimal")
REDIS_OPTIONS: Mapping[str, Any] = {
    "socket_timeout": 0.1,
    "socket_connect_timeout": 0.1,
    "retry": Retry(NoBackoff(), 0),
}
"""Whoever cannot have Redis at once goes on without it; its client's own way takes seconds."""
ENVIRONMENTS = ("development", "testing", "production")


class BadSetting(ValueError):
    """Settings are missing or unsafe. The message names every one."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be configured, checked once at start."""

    environment: str = "production"
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    database_url: str
    redis_url: str | None = None
    platform_time_zone: str = "America/New_York"
    platform_currency: str = "USD"
    platform_locale: str = "en_US"
    brand_name: str = "InstaInstru"
    public_base_url: str = "http://127.0.0.1:8000"
    port: int = 8000
    access_token_minutes: int = 30
    bcrypt_rounds: int = 12
    rate_limit_enabled: bool = True
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    public_availability_days: int = 30
    public_availability_detail_level: str = "full"
    public_availability_show_instructor_name: bool = True
    public_availability_cache_seconds: int = 300
    unverified_lessons: int | None = None
    mail_provider: str = "console"
    mail_from: str = "noreply@instainstru.example"
    smtp_url: str | None = field(default=None, repr=False)
    resend_api_key: str | None = field(default=None, repr=False)
    metrics_token: str | None = field(default=None, repr=False)
    log_format: str = "text"
    benchmark: bool = False
    flask_overrides: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Name everything that is wrong at once: who mends one setting should not find the next
        only at the next start.
        """
        faults = [*self._basic_faults(), *self._place_faults(), *self._word_faults()]
        faults += self._mail_faults()
        if self.is_production:
            faults += self._production_faults()
        if faults:
            raise BadSetting("; ".join(faults))

    def _basic_faults(self) -> Iterator[str]:
        if self.environment not in ENVIRONMENTS:
            yield f"APP_ENV must be one of {', '.join(ENVIRONMENTS)}"
        if not self.secret_key:
            yield "SECRET_KEY is missing"
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            yield "REDIS_URL must be a redis address"
        if not 4 <= self.bcrypt_rounds <= 16:
            yield "BCRYPT_ROUNDS must be 4 to 16"

    def _word_faults(self) -> Iterator[str]:
        if self.public_availability_detail_level not in DETAIL_LEVELS:
            yield f"PUBLIC_AVAILABILITY_DETAIL_LEVEL must be one of {', '.join(DETAIL_LEVELS)}"
        if self.metrics_token and len(self.metrics_token) < TOKEN_MIN_CHARS:
            yield f"METRICS_TOKEN must have {TOKEN_MIN_CHARS} characters or more"
        if self.log_format not in ("text", "json"):
            yield "LOG_FORMAT must be text or json"

    def _mail_faults(self) -> Iterator[str]:
        if self.mail_provider not in MAIL_PROVIDERS:
            yield f"MAIL_PROVIDER must be one of {', '.join(MAIL_PROVIDERS)}"
        if self.mail_provider == "smtp":
            smtp_url = self.smtp_url or ""
            if not (smtp_url.startswith(("smtp://", "smtps://")) and urlsplit(smtp_url).hostname):
                yield "SMTP_URL must be an smtp or smtps address"
        if self.mail_provider == "resend" and not self.resend_api_key:
            yield "RESEND_API_KEY is missing"
        name, _, host = self.mail_from.partition("@")
        if not name or not host or not self.mail_from.isprintable() or " " in self.mail_from:
            yield "MAIL_FROM must be an e-mail address"

    def _place_faults(self) -> Iterator[str]:
        if self.platform_time_zone not in available_timezones() - {"localtime", "Factory"}:
            yield "PLATFORM_TIME_ZONE is not a known time zone"
        try:
            known = Locale.parse(self.platform_locale).currencies
        except (UnknownLocaleError, ValueError):
            yield "PLATFORM_LOCALE is not a known locale"
            return
        if self.platform_currency not in known:
            yield "PLATFORM_CURRENCY is not a known currency"

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    def _production_faults(self) -> Iterator[str]:
        if any(_is_weak(each) for each in (self.secret_key, *self.secret_key_fallbacks) if each):
            yield f"SECRET_KEY must be {SECRET_MIN_BYTES} random bytes or more, also as fallback"
        if not self.trusted_hosts or "*" in self.trusted_hosts:
            yield "TRUSTED_HOSTS must name the hosts this serves, comma-separated"
        if not _is_https(self.public_base_url):
            yield "PUBLIC_BASE_URL must be an https address"
        if self.benchmark:
            yield "BENCHMARK_MODE is not for production"
        if 4 <= self.bcrypt_rounds < 10:
            yield "BCRYPT_ROUNDS must be 10 or more in production"

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the environment. Raises BadSetting."""
        environment = env.get("APP_ENV", "production")
        port = _whole(env, "PORT", 8000, 1, 65535)
        return cls(
            environment=environment,
            secret_key=env.get("SECRET_KEY") or _development_secret(environment),
            secret_key_fallbacks=_listed(env, "SECRET_KEY_FALLBACKS"),
            database_url=_database_url(env.get("DATABASE_URL")),
            redis_url=env.get("REDIS_URL") or None,
            platform_time_zone=env.get("PLATFORM_TIME_ZONE", "America/New_York"),
            platform_currency=env.get("PLATFORM_CURRENCY", "USD"),
            platform_locale=env.get("PLATFORM_LOCALE", "en_US"),
            brand_name=env.get("BRAND_NAME", "InstaInstru"),
            public_base_url=env.get("PUBLIC_BASE_URL") or f"http://127.0.0.1:{port}",
            port=port,
            access_token_minutes=_whole(env, "ACCESS_TOKEN_MINUTES", 30, 1, 1440),
            bcrypt_rounds=_whole(env, "BCRYPT_ROUNDS", 12, 4, 16),
            rate_limit_enabled=_switch(env, "RATE_LIMIT_ENABLED", default=True),
            trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0, 0, 10),
            trusted_hosts=_listed(env, "TRUSTED_HOSTS"),
            public_availability_days=_whole(env, "PUBLIC_AVAILABILITY_DAYS", 30, 1, 90),
            public_availability_detail_level=(
                env.get("PUBLIC_AVAILABILITY_DETAIL_LEVEL", "").strip().lower() or "full"
            ),
            public_availability_show_instructor_name=_switch(
                env, "PUBLIC_AVAILABILITY_SHOW_INSTRUCTOR_NAME", default=True
            ),
            public_availability_cache_seconds=_whole(
                env, "PUBLIC_AVAILABILITY_CACHE_TTL", 300, 1, 86400
            ),
            unverified_lessons=(
                _whole(env, "UNVERIFIED_LESSONS", UNVERIFIED_LESSONS, 0, 1000)
                if env.get("UNVERIFIED_LESSONS") or environment == "production"
                else None
            ),
            mail_provider=env.get("MAIL_PROVIDER") or "console",
            mail_from=env.get("MAIL_FROM") or "noreply@instainstru.example",
            smtp_url=env.get("SMTP_URL") or None,
            resend_api_key=env.get("RESEND_API_KEY") or None,
            benchmark=_switch(env, "BENCHMARK_MODE", default=False),
            metrics_token=env.get("METRICS_TOKEN") or None,
            log_format=env.get("LOG_FORMAT", "json" if environment == "production" else "text"),
        )

    def as_flask(self) -> dict[str, Any]:
        """The keys that Flask and its extensions read."""
        secure = self.is_production
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.secret_key_fallbacks),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None,
            "MAX_CONTENT_LENGTH": 64 * 1024,
            "MAX_FORM_PARTS": 300,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,  # it wants a referrer; app/web/origins.py looks instead
            "RATELIMIT_ENABLED": self.rate_limit_enabled,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_STORAGE_OPTIONS": dict(REDIS_OPTIONS) if self.redis_url else {},
            "RATELIMIT_STRATEGY": "moving-window",
            "RATELIMIT_HEADERS_ENABLED": True,
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
            "RATELIMIT_SWALLOW_ERRORS": True,  # after the view nothing else stands by
            "TESTING": self.environment == "testing",
            **self.flask_overrides,
        }

    def _engine_options(self) -> dict[str, Any]:
        if self.database_url.startswith("sqlite"):
            return {"connect_args": {"timeout": 5}}
        limits = (
            "-c statement_timeout=5000 -c lock_timeout=3000 "
            "-c idle_in_transaction_session_timeout=15000 -c timezone=UTC -c datestyle=ISO"
        )
        return {
            "pool_size": 10,
            "max_overflow": 0,
            "pool_timeout": 2,
            "pool_pre_ping": True,
            "connect_args": {"connect_timeout": 2, "options": limits},
        }


def _is_weak(secret: str) -> bool:
    """Too short, too uniform, or copied from an example."""
    is_known = any(word in secret.casefold() for word in KNOWN_WORDS)
    return len(secret.encode()) < SECRET_MIN_BYTES or len(set(secret)) < 8 or is_known


def _is_https(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme == "https" and bool(address.hostname)


def _development_secret(environment: str) -> str:
    """A random secret kept beside the embedded database, so that restarts keep sessions."""
    if environment != "development":
        return ""
    path = INSTANCE / "secret_key"
    INSTANCE.mkdir(mode=0o700, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def _database_url(url: str | None) -> str:
    """SQLAlchemy's spelling; without one, the embedded database in ``instance/``."""
    if not url:
        INSTANCE.mkdir(mode=0o700, exist_ok=True)
        return f"sqlite:///{INSTANCE / 'instainstru.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL must be a sqlite or postgresql address")
    return url


def _listed(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name} must be a whole number from {low} to {high}")
    return int(text)


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = env.get(name, "").strip().casefold()
    if text not in ("", "true", "false", "1", "0", "yes", "no"):
        raise BadSetting(f"{name} must be true or false")
    return text in ("true", "1", "yes") if text else default
