"""Time zones and instants, staff roles, and e-mail addresses in lower case.

All new columns are nullable or have a server default, so that rows written by the original
application stay valid.
"""

import datetime as dt
import logging
from collections import Counter

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "008_instants_zones_roles"
down_revision = "007_remove_booking_slot_dependency"

log = logging.getLogger("alembic.runtime.migration")

INSTANT = sa.DateTime(timezone=True)
FALLBACK_ZONE = "America/New_York"
LAST_SECOND = dt.time(23, 59, 59)
ROLES_BEFORE = "role IN ('instructor', 'student')"
ROLES_AFTER = "role IN ('student', 'instructor', 'support', 'admin')"
ORDER_BEFORE = "start_time < end_time"
ORDER_AFTER = "CASE WHEN starts_at IS NULL THEN start_time < end_time ELSE starts_at < ends_at END"
PROFILE_NUMBERS = {
    "booking_horizon_days": "60",
    "cancellation_notice_hours": "24",
    "generation": "0",
}
BOOKING_INDEXES = (
    ("ix_bookings_instructor_starts", ["instructor_id", "starts_at"], False),
    ("ix_bookings_student_starts", ["student_id", "starts_at"], False),
    ("ix_bookings_reference", ["reference"], True),
    ("ix_bookings_status_ends", ["status", "ends_at"], False),
)
SEARCH_INDEXES = (  # early databases of the original lack them
    "CREATE INDEX IF NOT EXISTS idx_services_skill_lower ON services (lower(skill))",
    "CREATE INDEX IF NOT EXISTS idx_services_active_price ON services (is_active, hourly_rate)",
    (
        "CREATE INDEX IF NOT EXISTS idx_services_profile_active"
        " ON services (instructor_profile_id, is_active)"
    ),
)
FULL_TEXT_INDEXES = (
    (
        "CREATE INDEX IF NOT EXISTS idx_users_full_name_gin"
        " ON users USING gin (to_tsvector('english', full_name))"
    ),
    (
        "CREATE INDEX IF NOT EXISTS idx_instructor_profiles_bio_gin"
        " ON instructor_profiles USING gin (to_tsvector('english', bio))"
    ),
    "COMMENT ON COLUMN bookings.location_type IS 'student_home, instructor_location, neutral'",
)

USERS = sa.table("users", sa.column("id"), sa.column("email"), sa.column("role"))
PROFILES = sa.table("instructor_profiles", sa.column("time_zone", sa.String))
BOOKINGS = sa.table(
    "bookings",
    sa.column("id"),
    sa.column("start_time", sa.Time),
    sa.column("end_time", sa.Time),
    sa.column("duration_minutes"),
)


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (*SEARCH_INDEXES, *(FULL_TEXT_INDEXES if is_postgresql else ())):
        op.execute(statement)
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("time_zone", sa.String(64)))
        batch.add_column(_number("auth_version", "0"))
        batch.drop_constraint("ck_users_role", type_="check")
        batch.create_check_constraint("ck_users_role", ROLES_AFTER)
    op.add_column("instructor_profiles", sa.Column("time_zone", sa.String(64)))
    op.execute(sa.update(PROFILES).values(time_zone=_platform_zone()))
    for name, default in PROFILE_NUMBERS.items():
        op.add_column("instructor_profiles", _number(name, default))
    op.add_column("services", sa.Column("durations", sa.String(60)))
    _widen_bookings()
    _lower_emails()


def downgrade() -> None:
    """Staff become students, and ends move behind their starts: the old rules know neither."""
    bind = op.get_bind()
    bind.execute(
        sa.update(USERS).where(USERS.c.role.in_(["support", "admin"])).values(role="student")
    )
    _move_ends_behind_starts(bind)
    _narrow_bookings()
    op.drop_column("services", "durations")
    for name in (*PROFILE_NUMBERS, "time_zone"):
        op.drop_column("instructor_profiles", name)
    with op.batch_alter_table("users") as batch:
        batch.drop_constraint("ck_users_role", type_="check")
        batch.create_check_constraint("ck_users_role", ROLES_BEFORE)
        batch.drop_column("auth_version")
        batch.drop_column("time_zone")


def _platform_zone() -> str:
    """The zone of instructors who have not named theirs, as configured."""
    settings = current_app.extensions.get("settings")
    return settings.platform_time_zone if settings else FALLBACK_ZONE


def _move_ends_behind_starts(bind: sa.Connection) -> None:
    """Midnight becomes the second before it, and other ends what the duration says.

    The latter are lessons over the hour that the clock shows twice.
    """
    early = sa.select(BOOKINGS).where(BOOKINGS.c.end_time <= BOOKINGS.c.start_time)
    for row in bind.execute(early).all():
        end = LAST_SECOND
        if row.end_time != dt.time(0):
            start = dt.datetime.combine(dt.date(2000, 1, 1), row.start_time)
            ended = start + dt.timedelta(minutes=row.duration_minutes)
            if ended.date() == start.date():
                end = min(ended.time(), LAST_SECOND)
        bind.execute(sa.update(BOOKINGS).where(BOOKINGS.c.id == row.id).values(end_time=end))


def _number(name: str, default: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text(default))


def _widen_bookings() -> None:
    with op.batch_alter_table("bookings") as batch:
        batch.drop_constraint("check_time_order", type_="check")
        batch.add_column(sa.Column("starts_at", INSTANT))
        batch.add_column(sa.Column("ends_at", INSTANT))
        batch.add_column(sa.Column("time_zone", sa.String(64)))
        batch.add_column(sa.Column("blocked_until", INSTANT))
        batch.add_column(
            sa.Column("overlap_ok", sa.Boolean, nullable=False, server_default=sa.text("false"))
        )
        batch.add_column(sa.Column("reference", sa.String(12)))
        batch.add_column(_number("sequence", "0"))
        batch.add_column(sa.Column("free_cancel_until", INSTANT))
        batch.add_column(sa.Column("created_by_id", sa.Integer))
        batch.create_foreign_key("bookings_created_by_id_fkey", "users", ["created_by_id"], ["id"])
        batch.create_check_constraint("check_time_order", ORDER_AFTER)
    for name, columns, is_unique in BOOKING_INDEXES:
        op.create_index(name, "bookings", columns, unique=is_unique)


def _narrow_bookings() -> None:
    for name, _columns, _is_unique in BOOKING_INDEXES:
        op.drop_index(name, "bookings")
    with op.batch_alter_table("bookings") as batch:
        batch.drop_constraint("check_time_order", type_="check")
        batch.drop_constraint("bookings_created_by_id_fkey", type_="foreignkey")
        for name in (
            "created_by_id",
            "free_cancel_until",
            "sequence",
            "reference",
            "overlap_ok",
            "blocked_until",
            "time_zone",
            "ends_at",
            "starts_at",
        ):
            batch.drop_column(name)
        batch.create_check_constraint("check_time_order", ORDER_BEFORE)


def _lower_emails() -> None:
    """Addresses that differ by case only stay as they are: a person has to decide."""
    bind = op.get_bind()
    emails = {row.id: row.email for row in bind.execute(sa.select(USERS.c.id, USERS.c.email))}
    holders = Counter(email.lower() for email in emails.values())
    clashing = []
    for user_id, email in emails.items():
        if email == email.lower():
            continue
        if holders[email.lower()] > 1:
            clashing.append(user_id)
            continue
        bind.execute(sa.update(USERS).where(USERS.c.id == user_id).values(email=email.lower()))
    if clashing:
        log.warning("Users whose e-mail differs from another's by case only: %s", clashing)
