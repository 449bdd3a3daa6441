"""A profile holds together before it is stored."""

from decimal import Decimal

import pytest

from app.domain.errors import InvalidInput
from app.domain.profile import ProfileDraft, ServiceDraft, checked

RATE = Decimal("60.00")


def refused(draft: ProfileDraft) -> InvalidInput:
    with pytest.raises(InvalidInput) as found:
        checked(draft)
    return found.value


def test_a_draft_that_holds_together_comes_back_as_it_is() -> None:
    draft = ProfileDraft(
        bio="Plays and teaches.",
        areas=["SoHo", "Hell's Kitchen"],
        services=[ServiceDraft("Piano", RATE, durations=(30, 240)), ServiceDraft("Flute", RATE)],
    )

    assert checked(draft) is draft


def test_an_empty_draft_changes_nothing_and_is_accepted() -> None:
    assert checked(ProfileDraft()) == ProfileDraft()


@pytest.mark.parametrize("bio", ["", "  too short  ", " " * 40, "x" * 1001])
def test_a_bio_has_ten_to_a_thousand_characters(bio: str) -> None:
    assert refused(ProfileDraft(bio=bio)).field == "bio"


@pytest.mark.parametrize("bio", ["x" * 10, "x" * 1000])
def test_the_bounds_of_a_bio_are_inside(bio: str) -> None:
    assert checked(ProfileDraft(bio=bio)).bio == bio


@pytest.mark.parametrize("area", ["", "  ", "A, B", "{SoHo}", '"SoHo"', "So\\Ho", "x" * 61])
def test_an_area_is_a_plain_name(area: str) -> None:
    assert refused(ProfileDraft(areas=["Brooklyn", area])).field == "areas_of_service"


@pytest.mark.parametrize("second", ["Piano", "piano", " PIANO "])
def test_a_skill_is_offered_once(second: str) -> None:
    services = [ServiceDraft("Piano", RATE), ServiceDraft(second, RATE)]

    assert refused(ProfileDraft(services=services)).message == "Duplicate services are not allowed"


@pytest.mark.parametrize("skill", ["", "   ", "x" * 101])
def test_a_service_has_a_name(skill: str) -> None:
    assert refused(ProfileDraft(services=[ServiceDraft(skill, RATE)])).field == "services"


@pytest.mark.parametrize("minutes", [29, 241, 0, -60])
def test_a_lesson_lasts_half_an_hour_to_four_hours(minutes: int) -> None:
    listed = ServiceDraft("Piano", RATE, durations=(60, minutes))

    assert "30 to 240" in refused(ProfileDraft(services=[listed])).message


@pytest.mark.parametrize("minutes", [29, 241])
def test_the_override_keeps_the_same_bounds(minutes: int) -> None:
    overridden = ServiceDraft("Piano", RATE, duration_override=minutes)

    assert "30 to 240" in refused(ProfileDraft(services=[overridden])).message


def test_there_are_at_most_eight_lesson_lengths() -> None:
    eight = tuple(range(30, 110, 10))
    checked(ProfileDraft(services=[ServiceDraft("Piano", RATE, durations=(*eight, 30))]))

    nine = ServiceDraft("Piano", RATE, durations=(*eight, 120))
    assert "At most 8" in refused(ProfileDraft(services=[nine])).message
