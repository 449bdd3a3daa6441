"""What tests ask of answers, and of the database after them."""

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.models.base import Base
from tests.factories import Make

PROBLEM_FIELDS = {"type", "title", "status", "detail", "code", "errors", "request_id"}


def problem(answer: TestResponse, status: int, code: str | None = None) -> dict[str, object]:
    """The refusal of an API, of the shape that all of them have."""
    assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True)[:400])
    assert answer.mimetype == "application/problem+json"
    told = answer.get_json()
    assert set(told) >= PROBLEM_FIELDS
    assert told["status"] == status
    assert told["detail"].strip()
    assert told["title"].strip()
    assert told["request_id"] == answer.headers["X-Request-ID"]
    assert all(set(each) == {"field", "message", "code"} for each in told["errors"])
    assert code in (None, told["code"]), told
    return told


def counts(make: Make) -> dict[str, int]:
    """Rows by table."""
    tables = Base.metadata.sorted_tables
    numbers = select(
        *(
            select(func.count()).select_from(each).scalar_subquery().label(each.name)
            for each in tables
        )
    )
    with make.session() as session:
        return dict(session.execute(numbers).one()._mapping)
