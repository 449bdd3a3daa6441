"""Students and the public learn nothing that would reveal an instructor's life."""

from datetime import UTC, datetime

import pytest

from app.domain.audience import CONFLICTS, UNAVAILABLE, all_told, told
from app.domain.evaluation import Code, Reason

PUBLIC = {
    Code.PAST,
    Code.NOTICE,
    Code.HORIZON,
    Code.TOO_LONG,
    Code.OFF_GRID,
    Code.NONEXISTENT_TIME,
    Code.STUDENT_BUSY,
    Code.DURATION_NOT_OFFERED,  # the lengths on offer are public
}
PRIVATE = set(Code) - PUBLIC


def reason(code: Code) -> Reason:
    """With facts that must not leak."""
    moment = datetime(2027, 1, 15, 14, tzinfo=UTC)
    return Reason(code, {"notice_hours": 2, "booking_id": 4711, "starts_at": moment}, "lesson")


@pytest.mark.parametrize("code", sorted(PRIVATE))
def test_what_reveals_the_instructors_life_is_only_unavailable(code: Code) -> None:
    ((said, sentence),) = told([reason(code)])

    assert said == UNAVAILABLE
    assert sentence == told([reason(Code.TAKEN)])[0][1]
    assert "4711" not in sentence


@pytest.mark.parametrize("code", sorted(PUBLIC))
def test_what_is_the_students_own_business_is_told(code: Code) -> None:
    ((said, sentence),) = told([reason(code)])

    assert said == code.value
    assert sentence.endswith((".", "in advance"))
    assert "4711" not in sentence


def test_every_private_reason_together_is_one_unavailable() -> None:
    assert [code for code, _ in told([reason(code) for code in sorted(PRIVATE)])] == [UNAVAILABLE]


def test_what_nothing_could_mend_leads_then_a_busy_student_then_a_time_that_is_gone() -> None:
    wished = [Code.NONEXISTENT_TIME, Code.TAKEN, Code.OFF_GRID, Code.STUDENT_BUSY, Code.BUFFER]

    said = [code for code, _ in told([reason(code) for code in wished])]

    assert said == [Code.NONEXISTENT_TIME, Code.STUDENT_BUSY, UNAVAILABLE, Code.OFF_GRID]


@pytest.mark.parametrize("clock", [Code.PAST, Code.NOTICE, Code.HORIZON])
@pytest.mark.parametrize("life", [*sorted(PRIVATE), Code.TOO_LONG])
def test_a_time_that_cannot_be_booked_anyhow_tells_nothing_of_the_day(
    clock: Code, life: Code
) -> None:
    """Else the hours and lessons of days gone by, and of today, could be read off."""
    assert told([reason(clock), reason(life)]) == told([reason(clock)])


def test_nothing_against_means_nothing_told() -> None:
    assert told([]) == all_told([]) == ()


@pytest.mark.parametrize("code", list(Code))
def test_the_owner_and_staff_learn_every_code_with_a_sentence_of_its_own(code: Code) -> None:
    ((said, sentence),) = all_told([reason(code)])

    assert said == code.value
    assert sentence


def test_the_owner_learns_reasons_in_their_order_and_all_of_them() -> None:
    assert [code for code, _ in all_told([reason(code) for code in Code])] == list(Code)


@pytest.mark.parametrize("telling", [told, all_told])
def test_the_notice_says_its_hours(telling: object) -> None:
    assert callable(telling)

    ((_, sentence),) = telling([Reason(Code.NOTICE, {"notice_hours": 48})])

    assert sentence == "Bookings must be made at least 48 hours in advance"


def test_only_a_time_that_is_gone_is_a_conflict() -> None:
    assert {Code.STUDENT_BUSY.value, UNAVAILABLE} == CONFLICTS
