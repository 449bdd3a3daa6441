"""Open hours and days off."""

import sqlalchemy as sa
from alembic import op

revision = "003_availability_system"
down_revision = "002_instructor_system"


def upgrade() -> None:
    op.create_table(
        "availability_slots",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("specific_date", sa.Date, nullable=False),
        sa.Column("start_time", sa.Time, nullable=False),
        sa.Column("end_time", sa.Time, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="availability_slots_pkey"),
        sa.ForeignKeyConstraint(
            ["instructor_id"],
            ["users.id"],
            "availability_slots_instructor_id_fkey",
            ondelete="CASCADE",
        ),
        comment="Instructor availability time slots - single table design",
    )
    op.create_index(
        "unique_instructor_date_time_slot",
        "availability_slots",
        ["instructor_id", "specific_date", "start_time", "end_time"],
        unique=True,
    )
    op.create_table(
        "blackout_dates",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("reason", sa.String(255)),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.PrimaryKeyConstraint("id", name="blackout_dates_pkey"),
        sa.UniqueConstraint("instructor_id", "date", name="unique_instructor_blackout_date"),
        sa.ForeignKeyConstraint(
            ["instructor_id"],
            ["users.id"],
            "blackout_dates_instructor_id_fkey",
            ondelete="CASCADE",
        ),
        comment="Blackout/vacation dates when instructor is unavailable",
    )
    op.create_index("ix_blackout_dates_instructor_id", "blackout_dates", ["instructor_id"])
    op.create_index("ix_blackout_dates_date", "blackout_dates", ["date"])


def downgrade() -> None:
    op.drop_table("blackout_dates")
    op.drop_table("availability_slots")
