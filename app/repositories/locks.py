"""Locks on people's calendars: who holds one decides alone until his transaction ends.

PostgreSQL only: on SQLite the one write lock is taken already. Always the instructor first,
then the student, each in a statement of its own, so that two transactions can never wait for
one another.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

_INSTRUCTOR, _STUDENT = 1, 2


def lock_instructor(session: Session, instructor_id: int) -> None:
    """Bookings of an instructor and changes to what he offers wait for one another."""
    _lock(session, _INSTRUCTOR, instructor_id)


def lock_student(session: Session, student_id: int) -> None:
    """Bookings of a student wait for one another."""
    _lock(session, _STUDENT, student_id)


def lock_both(session: Session, instructor_id: int, student_id: int) -> None:
    """Bookings and holds of these two people wait until this transaction ends."""
    lock_instructor(session, instructor_id)
    lock_student(session, student_id)


def _lock(session: Session, kind: int, person_id: int) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_advisory_xact_lock(:kind, :person)"),
            {"kind": kind, "person": person_id},
        )
