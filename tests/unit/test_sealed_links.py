"""Links of one lesson: what their tokens say, and what they open when."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.lesson_links import (
    VIEW_LASTS,
    LinkClaims,
    LinkPurpose,
    LinkState,
    link_state,
)
from app.infra.lesson_links import LessonLinkTokens

CLAIMS = LinkClaims(booking_id=31, person_id=7, version=2, account_version=5)
OLD, NEW = "an old key for tests, long enough", "a new key for tests, long enough"
TOKENS = LessonLinkTokens([OLD])
ENDS = datetime(2026, 12, 3, 16, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_a_token_is_read_as_it_was_written_and_for_its_purpose_only(purpose: LinkPurpose) -> None:
    token = TOKENS.token(purpose, CLAIMS)

    assert {each: TOKENS.read(each, token) for each in LinkPurpose} == {
        each: CLAIMS if each is purpose else None for each in LinkPurpose
    }
    assert token.startswith("31-7-2-5-")
    assert len(token) == len("31-7-2-5-") + 43


def test_no_character_of_a_token_can_be_changed_left_out_or_added() -> None:
    token = TOKENS.token(LinkPurpose.CANCEL, CLAIMS)
    altered = {token + "A", token + "=", "0" + token, token[::-1], token.upper()}
    for place, letter in enumerate(token):
        altered.add(token[:place] + token[place + 1 :])
        others = "0123456789Az-_"
        altered |= {token[:place] + each + token[place + 1 :] for each in others if each != letter}

    assert [each for each in altered if TOKENS.read(LinkPurpose.CANCEL, each) is not None] == []


NONSENSE = ("", "-", "----", "1-2-3-4", "1-2-3-4-", "a-b-c-d-e", "1-2-3-4-é", "\x00" * 50)


@pytest.mark.parametrize(
    "text", [*NONSENSE, "\uff11-2-3-4-x", "-" * 200, "9" * 200, "1-2-3-4-" + "A" * 43]
)
def test_whatever_else_is_sent_opens_nothing(text: str) -> None:
    assert [TOKENS.read(purpose, text) for purpose in LinkPurpose] == [None] * 3


def test_a_changed_secret_opens_what_the_old_one_sealed_while_that_is_kept() -> None:
    token = TOKENS.token(LinkPurpose.VIEW, CLAIMS)

    assert LessonLinkTokens([NEW, OLD]).read(LinkPurpose.VIEW, token) == CLAIMS
    assert LessonLinkTokens([NEW]).read(LinkPurpose.VIEW, token) is None
    assert LessonLinkTokens([NEW, OLD]).token(LinkPurpose.VIEW, CLAIMS) != token


def state(purpose: LinkPurpose, **changes: object) -> LinkState:
    now = {"version": 2, "account_version": 5, "ends_at": ENDS, "is_possible": True, "now": ENDS}
    return link_state(purpose, CLAIMS, **(now | changes))


@pytest.mark.parametrize(
    ("changes", "viewing", "acting"),
    [
        ({}, LinkState.OPEN, LinkState.OPEN),
        ({"is_possible": False}, LinkState.OPEN, LinkState.TOO_LATE),
        ({"version": 3}, LinkState.CHANGED, LinkState.CHANGED),
        ({"version": 3, "is_possible": False}, LinkState.CHANGED, LinkState.CHANGED),
        ({"account_version": 6}, LinkState.REVOKED, LinkState.REVOKED),
        ({"account_version": 6, "version": 3}, LinkState.REVOKED, LinkState.REVOKED),
        ({"now": ENDS + VIEW_LASTS}, LinkState.OPEN, LinkState.OPEN),
        ({"now": ENDS + VIEW_LASTS + SECOND}, LinkState.EXPIRED, LinkState.EXPIRED),
        ({"now": ENDS + VIEW_LASTS + SECOND, "version": 3}, LinkState.EXPIRED, LinkState.EXPIRED),
    ],
)
def test_what_a_link_opens(
    changes: dict[str, object], viewing: LinkState, acting: LinkState
) -> None:
    assert state(LinkPurpose.VIEW, **changes) is viewing
    assert state(LinkPurpose.MOVE, **changes) is acting
    assert state(LinkPurpose.CANCEL, **changes) is acting


def test_only_what_is_still_shown_shows_the_lesson() -> None:
    assert {each for each in LinkState if each.shows_lesson} == {
        LinkState.OPEN,
        LinkState.CHANGED,
        LinkState.TOO_LATE,
    }
