"""Rounds, and what citizens have settled for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _of_citizen(primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("citizens.id", ondelete="CASCADE")
    return sa.Column("citizen_id", sa.Text, key, primary_key=primary_key, index=index, nullable=False)


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text, primary_key=True),
        _of_citizen(index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("card", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "measure_cards",
        _of_citizen(primary_key=True),
        sa.Column("card", sa.LargeBinary, nullable=False),
    )
