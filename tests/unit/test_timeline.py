"""What happened to a lesson, from its trail, from its row, and from both."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.timeline import Doer, Noted, People, Step, StepKind, steps_of

MADE = datetime(2026, 12, 1, 12, tzinfo=UTC)
TEN, TWO = "2026-12-03T15:00:00+00:00", "2026-12-03T19:00:00+00:00"
STUDENT, INSTRUCTOR, SUPPORT = 7, 8, 9
READER = People(STUDENT, STUDENT, INSTRUCTOR)


def noted(action: str, actor: int | None = STUDENT, hours: int = 0, **changes: Any) -> Noted:
    return Noted(MADE + timedelta(hours=hours), actor, f"booking.{action}", changes)


def told(*entries: Noted, facts: tuple[Step, ...] = (), people: People = READER) -> list[Step]:
    return steps_of(entries, facts, people, reason="Ill")


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (noted("create", status=[None, "CONFIRMED"]), StepKind.BOOKED),
        (noted("create", status=[None, "PENDING"]), StepKind.REQUESTED),
        (noted("approve", status=["PENDING", "CONFIRMED"]), StepKind.CONFIRMED),
        (noted("decline", status=["PENDING", "CANCELLED"]), StepKind.DECLINED),
        (noted("expire", None), StepKind.EXPIRED),
        (noted("cancel"), StepKind.CANCELLED),
        (noted("move", starts_at=[TEN, TWO]), StepKind.MOVED),
        (noted("move", starts_at=[TEN, TWO], status=["CONFIRMED", "PENDING"]), None),
        (noted("completed", None), StepKind.COMPLETED),
        (noted("no_show", INSTRUCTOR), StepKind.NO_SHOW),
        (noted("note", INSTRUCTOR, meeting_location=None), StepKind.PLACE_CHANGED),
    ],
)
def test_every_change_is_told_as_what_it_is(entry: Noted, kind: StepKind | None) -> None:
    (step,) = told(entry)

    assert step.kind is (kind or StepKind.MOVE_REQUESTED)
    assert step.at == entry.at


@pytest.mark.parametrize("action", ["note", "links_asked", "something_new"])
def test_what_concerns_nobody_else_is_not_told(action: str) -> None:
    assert told(noted(action, instructor_note=None, by_link=[None, True])) == []


@pytest.mark.parametrize(
    ("actor", "to_student", "to_instructor"),
    [
        (STUDENT, Doer.YOU, Doer.STUDENT),
        (INSTRUCTOR, Doer.INSTRUCTOR, Doer.YOU),
        (SUPPORT, Doer.SUPPORT, Doer.SUPPORT),
        (None, Doer.AUTOMATIC, Doer.AUTOMATIC),
    ],
)
def test_who_did_it_is_told_as_the_reader_knows_him(
    actor: int | None, to_student: Doer, to_instructor: Doer
) -> None:
    assert People(STUDENT, STUDENT, INSTRUCTOR).doer(actor) is to_student
    assert People(INSTRUCTOR, STUDENT, INSTRUCTOR).doer(actor) is to_instructor


def test_a_move_names_both_times_and_the_way() -> None:
    (step,) = told(noted("move", starts_at=[TEN, TWO], by_link=[None, True]))

    assert (step.was, step.became) == (datetime.fromisoformat(TEN), datetime.fromisoformat(TWO))
    assert step.by_link


@pytest.mark.parametrize(
    ("actor", "changes", "is_late"),
    [
        (STUDENT, {}, False),
        (STUDENT, {"cancelled_late": [False, True]}, True),
        (INSTRUCTOR, {}, None),
        (SUPPORT, {}, None),
    ],
)
def test_only_students_cancel_late_or_in_time(
    actor: int, changes: dict[str, Any], is_late: bool | None
) -> None:
    (step,) = told(noted("cancel", actor, **changes))

    assert (step.is_late, step.reason) == (is_late, "Ill")


def test_a_request_that_moves_is_still_a_request() -> None:
    asked = noted("create", status=[None, "PENDING"])
    moved = noted("move", hours=1, starts_at=[TEN, TWO])
    approved = noted("approve", INSTRUCTOR, hours=2, status=["PENDING", "CONFIRMED"])
    again = noted("move", INSTRUCTOR, hours=3, starts_at=[TWO, TEN])

    assert [each.kind for each in told(asked, moved, approved, again)] == [
        StepKind.REQUESTED,
        StepKind.MOVE_REQUESTED,
        StepKind.CONFIRMED,
        StepKind.MOVED,
    ]


def test_what_no_trail_tells_comes_from_the_row() -> None:
    booked = Step(StepKind.BOOKED, MADE, Doer.YOU)
    cancelled = Step(StepKind.CANCELLED, MADE + timedelta(hours=5), None)

    assert told(facts=(cancelled, booked)) == [booked, cancelled]
    trail = noted("create", hours=0, status=[None, "PENDING"]), noted("decline", hours=4)
    kinds = [each.kind for each in told(*trail, facts=(booked, cancelled))]
    assert kinds == [StepKind.REQUESTED, StepKind.DECLINED]
    moved = noted("move", hours=2, starts_at=[TEN, TWO])
    kinds = [each.kind for each in told(moved, facts=(booked, cancelled))]
    assert kinds == [StepKind.BOOKED, StepKind.MOVED, StepKind.CANCELLED]
