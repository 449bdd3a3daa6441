"""Seeding and refreshing the demo on real databases, guards and all."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.demo.people import FIXED_EMAILS
from app.domain.errors import RuleBroken
from app.infra.clock import StoppedClock
from app.infra.metrics import Metrics
from app.models.booking import Booking
from app.models.user import User
from app.repositories.demo import DemoRepository
from app.services.base import Context
from app.services.demo import DemoService
from app.services.unit_of_work import UnitOfWork
from tests import databases


@pytest.fixture
def session(database_url):
    with Session(databases.engine_of(database_url)) as session:
        yield session


@pytest.fixture
def standing_clock():
    return StoppedClock(datetime(2026, 11, 22, 22, 30, tzinfo=UTC))


@pytest.fixture
def svc(session, standing_clock):
    context = Context(UnitOfWork(session), standing_clock, Metrics(), "America/New_York")
    return DemoService(context, DemoRepository(session))


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def add_accounts(session, *emails):
    users = [
        User(email=email, hashed_password="x", full_name="A Person", role="student")
        for email in emails
    ]
    session.add_all(users)
    session.commit()
    return users


def test_seeding_fills_an_empty_database(svc, session):
    summary = svc.seed("$2b$hash")
    assert summary.students == 300
    assert summary.lessons == count(session, Booking) >= 1500
    people = summary.students + summary.instructors + 2
    assert count(session, User) == people
    [newcomer] = add_accounts(session, "new@example.com")
    assert newcomer.id == people + 1, "ids that were given are not given again"


def test_refreshing_moves_the_demo_to_today_and_keeps_the_password(svc, session, standing_clock):
    svc.seed("$2b$hash")
    last = session.scalar(select(func.max(Booking.starts_at)))
    standing_clock.advance(timedelta(days=30))
    svc.refresh()
    assert session.scalar(select(func.max(Booking.starts_at))) > last + timedelta(days=20)
    assert session.scalars(select(User.hashed_password).distinct()).all() == ["$2b$hash"]


@pytest.mark.parametrize("missing", FIXED_EMAILS)
def test_refreshing_refuses_a_database_without_the_fixed_accounts(svc, session, missing):
    add_accounts(session, *(email for email in FIXED_EMAILS if email != missing))
    with pytest.raises(RuleBroken):
        svc.refresh()
    assert count(session, User) == len(FIXED_EMAILS) - 1


def test_refreshing_refuses_a_database_with_other_people(svc, session):
    add_accounts(session, *FIXED_EMAILS, "somebody@school.org")
    with pytest.raises(RuleBroken, match="any account that was added"):
        svc.refresh()
    assert svc.is_there(), "who can sign in is told all the same"
    assert count(session, User) == len(FIXED_EMAILS) + 1


def test_seeding_refuses_a_database_with_a_single_user(svc, session):
    add_accounts(session, "somebody@school.org")
    with pytest.raises(RuleBroken):
        svc.seed("$2b$hash")
    assert count(session, User) == 1
