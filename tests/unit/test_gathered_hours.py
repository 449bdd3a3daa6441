"""Windows as the databases gather them into one text."""

from datetime import date

from app.domain.time_range import TimeRange
from app.repositories.gathered_hours import GatheredHours

DAY, NEXT, CLOSED = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)


def test_a_day_has_its_windows_in_order_and_merged_whatever_the_order_of_the_text() -> None:
    hours = GatheredHours(
        "2026-12-0214:00:00-00:00:00,12:00:00-14:00:00,09:00:00-10:00:00"
        ";2026-12-0108:00:00.000000-09:30:00.000000"
    )

    assert hours[NEXT] == (TimeRange(540, 600), TimeRange(720, 1440))
    assert dict(hours)[DAY] == (TimeRange(480, 570),)
    assert (set(hours), len(hours)) == ({DAY, NEXT}, 2)
    assert hours.get(CLOSED, ()) == ()


def test_adopted_windows_that_run_backwards_are_left_out_and_fractions_cut_inwards() -> None:
    hours = GatheredHours("2026-12-0117:00:00-09:00:00,09:00:30.5-11:00:59;2026-12-0209:00-08:00")

    assert hours[DAY] == (TimeRange(541, 660),)
    assert hours[NEXT] == ()
