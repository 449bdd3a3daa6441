"""Days at the ends of the calendar are refused, never a fault."""

import pytest
from flask.testing import FlaskClient

from tests.clients import log_in
from tests.factories import Make
from tests.integration.wall import Wall


@pytest.fixture
def wall(make: Make, client: FlaskClient) -> Wall:
    return Wall(make, client)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone_name", ["Pacific/Kiritimati", "America/New_York"])
def test_the_ends_of_the_calendar_cannot_be_booked(day: str, zone_name: str, wall: Wall) -> None:
    teacher = wall.teacher(zone_name)

    for start, end in (("00:00", "01:00"), ("23:00", "24:00")):
        answer = wall.book(teacher, booking_date=day, start_time=start, end_time=end)
        assert answer.status_code == 422, answer.get_json()
        assert answer.get_json()["errors"][0]["code"] == "invalid_date"
    assert wall.stored() == []


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("zone_name", ["Pacific/Kiritimati", "America/New_York"])
def test_the_last_days_that_can_be_written_are_only_refused(
    day: str, zone_name: str, wall: Wall
) -> None:
    teacher = wall.teacher(zone_name)

    answer = wall.book(teacher, booking_date=day, start_time="23:00", end_time="24:00")

    assert (answer.status_code, len(wall.stored())) == (422, 0)  # not open, among other reasons


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31"])
@pytest.mark.parametrize("what", ["starts", "availability"])
def test_lists_at_the_ends_of_the_calendar_are_no_fault(
    day: str, what: str, wall: Wall, client: FlaskClient
) -> None:
    teacher = wall.teacher("Pacific/Kiritimati")
    path = f"/api/public/instructors/{teacher.id}/{what}"
    asked = {"start_date": day} | ({"service_id": teacher.service_id} if what == "starts" else {})

    answer = client.get(path, query_string=asked)

    assert answer.status_code in (200, 422), answer.get_json()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_pages_at_the_ends_of_the_calendar_are_no_fault(
    moment: str, wall: Wall, client: FlaskClient
) -> None:
    teacher = wall.teacher("Pacific/Kiritimati")
    log_in(client, wall.student)
    asked = {"from": moment[:10], "start": moment, "service": teacher.service_id, "minutes": 60}

    for page in ("", "/book"):
        answer = client.get(f"/instructors/{teacher.id}{page}", query_string=asked)
        assert answer.status_code in (200, 422), answer.get_data(as_text=True)
