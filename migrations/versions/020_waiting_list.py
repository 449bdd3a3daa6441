"""Who waits for a time to free, and to whom which time was offered."""

import sqlalchemy as sa
from alembic import op

revision = "020_waiting_list"
down_revision = "017_audit_head"

INSTANT = sa.DateTime(timezone=True)
WISHES, OFFERS = "waiting_wishes", "waiting_offers"
IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        WISHES,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("student_id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("service_id", sa.Integer, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("judged_generation", sa.Integer, nullable=False, server_default=sa.text("-1")),
        sa.Column("judge_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="waiting_wishes_pkey"),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], f"waiting_wishes_{column}_fkey", ondelete="CASCADE"
            )
            for column, table in (
                ("student_id", "users"),
                ("instructor_id", "users"),
                ("service_id", "services"),
            )
        ),
        sa.CheckConstraint("first_day <= last_day", name="check_waiting_wishes_days"),
    )
    op.create_index(
        "uq_waiting_wishes_open",
        WISHES,
        ["student_id", "instructor_id", "service_id", "minutes", "first_day", "last_day", "part"],
        unique=True,
        postgresql_where=IS_OPEN,
        sqlite_where=IS_OPEN,
    )
    op.create_index(
        "ix_waiting_wishes_line",
        WISHES,
        ["instructor_id", "created_at", "id"],
        postgresql_where=IS_OPEN,
        sqlite_where=IS_OPEN,
    )
    op.create_index("ix_waiting_wishes_student_id", WISHES, ["student_id"])
    op.create_index("ix_waiting_wishes_service_id", WISHES, ["service_id"])
    op.create_table(
        OFFERS,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("wish_id", sa.Integer, nullable=False),
        sa.Column("student_id", sa.Integer, nullable=False),
        sa.Column("instructor_id", sa.Integer, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("booking_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="waiting_offers_pkey"),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["waiting_wishes.id"], "waiting_offers_wish_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], "waiting_offers_student_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["users.id"], "waiting_offers_instructor_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], "waiting_offers_booking_id_fkey", ondelete="SET NULL"
        ),
    )
    for name, columns in (
        ("uq_waiting_offers_open", ["wish_id"]),
        ("uq_waiting_offers_time", ["instructor_id", "starts_at"]),
    ):
        op.create_index(
            name, OFFERS, columns, unique=True, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN
        )
    for column in ("wish_id", "student_id", "booking_id"):
        op.create_index(f"ix_waiting_offers_{column}", OFFERS, [column])


def downgrade() -> None:
    op.drop_table(OFFERS)
    op.drop_table(WISHES)
