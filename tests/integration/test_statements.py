"""How many SQL statements a request costs, whatever the number of rows.

Counted is everything after the person is known, except what only begins and ends transactions.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update
from werkzeug.test import TestResponse

from app.extensions import db
from app.models.instructor import InstructorProfile
from tests.clients import HTMX, bearer, log_in
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher, at

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
BY_TOKEN, BY_SESSION = 1, 1
"""What finding out who asks costs."""
FEW, MANY = 1, 40
LIST = "/api/instructors/"


class Statements(list[str]):
    """What was sent to the database while a request ran."""

    def of(self, ask: Callable[[], TestResponse], status: int = 200) -> int:
        self.clear()
        answer = ask()
        assert answer.status_code == status, answer.text
        return len(self)

    @property
    def writes(self) -> list[str]:
        return [each for each in self if not each.lstrip("( ").upper().startswith("SELECT")]


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    seen = Statements()
    with app.app_context():
        engine = db.engine

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def teacher_with(make: Make, lessons: int, student: Person | None = None) -> Teacher:
    """An instructor whose next weeks are open, with so many lessons and days off."""
    teacher = make.instructor(durations="60")
    days = [TUESDAY + timedelta(days=n) for n in range(30)]
    make.open_days(teacher, days, "08:00-12:00", "13:00-18:00")
    for number in range(lessons):
        day = days[1 + number // 4]
        start = at(day, f"{13 + number % 4}:00")
        make.booking(student or make.student(), teacher, start)
    if lessons > 1:
        make.day_off(teacher, days[-1])
    return teacher


def test_the_counter_counts(client: FlaskClient, make: Make, statements: Statements) -> None:
    headers = bearer(client, make.student())

    me = statements.of(lambda: client.get("/api/auth/me", headers=headers))

    assert me == BY_TOKEN
    assert statements.of(lambda: client.get("/health/live")) == 0


@pytest.mark.parametrize("lessons", [FEW, MANY])
@pytest.mark.parametrize(
    "tail",
    [
        "availability?start_date=2026-12-01",
        "availability?start_date=2026-12-01&end_date=2027-03-01",
        "next-available",
        "starts?{}",
    ],
)
def test_public_availability_takes_two_whatever_the_range_and_the_number_of_lessons(
    client: FlaskClient, make: Make, statements: Statements, lessons: int, tail: str
) -> None:
    teacher = teacher_with(make, lessons)
    query = tail.format(f"service_id={teacher.service_id}&start_date={TUESDAY}")
    path = f"/api/public/instructors/{teacher.id}/{query}"

    assert statements.of(lambda: client.get(path)) == 2


@pytest.mark.parametrize("lessons", [FEW, MANY])
def test_booking_takes_nine_at_most(
    client: FlaskClient, make: Make, statements: Statements, lessons: int
) -> None:
    student = make.student()
    teacher = teacher_with(make, lessons, student)
    headers = bearer(client, student)
    wish = {
        "instructor_id": teacher.id,
        "service_id": teacher.service_id,
        "booking_date": f"{WEDNESDAY}",
        "start_time": "09:00",
    }

    taken = statements.of(lambda: client.post("/api/bookings/", json=wish, headers=headers), 201)

    assert taken - BY_TOKEN <= 9


@pytest.mark.parametrize("lessons", [FEW, MANY])
def test_the_pages_of_booking_cost_the_same_with_few_and_many_lessons(
    app: Flask, make: Make, statements: Statements, lessons: int
) -> None:
    student = make.student()
    teacher = teacher_with(make, lessons, student)
    client = log_in(app.test_client(), student)
    wish = f"service={teacher.service_id}&minutes=60&start=2026-12-02T14:00:00Z"
    steps = [f"/instructors/{teacher.id}/book{step}?{wish}" for step in ("", "/place", "/note")]

    taken = cost(client, statements, *steps)

    assert [each - BY_SESSION for each in taken] == [3, 2, 2]
    assert cost(app.test_client(), statements, *steps) == [2, 1, 1]


@pytest.mark.parametrize("windows", [1, 10])
def test_saving_a_week_takes_eight_at_most_and_the_same_again_writes_nothing(
    client: FlaskClient, make: Make, statements: Statements, windows: int
) -> None:
    teacher = teacher_with(make, windows)
    headers = bearer(client, teacher)
    monday = TUESDAY + timedelta(days=6)
    schedule = [
        {"date": f"{monday + timedelta(days=day)}", "start_time": f"{hour:02}:00"}
        | {"end_time": f"{hour:02}:30"}
        for day in range(7)
        for hour in range(windows)
    ]

    def save() -> TestResponse:
        path = "/api/instructors/availability-windows/week"
        return client.post(path, json={"schedule": schedule}, headers=headers)

    assert statements.of(save) - BY_TOKEN <= 8
    assert statements.writes
    assert statements.of(save) - BY_TOKEN <= 5
    assert statements.writes == []


def cost(client: FlaskClient, statements: Statements, *paths: str) -> list[int]:
    return [statements.of(lambda path=path: client.get(path)) for path in paths]


@pytest.mark.parametrize("teachers", [2, 40])
def test_searching_takes_three_at_most(
    client: FlaskClient, make: Make, statements: Statements, teachers: int
) -> None:
    for number in range(teachers):
        teacher_with(make, 0)
        make.service(number + 1, skill="Cello", rate="30.00")
    every = "search=piano&skill=pia&area=soho&min_price=10&max_price=90&duration_minutes=60"
    free = f"free_date={WEDNESDAY}&part_of_day=morning"
    between = "free_from=2026-12-02T10:00:00Z&free_until=2026-12-05T20:00:00Z"
    asked = ("", *every.split("&"), every, f"{every}&skip=1&limit=1", "search=nobody", "skip=90")
    asked = (*asked, free, between, f"{every}&{free}", "free_date=2030-01-01")

    for query in asked:
        for sort in ("relevance", "price", "soonest"):
            taken = statements.of(lambda q=query, s=sort: client.get(f"{LIST}?{q}&sort={s}"))
            assert taken <= 3, (query, sort, statements)


def test_soonest_takes_three_also_where_everybody_is_booked_out_for_days(
    client: FlaskClient, make: Make, statements: Statements
) -> None:
    student, days = make.student(), [WEDNESDAY + timedelta(days=n) for n in range(8)]
    for _ in range(12):
        teacher = make.instructor(durations="60")
        make.open_days(teacher, days, "09:00-10:00")
        for day in days[:5]:
            make.booking(student, teacher, at(day, "09:00"), overlap_ok=True)
    path = f"{LIST}?sort=soonest&limit=5"

    assert statements.of(lambda: client.get(path)) <= 3, statements
    told = client.get(path).get_json()
    first = {each["first_start"]["starts_at"] for each in told["instructors"]}
    assert first == {f"{at(days[5], '09:00'):%Y-%m-%dT%H:%M:%SZ}"}
    assert told["metadata"]["total_matches"] == 12


def test_an_instructors_page_costs_the_same_with_few_and_many_lessons(
    client: FlaskClient, make: Make, statements: Statements
) -> None:
    one, other = teacher_with(make, FEW), teacher_with(make, MANY)

    few = cost(client, statements, f"/instructors/{one.id}")

    assert few == [3]
    assert cost(client, statements, f"/instructors/{other.id}") == few


@pytest.mark.parametrize("lessons", [FEW, MANY])
def test_a_month_and_a_day_of_it_take_one_statement_beside_the_profile(
    app: Flask, client: FlaskClient, make: Make, statements: Statements, lessons: int
) -> None:
    student = make.student(time_zone="Asia/Tokyo")
    teacher = teacher_with(make, lessons, student)
    with make.session() as session:
        session.execute(update(InstructorProfile).values(handle="marta", booking_horizon_days=365))
        session.commit()
    learner = log_in(app.test_client(), student)
    lesson = f"service={teacher.service_id}&minutes=60"
    pages = [f"/@marta?{lesson}{chosen}" for chosen in ("", "&day=2026-12-09", "&month=2027-01")]
    why = f"/instructors/{teacher.id}/why?{lesson}&start=2026-12-02T09:00:00Z"

    assert cost(client, statements, *pages) == [3, 3, 3]
    assert cost(learner, statements, *pages) == [3 + BY_SESSION] * 3
    assert statements.of(lambda: client.get(pages[1], headers=HTMX)) == 3
    assert cost(client, statements, why) == [4]
    assert cost(learner, statements, why) == [6 + BY_SESSION]


def test_lists_of_lessons_cost_the_same_for_one_and_for_many(
    app: Flask, make: Make, statements: Statements
) -> None:
    pages = ("/lessons", "/lessons?view=past", "/lessons?view=cancelled")
    taught = ("/teach/lessons", "/teach/schedule", f"/teach/schedule?week={WEDNESDAY}")

    def costs(lessons: int) -> list[list[int]]:
        student = make.student()
        teacher = teacher_with(make, lessons, student)
        learner = log_in(app.test_client(), student)
        instructor = log_in(app.test_client(), teacher)
        headers = bearer(learner, student)
        listed = statements.of(lambda: learner.get("/api/bookings/?per_page=100", headers=headers))
        assert listed - BY_TOKEN <= 2
        return [
            cost(learner, statements, *pages),
            cost(instructor, statements, *taught),
            [listed],
        ]

    few = costs(FEW)

    assert costs(MANY) == few
    assert max(few[0]) - BY_SESSION <= 2
