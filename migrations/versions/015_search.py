"""The words of every service, for the search."""

from alembic import op

from app.models import search_index

revision = "015_search"
down_revision = "014_accounts"


def upgrade() -> None:
    search_index.install(op.get_bind())


def downgrade() -> None:
    search_index.remove(op.get_bind())
