"""An append-only trail of changes, sealed in batches."""

import sqlalchemy as sa
from alembic import op

revision = "013_audit"
down_revision = "012_outbox"

INSTANT = sa.DateTime(timezone=True)
APPEND_ONLY = ("audit_entries", "audit_seals", "audit_sealed_entries")
REFUSE = "audit_is_append_only"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("acting_as_id", sa.Integer),
        sa.Column("actor_role", sa.String(12), nullable=False),
        sa.Column("request_id", sa.String(64)),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject_type", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Integer),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("personal_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="audit_entries_pkey"),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject_type", "subject_id"])
    op.create_index("ix_audit_entries_actor_id", "audit_entries", ["actor_id"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.create_table(
        "audit_personal",
        sa.Column("entry_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("values", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="audit_personal_pkey"),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], "audit_personal_entry_id_fkey"),
    )
    op.create_table(
        "audit_seals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="audit_seals_pkey"),
    )
    op.create_table(
        "audit_sealed_entries",
        sa.Column("entry_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("seal_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="audit_sealed_entries_pkey"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entries.id"], "audit_sealed_entries_entry_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["audit_seals.id"], "audit_sealed_entries_seal_id_fkey"
        ),
    )
    op.create_index("ix_audit_sealed_entries_seal_id", "audit_sealed_entries", ["seal_id"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {REFUSE}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSE}'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_{REFUSE} BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {REFUSE}()"
            )
        return
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{REFUSE}_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
            )


def downgrade() -> None:
    for table in ("audit_sealed_entries", "audit_seals", "audit_personal", "audit_entries"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {REFUSE}()")
