"""Whatever is kept about somebody is in the copy he can download, or there is a reason.

A new table, and a new column of a table that is in the copy, needs a place here before it is
built: a section in ``app.repositories.account_data``, or a reason below.
"""

import pytest
from sqlalchemy import Table

import app.models  # noqa: F401  (registers every table)
from app.models.base import Base
from app.repositories.account_data import (
    KEPT_BACK_OF_TRAIL,
    SECTIONS,
    TOLD_OF_TRAIL,
)

NOT_OF_A_PERSON = {
    "audit_entries": "told as changes, by a query of its own",
    "audit_personal": "told within the changes they belong to",
    "audit_seals": "seals over the whole trail",
    "audit_sealed_entries": "which batch an entry of the trail is in",
    "audit_heads": "how far the whole trail goes",
    "job_leases": "which worker does what",
}
"""Tables that no section holds, and why."""
TABLES = Base.metadata.sorted_tables
IN_SECTIONS = {section.model.__tablename__ for section in SECTIONS}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_in_the_copy_or_has_a_reason(table: Table) -> None:
    assert (table.name in IN_SECTIONS) != (table.name in NOT_OF_A_PERSON), (
        f"{table.name} says something of people, or does not: add a section to"
        " app/repositories/account_data.py, or a reason to this test."
    )


def test_no_reason_outlives_its_table() -> None:
    assert NOT_OF_A_PERSON.keys() <= {table.name for table in TABLES}
    assert all(reason.strip() for reason in NOT_OF_A_PERSON.values())


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_what_is_kept_back_of_a_row_exists_and_has_a_reason(section) -> None:
    columns = section.model.__table__.columns

    assert section.kept_back.keys() <= set(columns.keys())
    assert all(reason.strip() for reason in section.kept_back.values())
    assert "id" not in section.kept_back  # pages of rows go by it


def test_every_secret_is_kept_back() -> None:
    """By their names: whatever opens something must never be in a file that lies about."""
    words = ("token", "password", "nonce", "secret", "hash")
    told = [
        f"{section.model.__tablename__}.{name}"
        for section in SECTIONS
        for name in section.model.__table__.columns.keys()  # noqa: SIM118 not a dict
        if any(word in name for word in words) and name not in section.kept_back
    ]

    assert told == []


def test_every_column_of_the_trail_is_told_or_has_a_reason() -> None:
    columns = set(Base.metadata.tables["audit_entries"].columns.keys())

    assert {*TOLD_OF_TRAIL, *KEPT_BACK_OF_TRAIL, "changes"} == columns
