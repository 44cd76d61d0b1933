"""The store: what is kept, sealed, in SQLite or PostgreSQL.

`Database.open()` gives a database; `with database.write() as tx:` is one transaction. The modules named
after what they keep (`citizens`, `invitations`, `chats`, `conversations`, `versions`, `tasks`, `meetings`,
`places`, `own_tasks`, `rounds`, `measure_cards`, `timers`, `outbox`, `notices`, `updates`, `consents`, `events`,
`caseworkers`) hold functions that take `tx` first. Content goes in and comes out as JSON-able values, or as those of
`afsaet.meetings` and `afsaet.measures`; the store seals it and does not decide by what it means.
"""
