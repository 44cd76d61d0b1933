"""A Telegram Bot API server for tests: real HTTP on loopback, and people who write to the bot.

    with FakeTelegram() as telegram:
        kirsten = telegram.person("Kirsten")
        kirsten.says("/start")
        ...                                   # the bot under test talks to telegram.url
        kirsten.taps("Ja, jeg vil gerne prøve")
        assert "Hvad vil du helst" in kirsten.last.text

It answers as the real one does, refusals and their texts included. Nothing in it sleeps: a long poll
returns when there is something, and a held answer when it is released.
"""

from tests.fake_telegram.people import Channel, Group, Person, Seen
from tests.fake_telegram.server import FakeTelegram, Hold
from tests.fake_telegram.world import Call, RefusedError

__all__ = ["Call", "Channel", "FakeTelegram", "Group", "Hold", "Person", "RefusedError", "Seen"]
