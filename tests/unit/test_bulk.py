"""Many changes in one request come to what they come to one by one, and each says why not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bulk import Action, Bulk, Operation, week_changes
from app.domain.time_range import TimeRange
from app.domain.windows import Draft, RowChange, Window
from tests.hours_model import Model

TODAY = date(2026, 12, 1)
DAY = TODAY + timedelta(days=6)
OWNER, NOON = 7, 720
NINE, TEN, ELEVEN, TWELVE = 540, 600, 660, 720


def bulk(*windows: tuple[int, int, int], day: date = DAY) -> Bulk:
    """Windows of a day: id, start, end."""
    rows = [Window(day, TimeRange(start, end), key) for key, start, end in windows]
    return Bulk(Draft(rows, today=TODAY), OWNER, NOON)


def seen(of: Bulk) -> list[tuple[int, int]]:
    return [(each.range.start, each.range.end) for each in of.draft.windows]


def reason(of: Bulk, wish: Operation) -> str | None:
    (done,) = of.carried_out([wish])
    return done.reason


def add(start: int, end: int, day: date = DAY) -> Operation:
    return Operation(Action.ADD, day, start, end)


def test_the_second_of_two_identical_additions_is_there_already() -> None:
    """Fault W13: there both passed the validation, and one failed when it was done."""
    found = bulk()

    first, second = found.carried_out([add(NINE, TEN), add(NINE, TEN)])

    assert first.reason is None
    assert second.reason == "Time slot 09:00-10:00 already exists on 2026-12-07"
    assert seen(found) == [(NINE, TEN)]


def test_each_operation_meets_what_those_before_it_left() -> None:
    found = bulk((5, NINE, TEN))
    wishes = [
        add(TEN, ELEVEN),
        Operation(Action.REMOVE, DAY, NINE, ELEVEN),
        Operation(Action.UPDATE, slot_id=5, end=TWELVE),
        add(NINE, TEN),
    ]

    done = found.carried_out(wishes)

    assert [each.reason for each in done] == [
        None,
        None,
        "Slot 5 not found or not owned by instructor 7",
        None,
    ]
    assert seen(found) == [(NINE, TEN)]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (
            Operation(Action.ADD),
            "Missing required fields for add operation: date, start_time, end_time",
        ),
        (
            Operation(Action.ADD, DAY, end=TEN),
            "Missing required fields for add operation: start_time",
        ),
        (
            Operation(Action.REMOVE),
            "Missing required fields for remove operation: slot_id",
        ),
        (
            Operation(Action.REMOVE, DAY),
            "Missing required fields for remove operation: start_time, end_time",
        ),
        (
            Operation(Action.UPDATE, DAY, NINE, TEN),
            "Missing required fields for update operation: slot_id",
        ),
        (
            add(NINE, TEN, TODAY - timedelta(days=1)),
            "Cannot add availability for past date 2026-11-30 (today is 2026-12-01)",
        ),
        (
            add(ELEVEN, NOON, TODAY),
            "Cannot add availability for past time slot 11:00-12:00 on 2026-12-01",
        ),
        (add(TEN, NINE), "End time must be after start time"),
        (add(NINE + 10, TEN), "09:10-10:00: hours start and end on the quarter hour."),
        (add(NINE, NINE + 15), "09:00-09:15: a window lasts at least 30 minutes."),
        (
            Operation(Action.REMOVE, slot_id=6),
            "Slot 6 not found or not owned by instructor 7",
        ),
        (
            Operation(Action.REMOVE, DAY, NINE, TEN),
            "There is no time slot 09:00-10:00 on 2026-12-07",
        ),
        (Operation(Action.UPDATE, slot_id=5, end=NINE), "End time must be after start time"),
        (
            Operation(Action.UPDATE, TODAY - timedelta(days=1), slot_id=5),
            "30 November 2026 has passed and cannot be changed.",
        ),
    ],
)
def test_what_is_not_done_says_why_and_leaves_the_rest(wish: Operation, told: str) -> None:
    found = bulk((5, 900, 960))

    assert reason(found, wish) == told

    assert seen(found) == [(900, 960)]


def test_a_window_that_lasts_until_later_today_may_be_added() -> None:
    assert reason(bulk(), add(ELEVEN, NOON + 15, TODAY)) is None


def test_windows_of_days_that_have_passed_stay() -> None:
    found = bulk((5, NINE, TEN), day=TODAY - timedelta(days=1))
    told = "30 November 2026 has passed and cannot be changed."

    assert reason(found, Operation(Action.REMOVE, slot_id=5)) == told
    assert reason(found, Operation(Action.UPDATE, slot_id=5, end=TWELVE)) == told
    assert reason(found, Operation(Action.UPDATE, DAY, slot_id=5)) == told
    assert seen(found) == [(NINE, TEN)]


def test_what_a_week_becomes_is_told_as_removals_and_additions() -> None:
    morning, noon, evening = TimeRange(NINE, TEN), TimeRange(720, 780), TimeRange(1080, 1140)

    wishes = week_changes({DAY: [morning, noon, noon]}, {DAY: [evening, noon]})

    assert wishes == [
        Operation(Action.REMOVE, DAY, NINE, TEN),
        Operation(Action.ADD, DAY, 1080, 1140),
    ]
    assert week_changes({DAY: [morning]}, {DAY: [morning, morning]}) == []


QUARTERS = st.integers(0, 96).map(lambda quarter: quarter * 15)
MINUTES = st.one_of(st.none(), QUARTERS, st.integers(0, 1440))
DAYS = st.sampled_from([TODAY - timedelta(days=1), DAY, DAY + timedelta(days=1)])
OPERATIONS = st.builds(
    Operation,
    st.sampled_from(Action),
    st.one_of(st.none(), DAYS, st.just(DAY)),
    MINUTES,
    MINUTES,
    st.one_of(st.none(), st.integers(1, 6)),
)
ADDITIONS = st.builds(Operation, st.just(Action.ADD), DAYS, QUARTERS, QUARTERS)
START = [(1, NINE, TEN), (2, TWELVE, TWELVE + 60), (3, 900, 990), (4, 1200, 1440)]


@given(st.lists(st.one_of(OPERATIONS, ADDITIONS), max_size=14))
def test_any_list_comes_to_what_a_set_of_quarter_hours_does(wishes: list[Operation]) -> None:
    found = bulk(*START)
    model = Model([(key, DAY, start, end) for key, start, end in START], today=TODAY)

    done = found.carried_out(wishes)

    assert [each.reason is None for each in done] == [model.do(each) for each in wishes]
    windows = found.draft.windows
    assert {(each.day, each.range.start, each.range.end) for each in windows} == model.state()
    assert {
        each.key: (each.day, each.range.start, each.range.end) for each in windows if each.key > 0
    } == model.numbers()


@given(st.lists(st.one_of(OPERATIONS, ADDITIONS), max_size=14))
def test_one_list_and_as_many_lists_of_one_come_to_the_same(wishes: list[Operation]) -> None:
    """With the rows written in between, as the original did it."""
    at_once, rows, fresh = bulk(*START), list(bulk(*START).draft.windows), 100
    at_once.carried_out(wishes)

    for each in wishes:
        step = Bulk(Draft(rows, today=TODAY), OWNER, NOON)
        step.carried_out([each])
        change = RowChange.between(rows, step.draft.windows)
        rows = [window for window in step.draft.windows if window.key > 0]
        for window in change.fresh:
            fresh += 1
            rows.append(Window(window.day, window.range, fresh))

    assert {(each.day, each.range) for each in rows} == {
        (each.day, each.range) for each in at_once.draft.windows
    }
