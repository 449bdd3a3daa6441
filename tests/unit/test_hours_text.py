"""Hours typed for one day are read as meant, or refused by name."""

import pytest

from app.domain.errors import InvalidWindow
from app.domain.hours_text import HOURS_MAX_CHARS, parse_hours, write_hours, write_minute
from app.domain.time_range import TimeRange


def hours(*pairs: tuple[float, float]) -> tuple[TimeRange, ...]:
    return tuple(TimeRange(int(start * 60), int(end * 60)) for start, end in pairs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", hours()),
        ("   ", hours()),
        ("closed", hours()),
        ("Off", hours()),
        ("–", hours()),
        ("9:00-12:00, 14:00-17:30", hours((9, 12), (14, 17.5))),
        ("9-12 14-17", hours((9, 12), (14, 17))),
        ("9:30–12", hours((9.5, 12))),
        ("9.30—12", hours((9.5, 12))),
        ("9 - 12;14 - 17", hours((9, 12), (14, 17))),
        ("9-12 and 14-17", hours((9, 12), (14, 17))),
        ("9 to 12 & 14 until 17", hours((9, 12), (14, 17))),
        ("9am-1pm", hours((9, 13))),
        ("9 AM - 1 P.M., 2pm-3pm", hours((9, 13), (14, 15))),
        ("1-5pm", hours((13, 17))),
        ("9-5pm", hours((9, 17))),
        ("9am-5", hours((9, 17))),
        ("11am-12pm", hours((11, 12))),
        ("noon-2pm", hours((12, 14))),
        ("10-noon", hours((10, 12))),
        ("22-24:00", hours((22, 24))),
        ("22:00-00:00", hours((22, 24))),
        ("10pm-midnight", hours((22, 24))),
        ("midnight-1", hours((0, 1))),
        ("12am-12am", hours((0, 24))),
        ("14-17, 9-12", hours((9, 12), (14, 17))),
        ("9-11, 10-12, 12-13", hours((9, 13))),
        ("9-9:15, 9:15-9:30", hours((9, 9.5))),
    ],
)
def test_hours_are_read_as_meant(text: str, expected: tuple[TimeRange, ...]) -> None:
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("9-12, lunch", "“lunch”"),
        ("9", "“9”"),
        ("9-", "“9-”"),
        ("12-9", "“12-9” ends before it starts"),
        ("9-9", "“9-9” ends before it starts"),
        ("9-5", "“9-5” ends before it starts"),
        ("24:00-24:00", "“24:00-24:00” ends before it starts"),
        ("9-25", "“9-25” holds a time"),
        ("9:75-12", "“9:75-12” holds a time"),
        ("13pm-14", "“13pm-14” holds a time"),
        ("9:05-10:00", "09:05-10:00"),
        ("9:00-9:15", "09:00-09:15"),
        ("9-12" * 2, "“9-129-12”"),
        ("9" * 500, "99999999…”"),
        ("9-12 " * HOURS_MAX_CHARS, "too long"),
        ("\uff19-12", "\uff19-12"),
    ],
)
def test_the_piece_that_cannot_be_is_named(text: str, named: str) -> None:
    with pytest.raises(InvalidWindow) as refused:
        parse_hours(text, field="hours-2026-11-24")

    assert named in refused.value.message
    assert refused.value.field == "hours-2026-11-24"


@pytest.mark.parametrize(
    "ranges", [hours(), hours((0, 24)), hours((9, 12), (14, 17.5)), hours((0, 0.5), (23, 24))]
)
def test_what_is_written_is_read_back(ranges: tuple[TimeRange, ...]) -> None:
    assert parse_hours(write_hours(ranges)) == ranges


def test_the_written_form() -> None:
    assert write_hours(hours((9, 12.25), (23, 24))) == "9:00-12:15, 23:00-24:00"
    assert write_minute(5) == "0:05"
