"""Changes of e-mail addresses that wait for their link, and on what a session runs."""

import sqlalchemy as sa
from alembic import op

revision = "019_email_changes"
down_revision = "018_instructor_handles"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("user_sessions", sa.Column("device", sa.String(60)))
    op.create_table(
        "email_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", INSTANT, server_default=sa.func.now()),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("stop_token", sa.String(64), nullable=False),
        sa.Column("stop_until", INSTANT, nullable=False),
        sa.Column("old_email", sa.String(254), nullable=False),
        sa.Column("new_email", sa.String(254), nullable=False),
        sa.Column("confirmed_at", INSTANT),
        sa.Column("stopped_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="email_changes_pkey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], "email_changes_user_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_email_changes_user_id", "email_changes", ["user_id"])
    op.create_index("ix_email_changes_token", "email_changes", ["token"], unique=True)
    op.create_index("ix_email_changes_stop_token", "email_changes", ["stop_token"], unique=True)
    op.create_index("ix_email_changes_old_email", "email_changes", ["old_email"])


def downgrade() -> None:
    op.drop_table("email_changes")
    with op.batch_alter_table("user_sessions") as table:
        table.drop_column("device")
