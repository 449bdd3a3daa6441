"""Composite, partial and search indexes."""

import sqlalchemy as sa
from alembic import op

revision = "005_performance_indexes"
down_revision = "004_booking_system"

PLAIN = (
    ("idx_users_email", "users", ["email"]),
    ("idx_instructor_profiles_user_id", "instructor_profiles", ["user_id"]),
    ("idx_services_instructor_profile_id", "services", ["instructor_profile_id"]),
    ("idx_availability_instructor_date", "availability_slots", ["instructor_id", "specific_date"]),
    ("idx_availability_date", "availability_slots", ["specific_date"]),
    ("idx_availability_instructor_id", "availability_slots", ["instructor_id"]),
    (
        "idx_availability_week_lookup",
        "availability_slots",
        ["instructor_id", "specific_date", "start_time"],
    ),
    ("idx_availability_future", "availability_slots", ["instructor_id", "specific_date"]),
    ("idx_blackout_dates_instructor_date", "blackout_dates", ["instructor_id", "date"]),
    (
        "idx_bookings_instructor_datetime",
        "bookings",
        ["instructor_id", "booking_date", "start_time", "end_time"],
    ),
    (
        "idx_bookings_instructor_date_status",
        "bookings",
        ["instructor_id", "booking_date", "status"],
    ),
    ("idx_bookings_student_status", "bookings", ["student_id", "status"]),
    ("idx_bookings_service_id", "bookings", ["service_id"]),
    ("idx_bookings_cancelled_by_id", "bookings", ["cancelled_by_id"]),
    ("idx_bookings_date_status", "bookings", ["booking_date", "status"]),
    ("idx_bookings_student_date", "bookings", ["student_id", "booking_date"]),
    ("idx_password_reset_tokens_user_id", "password_reset_tokens", ["user_id"]),
    ("idx_services_skill_lower", "services", [sa.text("lower(skill)")]),
    ("idx_services_active_price", "services", ["is_active", "hourly_rate"]),
    ("idx_services_profile_active", "services", ["instructor_profile_id", "is_active"]),
)
PARTIAL = (
    (
        "idx_services_active",
        "services",
        ["instructor_profile_id", "is_active"],
        "is_active = true",
    ),
    (
        "idx_bookings_upcoming",
        "bookings",
        ["booking_date", "status"],
        "status = 'CONFIRMED'",
    ),
)
FULL_TEXT = (
    ("idx_users_full_name_gin", "users", "full_name"),
    ("idx_instructor_profiles_bio_gin", "instructor_profiles", "bio"),
)


def upgrade() -> None:
    for name, table, columns in PLAIN:
        op.create_index(name, table, columns)
    for name, table, columns, condition in PARTIAL:
        op.create_index(
            name,
            table,
            columns,
            postgresql_where=sa.text(condition),
            sqlite_where=sa.text(condition),
        )
    if op.get_bind().dialect.name == "postgresql":
        for name, table, column in FULL_TEXT:
            op.execute(
                f"CREATE INDEX {name} ON {table} USING gin (to_tsvector('english', {column}))"
            )


def downgrade() -> None:
    names = [row[0] for row in (*PLAIN, *PARTIAL, *FULL_TEXT)]
    for name in reversed(names):
        op.execute(f"DROP INDEX IF EXISTS {name}")
