"""The fake server as a process of its own: `python -m tests.fake_telegram --port 8081`.

Prints its address, and reads people's doings from standard input, one JSON object a line:
`{"person": "Kirsten", "does": "says", "with": ["/start"]}`; `"does": "screen"` prints the chat.
Each line is answered by one line of JSON. It ends with its input.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tests.fake_telegram.people import Person
from tests.fake_telegram.server import TOKEN, FakeTelegram

DOINGS = {"says", "starts", "taps", "edits", "presses", "blocks", "unblocks", "sends_sticker", "sends_photo",
          "sends_voice"}  # fmt: skip


def obey(people: dict[str, Person], server: FakeTelegram, line: str) -> dict[str, Any]:
    """Carries out one line and says what came of it."""
    order = json.loads(line)
    person = people.get(order["person"]) or server.person(order["person"])
    people[order["person"]] = person
    if order["does"] == "screen":
        return {"screen": [{"id": s.id, "bot": s.by_bot, "text": s.text, "rows": s.rows} for s in person.screen]}
    if order["does"] not in DOINGS:
        return {"error": f"nobody can {order['does']}"}
    try:
        return {"update": getattr(person, order["does"])(*order.get("with", []))}
    except AssertionError as error:
        return {"error": str(error)}


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake Telegram Bot API server on loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    chosen = parser.parse_args()
    people: dict[str, Person] = {}
    with FakeTelegram(chosen.token, chosen.port) as server:
        print(json.dumps({"url": server.url, "token": server.token}), flush=True)
        for line in sys.stdin:
            print(json.dumps(obey(people, server, line), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
