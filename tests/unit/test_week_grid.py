"""The week grid shows what is stored: states, locks, markers, and lessons in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.time_range import TimeRange
from app.domain.week import Week
from app.web.week_form import WeekForm
from app.web.week_grid import Cell, WeekGrid, saved_notice, week_grid
from app.web.week_lessons import short_name
from tests.unit.test_presentation import SAY

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
NOW = datetime(2026, 11, 24, 15, 20, tzinfo=UTC)  # Tuesday 10:20 in New York


@dataclass
class Hours:
    ranges: Mapping[date, Sequence[TimeRange]] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    week: Week = field(default_factory=lambda: Week(MONDAY))
    zone_name: str = "America/New_York"
    today: date = TUESDAY
    version: str = "v1"


@dataclass
class Student:
    full_name: str = "Maya Ruth Rosen"


@dataclass
class Lesson:
    starts_at: datetime | None
    ends_at: datetime | None
    id: int = 7
    service_name: str = "Piano"
    status: str = "CONFIRMED"
    student: Student = field(default_factory=Student)


def lesson(hour: int, minute: int, minutes: int, *, day: int = 25, **more: object) -> Lesson:
    """Starts at that time in New York (UTC-5) of a day of November."""
    start = datetime(2026, 11, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)
    return Lesson(start, start + timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


def show(hours: Hours | None = None, *lessons: Lesson, show_all: bool = False) -> WeekGrid:
    return week_grid(hours or Hours(), lessons, SAY, now=NOW, show_all=show_all)


def cell(grid: WeekGrid, day: int, minute: int) -> Cell:
    return next(row for row in grid.rows if row.minute == minute).cells[day]


def test_rows_are_the_usual_day() -> None:
    grid = show()

    assert (grid.rows[0].minute, grid.rows[-1].minute, len(grid.rows)) == (420, 1290, 30)
    assert [day.label for day in grid.days][::6] == ["Mon 23 Nov", "Sun 29 Nov"]
    assert not grid.is_whole_day


def test_rows_reach_hours_and_lessons_outside_the_usual_day() -> None:
    early = show(Hours(ranges={TUESDAY: [TimeRange(345, 600)]}), lesson(22, 30, 60))

    assert (early.rows[0].minute, early.rows[-1].minute) == (300, 1410)


def test_all_hours_on_wish() -> None:
    grid = show(show_all=True)

    assert (len(grid.rows), grid.is_whole_day) == (48, True)


@pytest.mark.parametrize(
    ("minute", "state", "quarter"),
    [
        (510, "closed", 0),
        (540, "partly", 2),
        (570, "open", 0),
        (600, "partly", 1),
        (630, "closed", 0),
    ],
)
def test_quarter_hours_open_a_cell_partly(minute: int, state: str, quarter: int) -> None:
    found = cell(show(Hours(ranges={TUESDAY: [TimeRange(555, 615)]})), 1, minute)

    assert (found.state, found.quarter) == (state, quarter)


def test_a_cell_open_from_two_touching_windows_is_open() -> None:
    touching = [TimeRange(540, 555), TimeRange(555, 600)]

    assert cell(show(Hours(ranges={TUESDAY: touching})), 1, 540).state == "open"


def test_an_old_window_off_the_quarter_hour_is_partly_open() -> None:
    found = cell(show(Hours(ranges={TUESDAY: [TimeRange(545, 565)]})), 1, 540)

    assert (found.state, found.quarter, found.css) == ("partly", 0, "partly past")


def test_hours_until_midnight() -> None:
    grid = show(Hours(ranges={date(2026, 11, 25): [TimeRange(1320, 1440)]}))

    assert cell(grid, 2, 1410).label == "Wed 25 Nov, 23:30 to 24:00, open"
    assert grid.days[2].hours == "22:00-24:00"


def test_the_past_is_locked_and_now_is_marked() -> None:
    grid = show()

    assert cell(grid, 0, 1290).is_past
    assert cell(grid, 1, 570).is_past
    assert (cell(grid, 1, 600).is_past, cell(grid, 1, 600).is_now) == (False, True)
    assert not cell(grid, 1, 630).is_now
    assert not cell(grid, 2, 420).is_past
    assert [day.is_past for day in grid.days[:3]] == [True, False, False]


def test_a_day_off_is_said() -> None:
    friday = date(2026, 11, 27)
    grid = show(Hours(days_off=frozenset({friday}), ranges={friday: [TimeRange(540, 600)]}))

    assert cell(grid, 4, 540).label == "Fri 27 Nov, 9:00 to 9:30, open, day off"
    assert cell(grid, 4, 540).css == "open off"
    assert grid.open_minutes == 0


def test_a_lesson_of_45_minutes_at_quarter_past() -> None:
    grid = show(None, lesson(9, 15, 45))
    block = cell(grid, 2, 540).lessons[0]

    assert block.css == "len-3 is-confirmed from-1"
    assert block.label == "Lesson with Maya R., Piano, 9:15–10:00"
    assert cell(grid, 2, 570).lessons == ()
    assert cell(grid, 2, 570).note == ", lesson with Maya R., 9:15–10:00"
    assert cell(grid, 2, 600).booked == ()


def test_a_lesson_across_midnight_has_a_block_on_each_day() -> None:
    blocks = show(None, lesson(23, 30, 60)).lessons

    assert [(each.day.day, each.clock) for each in blocks] == [
        (25, "23:30–24:00"),
        (26, "0:00–0:30"),
    ]


def test_a_lesson_until_midnight_has_one_block() -> None:
    assert [each.clock for each in show(None, lesson(23, 0, 60)).lessons] == ["23:00–24:00"]


def test_a_lesson_in_the_repeated_hour_is_still_seen() -> None:
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, and an hour later 1:30 again
    grid = show(Hours(week=Week(date(2026, 10, 26))), Lesson(start, start + timedelta(minutes=60)))

    assert [each.clock for each in grid.lessons] == ["1:30–2:00"]


def test_overlapping_lessons_lie_beside_each_other() -> None:
    blocks = show(
        None, lesson(9, 0, 60), lesson(9, 30, 60, id=8), lesson(10, 0, 60, id=9), lesson(12, 0, 30)
    ).lessons

    assert [each.lane for each in blocks] == [1, 2, 1, 0]


def test_only_lessons_that_keep_their_time_are_shown() -> None:
    grid = show(
        None,
        lesson(9, 0, 60, status="CANCELLED"),
        lesson(10, 0, 60, status="PENDING"),
        Lesson(None, None),
        lesson(9, 0, 60, day=30),
    )

    assert [each.status_word for each in grid.lessons] == ["waiting for approval"]


def test_the_summary_counts() -> None:
    grid = show(Hours(ranges={TUESDAY: [TimeRange(540, 630)]}), lesson(9, 0, 60))

    assert saved_notice(grid) == {
        "kind": "saved",
        "text": "Saved. 1.5 hours open this week; 1 lesson booked.",
    }
    assert show().summary == "0 hours open this week; 0 lessons booked"


@pytest.mark.parametrize(
    ("monday", "title"),
    [
        (MONDAY, "23 – 29 Nov 2026"),
        (date(2026, 11, 30), "30 Nov – 6 Dec 2026"),
        (date(2026, 12, 28), "28 Dec 2026 – 3 Jan 2027"),
    ],
)
def test_the_title(monday: date, title: str) -> None:
    grid = show(Hours(week=Week(monday)))

    assert (grid.title, grid.zone_city, grid.is_past) == (title, "New York", False)
    assert grid.is_this_week == (monday == MONDAY)


@pytest.mark.parametrize(
    ("full", "short"), [("Maya Ruth Rosen", "Maya R."), ("Cher", "Cher"), ("", "")]
)
def test_short_names(full: str, short: str) -> None:
    assert short_name(full) == short


def sent(**changed: str) -> dict[str, str]:
    """What the page posts, closed but for the days named ``d23`` to ``d29``."""
    empty = {f"hours-2026-11-{day}": "" for day in range(23, 30)}
    return empty | {f"hours-2026-11-{day[1:]}": text for day, text in changed.items()}


def read(form: Mapping[str, str]) -> WeekForm:
    return WeekForm.read(form, week=Week(MONDAY), today=TUESDAY)


def test_the_form_keeps_what_was_typed() -> None:
    form = read(sent(d23="8-9", d24="9-12 14-17", d25="9-lunch") | {"version": "v1"})

    assert form.ranges[TUESDAY] == (TimeRange(540, 720), TimeRange(840, 1020))
    assert form.typed[date(2026, 11, 25)] == "9-lunch"
    assert list(form.errors) == [date(2026, 11, 25)]
    assert "“9-lunch”" in form.errors[date(2026, 11, 25)]
    assert form.version == "v1"
    assert form.notice == {
        "kind": "error",
        "text": "Not saved. One day needs another look; the rest of what you entered is kept.",
        "errors": dict(form.errors),
    }


def test_a_passed_day_is_handed_on_only_where_it_reads_well() -> None:
    assert read(sent(d23="8-9")).ranges[MONDAY] == (TimeRange(480, 540),)
    assert MONDAY not in read(sent(d23="8:05-9")).ranges
    assert read(sent(d23="8:05-9")).errors == {}


def test_a_day_that_was_not_sent_is_not_taken_for_closed() -> None:
    form = read({"hours-2026-11-24": "9-12"})

    assert len(form.errors) == 5
    assert form.notice is not None
    assert "5 days need" in str(form.notice["text"])


def test_a_form_without_errors_has_no_notice() -> None:
    form = read(sent())

    assert (form.notice, form.version) == (None, None)
