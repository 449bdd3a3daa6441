"""Areas of service are read in every form that a program ever stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.areas import parse_areas, write_areas

NAMES = st.text(st.characters(exclude_characters=',{}"\\', exclude_categories=["C"]), max_size=20)


@pytest.mark.parametrize("stored", [None, "", "  ", "{}", '{""}', ",", '"', "\\"])
def test_nothing_stored_means_no_areas(stored: str | None) -> None:
    assert parse_areas(stored) == ()


@pytest.mark.parametrize(
    "stored",
    [
        "Manhattan, Upper West Side",
        "Manhattan,Upper West Side",
        " Manhattan ,  Upper  West Side , ",
        '{Manhattan,"Upper West Side"}',
        '{"Manhattan","Upper West Side"}',
        '{ Manhattan , "Upper West Side" }',
        '{\\"Manhattan\\",\\"Upper West Side\\"}',
        '{"\\"Manhattan\\"","\\"Upper West Side\\""}',
        '{\\\\\\"Manhattan\\\\\\",\\\\\\"Upper West Side\\\\\\"}',
        '{"{Manhattan","\\"Upper West Side\\"}"}',
        '{"{\\"Manhattan\\",\\"Upper West Side\\"}"}',
        '"{Manhattan,\\"Upper West Side\\"}"',
        "Manhattan, Upper West Side, Manhattan",
    ],
)
def test_all_stored_forms_mean_the_same(stored: str) -> None:
    assert parse_areas(stored) == ("Manhattan", "Upper West Side")


def test_apostrophes_inside_a_name_stay() -> None:
    assert parse_areas('{"Hell\'s Kitchen",SoHo}') == ("Hell's Kitchen", "SoHo")


def test_order_is_kept() -> None:
    assert parse_areas("SoHo, Brooklyn, Astoria") == ("SoHo", "Brooklyn", "Astoria")


@pytest.mark.parametrize("stored", ['{Manhattan,"Upper West Side"}', "A, B", "", "{}"])
def test_what_was_read_is_written_plainly_and_read_again(stored: str) -> None:
    areas = parse_areas(stored)

    assert parse_areas(write_areas(areas)) == areas
    assert not set(write_areas(areas)) & set('{}"\\')


@given(st.lists(NAMES, max_size=6))
def test_writing_and_reading_settles_at_once(names: list[str]) -> None:
    written = write_areas(names)

    assert write_areas(parse_areas(written)) == written


def test_short_names_and_their_order_stay() -> None:
    assert parse_areas("UK, Manhattan, LA, Q") == ("UK", "Manhattan", "LA", "Q")
    assert write_areas(["UK", "Manhattan", "LA"]) == "UK, Manhattan, LA"
