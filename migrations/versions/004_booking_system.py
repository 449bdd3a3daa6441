"""Bookings and password reset links."""

import sqlalchemy as sa
from alembic import op

revision = "004_booking_system"
down_revision = "003_availability_system"


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("student_id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("service_id", sa.Integer, nullable=False),
        sa.Column("booking_date", sa.Date, nullable=False),
        sa.Column("start_time", sa.Time, nullable=False),
        sa.Column("end_time", sa.Time, nullable=False),
        sa.Column("service_name", sa.String, nullable=False),
        sa.Column("hourly_rate", sa.Numeric(10, 2), nullable=False),
        sa.Column("total_price", sa.Numeric(10, 2), nullable=False),
        sa.Column("duration_minutes", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, server_default=sa.text("'CONFIRMED'")),
        sa.Column("service_area", sa.String),
        sa.Column("meeting_location", sa.Text),
        sa.Column(
            "location_type",
            sa.String(50),
            comment="student_home, instructor_location, neutral",
        ),
        sa.Column("student_note", sa.Text),
        sa.Column("instructor_note", sa.Text),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_by_id", sa.Integer),
        sa.Column("cancellation_reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="bookings_pkey"),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], "bookings_student_id_fkey"),
        sa.ForeignKeyConstraint(["instructor_id"], ["users.id"], "bookings_instructor_id_fkey"),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], "bookings_service_id_fkey"),
        sa.ForeignKeyConstraint(["cancelled_by_id"], ["users.id"], "bookings_cancelled_by_id_fkey"),
        sa.CheckConstraint(
            "status IN ('PENDING', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')",
            name="ck_bookings_status",
        ),
        sa.CheckConstraint(
            "location_type IN ('student_home', 'instructor_location', 'neutral')",
            name="ck_bookings_location_type",
        ),
        comment="Self-contained booking records - no dependency on availability slots",
    )
    op.create_index("idx_bookings_student_id", "bookings", ["student_id"])
    op.create_index("idx_bookings_instructor_id", "bookings", ["instructor_id"])
    op.create_index("idx_bookings_date", "bookings", ["booking_date"])
    op.create_index("idx_bookings_status", "bookings", ["status"])
    op.create_index("idx_bookings_created_at", "bookings", ["created_at"])
    op.create_table(
        "password_reset_tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name="password_reset_tokens_pkey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], "password_reset_tokens_user_id_fkey", ondelete="CASCADE"
        ),
        comment="Password reset token management",
    )
    op.create_index(
        "ix_password_reset_tokens_token", "password_reset_tokens", ["token"], unique=True
    )


def downgrade() -> None:
    op.drop_table("password_reset_tokens")
    op.drop_table("bookings")
