"""Links that confirm an e-mail address, and when an account was closed."""

import sqlalchemy as sa
from alembic import op

revision = "016_verified_addresses"
down_revision = "015_search"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("users", sa.Column("closed_at", INSTANT))
    op.create_table(
        "email_verification_tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", INSTANT, server_default=sa.func.now()),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="email_verification_tokens_pkey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], "email_verification_tokens_user_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_email_verification_tokens_user_id", "email_verification_tokens", ["user_id"]
    )
    op.create_index(
        "ix_email_verification_tokens_token", "email_verification_tokens", ["token"], unique=True
    )


def downgrade() -> None:
    op.drop_table("email_verification_tokens")
    with op.batch_alter_table("users") as table:
        table.drop_column("closed_at")
