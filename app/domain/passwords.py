"""Which passwords are accepted."""

import re

from app.domain.errors import PasswordRefused
from app.domain.limits import PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS

_WELL_KNOWN = """
password passwort passw0rd pass qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl zxcvbnm abc
abcdef abcdefgh abcd iloveyou welcome letmein admin administrator login master monkey dragon
sunshine princess football baseball basketball superman batman starwars pokemon trustno
whatever hello shadow michael jordan charlie jennifer jessica ashley daniel freedom computer
internet secret summer winter spring autumn london newyork brooklyn chelsea liverpool
arsenal soccer hockey cookie flower butterfly purple orange banana chocolate cheese pepper
ginger tigger maggie buster harley matrix mustang corvette killer hunter ranger thomas
robert william george andrew joshua matthew anthony qazwsx qweasd qweasdzxc access changeme
default guest test tester testing testtest google facebook instagram samsung microsoft apple
lesson lessons student teacher instructor piano guitar music instainstru
"""
_STEMS = frozenset(_WELL_KNOWN.split())
_LEET = str.maketrans("@013457$!", "aoieastsi")
_RUNS = ("0123456789", "9876543210", "1234567890", "0987654321", "abcdefghijklmnopqrstuvwxyz")


def check_password(password: str, *, email: str, full_name: str) -> None:
    """Length, and neither well known nor the person's own name. Raises PasswordRefused.

    There is no rule of composition: a long sentence is better than one capital and a digit.
    """
    if len(password) < PASSWORD_MIN_CHARS:
        raise PasswordRefused(f"Use at least {PASSWORD_MIN_CHARS} characters.")
    if len(password.encode()) > PASSWORD_MAX_BYTES:
        raise PasswordRefused(f"Use at most {PASSWORD_MAX_BYTES} bytes.")
    if "\x00" in password:
        raise PasswordRefused("That character cannot be part of a password.")
    own = {email.casefold(), email.split("@", maxsplit=1)[0].casefold(), full_name.casefold()}
    own |= {name.replace(" ", "") for name in own}
    if password.strip().casefold() in own:
        raise PasswordRefused("Choose something other than your name or email address.")
    if _is_well_known(password.casefold()):
        raise PasswordRefused("That password is too easy to guess. Try three unrelated words.")


def _is_well_known(password: str) -> bool:
    if len(set(password)) < 4:
        return True
    if any(run[at : at + 8] in password for run in _RUNS for at in range(len(run) - 7)):
        return len(password) < 16
    bare = re.sub(r"^\W+|[\W\d_]+$", "", password)
    candidates = {bare, bare.translate(_LEET), re.sub(r"[\W\d_]+$", "", bare.translate(_LEET))}
    halves = {word[: len(word) // 2] for word in candidates if word[: len(word) // 2] * 2 == word}
    return not bare or bool((candidates | halves) & _STEMS)
