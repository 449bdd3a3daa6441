"""The short name under which an instructor's page is found, such as ``/@marta``."""

import sqlalchemy as sa
from alembic import op

revision = "018_instructor_handles"
down_revision = "020_waiting_list"

TABLE, INDEX = "instructor_profiles", "uq_instructor_profiles_handle"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("handle", sa.String(30)))
    op.create_index(INDEX, TABLE, ["handle"], unique=True)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    with op.batch_alter_table(TABLE) as table:
        table.drop_column("handle")
