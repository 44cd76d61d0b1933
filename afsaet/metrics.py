"""What may be counted: how much and how fast, never who or what."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("afsaet_updates_total", "Updates from a channel, by what became of them", ["outcome"])
TURN_SECONDS = Histogram("afsaet_turn_seconds", "Seconds from an update to its commit")
MESSAGES = Counter("afsaet_messages_total", "Messages to a channel, by what became of them", ["outcome"])
TIMERS_DUE = Gauge("afsaet_timers_due", "Timers whose time has come and that have not been dealt with")
