"""Group figures as they were given, so that a closed quarter's are given again unchanged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("given_until", sa.Text),
        sa.Column("points", sa.Integer),
        sa.Column("percent", sa.Integer),
        sa.PrimaryKeyConstraint("name", "path", name="pk_figures"),
    )
