"""What a citizen has chosen stands in their conversation; the column that was meant for it was never filled."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_column("citizens", "settings")
