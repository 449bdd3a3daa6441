"""Which passwords are accepted: long enough, hard to guess, and not one's own name."""

import pytest

from app.domain.errors import PasswordRefused
from app.domain.passwords import check_password

EMAIL = "maya.rosen@example.com"
NAME = "Maya Rosen"


def refused(password: str, *, email: str = EMAIL, full_name: str = NAME) -> str:
    with pytest.raises(PasswordRefused) as found:
        check_password(password, email=email, full_name=full_name)
    assert found.value.field == "password"
    return found.value.message


@pytest.mark.parametrize(
    "password",
    [
        "lantern-orchard-42",
        "tram+Fig7",
        "correct horse battery staple",
        "nur kleine buchstaben",
        "ягодный пирог",
        "rosenmayas",
        "passwordless lanterns",
        "x" * 3 + "yz" + "w" * 67,
        "my guitar weeps at 12345678",
    ],
)
def test_anything_long_and_uncommon_is_accepted(password: str) -> None:
    check_password(password, email=EMAIL, full_name=NAME)


def test_eight_characters_are_enough_and_seven_are_not() -> None:
    check_password("tram+Fig", email=EMAIL, full_name=NAME)

    assert "at least 8" in refused("tram+Fi")


def test_length_is_counted_in_characters_but_bounded_in_bytes() -> None:
    check_password("äöüßéèçñ", email=EMAIL, full_name=NAME)
    check_password("tramfig8" * 9, email=EMAIL, full_name=NAME)

    assert "72 bytes" in refused("tramfig8" * 9 + "x")
    assert "72 bytes" in refused("äöüß" * 9 + "x")


def test_nul_is_refused() -> None:
    assert "character" in refused("lantern\x00orchard")


@pytest.mark.parametrize(
    "password",
    ["maya.rosen@example.com", "MAYA.ROSEN@example.com", "maya.rosen", "Maya Rosen", "mayarosen"],
)
def test_ones_own_name_and_address_are_refused(password: str) -> None:
    assert "other than your name" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PASSWORD",
        "Password1",
        "password2026!",
        "p@ssw0rd",
        "Pa$$w0rd123",
        "!!qwerty!!",
        "qwertyuiop",
        "iloveyou1",
        "12345678",
        "123456789012",
        "87654321",
        "abcdefgh",
        "aaaaaaaa",
        "abababab",
        "11112222",
        "guitarguitar",
        "piano2026",
        "instainstru1",
        "!!!!2026",
    ],
)
def test_well_known_passwords_are_refused(password: str) -> None:
    assert "too easy" in refused(password)
