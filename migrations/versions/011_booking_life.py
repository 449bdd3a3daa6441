"""Requests to approve, late cancellations, no-shows, holds and repeated requests."""

import sqlalchemy as sa
from alembic import op

revision = "011_booking_life"
down_revision = "010_user_sessions"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "instructor_profiles",
        sa.Column("requires_approval", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.add_column("bookings", sa.Column("expires_at", INSTANT))
    op.add_column(
        "bookings",
        sa.Column("cancelled_late", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.add_column("bookings", sa.Column("no_show_at", INSTANT))
    op.create_index("ix_bookings_status_expires", "bookings", ["status", "expires_at"])
    _create_holds()
    _create_keys()


def _create_holds() -> None:
    op.create_table(
        "time_holds",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("holder_id", sa.Integer, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="time_holds_pkey"),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["users.id"], "time_holds_instructor_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["users.id"], "time_holds_holder_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_time_holds_holder_id", "time_holds", ["holder_id"])
    op.create_index("ix_time_holds_instructor_starts", "time_holds", ["instructor_id", "starts_at"])


def _create_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("booking_id", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="idempotency_keys_pkey"),
        sa.UniqueConstraint("person_id", "key", name="idempotency_keys_person_key"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["users.id"], "idempotency_keys_person_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], "idempotency_keys_booking_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_idempotency_keys_booking_id", "idempotency_keys", ["booking_id"])
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def downgrade() -> None:
    op.drop_table("idempotency_keys")
    op.drop_table("time_holds")
    op.drop_index("ix_bookings_status_expires", "bookings")
    with op.batch_alter_table("bookings") as table:
        for name in ("no_show_at", "cancelled_late", "expires_at"):
            table.drop_column(name)
    with op.batch_alter_table("instructor_profiles") as table:
        table.drop_column("requires_approval")
