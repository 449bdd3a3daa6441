"""Instructors' profiles and what they teach."""

import sqlalchemy as sa
from alembic import op

revision = "002_instructor_system"
down_revision = "001_initial_schema"


def upgrade() -> None:
    op.create_table(
        "instructor_profiles",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("bio", sa.Text),
        sa.Column("years_experience", sa.Integer),
        sa.Column("areas_of_service", sa.String),
        sa.Column(
            "min_advance_booking_hours", sa.Integer, nullable=False, server_default=sa.text("2")
        ),
        sa.Column("buffer_time_minutes", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="instructor_profiles_pkey"),
        sa.UniqueConstraint("user_id", name="instructor_profiles_user_id_key"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], "instructor_profiles_user_id_fkey", ondelete="CASCADE"
        ),
        sa.CheckConstraint("years_experience >= 0", name="check_years_experience_non_negative"),
        comment="Instructor-specific profile information and preferences",
    )
    op.create_index("ix_instructor_profiles_id", "instructor_profiles", ["id"])
    op.create_table(
        "services",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("instructor_profile_id", sa.Integer),
        sa.Column("skill", sa.String, nullable=False),
        sa.Column("hourly_rate", sa.Double, nullable=False),
        sa.Column("description", sa.String),
        sa.Column("duration_override", sa.Integer),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.PrimaryKeyConstraint("id", name="services_pkey"),
        sa.ForeignKeyConstraint(
            ["instructor_profile_id"],
            ["instructor_profiles.id"],
            "services_instructor_profile_id_fkey",
            ondelete="CASCADE",
        ),
        comment="Services offered by instructors with soft delete support",
    )
    op.create_index("ix_services_id", "services", ["id"])
    op.create_index(
        "unique_instructor_skill_active",
        "services",
        ["instructor_profile_id", "skill"],
        unique=True,
        postgresql_where=sa.text("is_active = true"),
        sqlite_where=sa.text("is_active = true"),
    )


def downgrade() -> None:
    op.drop_table("services")
    op.drop_table("instructor_profiles")
