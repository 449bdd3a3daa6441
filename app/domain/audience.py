"""What of an evaluation whom may be told, and in which words."""

from collections.abc import Mapping, Sequence

from app.domain.evaluation import Code, Reason

UNAVAILABLE = "unavailable"
"""Stands for everything that would reveal the instructor's life."""

_TOLD = frozenset(
    {
        Code.PAST,
        Code.NOTICE,
        Code.HORIZON,
        Code.TOO_LONG,
        Code.OFF_GRID,
        Code.NONEXISTENT_TIME,
        Code.STUDENT_BUSY,
        Code.DURATION_NOT_OFFERED,
    }
)
CONFLICTS = frozenset({Code.STUDENT_BUSY.value, UNAVAILABLE})
"""Codes of a time that is gone, rather than one that was never possible."""
_ABOUT_THE_CLOCK = frozenset({Code.PAST.value, Code.NOTICE.value, Code.HORIZON.value})
_ORDER = (
    Code.PAST.value,
    Code.NONEXISTENT_TIME.value,
    Code.HORIZON.value,
    Code.NOTICE.value,
    Code.DURATION_NOT_OFFERED.value,
    Code.STUDENT_BUSY.value,
    UNAVAILABLE,
    Code.TOO_LONG.value,
    Code.OFF_GRID.value,
)

_SENTENCES: Mapping[str, str] = {
    Code.PAST: "Cannot book for past dates: that time has passed.",
    Code.HORIZON: "Lessons cannot be booked that far ahead yet.",
    Code.TOO_LONG: "The instructor's open hours end before the lesson would.",
    Code.OFF_GRID: "Lessons start on the quarter hour.",
    Code.NONEXISTENT_TIME: "That time does not exist on that day: the clocks go forward over it.",
    Code.STUDENT_BUSY: "You already have a lesson at that time.",
    Code.DURATION_NOT_OFFERED: "That lesson length is not offered.",
    Code.OUTSIDE_HOURS: "This is outside the open hours.",
    Code.DAY_OFF: "This is a day off.",
    Code.TAKEN: "Another lesson is booked at that time.",
    Code.HELD: "This time is being held for somebody.",
    Code.BUFFER: "This is too close to another lesson.",
    Code.SERVICE_INACTIVE: "Service not found or no longer available",
    Code.INSTRUCTOR_INACTIVE: "The instructor does not take bookings at present.",
    Code.NEEDS_APPROVAL: "There is no time left for the instructor to approve it.",
    UNAVAILABLE: "This time slot conflicts with an existing booking or is not open.",
}

_OF_OTHERS: Mapping[str, str] = {
    Code.STUDENT_BUSY: "The student already has a lesson at that time."
}
"""Sentences for whoever is not the student."""


def told(reasons: Sequence[Reason]) -> tuple[tuple[str, str], ...]:
    """What a student or the public may learn: pairs of code and sentence, no code twice.

    What no change of the calendar could mend leads, then a time that is gone.
    """
    codes = dict.fromkeys(
        reason.code.value if reason.code in _TOLD else UNAVAILABLE for reason in reasons
    )
    if Code.DURATION_NOT_OFFERED.value in codes:
        codes.pop(UNAVAILABLE, None)  # no probing of the calendar with lengths nobody offers
    if _ABOUT_THE_CLOCK & codes.keys():  # it could not be booked anyhow: no watching of days
        codes.pop(UNAVAILABLE, None)
        codes.pop(Code.TOO_LONG.value, None)
    if UNAVAILABLE in codes or Code.DURATION_NOT_OFFERED.value in codes:
        codes.pop(Code.TOO_LONG.value, None)  # beside another reason it would tell the hours
    ordered = sorted(codes, key=_ORDER.index)
    notice = next((reason for reason in reasons if reason.code is Code.NOTICE), None)
    return tuple((code, _sentence(code, notice)) for code in ordered)


def all_told(reasons: Sequence[Reason]) -> tuple[tuple[str, str], ...]:
    """What the owning instructor and staff learn: everything."""
    notice = next((reason for reason in reasons if reason.code is Code.NOTICE), None)
    return tuple(
        (reason.code.value, _OF_OTHERS.get(reason.code) or _sentence(reason.code, notice))
        for reason in reasons
    )


def meanings() -> Mapping[str, str]:
    """Every code that anybody may be told, and its sentence."""
    notice = "Bookings must be made some hours in advance; the sentence says how many."
    return {**_SENTENCES, Code.NOTICE.value: notice}


def _sentence(code: str, notice: Reason | None) -> str:
    if code == Code.NOTICE and notice is not None:
        return f"Bookings must be made at least {notice.facts['notice_hours']} hours in advance"
    return _SENTENCES[code]
