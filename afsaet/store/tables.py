"""Every table of the store. What a citizen wrote or rated, and who anybody is, stands only in sealed columns.

A sealed column is ciphertext (see `sealing`), a `_key` column a wrapped data key (see `keys`), and a
`_hash` column a keyed hash by which something is found. The remaining columns hold ids, times and kinds.
Citizens and caseworkers have random ids, so that a value can be sealed for its row before the row is there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from afsaet.store.utc_time import UtcTime

metadata = MetaData(naming_convention={
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
})


def _of_citizen(primary_key: bool = False, index: bool = False) -> Column[str]:
    key = ForeignKey("citizens.id", ondelete="CASCADE")
    return Column("citizen_id", Text, key, primary_key=primary_key, index=index, nullable=False)


def _only(condition: str) -> dict[str, Any]:
    """That an index holds these rows alone, in either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


meta = Table(
    "meta", metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

caseworkers = Table(
    "caseworkers", metadata,
    Column("id", Text, primary_key=True),
    Column("email_hash", LargeBinary, nullable=False, unique=True),
    Column("data_key", LargeBinary, nullable=False),
    Column("card", LargeBinary, nullable=False),  # sealed: name, email, phone, hours
    Column("created_at", UtcTime, nullable=False),
)

citizens = Table(
    "citizens", metadata,
    Column("id", Text, primary_key=True),
    Column("caseworker_id", Text, ForeignKey("caseworkers.id"), nullable=False, index=True),
    Column("profile", Text, nullable=False),
    Column("draft_key", LargeBinary),  # none once the citizen has deleted what they wrote
    Column("sent_key", LargeBinary, nullable=False),
    Column("name", LargeBinary),  # sealed with the draft key
    Column("reference", LargeBinary),  # sealed with the sent key: the authority's name for its own file
    Column("reachable", Boolean),
    Column("invited_at", UtcTime),
    Column("joined_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
)

invitations = Table(
    "invitations", metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    _of_citizen(index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("revoked_at", UtcTime),
)

chats = Table(
    "chats", metadata,
    Column("id", Integer, primary_key=True),
    _of_citizen(index=True),
    Column("channel", Text, nullable=False),
    Column("address_hash", LargeBinary, nullable=False, unique=True),
    Column("address", LargeBinary, nullable=False),  # sealed with the draft key
    Column("active", Boolean, nullable=False),
    Column("asked_number", BigInteger),
    Column("asked_ref", Text),
    Column("asked_first", Text),
    Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("uq_chats_active", chats.c.citizen_id, chats.c.channel, unique=True, **_only("active"))

conversations = Table(
    "conversations", metadata,
    _of_citizen(primary_key=True),
    Column("state", LargeBinary, nullable=False),  # sealed with the draft key
    Column("touched_at", UtcTime, nullable=False, index=True),  # when the citizen was last here
    Column("warned_at", UtcTime),  # when they were told that it will be deleted
)

answers = Table(
    "answers", metadata,
    _of_citizen(primary_key=True),
    Column("dialogue", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("answer", LargeBinary, nullable=False),  # sealed with the draft key
    sqlite_with_rowid=False,
)

consents = Table(
    "consents", metadata,
    Column("id", Integer, primary_key=True),
    _of_citizen(index=True),
    Column("said", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions", metadata,
    Column("id", Integer, primary_key=True),
    _of_citizen(),
    Column("dialogue", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("snapshot", LargeBinary),  # sealed with the sent key; none once it was filed long enough ago
    Column("sent_at", UtcTime, nullable=False),
    Column("filed_at", UtcTime),
    UniqueConstraint("citizen_id", "dialogue", "number"),
    sqlite_autoincrement=True,
)

tasks = Table(
    "tasks", metadata,
    Column("id", Integer, primary_key=True),
    _of_citizen(index=True),
    Column("kind", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    sqlite_autoincrement=True,
)
Index("uq_tasks_open", tasks.c.citizen_id, tasks.c.kind, unique=True, **_only("done_at IS NULL"))

meetings = Table(
    "meetings", metadata,
    Column("id", Text, primary_key=True),
    _of_citizen(index=True),
    Column("version", Integer, nullable=False),  # as in the card: which change this is, 0 at first
    Column("starts_at", UtcTime, nullable=False, index=True),  # derived from the card's wall time and zone
    Column("cancelled", Boolean, nullable=False),
    Column("changed_at", UtcTime, nullable=False),  # when this version was made
    Column("card", LargeBinary, nullable=False),  # sealed with the sent key: it is the authority's
)

meeting_answers = Table(
    "meeting_answers", metadata,
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),  # the version that was answered
    Column("answer", LargeBinary, nullable=False),  # sealed with the sent key
    Column("at", UtcTime, nullable=False),
)

places = Table(
    "places", metadata,
    _of_citizen(primary_key=True),
    Column("place", LargeBinary, nullable=False),  # sealed with the sent key: the way through the authority's case
)

own_tasks = Table(
    "own_tasks", metadata,
    Column("id", Text, primary_key=True),
    _of_citizen(index=True),
    Column("card", LargeBinary, nullable=False),  # sealed with the draft key
    Column("created_at", UtcTime, nullable=False),
)

rounds = Table(
    "rounds", metadata,
    Column("id", Text, primary_key=True),
    _of_citizen(index=True),
    Column("at", UtcTime, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("card", LargeBinary, nullable=False),  # sealed with the draft key: measure, numbers, words
)

measure_cards = Table(
    "measure_cards", metadata,
    _of_citizen(primary_key=True),
    Column("card", LargeBinary, nullable=False),  # sealed with the draft key: wheel, goals, what is agreed and shared
)

timers = Table(
    "timers", metadata,
    Column("id", Integer, primary_key=True),
    _of_citizen(),
    Column("sort", Text, nullable=False),
    Column("subject", Text, nullable=False),  # the id of what it concerns: a meeting, a task, a caseworker
    Column("offset", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # of what it concerns
    Column("due_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("at", UtcTime),  # when it left the state `planned`, and then when it was sent or failed
    UniqueConstraint("citizen_id", "sort", "subject", "offset", "version"),
    sqlite_autoincrement=True,
)
# Only of those that wait, so that finding the due costs the same however many are done with.
Index("ix_timers_due", timers.c.due_at, timers.c.id, **_only("state = 'planned'"))
Index("ix_timers_at", timers.c.at, **_only("at IS NOT NULL"))

outbox = Table(
    "outbox", metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE"), index=True),
    Column("channel", Text, nullable=False),
    Column("address_hash", LargeBinary, nullable=False),
    Column("mark", LargeBinary, nullable=False),  # random: what the payload is sealed for, with the address
    Column("own_key", LargeBinary),  # where there is no chat: the key of this row alone
    Column("kind", Text, nullable=False),
    Column("reply", Boolean, nullable=False),
    Column("payload", LargeBinary, nullable=False),  # sealed with the citizen's draft key or the row's own
    Column("created_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("progress", Integer, nullable=False),  # pieces of a long message that have been sent already
    Column("error_kind", Text),
    Column("timer_id", Integer, ForeignKey("timers.id", ondelete="SET NULL")),
    Index(None, "address_hash", "id"),
    Index(None, "not_before"),
    sqlite_autoincrement=True,
)
# For the deletion of timers; the rows without one are not in it.
Index("ix_outbox_timer_id", outbox.c.timer_id, **_only("timer_id IS NOT NULL"))

notices = Table(
    "notices", metadata,
    Column("id", Integer, primary_key=True),
    Column("caseworker_id", Text, ForeignKey("caseworkers.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    sqlite_autoincrement=True,
)

updates = Table(
    "updates", metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("set_aside_kind", Text),
    Column("set_aside_error", Text),
    sqlite_with_rowid=False,
)

figures = Table(  # of groups, as they were given; nothing of a citizen's
    "figures", metadata,
    Column("name", Text, primary_key=True),
    Column("path", Text, primary_key=True),  # the group's names from the top, as a JSON array
    Column("until", Text, nullable=False),  # days, ISO
    Column("given_until", Text),
    Column("points", Integer),  # in tenths, and so is the next
    Column("percent", Integer),
)

events = Table(  # outlives the citizen's row, so that an erasure can be shown to have happened
    "events", metadata,
    Column("id", Integer, primary_key=True),
    Column("citizen_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
