"""A link that was asked for before the secret was changed, and mailed afterwards, works."""

import re

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from app.infra.mail_providers import MemoryMail
from app.services import password_reset
from config import Settings
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import Make
from tests.integration.test_mails import deliver, with_provider

FRESH = "a new key for tests, long enough as well"


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "dropped"])
@pytest.mark.parametrize("kind", ["password-reset", "email-verification"])
def test_a_mail_that_waited_while_the_secret_changed_has_a_link_that_works(
    settings: Settings,
    client: FlaskClient,
    make: Make,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    kept: bool,
) -> None:
    monkeypatch.setattr(password_reset.time, "sleep", lambda _: None)
    person = make.student(email_verified_at=None)
    asked = {"json": {"email": person.email}}
    if kind == "email-verification":
        asked = {"headers": bearer(client, person)}
    assert client.post(f"/api/auth/{kind}/request", **asked).status_code == 200

    rotated = {"secret_key": FRESH, "secret_key_fallbacks": (settings.secret_key,) if kept else ()}
    with another_app(settings, clock, **rotated) as app:
        sent = with_provider(app, monkeypatch, MemoryMail()).sent
        deliver(app)
        found = re.search(r"\?token=([\w-]+)", sent[0].text)
        assert found is not None
        answer = {"token": found[1]}
        if kind == "password-reset":
            answer["new_password"] = "violet-harbour-77"
        done = app.test_client().post(f"/api/auth/{kind}/confirm", json=answer)

    assert done.status_code == (200 if kept else 422)
