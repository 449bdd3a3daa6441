"""How far the sealed trail goes, so that a shorter one shows."""

import sqlalchemy as sa
from alembic import op

revision = "017_audit_head"
down_revision = "016_verified_addresses"


def upgrade() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("batches", sa.Integer, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="audit_heads_pkey"),
    )


def downgrade() -> None:
    op.drop_table("audit_heads")
