"""Windows keep their rows while they are changed, and only rows that differ are touched."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput, InvalidWindow, NotFound, PastIsReadOnly, SlotExists
from app.domain.limits import WINDOWS_PER_DAY_MAX
from app.domain.time_range import TimeRange, merge
from app.domain.windows import Draft, RowChange, Window, by_day, fresh_windows

DAY = date(2026, 12, 7)
NINE, TEN, ELEVEN, TWELVE = 540, 600, 660, 720


def draft(*windows: tuple[int, int, int], today: date = DAY) -> Draft:
    """Windows on DAY: id, start, end."""
    return Draft([Window(DAY, TimeRange(s, e), key) for key, s, e in windows], today=today)


def seen(of: Draft) -> list[tuple[int, int, int]]:
    return [(each.key, each.range.start, each.range.end) for each in of.windows]


def test_an_added_window_stands_alone_under_a_key_of_its_own() -> None:
    found = draft((5, NINE, TEN))

    made = found.open(DAY, TimeRange(ELEVEN, TWELVE))

    assert made.key < 0
    assert seen(found) == [(5, NINE, TEN), (made.key, ELEVEN, TWELVE)]


@pytest.mark.parametrize(
    "wanted", [(TEN, ELEVEN), (570, ELEVEN), (NINE - 60, TEN), (NINE - 60, ELEVEN)]
)
def test_what_overlaps_or_touches_grows_and_keeps_its_id(wanted: tuple[int, int]) -> None:
    found = draft((5, NINE, TEN))

    made = found.open(DAY, TimeRange(*wanted))

    assert seen(found) == [(5, min(NINE, wanted[0]), max(TEN, wanted[1]))]
    assert made.key == 5


def test_a_longer_window_with_the_same_start_takes_the_shorter_in() -> None:
    """Fault W11: there the row to be extended collided with the row to be deleted."""
    found = draft((5, NINE, TEN))

    found.open(DAY, TimeRange(NINE, TWELVE))

    assert seen(found) == [(5, NINE, TWELVE)]


def test_a_window_between_two_makes_one_of_three() -> None:
    found = draft((5, NINE, TEN), (6, ELEVEN, TWELVE))

    made = found.open(DAY, TimeRange(TEN, ELEVEN))

    assert (seen(found), made.key) == ([(5, NINE, TWELVE)], 5)
    assert found.survivor_of(6) == 5


def test_windows_that_it_does_not_reach_are_left_alone() -> None:
    found = draft((5, NINE, TEN), (6, TEN, ELEVEN), (7, 800, 870))

    found.open(DAY, TimeRange(870, 930))

    assert seen(found) == [(5, NINE, TEN), (6, TEN, ELEVEN), (7, 800, 930)]


def test_the_same_again_is_refused_and_part_of_it_is_there_already() -> None:
    found = draft((5, NINE, TWELVE))

    with pytest.raises(SlotExists):
        found.open(DAY, TimeRange(NINE, TWELVE))
    assert found.open(DAY, TimeRange(NINE, TEN)).key == 5
    assert seen(found) == [(5, NINE, TWELVE)]


@pytest.mark.parametrize("wanted", [(NINE + 5, TEN), (NINE, TEN + 10), (NINE, NINE + 15)])
def test_no_way_in_is_without_the_validator(wanted: tuple[int, int]) -> None:
    found = draft((5, 800, 900))

    with pytest.raises(InvalidWindow):
        found.open(DAY, TimeRange(*wanted))
    with pytest.raises(InvalidWindow):
        found.move(found.find(5), DAY, TimeRange(*wanted))
    assert seen(found) == [(5, 800, 900)]


def test_a_moved_window_keeps_its_id_and_takes_in_what_it_meets() -> None:
    found = draft((5, NINE, TEN), (6, ELEVEN, TWELVE))

    moved = found.move(found.find(6), DAY, TimeRange(NINE + 30, ELEVEN))

    assert (seen(found), moved.key) == ([(6, NINE, ELEVEN)], 6)
    assert found.survivor_of(5) == 6


def test_a_window_may_move_to_another_day() -> None:
    found, tomorrow = draft((5, NINE, TEN)), DAY + timedelta(days=1)

    found.move(found.find(5), tomorrow, TimeRange(NINE, TEN))

    assert found.windows == (Window(tomorrow, TimeRange(NINE, TEN), 5),)


def test_a_split_leaves_two_that_touch_until_they_are_joined() -> None:
    found = draft((5, NINE, TWELVE))

    first, second = found.split(found.find(5), TEN)

    assert (first.range, second.range) == (TimeRange(NINE, TEN), TimeRange(TEN, TWELVE))
    assert (first.key, second.key < 0) == (5, True)
    assert found.join(DAY) == 1
    assert seen(found) == [(5, NINE, TWELVE)]


@pytest.mark.parametrize("minute", [NINE, TWELVE, NINE - 15, TWELVE + 15])
def test_a_split_lies_inside(minute: int) -> None:
    found = draft((5, NINE, TWELVE))

    with pytest.raises(InvalidInput, match="Split time must be between slot start and end times"):
        found.split(found.find(5), minute)


@pytest.mark.parametrize("minute", [NINE + 15, TWELVE - 15, TEN + 5])
def test_both_parts_of_a_split_are_windows(minute: int) -> None:
    found = draft((5, NINE, TWELVE))

    with pytest.raises(InvalidWindow):
        found.split(found.find(5), minute)
    assert seen(found) == [(5, NINE, TWELVE)]


def test_joining_prefers_the_row_that_need_not_change() -> None:
    found = draft((5, NINE, TEN), (6, NINE, TWELVE), (7, 800, 860))

    assert found.join(DAY) == 1
    assert seen(found) == [(6, NINE, TWELVE), (7, 800, 860)]


def test_days_that_have_passed_are_read_only() -> None:
    found = draft((5, NINE, TWELVE), today=DAY + timedelta(days=1))
    window = found.find(5)

    for change in (
        lambda: found.open(DAY, TimeRange(800, 900)),
        lambda: found.close(window),
        lambda: found.move(window, DAY + timedelta(days=2), window.range),
        lambda: found.split(window, TEN),
        lambda: found.join(DAY),
    ):
        with pytest.raises(PastIsReadOnly):
            change()
    assert seen(found) == [(5, NINE, TWELVE)]


def test_a_day_holds_only_so_many_windows() -> None:
    full = [(n + 1, n * 28, n * 28 + 20) for n in range(WINDOWS_PER_DAY_MAX)]
    found = draft(*full, (99, 1410, 1440))

    with pytest.raises(InvalidWindow):
        found.split(found.find(99), 1425)
    assert len(found.windows) == WINDOWS_PER_DAY_MAX + 1


def test_a_window_that_is_gone_is_not_found() -> None:
    found = draft((5, NINE, TEN))
    found.close(found.find(5))

    with pytest.raises(NotFound):
        found.find(5)


QUARTERS = st.integers(0, 96).map(lambda quarter: quarter * 15)
RANGES = st.tuples(QUARTERS, QUARTERS).filter(lambda pair: pair[1] - pair[0] >= 30)


@given(st.lists(RANGES, max_size=12))
def test_opening_windows_one_by_one_gives_their_union(wished: list[tuple[int, int]]) -> None:
    found = draft()
    for each in wished:
        try:
            found.open(DAY, TimeRange(*each))
        except SlotExists:
            assert TimeRange(*each) in [window.range for window in found.windows]

    assert [each.range for each in found.windows] == list(merge(TimeRange(*e) for e in wished))


WINDOWS = st.lists(RANGES, max_size=6, unique=True)


@given(WINDOWS, WINDOWS, st.integers(0, 6))
def test_only_rows_that_differ_are_touched(
    old: list[tuple[int, int]], new: list[tuple[int, int]], named: int
) -> None:
    """Carrying the change out by hand gives the wished windows."""
    before = [Window(DAY, TimeRange(*each), key) for key, each in enumerate(old, 1)]
    after = [
        Window(DAY, TimeRange(*each), key if key <= min(named, len(old)) else -key)
        for key, each in enumerate(new, 1)
    ]

    change = RowChange.between(before, after)

    rows = {each.key: each.range for each in before if each.key not in change.gone}
    rows |= {each.key: each.range for each in (*change.moved, *change.fresh)}
    assert sorted(rows.values()) == sorted(each.range for each in after)
    assert len(set(change.same.values())) == len(change.same)
    if not named and set(old) == set(new):
        assert not change


def test_a_window_taken_away_and_added_again_is_the_same_row() -> None:
    before = [Window(DAY, TimeRange(NINE, TEN), 5)]

    change = RowChange.between(before, [Window(DAY, TimeRange(NINE, TEN), -1)])

    assert not change
    assert change.same == {-1: 5}


def test_days_without_windows_are_absent() -> None:
    hours = {DAY: (TimeRange(NINE, TEN), TimeRange(ELEVEN, TWELVE)), DAY + timedelta(days=1): ()}

    assert by_day(fresh_windows(hours)) == {DAY: hours[DAY]}
