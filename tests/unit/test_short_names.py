"""Short names of instructors' pages."""

import pytest

from app.domain.errors import InvalidInput
from app.domain.handles import RESERVED, checked_handle


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("marta", "marta"),
        ("  @Marta ", "marta"),
        ("JAZZ-2-go", "jazz-2-go"),
        ("4th", "4th"),
        ("abc", "abc"),
        ("a" * 30, "a" * 30),
        ("marta\n", "marta"),
        ("", ""),
        (" @ ", ""),
    ],
)
def test_a_short_name_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert checked_handle(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "ab",
        "a" * 31,
        "12345",
        "-abc",
        "abc-",
        "---",
        "a b c",
        "a.b.c",
        "a_b",
        "@@marta",
        "marta/../x",
        "martá",
        "mаrta",  # noqa: RUF001 a Cyrillic letter that looks like another
        "\N{LATIN SMALL LETTER LONG S}ara",
        "K\N{KELVIN SIGN}k",
        "mar\x00ta",
        "١٢٣",
        *sorted(RESERVED),
    ],
)
def test_what_would_not_be_one_is_refused_by_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_handle(typed)

    assert refused.value.field == "handle"
