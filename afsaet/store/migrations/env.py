"""Alembic's entry. The connection is handed over by `afsaet.store.schema`, with its transaction open."""

from __future__ import annotations

from alembic import context

from afsaet.store.schema import VERSION_TABLE
from afsaet.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
