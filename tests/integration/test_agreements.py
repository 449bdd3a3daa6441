"""Prices, refusals and pages that must say what is true at the moment of the click."""

import pytest
from flask.testing import FlaskClient

from tests.clients import bearer, csrf_token, log_in
from tests.factories import WEDNESDAY, Make, Person, Teacher, at

PAGE = "/instructors/{id}/book?service={service}&minutes={minutes}&start=2026-12-02T15:00:00Z"


@pytest.fixture
def teacher(make: Make) -> Teacher:
    teacher = make.instructor(durations="30,60")
    make.hours(teacher, WEDNESDAY, "09:00-12:00")
    return teacher


@pytest.fixture
def student(client: FlaskClient, make: Make) -> Person:
    student = make.student()
    log_in(client, student)
    return student


def page(teacher: Teacher, minutes: int = 60) -> str:
    return PAGE.format(id=teacher.id, service=teacher.service_id, minutes=minutes)


def sent(client: FlaskClient, price: str) -> dict[str, str]:
    token = csrf_token(client, "/lessons")
    return {"csrf_token": token, "location_type": "neutral", "agreed_price": price}


def raise_rate(client: FlaskClient, teacher: Teacher) -> None:
    services = [{"skill": "Piano", "hourly_rate": 90, "durations": [30, 60]}]
    headers = bearer(client, teacher)
    answer = client.put("/api/instructors/profile", json={"services": services}, headers=headers)
    assert answer.status_code == 200, answer.get_json()


class TestPrice:
    def test_a_price_that_rose_meanwhile_is_shown_before_anything_is_booked(
        self, client, student, teacher
    ):
        assert 'value="60.00"' in client.get(page(teacher)).text
        raise_rate(client.application.test_client(), teacher)

        refused = client.post(page(teacher), data=sent(client, "60.00"))
        booked = client.post(page(teacher), data=sent(client, "90.00"))

        assert refused.status_code == 409
        assert "price has changed" in refused.text
        assert 'value="90.00"' in refused.text
        assert booked.status_code == 303

    def test_the_api_can_agree_to_a_price_too(self, client, student, teacher):
        wish = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": f"{WEDNESDAY}",
            "start_time": "10:00",
            "duration_minutes": 60,
        }
        headers = bearer(client, student)

        other = client.post(
            "/api/bookings/", json=wish | {"expected_total_price": 59.99}, headers=headers
        )
        same = client.post(
            "/api/bookings/", json=wish | {"expected_total_price": "60.00"}, headers=headers
        )

        assert (other.status_code, other.get_json()["code"]) == (409, "price_changed")
        assert same.status_code == 201


class TestAskingTwice:
    def test_the_same_lesson_again_is_the_same_lesson(self, client, student, teacher):
        first = client.post(page(teacher), data=sent(client, "60.00"))
        again = client.post(page(teacher), data=sent(client, "60.00"))

        assert first.location.startswith(again.location)
        assert again.status_code == 303

    def test_another_length_at_that_time_is_a_refusal(self, client, student, teacher):
        client.post(page(teacher, 30), data=sent(client, "30.00"))

        longer = client.post(page(teacher, 60), data=sent(client, "60.00"))

        assert longer.status_code == 409
        assert "Nothing was booked" in longer.text


class TestTheErrorPage:
    def test_it_leads_back_to_our_own_page_only(self, client, student):
        evil = client.post("/logout", headers={"Referer": "https://evil.example/phish"})
        own = client.post("/logout", headers={"Referer": "http://localhost/lessons?x=1"})

        assert evil.status_code == own.status_code == 400
        assert "evil.example" not in evil.text
        assert 'href="/lessons"' in own.text

    def test_public_answers_do_not_carry_the_session(self, client, student):
        for path in ("/static/app.css", "/health/live", "/api/instructors/"):
            with client.get(path) as answer:
                assert "Set-Cookie" not in answer.headers

    def test_one_answer_lists_a_bounded_number_of_faults(self, client):
        body = "&".join(f"field{number}=x" for number in range(5000))

        answer = client.post(
            "/api/auth/login", data=body, content_type="application/x-www-form-urlencoded"
        )

        assert answer.status_code == 422
        assert len(answer.data) < 10_000


class TestNextAvailable:
    def test_a_length_nobody_teaches_is_not_found(self, client, teacher):
        path = f"/api/public/instructors/{teacher.id}/next-available?duration_minutes="

        assert client.get(path + "60").get_json()["found"]
        assert not client.get(path + "150").get_json()["found"]

    def test_without_a_service_nothing_is_free(self, client, make, teacher):
        raise_to_none = {"services": []}
        headers = bearer(client, teacher)
        client.put("/api/instructors/profile", json=raise_to_none, headers=headers)
        path = f"/api/public/instructors/{teacher.id}"

        days = client.get(f"{path}/availability?start_date={WEDNESDAY}").get_json()

        assert days["total_available_slots"] == 0
        assert not client.get(f"{path}/next-available").get_json()["found"]


class TestTheCurrentWeek:
    def test_it_is_the_instructors_not_the_platforms(self, client, make, clock):
        """Sunday evening in Los Angeles is Monday in New York."""
        teacher = make.instructor(zone_name="America/Los_Angeles")
        monday = WEDNESDAY.replace(day=7)
        make.hours(teacher, monday, "09:00-12:00")
        clock.move_to(at(WEDNESDAY.replace(day=6), "22:30", "America/Los_Angeles"))

        answer = client.post(
            "/api/instructors/availability-windows/week",
            json={"schedule": []},
            headers=bearer(client, teacher),
        )
        week = client.get(
            f"/api/instructors/availability-windows/week?start_date={monday}",
            headers=bearer(client, teacher),
        )

        assert answer.status_code == 200
        assert f"{monday}" in week.get_json()

    def test_adding_hours_leaves_adopted_windows_of_other_days_alone(self, client, make):
        teacher = make.instructor()
        make.hours(teacher, WEDNESDAY, "09:10-10:00")
        wanted = {"date": "2026-12-04", "start_time": "09:00", "end_time": "12:00"}

        answer = client.post(
            "/api/instructors/availability-windows/week",
            json={"schedule": [wanted], "clear_existing": False},
            headers=bearer(client, teacher),
        )

        assert answer.status_code == 200, answer.get_json()
        assert set(answer.get_json()) == {f"{WEDNESDAY}", "2026-12-04"}
