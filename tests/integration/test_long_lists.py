"""Lists of bookings that never end: pages by place, totals that stop counting."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, text

from app.domain.lists import BookingFilter, Position
from app.domain.vocabulary import BookingStatus
from app.extensions import db
from app.models.booking import Booking
from app.repositories.booking_pages import page_of
from app.services import booking_lists
from tests.answers import problem
from tests.clients import bearer
from tests.factories import Make, Person, Teacher
from tests.integration.life import BOOKINGS, student
from tests.integration.test_statements import BY_TOKEN, Statements, statements

__all__ = ["statements", "student"]
FIRST = datetime(2026, 1, 1, 15, tzinfo=UTC)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    return make.instructor()


def history(app: Flask, student: Person, teacher: Teacher, lessons: int) -> None:
    """Cancelled lessons, every fourth at the time of the one before it."""
    rows = []
    for number in range(lessons):
        starts_at = FIRST + timedelta(hours=number - (number % 4 == 3))
        rows.append(
            {
                "student_id": student.id,
                "instructor_id": teacher.id,
                "service_id": teacher.service_id,
                "booking_date": starts_at.date(),
                "start_time": starts_at.time(),
                "end_time": (starts_at + timedelta(hours=1)).time(),
                "service_name": "Piano",
                "hourly_rate": Decimal(60),
                "total_price": Decimal(60),
                "duration_minutes": 60,
                "status": BookingStatus.CANCELLED.value,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=1),
                "time_zone": "America/New_York",
            }
        )
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(insert(Booking), rows)


def listed(client: FlaskClient, headers: dict[str, str], **query: object) -> dict:
    answer = client.get(BOOKINGS, query_string=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def ids(page: dict) -> list[int]:
    return [each["id"] for each in page["bookings"]]


def test_cursors_lead_through_everything_once_also_where_starts_are_equal(
    app: Flask, client: FlaskClient, student: Person, teacher: Teacher
) -> None:
    history(app, student, teacher, 23)
    headers = bearer(client, student)
    everything = ids(listed(client, headers, per_page=100))

    seen, page = [], listed(client, headers, per_page=4)
    seen += ids(page)
    while page["next_cursor"]:
        page = listed(client, headers, per_page=4, cursor=page["next_cursor"])
        seen += ids(page)

    assert seen == everything
    assert len(set(seen)) == 23
    assert [ids(listed(client, headers, per_page=4, page=n)) for n in (1, 2)] == [
        seen[:4],
        seen[4:8],
    ]
    assert listed(client, headers, per_page=4, page=7)["bookings"] == []


def test_what_is_booked_meanwhile_moves_no_page(
    app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    history(app, student, teacher, 8)
    headers = bearer(client, student)
    first = listed(client, headers, per_page=4)
    rest = ids(listed(client, headers, per_page=4, cursor=first["next_cursor"]))

    make.booking(student, teacher, datetime(2027, 1, 4, 15, tzinfo=UTC))

    assert ids(listed(client, headers, per_page=4, cursor=first["next_cursor"])) == rest


class TestCursorsThatAreNotOurs:
    def test_another_persons_cursor_shows_nothing(
        self, app: Flask, client: FlaskClient, make: Make, student: Person, teacher: Teacher
    ) -> None:
        history(app, student, teacher, 8)
        cursor = listed(client, bearer(client, student), per_page=4)["next_cursor"]

        for other in (make.student(), teacher):
            answer = client.get(
                BOOKINGS,
                query_string={"per_page": 4, "cursor": cursor},
                headers=bearer(client, other),
            )
            problem(answer, 422, "invalid_cursor")

    @pytest.mark.parametrize(
        "question",
        [
            {"status": "CANCELLED"},
            {"upcoming_only": "true"},
            {"start_date": "2026-01-01"},
            {"end_date": "2026-12-31"},
            {"page": "2"},
        ],
    )
    def test_a_cursor_fits_only_its_question(
        self,
        app: Flask,
        client: FlaskClient,
        student: Person,
        teacher: Teacher,
        question: dict[str, str],
    ) -> None:
        history(app, student, teacher, 8)
        headers = bearer(client, student)
        cursor = listed(client, headers, per_page=4)["next_cursor"]

        answer = client.get(BOOKINGS, query_string={**question, "cursor": cursor}, headers=headers)

        problem(answer, 422)

    def test_one_that_was_altered_anywhere_is_refused(
        self, app: Flask, client: FlaskClient, student: Person, teacher: Teacher
    ) -> None:
        history(app, student, teacher, 8)
        headers = bearer(client, student)
        cursor = listed(client, headers, per_page=4)["next_cursor"]

        for place in range(0, len(cursor) - 4, 5):
            letter = "A" if cursor[place] != "A" else "B"
            forged = cursor[:place] + letter + cursor[place + 1 :]
            answer = client.get(BOOKINGS, query_string={"cursor": forged}, headers=headers)
            problem(answer, 422, "invalid_cursor")
        for forged in ("W10=", "null", "é", cursor + "=", cursor[:-4], "x" * 300):
            answer = client.get(BOOKINGS, query_string={"cursor": forged}, headers=headers)
            problem(answer, 422, "invalid_cursor")


def test_filters_by_state_time_and_day_go_together(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    evening = datetime(2026, 12, 11, 4, 30, tzinfo=UTC)  # the 10th in New York still
    on_the_10th = make.booking(student, teacher, evening)
    on_the_11th = make.booking(student, teacher, evening + timedelta(hours=6))
    asked_for = make.booking(
        student, teacher, evening + timedelta(days=2), status=BookingStatus.PENDING
    )
    over = make.booking(student, teacher, FIRST, status=BookingStatus.COMPLETED)
    headers = bearer(client, student)

    def found(**query: object) -> list[int]:
        page = listed(client, headers, **query)
        assert page["total"] == len(page["bookings"])
        return ids(page)

    assert found() == [asked_for, on_the_11th, on_the_10th, over]
    assert found(upcoming_only=True) == [asked_for, on_the_11th, on_the_10th]
    assert found(upcoming_only=True, status="PENDING") == [asked_for]
    assert found(upcoming_only=True, status="COMPLETED") == []
    assert found(start_date="2026-12-10", end_date="2026-12-10") == [on_the_10th]
    assert found(start_date="2026-12-11") == [asked_for, on_the_11th]
    assert found(end_date="2026-12-09") == [over]
    query = {"start_date": "2026-12-11", "end_date": "2026-12-10"}
    problem(client.get(BOOKINGS, query_string=query, headers=headers), 422, "invalid_range")


def test_an_instructor_sees_what_he_gives_and_what_he_takes(
    client: FlaskClient, make: Make, student: Person, teacher: Teacher
) -> None:
    given = make.booking(student, teacher, FIRST)
    taken = make.booking(teacher, make.instructor(), FIRST + timedelta(hours=3))
    make.booking(student, make.instructor(), FIRST + timedelta(hours=6))

    assert ids(listed(client, bearer(client, teacher))) == [taken, given]


def test_totals_stop_and_say_so(
    app: Flask,
    client: FlaskClient,
    student: Person,
    teacher: Teacher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history(app, student, teacher, 6)
    headers = bearer(client, student)

    for most, told in ((5, (5, True)), (6, (6, False))):
        monkeypatch.setattr(booking_lists, "TOTAL_MAX", most)
        page = listed(client, headers)
        assert (page["total"], page["total_is_capped"]) == told


@pytest.mark.parametrize("lessons", [1, 300])
def test_a_page_costs_two_statements(
    app: Flask,
    client: FlaskClient,
    student: Person,
    teacher: Teacher,
    statements: Statements,
    lessons: int,
) -> None:
    history(app, student, teacher, lessons)
    headers = bearer(client, student)

    for query in ("?per_page=100", "?status=CANCELLED&page=2", "?upcoming_only=true"):
        cost = statements.of(lambda query=query: client.get(BOOKINGS + query, headers=headers))
        assert cost - BY_TOKEN <= 2


@pytest.mark.parametrize("side", ["student", "instructor"])
@pytest.mark.parametrize("after", [None, Position(FIRST + timedelta(hours=1500), 1500)])
def test_a_page_is_read_along_an_index_and_never_sorted_whole(
    app: Flask, make: Make, student: Person, teacher: Teacher, after: Position | None, side: str
) -> None:
    person = student if side == "student" else teacher
    history(app, student, teacher, 3000)
    history(app, make.student(), make.instructor(), 3000)
    wanted = BookingFilter([BookingStatus.CANCELLED.value])

    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        is_postgresql = connection.dialect.name == "postgresql"
        page = page_of(person.id, wanted, after, 0, 21).compile(
            dialect=connection.dialect, compile_kwargs={"literal_binds": True}
        )
        explain = "EXPLAIN" if is_postgresql else "EXPLAIN QUERY PLAN"
        rows = connection.exec_driver_sql(f"{explain} {str(page).replace('%', '%%')}").all()
    plan = "\n".join(str(row[-1]) for row in rows)

    assert f"ix_bookings_{side}_starts" in plan, plan
    assert "Seq Scan on bookings" not in plan, plan
    assert "SCAN bookings" not in plan, plan
    if is_postgresql:
        assert plan.count("Incremental Sort") >= 1, plan
