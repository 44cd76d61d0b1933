"""Meetings and what was answered to them, where citizens are in their case, their own tasks, and timers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)


def _of_citizen(primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("citizens.id", ondelete="CASCADE")
    return sa.Column("citizen_id", sa.Text, key, primary_key=primary_key, index=index, nullable=False)


def upgrade() -> None:
    _meetings()
    _timers()


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Text, primary_key=True),
        _of_citizen(index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("starts_at", TIME, nullable=False, index=True),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("card", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "meeting_answers",
        sa.Column("meeting_id", sa.Text, sa.ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_table(
        "places",
        _of_citizen(primary_key=True),
        sa.Column("place", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "own_tasks",
        sa.Column("id", sa.Text, primary_key=True),
        _of_citizen(index=True),
        sa.Column("card", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
    )


def _timers() -> None:
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_citizen(),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("at", TIME),
        sa.UniqueConstraint("citizen_id", "sort", "subject", "offset", "version"),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_timers_due", "timers", ["due_at", "id"], "state = 'planned'")
    _partial_index("ix_timers_at", "timers", ["at"], "at IS NOT NULL")
    # SQLite: the table is copied, for a reference cannot be added to one. What is on its way is not much.
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.add_column(sa.Column("timer_id", sa.Integer))
        outbox.create_foreign_key("fk_outbox_timer_id", "timers", ["timer_id"], ["id"], ondelete="SET NULL")
    _partial_index("ix_outbox_timer_id", "outbox", ["timer_id"], "timer_id IS NOT NULL")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
