"""Mails to be delivered, and who does a background job."""

import sqlalchemy as sa
from alembic import op

revision = "012_outbox"
down_revision = "011_booking_life"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox_mails",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("recipient_id", sa.Integer, nullable=False),
        sa.Column("booking_id", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("dedupe_key", sa.String(120), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("lease_token", sa.String(40)),
        sa.Column("sent_at", INSTANT),
        sa.Column("address", sa.String(254)),
        sa.Column("subject", sa.String(255)),
        sa.Column("text", sa.Text),
        sa.Column("html", sa.Text),
        sa.PrimaryKeyConstraint("id", name="outbox_mails_pkey"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["users.id"], "outbox_mails_recipient_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], "outbox_mails_booking_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_outbox_mails_state_due", "outbox_mails", ["state", "next_attempt_at"])
    op.create_index("ix_outbox_mails_booking_id", "outbox_mails", ["booking_id"])
    op.create_index("ix_outbox_mails_recipient_id", "outbox_mails", ["recipient_id"])
    op.create_index("ix_outbox_mails_dedupe_key", "outbox_mails", ["dedupe_key"], unique=True)
    op.create_table(
        "job_leases",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("owner", sa.String(60), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="job_leases_pkey"),
    )


def downgrade() -> None:
    op.drop_table("job_leases")
    op.drop_table("outbox_mails")
