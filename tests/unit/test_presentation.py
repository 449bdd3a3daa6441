"""How names, places, prices and times read."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from app.models.booking import Booking
from app.services.presentation import PresentationService

SAY = PresentationService(locale="en_US", currency="USD")
TEN = datetime(2026, 12, 1, 15, tzinfo=UTC)
NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("full_name", "shown"),
    [
        ("John Smith", ("John", "S.")),
        ("Ana María del Río", ("Ana", "R.")),
        ("  Plato  ", ("Plato", "")),
        ("", ("Unknown", "")),
        (None, ("Unknown", "")),
    ],
)
def test_students_are_shown_by_first_name_and_initial(full_name, shown):
    assert SAY.first_name_and_initial(full_name) == shown


@pytest.mark.parametrize(
    ("stored", "short", "listed"),
    [
        ("Upper West Side, Harlem", "UWS", "Upper West Side, Harlem"),
        ('{Manhattan,"Upper West Side"}', "Manhattan", "Manhattan, Upper West Side"),
        ("brooklyn heights", "BK Heights", "brooklyn heights"),
        ("Williamsburg", "Williamsburg", "Williamsburg"),
        ("Ditmas Park West", "Ditmas Par", "Ditmas Park West"),
        ("", "NYC", ""),
        (None, "NYC", ""),
    ],
)
def test_areas_are_short_on_a_calendar_and_whole_in_a_list(stored, short, listed):
    assert (SAY.short_area(stored), SAY.areas(stored)) == (short, listed)


@pytest.mark.parametrize(
    ("area", "short"),
    [
        ("Upper East Side", "UES"),
        ("Lower East Side", "LES"),
        ("Financial District", "FiDi"),
        ("Tribeca", "TriBeCa"),
        ("Greenwich Village", "Village"),
        ("East Village", "E Village"),
        ("West Village", "W Village"),
        ("Midtown East", "Midtown E"),
        ("Midtown West", "Midtown W"),
        ("Soho", "SoHo"),
        ("Noho", "NoHo"),
        ("Washington Heights", "Wash Heights"),
        ("Brooklyn", "BK"),
        ("Long Island City", "LIC"),
        ("Staten Island", "SI"),
        *((same, same) for same in ("Midtown", "Chelsea", "Harlem", "Park Slope", "Queens")),
        *((same, same) for same in ("Astoria", "Bronx", "Manhattan")),
    ],
)
def test_areas_of_the_city_have_their_short_names(area, short):
    assert SAY.short_area(area) == short


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_durations_are_words(minutes, said):
    assert SAY.duration(minutes) == said


@pytest.mark.parametrize(
    ("wall", "short", "long"),
    [
        (time(9), "9 AM", "09:00"),
        (time(14, 30), "2:30 PM", "14:30"),
        (time(0), "12 AM", "00:00"),
        (time(12), "12 PM", "12:00"),
    ],
)
def test_a_wall_clock_is_short_in_both_habits(wall, short, long):
    assert (SAY.time_of_day(wall), SAY.time_of_day(wall, is_24h=True)) == (short, long)


def test_money_has_two_places_and_its_sign():
    assert SAY.money(Decimal("1234.5")) == "$1,234.50"
    assert SAY.money(Decimal("1234.5"), has_symbol=False) == "1,234.50"


def test_places_have_their_names():
    kinds = ("student_home", "instructor_location", "neutral", None)

    assert [SAY.place(kind) for kind in kinds] == [
        "Student's Home",
        "Instructor's Location",
        "Neutral Location",
        None,
    ]


def test_days_and_times_are_those_of_a_zone():
    midnight = datetime(2026, 12, 2, 4, 30, tzinfo=UTC)

    assert SAY.mail_day(midnight, NEW_YORK) == "Tuesday, December 1, 2026"
    assert SAY.day(midnight, NEW_YORK) == SAY.day(date(2026, 12, 1)) == "Tue 1 Dec"
    assert SAY.clock(TEN, NEW_YORK) == "10:00 AM"
    assert SAY.zone_label(TEN, NEW_YORK) == "New York time, EST"
    assert SAY.zone_label(TEN, "Asia/Kathmandu") == "Kathmandu time, UTC+0545"


@pytest.mark.parametrize(
    ("location_type", "address", "said"),
    [
        ("student_home", "12 Elm Street", "12 Elm Street"),
        ("instructor_location", None, "At the instructor\N{RIGHT SINGLE QUOTATION MARK}s place"),
        ("student_home", None, "At the student\N{RIGHT SINGLE QUOTATION MARK}s home"),
        ("neutral", None, "A place you agree on together"),
        (None, None, "A place you agree on together"),
    ],
)
def test_where_to_go(location_type: str | None, address: str | None, said: str) -> None:
    lesson = Booking(location_type=location_type, meeting_location=address)
    assert SAY.lesson_place(lesson) == said
