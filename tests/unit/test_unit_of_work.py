"""The unit of work: nesting, one commit, actions afterwards."""

import logging
from unittest.mock import create_autospec

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.repositories.raised import note_raised
from app.services.unit_of_work import UnitOfWork


@pytest.fixture
def session():
    return create_autospec(Session, instance=True)


def test_only_the_outermost_block_commits(session):
    work = UnitOfWork(session)

    with work:
        session.commit.reset_mock()
        with work:
            pass
        assert session.commit.call_count == 0

    assert session.commit.call_count == 1


def test_a_write_begins_by_taking_the_write_lock(session):
    with UnitOfWork(session):
        pass

    session.connection.assert_called_once_with(execution_options={"sqlite_begin": "IMMEDIATE"})


def test_when_the_write_lock_cannot_be_had_reading_goes_on(session):
    session.connection.side_effect = OperationalError("BEGIN IMMEDIATE", {}, Exception("locked"))

    with pytest.raises(OperationalError), UnitOfWork(session):
        pass

    session.rollback.assert_called_once()


def test_an_error_rolls_back_and_goes_on(session):
    with pytest.raises(LookupError), UnitOfWork(session):
        session.commit.reset_mock()
        raise LookupError

    session.rollback.assert_called_once()
    session.commit.assert_not_called()


def test_actions_run_once_after_the_commit(session):
    seen = []
    work = UnitOfWork(session)

    with work:
        session.commit.reset_mock()
        work.after_commit(lambda: seen.append(session.commit.call_count))
    with work:
        pass

    assert seen == [1]


def test_actions_are_dropped_with_the_transaction(session):
    seen = []
    work = UnitOfWork(session)

    with pytest.raises(LookupError), work:
        work.after_commit(lambda: seen.append("mail"))
        raise LookupError
    with work:
        pass

    assert seen == []


def test_a_failing_action_is_reported_and_stops_no_other(session, caplog, monkeypatch):
    seen = []
    work = UnitOfWork(session)
    monkeypatch.setattr(logging.getLogger("app"), "propagate", True)

    with work:
        work.after_commit(lambda: 1 / 0)
        work.after_commit(lambda: seen.append("second"))

    assert seen == ["second"]
    assert "after-commit action failed" in caplog.text


class Told(list):
    """What the others are told, and whether it was before or after the commit."""

    def __init__(self, session):
        super().__init__()
        self._session = session

    def announce(self, raised):
        self.append(("announce", dict(raised), self._session.commit.call_count))

    def publish(self, raised):
        self.append(("publish", dict(raised), self._session.commit.call_count))


@pytest.fixture
def told(session):
    session.info = {}
    return Told(session)


def test_raised_generations_are_announced_before_the_commit_and_published_after_it(session, told):
    work = UnitOfWork(session, told)

    with work:
        session.commit.reset_mock()
        with work:
            note_raised(session, 4, 1)
        note_raised(session, 4, 2)
        note_raised(session, 5, 7)

    assert told == [("announce", {4: 2, 5: 7}, 0), ("publish", {4: 2, 5: 7}, 1)]


def test_what_is_rolled_back_is_published_neither_now_nor_later(session, told):
    work = UnitOfWork(session, told)

    with pytest.raises(LookupError), work:
        note_raised(session, 4, 1)
        raise LookupError
    with work:
        pass

    assert told == []


def test_a_commit_that_fails_is_not_published(session, told):
    work = UnitOfWork(session, told)

    with pytest.raises(OperationalError), work:
        note_raised(session, 4, 1)
        session.commit.side_effect = OperationalError("COMMIT", {}, Exception("gone"))

    assert [kind for kind, *_ in told] == ["announce"]
    session.commit.side_effect = None
    with work:
        pass
    assert len(told) == 1
