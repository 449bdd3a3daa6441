"""The application with its overlap guards taken out, to prove that the race finds overlaps.

What remains is what many programs do: look whether the time is free, then insert.
"""

from typing import Any

from flask import Flask

from app import create_app
from app.models import guards
from app.repositories.bookings import BookingRepository
from app.services.conflict_checker import ConflictChecker, Judgement
from app.services.unit_of_work import UnitOfWork
from config import Settings
from tests import databases


def take_out_guards(url: str) -> None:
    """Drop constraints and triggers of a database."""
    with databases.opened(url) as connection:
        guards.remove(connection)


def make_app() -> Flask:
    """Without locks, and with the answer of the evaluation outliving its transaction."""
    judge = ConflictChecker.judge

    def judge_and_let_go(self: ConflictChecker, *args: Any, **options: Any) -> Judgement:
        judgement = judge(self, *args, **options)
        self._context.unit_of_work._session.commit()
        return judgement

    def enter(self: UnitOfWork) -> UnitOfWork:
        if self._depth == 0:
            self._session.commit()
        self._depth += 1
        return self

    def lock_nothing(self: BookingRepository, *_people: int) -> None:
        return None

    ConflictChecker.judge = judge_and_let_go  # type: ignore[method-assign]
    UnitOfWork.__enter__ = enter  # type: ignore[method-assign]
    BookingRepository.lock_calendars = lock_nothing  # type: ignore[method-assign,assignment]
    return create_app(Settings.from_env())
