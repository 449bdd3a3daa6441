"""The first answer to a repeated request, kept with its key."""

import sqlalchemy as sa
from alembic import op

revision = "022_first_answers"
down_revision = "019_email_changes"


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("answer", sa.Text))


def downgrade() -> None:
    with op.batch_alter_table("idempotency_keys") as table:
        table.drop_column("answer")
