"""An instructor's page: a month with its open days, a day with its times, and what others see."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.infra.clock import StoppedClock
from tests.clients import HTMX, log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Teacher, at
from tests.integration.instructor_pages import days, page, plain, teacher, times

__all__ = ["teacher"]


class TestTheMonth:
    def test_days_say_how_much_is_free_and_others_lead_nowhere(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        shown = days(page(client, "/@marta"))

        assert shown["2026-12-01"] == "Today, Tuesday 1 December 2026, nothing free"
        assert shown["2026-12-02"] == "Wednesday 2 December 2026, 5 times free"
        assert list(shown) == [f"2026-12-{n:02d}" for n in range(1, 32)]

    def test_a_day_off_looks_like_a_full_and_like_a_closed_one(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        closed, off, full = (WEDNESDAY + timedelta(days=n) for n in (1, 2, 3))
        for day in (off, full):
            make.hours(teacher, day, "09:00-10:00")
        make.day_off(teacher, off)
        make.booking(make.student(), teacher, at(full, "09:00"))
        pages = []
        for day in (closed, off, full):
            text = page(client, f"/@marta?day={day}", piece=True)
            assert days(text)[f"{day}"].endswith("nothing free")
            shown = text.partition('id="days"')[2]
            pages.append(re.sub(r"2026-12-0\d|\d December|Thursday|Friday|Saturday", "", shown))

        assert len(set(pages)) == 1
        assert "why?" in pages[0]

    def test_it_is_left_forward_and_back_as_far_as_lessons_can_be(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        first = page(client, "/@marta?month=2026-12")
        last = page(client, "/@marta?month=2027-01")

        assert 'id="next-month"' in first
        assert 'id="previous-month"' not in first
        assert 'id="previous-month"' in last
        assert 'id="next-month"' not in last
        assert list(days(last))[-1] == f"{TUESDAY + timedelta(days=60)}"
        assert times(last) == ["2027-01-04T14:00:00Z"]

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ("month=2026-11", "December 2026"),
            ("month=1900-01", "December 2026"),
            ("month=2199-12", "January 2027"),
            ("day=2026-11-30", "December 2026"),
            ("day=2027-03-01", "January 2027"),
            ("day=2027-01-05", "January 2027"),
            ("month=tomorrow", "December 2026"),
            ("day=2026-02-30", "December 2026"),
        ],
    )
    def test_what_cannot_be_booked_shows_what_can(
        self, client: FlaskClient, teacher: Teacher, asked: str, shown: str
    ) -> None:
        assert f'<h3 id="month-title">{shown}</h3>' in page(client, f"/@marta?{asked}")

    def test_it_opens_where_the_next_free_time_is(self, client: FlaskClient, make: Make) -> None:
        make.hours(make.instructor(handle="later"), date(2027, 1, 12), "10:00-12:00")

        text = page(client, "/@later")

        assert "January 2027" in text
        assert 'datetime="2027-01-12">Tuesday 12 January 2027' in text
        assert "Next free Tue 12 Jan, 10:00 AM" in plain(text)

    def test_weeks_that_have_gone_by_are_left_out(
        self, client: FlaskClient, clock: StoppedClock, teacher: Teacher
    ) -> None:
        clock.move_to(at(date(2026, 12, 15), "12:00"))

        text = page(client, "/@marta?month=2026-12")

        assert next(iter(days(text))) == "2026-12-15"
        assert text.count("<tr>") == 1 + 3


class TestTheDay:
    def test_times_are_grouped_by_part_and_lead_to_the_booking(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        text = page(client, f"/@marta?day={WEDNESDAY}", piece=True)

        assert re.findall(r"<h4[^>]*>(.*?)</h4>", text) == ["Morning", "Afternoon", "Evening"]
        clocks = ["14:00", "14:15", "14:30", "18:00", "23:00"]
        assert times(text) == [f"2026-12-02T{each}:00Z" for each in clocks]
        book = f"/instructors/{teacher.id}/book?service={teacher.service_id}&amp;minutes=60"
        assert f'href="{book}&amp;start=2026-12-02T14%3A00%3A00Z"' in text
        assert "Times are in New York time, EST." in plain(text)

    def test_every_time_shown_is_a_free_one_and_none_is_missing(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        asked = f"service_id={teacher.service_id}&start_date={WEDNESDAY}&end_date={WEDNESDAY}"
        public = client.get(f"/api/public/instructors/{teacher.id}/starts?{asked}").get_json()

        shown = times(page(client, f"/@marta?day={WEDNESDAY}"))

        assert shown == [each["starts_at"] for each in public["starts"]]

    def test_a_student_sees_no_time_at_which_he_is_busy(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        student = make.student()
        make.booking(student, make.instructor(), at(WEDNESDAY, "13:00"))
        log_in(client, student)

        assert "2026-12-02T18:00:00Z" not in times(page(client, f"/@marta?day={WEDNESDAY}"))

    def test_a_reader_elsewhere_reads_his_day_with_the_instructors_clock_beside(
        self, client: FlaskClient, clock: StoppedClock, make: Make, teacher: Teacher
    ) -> None:
        clock.move_to(at(TUESDAY, "12:00"))
        log_in(client, make.student(time_zone="Asia/Tokyo"))

        first = page(client, f"/@marta?day={WEDNESDAY}")
        second = page(client, f"/@marta?day={WEDNESDAY + timedelta(days=1)}")

        assert days(first)["2026-12-02"].startswith("Today")  # it is the 2nd in Tokyo by then
        assert times(first) == [f"2026-12-02T{each}:00Z" for each in ("14:00", "14:15", "14:30")]
        assert "11:00 PM 9:00 AM EST" in plain(first)
        assert "Times are in Tokyo time, JST, with New York time, EST below." in plain(first)
        assert times(second) == ["2026-12-02T18:00:00Z", "2026-12-02T23:00:00Z"]
        assert "3:00 AM Wed 2 Dec, 1:00 PM EST" in plain(second)

    def test_both_passes_of_a_repeated_hour_are_told_apart(
        self, client: FlaskClient, clock: StoppedClock, make: Make
    ) -> None:
        clock.move_to(at(date(2026, 10, 30), "12:00"))
        teacher = make.instructor(handle="fall")
        make.hours(teacher, date(2026, 11, 1), "01:00-03:00")

        text = plain(page(client, "/@fall?day=2026-11-01"))

        assert "1:00 AM EDT 1:15 AM EDT" in text
        assert "1:00 AM EST 1:15 AM EST" in text
        assert "2:00 AM Times are in" in text

    def test_so_are_they_when_only_the_readers_clock_repeats_it(
        self, client: FlaskClient, clock: StoppedClock, make: Make
    ) -> None:
        clock.move_to(at(date(2026, 10, 23), "12:00"))
        teacher = make.instructor(handle="away", zone_name="Asia/Kolkata")
        make.hours(teacher, date(2026, 10, 25), "05:30-08:00")
        log_in(client, make.student(time_zone="Europe/London"))

        text = plain(page(client, "/@away?day=2026-10-25"))

        assert "1:00 AM BST 5:30 AM IST" in text
        assert "1:00 AM GMT 6:30 AM IST" in text

    def test_a_day_with_nothing_free_offers_to_wait(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        text = page(client, f"/@marta?day={TUESDAY}")

        assert "Nothing is free for 1 hour on this day." in plain(text)
        wait = f"/instructors/{teacher.id}/wait?service={teacher.service_id}&amp;minutes=60"
        assert f'href="{wait}&amp;from={TUESDAY}&amp;to={TUESDAY}"' in text

    def test_who_waits_elsewhere_waits_for_days_of_the_instructor(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        log_in(client, make.student(time_zone="Asia/Tokyo"))

        text = page(client, "/@marta?day=2026-12-10")

        assert "&amp;from=2026-12-09&amp;to=2026-12-10" in text


def test_the_owner_is_told_that_it_is_his_page(client: FlaskClient, teacher: Teacher) -> None:
    stranger = page(client, "/@marta")
    log_in(client, teacher)

    assert "This is your page" in page(client, "/@marta")
    assert "This is your page" not in stranger


def test_htmx_gets_the_piece_and_history_the_whole_page(
    client: FlaskClient, teacher: Teacher
) -> None:
    piece = client.get(f"/@marta?day={WEDNESDAY}", headers=HTMX)
    back = client.get("/@marta", headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert piece.text.lstrip().startswith("<section")
    assert "<html" in back.text
    assert "HX-Request" in piece.headers["Vary"]


def test_who_teaches_nothing_has_a_page_without_times(client: FlaskClient, make: Make) -> None:
    make.instructor(handle="none", rate="0.00")

    text = page(client, "/@none")

    assert "There are no lessons to book here at the moment." in text
    assert "an hour" not in text


@pytest.mark.parametrize("now", ["2026-12-01T04:59:00+00:00", "2027-01-30T23:00:00+00:00"])
def test_a_horizon_that_ends_with_a_month_can_be_reached(
    client: FlaskClient, clock: StoppedClock, make: Make, now: str
) -> None:
    clock.move_to(datetime.fromisoformat(now))
    teacher = make.instructor(handle="short", booking_horizon_days=1)
    today = clock.today("America/New_York")
    make.hours(teacher, today + timedelta(days=1), "09:00-10:00")

    assert times(page(client, "/@short")) == [
        f"{at(today + timedelta(days=1), '09:00'):%Y-%m-%dT%H:%M:%SZ}"
    ]
