"""Settings: a bad one stops the start and is named; a good one passes."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import config
from app.web.limits import ANONYMOUS_API, PAGES, PERSONAL_API
from config import BadSetting, Settings

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "kJ8s0dfQpW3nZx7Vb2Lm9Rt5Yc1Ha6Ug",
    "DATABASE_URL": "postgresql://lessons@db/lessons",
    "TRUSTED_HOSTS": "lessons.example.com, www.example.com",
    "PUBLIC_BASE_URL": "https://lessons.example.com",
}


def read(**changes: str | None) -> Settings:
    """Production as it should be, with changes; a null takes a variable away."""
    env = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return Settings.from_env(env)


def test_unless_said_otherwise_it_is_production() -> None:
    settings = read()

    assert settings.is_production
    assert settings.database_url == "postgresql+psycopg://lessons@db/lessons"
    assert settings.trusted_hosts == ("lessons.example.com", "www.example.com")
    assert settings.log_format == "json"
    assert settings.rate_limit_enabled
    assert (settings.bcrypt_rounds, settings.access_token_minutes) == (12, 30)
    assert (settings.trusted_proxies, settings.port, settings.public_availability_days) == (
        0,
        8000,
        30,
    )
    assert settings.redis_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 31),
        ("SECRET_KEY", "x" * 64),
        ("SECRET_KEY", "abc" * 20),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "your-secret-key"),
        ("SECRET_KEY", "changeme-and-then-some-more-characters-1"),
        ("PLATFORM_CURRENCY", "banana"),
        ("PLATFORM_LOCALE", "xx_YY"),
        ("LOG_FORMAT", "yaml"),
        ("REDIS_URL", "nonsense"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("SECRET_KEY_FALLBACKS", f"{GOOD['SECRET_KEY']},changeme"),
        ("TRUSTED_HOSTS", None),
        ("TRUSTED_HOSTS", ""),
        ("TRUSTED_HOSTS", " , "),
        ("TRUSTED_HOSTS", "*"),
        ("TRUSTED_HOSTS", "lessons.example.com,*"),
        ("PUBLIC_BASE_URL", None),
        ("PUBLIC_BASE_URL", "http://lessons.example.com"),
        ("PUBLIC_BASE_URL", "lessons.example.com"),
        ("PUBLIC_BASE_URL", "https://"),
        ("PUBLIC_BASE_URL", "https://[bad"),
        ("APP_ENV", "prod"),
        ("APP_ENV", "Production"),
        ("APP_ENV", " "),
        ("DATABASE_URL", "mysql://db/lessons"),
        ("DATABASE_URL", "lessons.db"),
        ("DATABASE_URL", "sqlite://"),
        ("PLATFORM_TIME_ZONE", "Mars/Olympus"),
        ("PLATFORM_TIME_ZONE", "../../etc/passwd"),
        ("PLATFORM_TIME_ZONE", ""),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "1e3"),
        ("PORT", "٨٠"),
        ("ACCESS_TOKEN_MINUTES", "0"),
        ("ACCESS_TOKEN_MINUTES", "1441"),
        ("BCRYPT_ROUNDS", "9"),
        ("BCRYPT_ROUNDS", "3"),
        ("BCRYPT_ROUNDS", "17"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
        ("PUBLIC_AVAILABILITY_DAYS", "0"),
        ("PUBLIC_AVAILABILITY_DAYS", "91"),
        ("RATE_LIMIT_ENABLED", "maybe"),
        ("PUBLIC_AVAILABILITY_DETAIL_LEVEL", "everything"),
        ("METRICS_TOKEN", "too-short"),
        ("PUBLIC_AVAILABILITY_CACHE_TTL", "0"),
        ("PUBLIC_AVAILABILITY_CACHE_TTL", "86401"),
        ("BENCHMARK_MODE", "true"),
        ("BENCHMARK_MODE", "perhaps"),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(name: str, value: str | None) -> None:
    with pytest.raises(BadSetting) as refused:
        read(**{name: value})

    assert name.removesuffix("_FALLBACKS") in str(refused.value)
    assert not value or len(value) < 20 or value not in str(refused.value)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(BadSetting) as refused:
        read(SECRET_KEY=None, TRUSTED_HOSTS=None, PUBLIC_BASE_URL=None, LOG_FORMAT="yaml")

    assert str(refused.value) == (
        "SECRET_KEY is missing; LOG_FORMAT must be text or json; TRUSTED_HOSTS must name the hosts"
        " this serves, comma-separated; PUBLIC_BASE_URL must be an https address"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "é" * 8 + "kJ8s0dfQpW3nZx7V"),
        ("SECRET_KEY_FALLBACKS", "Ha6UgkJ8s0dfQpW3nZx7Vb2Lm9Rt5Yc1"),
        ("PORT", " 8080 "),
        ("PORT", ""),
        ("BCRYPT_ROUNDS", "10"),
        ("TRUSTED_PROXIES", "2"),
        ("RATE_LIMIT_ENABLED", "False"),
        ("RATE_LIMIT_ENABLED", ""),
        ("REDIS_URL", "redis://cache:6379/0"),
        ("DATABASE_URL", "postgres://db/lessons"),
        ("DATABASE_URL", "sqlite:////var/lib/lessons.db"),
        ("PUBLIC_AVAILABILITY_DAYS", "90"),
        ("PUBLIC_AVAILABILITY_DETAIL_LEVEL", "minimal"),
        ("PUBLIC_AVAILABILITY_DETAIL_LEVEL", ""),
        ("METRICS_TOKEN", "kept-by-the-scraper-1"),
        ("PUBLIC_AVAILABILITY_CACHE_TTL", "60"),
        ("BENCHMARK_MODE", "false"),
        ("PLATFORM_TIME_ZONE", "Europe/Paris"),
    ],
)
def test_a_good_setting_passes(name: str, value: str) -> None:
    assert read(**{name: value}).is_production


def test_development_needs_nothing_and_keeps_its_own_secret(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "INSTANCE", tmp_path / "instance")  # type: ignore[operator]

    first = Settings.from_env({"APP_ENV": "development"})
    second = Settings.from_env({"APP_ENV": "development"})

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    kept = config.INSTANCE / "secret_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert first.database_url == f"sqlite:///{config.INSTANCE / 'instainstru.db'}"
    assert first.log_format == "text"


@pytest.mark.parametrize("environment", ["development", "testing"])
def test_weak_settings_do_for_development(environment: str) -> None:
    env: Mapping[str, str] = {"SECRET_KEY": "dev", "DATABASE_URL": "sqlite:///x.db"}

    settings = Settings.from_env({**env, "APP_ENV": environment, "BCRYPT_ROUNDS": "4"})

    assert not settings.is_production
    assert settings.as_flask()["SESSION_COOKIE_NAME"] == "session"


def test_testing_has_no_secret_of_its_own() -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        Settings.from_env({"APP_ENV": "testing", "DATABASE_URL": "sqlite:///x.db"})


def test_flask_gets_the_safe_values() -> None:
    keys = read(REDIS_URL="redis://cache:6379/0").as_flask()

    assert keys["SESSION_COOKIE_NAME"] == "__Host-session"
    assert keys["SESSION_COOKIE_SECURE"]
    assert keys["SESSION_COOKIE_HTTPONLY"]
    assert keys["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert keys["SESSION_COOKIE_PATH"] == "/"
    assert keys["TRUSTED_HOSTS"] == ["lessons.example.com", "www.example.com"]
    assert keys["MAX_CONTENT_LENGTH"] == 64 * 1024
    assert keys["RATELIMIT_STORAGE_URI"] == "redis://cache:6379/0"
    storage = keys["RATELIMIT_STORAGE_OPTIONS"]
    assert (storage["socket_timeout"], storage["socket_connect_timeout"]) == (0.1, 0.1)
    assert storage["retry"].get_retries() == 0
    assert keys["TESTING"] is False
    assert "DEBUG" not in keys
    assert "statement_timeout" in keys["SQLALCHEMY_ENGINE_OPTIONS"]["connect_args"]["options"]


def test_the_limits_are_those_that_were_decided() -> None:
    assert (ANONYMOUS_API, PERSONAL_API, PAGES) == (
        "100 per minute",
        "300 per minute",
        "600 per minute",
    )


@pytest.mark.parametrize("command", [["-m", "flask", "routes"], ["-m", "gunicorn", "wsgi:app"]])
def test_a_bad_setting_stops_every_start_with_one_clear_line(command: list[str]) -> None:
    env = {**os.environ, **GOOD, "APP_ENV": "production", "TRUSTED_HOSTS": ""}

    ended = subprocess.run(
        [sys.executable, *command],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode != 0
    assert "TRUSTED_HOSTS must name the hosts" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_links_lead_to_the_port_that_is_served():
    assert Settings.from_env({"APP_ENV": "development", "PORT": "8123"}).public_base_url == (
        "http://127.0.0.1:8123"
    )


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"mail_provider": "pigeon"}, "MAIL_PROVIDER"),
        ({"mail_provider": "smtp"}, "SMTP_URL"),
        ({"mail_provider": "smtp", "smtp_url": "http://mail.example.com"}, "SMTP_URL"),
        ({"mail_provider": "resend"}, "RESEND_API_KEY"),
        ({"mail_from": "nobody"}, "MAIL_FROM"),
        ({"mail_from": "a@example.com\nBcc: b@example.com"}, "MAIL_FROM"),
    ],
)
def test_what_no_mail_can_be_sent_with_is_refused_by_name(wrong, named):
    with pytest.raises(BadSetting, match=named):
        Settings(
            environment="testing",
            secret_key="a key for tests, long enough for every rule",
            database_url="sqlite:///",
            **wrong,
        )


@pytest.mark.parametrize(
    ("environment", "said", "most"),
    [
        ("production", None, 2),
        ("production", "0", 0),
        ("production", "7", 7),
        ("development", None, None),
        ("testing", None, None),
        ("testing", "1", 1),
    ],
)
def test_in_production_an_unconfirmed_address_holds_few_lessons(
    environment: str, said: str | None, most: int | None
) -> None:
    assert read(APP_ENV=environment, UNVERIFIED_LESSONS=said).unverified_lessons == most
