"""Names of people, which our mails greet."""

import pytest

from app.domain.errors import InvalidInput
from app.domain.names import person_name


@pytest.mark.parametrize(
    "typed", ["Ann  Lee ", "Zoë O'Neil-Ray", "李小龍", "علی رضایی", "Dr. W. Wu"]
)
def test_names_of_all_kinds_are_taken(typed: str) -> None:
    assert person_name(typed) == " ".join(typed.split())


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "You won! https://evil.example", "see WWW.evil.example", "Ann\u202eeel", "A\x07n"],
)
def test_a_name_is_no_message(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        person_name(typed)

    assert refused.value.field == "full_name"
