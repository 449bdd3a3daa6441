"""The trail of changes: what it holds, that nothing takes it back, and that altering it shows."""

import json

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry, AuditPersonal
from app.models.user import User
from app.web.services import services
from tests.factories import Make

BEFORE = {"full_name": "Ann Old", "role": "student", "hashed_password": "x"}
AFTER = {"full_name": "Ann New", "role": "instructor", "hashed_password": "y"}


def note(app: Flask, actor: User | None = None, count: int = 1) -> None:
    """So many entries about person 7."""
    with app.app_context():
        audit = services().audit
        with audit.transaction():
            for _ in range(count):
                audit.note(
                    actor, "account.update", "user", 7, before=BEFORE, after=AFTER, reason="asked"
                )


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *words])


def by_hand(session: Session, statement: str) -> None:
    """What somebody with the keys of the database could do, past every trigger."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(statement))
        session.commit()
        return
    triggers = session.execute(
        text("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%append_only%'")
    ).all()
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name, _ in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(text(statement))
    for _, sql in triggers:
        session.execute(text(sql))
    session.commit()


def test_an_entry_says_who_what_and_when_without_secrets_or_names(app: Flask, make: Make) -> None:
    person = make.student()
    with make.session() as session:
        actor = session.get(User, person.id)
    note(app, actor)

    with make.session() as session:
        entry = session.scalars(select(AuditEntry)).one()
        personal = session.scalars(select(AuditPersonal)).one()

    assert (entry.actor_id, entry.actor_role, entry.action) == (
        person.id,
        "student",
        "account.update",
    )
    assert json.loads(entry.changes) == {
        "full_name": None,
        "hashed_password": "changed",
        "reason": None,
        "role": ["student", "instructor"],
    }
    assert json.loads(personal.values) == {
        "full_name": ["Ann Old", "Ann New"],
        "reason": [None, "asked"],
    }


@pytest.mark.parametrize("table", ["audit_entries", "audit_seals", "audit_sealed_entries"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_to_change_the_trail(
    app: Flask, make: Make, table: str, change: str
) -> None:
    note(app)
    run(app, "seal")
    column = "entry_id" if table == "audit_sealed_entries" else "id"

    with make.session() as session, pytest.raises(DatabaseError, match="append_only"):
        session.execute(text(change.format(table, column, column)))


def test_a_change_that_fails_leaves_no_entry(app: Flask, make: Make) -> None:
    with app.app_context():
        audit = services().audit
        with pytest.raises(RuntimeError), audit.transaction():
            audit.note(None, "account.update", "user", 7, after=AFTER)
            raise RuntimeError

    with make.session() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def test_what_was_sealed_verifies_and_is_sealed_once(app: Flask, make: Make) -> None:
    note(app, count=3)

    assert run(app, "verify").output == "0 sealed entries, 3 not sealed yet.\n"
    assert run(app, "seal").output == "Sealed 3 entries.\n"
    assert run(app, "seal").output == "Sealed 0 entries.\n"
    note(app)
    assert run(app, "seal").output == "Sealed 1 entries.\n"
    assert run(app, "verify").output.startswith("4 sealed entries, 0 not sealed yet.\n")


@pytest.mark.parametrize(
    ("by", "fault"),
    [
        ("UPDATE audit_entries SET action = 'other' WHERE id = 2", "Batch 1 (entries 1 to 3) was"),
        ("UPDATE audit_entries SET at = '2026-01-01 00:00:00' WHERE id = 3", "Batch 1"),
        ("UPDATE audit_entries SET changes = '{}' WHERE id = 5", "Batch 2 (entries 4 to 6)"),
        ("DELETE FROM audit_sealed_entries WHERE entry_id = 6", "Batch 2 has 2 entries"),
        ("UPDATE audit_seals SET seal = 'f' WHERE id = 1", "Batch 1"),
        ("UPDATE audit_personal SET salt = 'pepper' WHERE entry_id = 4", "values of entry 4"),
    ],
)
def test_a_row_altered_by_hand_is_found(app: Flask, make: Make, by: str, fault: str) -> None:
    for _ in range(2):
        note(app, count=3)
        run(app, "seal")

    with make.session() as session:
        by_hand(session, by)
    found = run(app, "verify")

    assert found.exit_code == 1
    assert fault in found.output


CUT_OFF = """
    DELETE FROM audit_sealed_entries WHERE seal_id = 2;
    DELETE FROM audit_seals WHERE id = 2;
    DELETE FROM audit_entries WHERE id > 3
"""


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("", "The trail has 1 batches, sealed were 2."),
        ("; DELETE FROM audit_heads", "The head of the trail is missing"),
        ("; UPDATE audit_heads SET batches = 1", "The head of the trail was altered."),
    ],
)
def test_a_trail_that_was_cut_off_is_found(app: Flask, make: Make, more: str, fault: str) -> None:
    for _ in range(2):
        note(app, count=3)
        run(app, "seal")

    cut_off(make, CUT_OFF + more)
    found = run(app, "verify")

    assert (found.exit_code, fault in found.output) == (1, True)


@pytest.mark.parametrize(
    ("more", "status", "told"), [("", 1, 0), ("; DELETE FROM audit_heads", 0, 1)]
)
def test_sealing_on_hides_no_cut_and_tells_of_a_head_made_anew(
    app: Flask, make: Make, more: str, status: int, told: int
) -> None:
    for _ in range(2):
        note(app, count=3)
        run(app, "seal")
    cut_off(make, CUT_OFF + more)

    note(app)
    run(app, "seal")

    assert run(app, "verify").exit_code == status
    with make.session() as session:
        actions = list(session.scalars(select(AuditEntry.action)))
    assert actions.count("audit.head_made") == told


def test_an_old_head_put_back_is_found_by_a_seal_noted_elsewhere(app: Flask, make: Make) -> None:
    note(app, count=3)
    run(app, "seal")
    with make.session() as session:
        old = session.execute(text("SELECT batches, seal, mac FROM audit_heads")).one()
    note(app, count=3)
    run(app, "seal")
    noted = run(app, "verify").output.split()[-1]
    assert run(app, "verify", "--known", noted).exit_code == 0

    batches, seal, mac = old
    cut_off(
        make,
        f"{CUT_OFF}; UPDATE audit_heads SET batches = {batches}, seal = '{seal}', mac = '{mac}'",
    )

    assert run(app, "verify").exit_code == 0
    found = run(app, "verify", "--known", noted)
    assert (found.exit_code, "does not hold the seal" in found.output) == (1, True)


def cut_off(make: Make, statements: str) -> None:
    with make.session() as session:
        session.execute(text("DELETE FROM audit_personal WHERE entry_id > 3"))
        session.commit()
        for statement in statements.split(";"):
            by_hand(session, statement)


def test_personal_values_may_be_erased(app: Flask, make: Make) -> None:
    note(app)
    run(app, "seal")

    with make.session() as session:
        session.execute(text("DELETE FROM audit_personal"))
        session.commit()

    assert run(app, "verify").exit_code == 0


def test_another_key_does_not_verify(app: Flask, make: Make, monkeypatch) -> None:
    note(app)
    run(app, "seal")
    runtime = app.extensions["runtime"]
    monkeypatch.setitem(runtime.__dict__, "audit_keys", [b"another key of thirty-two bytes.."])

    assert run(app, "verify").exit_code == 1


def test_the_command_leaves_sealing_to_whoever_is_at_it(app: Flask, make: Make) -> None:
    note(app)
    with app.app_context():
        assert services().leases.take("seal the trail", "the worker")

    busy = run(app, "seal")

    assert (busy.exit_code, busy.output) == (0, "The trail is being sealed already.\n")
    with app.app_context():
        services().leases.give_back("seal the trail", "the worker")
    assert run(app, "seal").output == "Sealed 1 entries.\n"
    assert run(app, "seal").output == "Sealed 0 entries.\n"
