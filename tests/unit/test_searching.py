"""What somebody looks for: words, prices, and when somebody should be free."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.domain.day_parts import PartOfDay
from app.domain.errors import InvalidInput
from app.domain.searching import FreeTime, Wanted, checked, words
from app.domain.zones import first_existing

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 17, tzinfo=UTC)
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jazz  Piano", ("jazz", "piano")),
        ("José ÅSE", ("jose", "ase")),
        ("e\u0301te\u0301", ("ete",)),
        ("C++, C#!", ("c", "c")),
        ("'x':* & \"y\"", ("x", "y")),
        ("기타", ("기타",)),
        ("ЯН", ("ян",)),
        ("3D 2nd", ("3d", "2nd")),
        ("%_\\", ()),
        ("\u0301", ()),
        ("😀", ()),
        ("", ()),
    ],
)
def test_words_are_letters_and_digits_only(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_no_character_can_leave_a_sign_in_a_word() -> None:
    for code in range(0x110000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        for word in words(f"a{chr(code)}b"):
            assert word.isalnum(), hex(code)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(min_price=Decimal(2), max_price=Decimal(1)), "max_price"),
        (Wanted(min_price=Decimal(-1)), "min_price"),
        (Wanted(max_price=Decimal("1000.01")), "max_price"),
        (Wanted(free=FreeTime(since=NOON)), "free_until"),
        (Wanted(free=FreeTime(until=NOON)), "free_from"),
        (Wanted(free=FreeTime(since=NOON, until=NOON)), "free_until"),
        (
            Wanted(free=FreeTime(since=NOON, until=NOON + timedelta(days=14, seconds=1))),
            "free_until",
        ),
        (Wanted(free=FreeTime(part=PartOfDay.MORNING)), "free_date"),
    ],
)
def test_what_contradicts_itself_is_refused(wanted: Wanted, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(wanted)

    assert refused.value.field == field


def test_what_holds_together_is_taken() -> None:
    for wanted in (
        Wanted(),
        Wanted(min_price=Decimal(0), max_price=Decimal(0)),
        Wanted(free=FreeTime(day=DAY, part=PartOfDay.EVENING)),
        Wanted(free=FreeTime(since=NOON, until=NOON + timedelta(days=14), part=PartOfDay.EVENING)),
    ):
        assert checked(wanted) is wanted


def test_the_days_of_a_range_are_those_of_the_zone() -> None:
    late = datetime(2026, 12, 3, 3, tzinfo=UTC)  # 22:00 in New York, noon of the next in Tokyo
    free = FreeTime(since=late, until=late + timedelta(hours=4))

    assert free.days(NEW_YORK, NOON) == [DAY, DAY + timedelta(days=1)]
    assert free.days(ZoneInfo("Asia/Tokyo"), NOON) == [DAY + timedelta(days=1)]
    assert FreeTime(day=DAY, since=late, until=late + timedelta(hours=4)).days(NEW_YORK, NOON) == [
        DAY
    ]
    assert FreeTime(day=DAY).days(NEW_YORK, NOON) == [DAY]


@pytest.mark.parametrize(
    ("part", "low", "high"),
    [
        (None, 0, 24),
        (PartOfDay.MORNING, 0, 12),
        (PartOfDay.AFTERNOON, 12, 17),
        (PartOfDay.EVENING, 17, 24),
    ],
)
def test_a_part_of_a_day_is_by_the_instructors_clock(
    part: PartOfDay | None, low: int, high: int
) -> None:
    for day in (DAY, date(2026, 11, 1), date(2026, 3, 8)):
        first, end = FreeTime(day=day, part=part).starts_on(NEW_YORK, day, EARLY)
        assert first == first_existing(NEW_YORK, day, low * 60)
        assert end == first_existing(NEW_YORK, day, high * 60)


def test_a_lesson_lies_wholly_in_the_range() -> None:
    free = FreeTime(since=NOON, until=NOON + timedelta(hours=2))

    assert free.starts_on(NEW_YORK, DAY, EARLY)[0] == NOON
    assert free.has_room(NOON + timedelta(hours=1), 60)
    assert not free.has_room(NOON + timedelta(hours=1), 75)
    assert FreeTime(day=DAY).has_room(NOON, 240)
