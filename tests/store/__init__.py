"""The store, tried on SQLite and on PostgreSQL."""
