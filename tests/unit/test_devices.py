"""What a browser runs on, in a few words of our own."""

import json
from pathlib import Path

import pytest

from app.domain.devices import device_of
from app.domain.limits import DEVICE_MAX_CHARS

STRINGS = json.loads((Path(__file__).parent.parent / "corpora" / "strings.json").read_text("utf-8"))
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/130.0 Safari/537.36",
            "Chrome on Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox on Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 15; SM-S921B) {KIT} SamsungBrowser/27.0 Chrome/125.0"
            " Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/130.0 Safari/537.36", "Chrome on Linux"),
        ("Werkzeug/3.1.3", None),
        ("curl/8.5.0", None),
        ("Mozilla/5.0 (Windows NT 10.0)", "Windows"),
        ("", None),
    ],
)
def test_a_browser_and_its_system(said: str, device: str | None) -> None:
    assert device_of(said) == device


@pytest.mark.parametrize("said", STRINGS, ids=range(len(STRINGS)))
def test_whatever_is_said_little_is_kept_of_it(said: str) -> None:
    for text in (said, f"Firefox/1 Windows {said}" * 50):
        assert len(device_of(text) or "") <= DEVICE_MAX_CHARS
