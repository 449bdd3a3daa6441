"""Bookings stand on their own: the slot column stays for old rows, without a foreign key."""

import sqlalchemy as sa
from alembic import op

revision = "007_remove_booking_slot_dependency"
down_revision = "006_final_constraints"


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        # The original's column of 32 characters is too narrow for this revision's name.
        op.execute("ALTER TABLE alembic_version ALTER COLUMN version_num TYPE varchar(64)")
    columns = {column["name"] for column in sa.inspect(bind).get_columns("bookings")}
    if "availability_slot_id" not in columns:
        op.add_column("bookings", sa.Column("availability_slot_id", sa.Integer))


def downgrade() -> None:
    op.drop_column("bookings", "availability_slot_id")
