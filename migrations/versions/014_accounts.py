"""Verified addresses and calendar feeds. Accounts that exist already count as verified."""

import sqlalchemy as sa
from alembic import op

revision = "014_accounts"
down_revision = "013_audit"


def upgrade() -> None:
    op.add_column("users", sa.Column("email_verified_at", sa.DateTime(timezone=True)))
    op.add_column(
        "users",
        sa.Column("calendar_version", sa.Integer, nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE users SET email_verified_at = coalesce(created_at, CURRENT_TIMESTAMP)")


def downgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.drop_column("calendar_version")
        table.drop_column("email_verified_at")
