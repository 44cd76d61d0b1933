"""The first tables. A migration that has been released is never changed; the next one changes the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)


def _of_citizen(primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("citizens.id", ondelete="CASCADE")
    return sa.Column("citizen_id", sa.Text, key, primary_key=primary_key, index=index, nullable=False)


def upgrade() -> None:
    _people()
    _talk()
    _sent()
    _traffic()


def _people() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "caseworkers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("email_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("data_key", sa.LargeBinary, nullable=False),
        sa.Column("card", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "citizens",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("caseworker_id", sa.Text, sa.ForeignKey("caseworkers.id"), nullable=False, index=True),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("draft_key", sa.LargeBinary),
        sa.Column("sent_key", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.LargeBinary),
        sa.Column("settings", sa.LargeBinary),
        sa.Column("reference", sa.LargeBinary),
        sa.Column("reachable", sa.Boolean),
        sa.Column("invited_at", TIME),
        sa.Column("joined_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.LargeBinary, primary_key=True),
        _of_citizen(index=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.Column("revoked_at", TIME),
    )


def _talk() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_citizen(index=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("asked_number", sa.BigInteger),
        sa.Column("asked_ref", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sqlite_autoincrement=True,
    )
    active = sa.text("active")
    op.create_index("uq_chats_active", "chats", ["citizen_id", "channel"], unique=True,
                    sqlite_where=active, postgresql_where=active)
    op.create_table(
        "conversations",
        _of_citizen(primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("touched_at", TIME, nullable=False, index=True),
        sa.Column("warned_at", TIME),
    )
    op.create_table(
        "answers",
        _of_citizen(primary_key=True),
        sa.Column("dialogue", sa.Text, primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_citizen(index=True),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sqlite_autoincrement=True,
    )


def _sent() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_citizen(),
        sa.Column("dialogue", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("snapshot", sa.LargeBinary),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("filed_at", TIME),
        sa.UniqueConstraint("citizen_id", "dialogue", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_citizen(index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("done_at IS NULL")
    op.create_index("uq_tasks_open", "tasks", ["citizen_id", "kind"], unique=True,
                    sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("citizen_id", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sqlite_autoincrement=True,
    )


def _traffic() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.Integer, sa.ForeignKey("chats.id", ondelete="CASCADE"), index=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address_hash", sa.LargeBinary, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("own_key", sa.LargeBinary),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reply", sa.Boolean, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("progress", sa.Integer, nullable=False),
        sa.Column("error_kind", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_address_hash_id", "outbox", ["address_hash", "id"])
    op.create_index("ix_outbox_not_before", "outbox", ["not_before"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("caseworker_id", sa.Text, sa.ForeignKey("caseworkers.id", ondelete="CASCADE"),
                  nullable=False, unique=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False, index=True),
        sa.Column("set_aside_kind", sa.Text),
        sa.Column("set_aside_error", sa.Text),
        sqlite_with_rowid=False,
    )
