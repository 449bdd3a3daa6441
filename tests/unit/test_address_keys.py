"""What counts as one address where requests are counted by it."""

import pytest
from flask import Flask

from app.web import limits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.77", "203.0.113.77:51234", True),
        ("203.0.113.77", "203.0.113.78", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "[2001:db8:1:2::1]:443", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.77", "::ffff:203.0.113.77", True),
        ("unknown", "x" * 500, False),
    ],
)
def test_an_address_counts_as_what_one_household_has(one: str, other: str, same: bool) -> None:
    def key(said: str) -> str:
        with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": said}):
            return limits.address()

    assert (key(one) == key(other)) is same
    assert len(key(other)) <= 64
