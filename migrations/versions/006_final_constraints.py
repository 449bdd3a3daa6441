"""What can never be true of a booking."""

from alembic import op

revision = "006_final_constraints"
down_revision = "005_performance_indexes"

CHECKS = {
    "check_duration_positive": "duration_minutes > 0",
    "check_price_non_negative": "total_price >= 0",
    "check_rate_positive": "hourly_rate > 0",
    "check_time_order": "start_time < end_time",
}


def upgrade() -> None:
    with op.batch_alter_table("bookings") as batch:
        for name, condition in CHECKS.items():
            batch.create_check_constraint(name, condition)


def downgrade() -> None:
    with op.batch_alter_table("bookings") as batch:
        for name in CHECKS:
            batch.drop_constraint(name, type_="check")
