"""The sender against an outbox in memory and a line without a network: failures, limits and crashes: what waits, what is given up, and what is tried again."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from afsaet.channels.telegram.errors import UnreachableError
from tests.telegram.doubles import idle
from tests.telegram.office import Office


async def test_a_crash_between_telegrams_yes_and_our_note_repeats_one_message_a_chat(office: Office) -> None:
    for chat in (1, 2, 3):
        for text in ("en", "to", "tre"):
            office.outbox.put(chat, text)
    office.outbox.gates["done"] = asyncio.Event()
    await office.start()
    await office.crash()
    office.outbox.gates.clear()
    await office.start()
    await office.clock.advance(10)

    for chat in (1, 2, 3):
        assert office.line.texts(chat) == ["en", "en", "to", "tre"]
    assert office.outbox.rows == []


async def test_a_crash_in_a_long_message_repeats_one_piece(office: Office) -> None:
    office.outbox.put(1, "\n\n".join(letter * 3000 for letter in "abcd"))
    await office.start()
    assert [text[0] for text in office.line.texts(1)] == ["a", "b", "c", "d"]
    assert office.outbox.log == [("progress", 1, 1), ("progress", 1, 2), ("progress", 1, 3), ("done", (1,), 4)]

    office.outbox.put(2, "\n\n".join(letter * 3000 for letter in "abcd"))
    crashed = Counter[str]()

    def crash_after_second(kind: str, address: int) -> None:
        crashed["calls"] += 1
        if crashed["calls"] == 2:
            office.outbox.gates["progress"] = asyncio.Event()

    office.line.before = crash_after_second
    await office.nudged()
    await office.crash()
    office.outbox.gates.clear()
    await office.start()

    assert [text[0] for text in office.line.texts(2)] == ["a", "b", "b", "c", "d"]


async def test_a_passing_failure_holds_its_chat_only_and_is_tried_again_later_and_later(office: Office) -> None:
    office.line.errors[1] = [NetworkError("Bad Gateway"), TimedOut(), NetworkError("Bad Gateway")]
    for chat, text in ((1, "en"), (1, "to"), (2, "hej")):
        office.outbox.put(chat, text)
    await office.start()
    assert office.line.calls == [("send", 1, "en"), ("send", 2, "hej")]

    await office.clock.advance(30)
    assert office.line.texts(1) == ["en", "en", "en", "en", "to"]
    assert [entry for entry in office.outbox.log if entry[0] == "postpone"] == [
        ("postpone", 1, 1.0), ("postpone", 1, 2.0), ("postpone", 1, 4.0)]  # fmt: skip


async def test_a_chat_that_worked_again_starts_over_with_short_waits(office: Office) -> None:
    office.line.errors[1] = [TimedOut(), TimedOut()]
    for text in ("en", "to", "tre"):
        office.outbox.put(1, text)
    await office.start()
    await office.clock.advance(1)

    def fail_the_second(kind: str, address: int) -> None:
        if office.line.texts(1) == ["en", "en", "en"]:
            office.line.errors[1] = [TimedOut()]

    office.line.before = fail_the_second
    await office.clock.advance(30)

    assert [entry for entry in office.outbox.log if entry[0] == "postpone"] == [
        ("postpone", 1, 1.0), ("postpone", 1, 2.0), ("postpone", 2, 1.0)]  # fmt: skip


async def test_a_failure_that_never_ends_is_tried_every_other_minute(office: Office) -> None:
    office.line.errors[1] = [NetworkError("Bad Gateway")] * 1000
    office.outbox.put(1, "en")
    await office.start()
    await office.clock.advance(3600)

    assert 28 <= len(office.line.calls) <= 38


async def test_a_limit_on_one_chat_holds_that_chat_for_as_long_as_told(office: Office) -> None:
    office.line.errors[1] = [RetryAfter(40)]
    for chat in (1, 2):
        office.outbox.put(chat, "hej")
    await office.start()
    await office.clock.advance(39)
    assert office.line.calls == [("send", 1, "hej"), ("send", 2, "hej")]

    await office.clock.advance(2)
    assert office.line.calls[2:] == [("send", 1, "hej")]
    assert office.outbox.rows == []


async def test_a_limit_on_many_chats_holds_all(office: Office) -> None:
    for chat in (1, 2, 3):
        office.line.errors[chat] = [RetryAfter(40)]
        office.outbox.put(chat, "hej")
    await office.start()
    office.outbox.put(4, "hej")
    await office.nudged()
    await office.clock.advance(39)
    assert office.line.texts(4) == []

    await office.clock.advance(5)
    assert office.outbox.rows == []


async def test_a_refused_message_is_given_up_and_the_next_one_goes(office: Office) -> None:
    office.line.errors[1] = [BadRequest("Message is too long")]
    office.outbox.put(1, "en")
    office.outbox.put(1, "to")
    await office.start()

    assert office.outbox.log == [("failed", 1, False), ("done", (2,), 1)]


async def test_nothing_more_is_sent_to_someone_who_blocked_the_bot(office: Office) -> None:
    office.line.errors[1] = [Forbidden("Forbidden: bot was blocked by the user")]
    for chat, text in ((1, "en"), (1, "to"), (2, "hej")):
        office.outbox.put(chat, text)
    await office.start()
    await office.clock.advance(100)

    assert office.line.calls == [("send", 1, "en"), ("send", 2, "hej")]
    assert ("failed", 1, True) in office.outbox.log


async def test_one_who_comes_back_is_written_to_again(office: Office) -> None:
    office.line.errors[1] = [Forbidden("Forbidden: bot was blocked by the user")]
    office.outbox.put(1, "en")
    await office.start()
    office.sender.offer([office.outbox.put(1, "velkommen tilbage")])
    await idle()

    assert office.line.texts(1) == ["en", "velkommen tilbage"]


async def test_a_wish_already_fulfilled_counts_as_done(office: Office) -> None:
    office.line.errors[1] = [BadRequest("Bad Request: message is not modified: specified new message content …")]
    office.outbox.put(1, "x", kind="edit", ref=3)
    office.outbox.put(1, "næste")
    await office.start()

    assert office.outbox.log == [("done", (1, 2), 1)]


@pytest.mark.parametrize("payload", [{"message": {}, "ask": 1}, {"message": {"text": "x", "rows": 7}}, {"message": 5}])
async def test_a_malformed_item_stops_nobody(office: Office, payload: dict[str, object]) -> None:
    office.outbox.put(1, **payload)
    office.outbox.put(1, "to")
    office.outbox.put(2, "hej")
    await office.start()

    assert office.line.calls == [("send", 2, "hej"), ("send", 1, "to")]
    assert ("failed", 1, False) in office.outbox.log


async def test_while_there_is_no_way_to_telegram_one_message_at_a_time_tries(office: Office) -> None:
    down = True

    def fail(kind: str, address: int) -> None:
        if down:
            raise UnreachableError("ConnectError")

    office.line.before = fail
    attempts = Counter[int]()
    office.line.before = lambda kind, address: (attempts.update([int(office.clock.now)]), fail(kind, address))  # type: ignore[func-returns-value]
    for chat in range(50):
        office.outbox.put(chat, "hej")
    await office.start()
    assert sum(attempts.values()) == 16  # those that were under way when it began
    attempts.clear()
    await office.clock.advance(1.1)
    assert sum(attempts.values()) == 1  # they count as one failure
    asked = office.outbox.asked
    await office.clock.advance(600)

    assert sum(attempts.values()) < 20
    assert max(attempts.values()) == 1
    assert office.outbox.asked - asked < 20
    assert office.outbox.log == []
    down = False
    await office.clock.advance(70)
    assert office.outbox.rows == []
    assert Counter(office.line.texts()) == {"hej": 50}
    for chat in (1, 2):
        office.line.gates[chat] = asyncio.Event()
        office.outbox.put(chat, "igen")
    await office.nudged()
    assert office.line.under_way == 2


async def test_a_refused_token_is_tried_again_but_not_often(office: Office) -> None:
    office.line.errors[1] = [InvalidToken("Unauthorized 123:token")] * 2
    office.outbox.put(1, "hej")
    with capture_logs() as logs:
        await office.start()
        await office.clock.advance(299)
        assert len(office.line.calls) == 1

        await office.clock.advance(302)
    assert office.outbox.rows == []
    assert [entry["log_level"] for entry in logs if "token" in entry["event"]] == ["error", "error"]
    assert "123:token" not in str(logs)


async def test_an_outbox_that_cannot_be_read_is_asked_again_later_and_later(office: Office) -> None:
    office.outbox.trouble["due"] = 4
    office.outbox.put(1, "hej")
    await office.start()
    await office.nudged()
    assert office.outbox.asked == 1

    await office.clock.advance(16)
    assert office.outbox.asked >= 5
    assert office.line.texts(1) == ["hej"]


@pytest.mark.parametrize("method", ["done", "progress", "failed", "postpone"])
async def test_what_could_not_be_noted_is_noted_later_and_not_sent_again(office: Office, method: str) -> None:
    text = "\n\n".join(letter * 3000 for letter in "ab") if method == "progress" else "hej"
    if method == "failed":
        office.line.errors[1] = [BadRequest("Message is too long")]
    if method == "postpone":
        office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, text)
    office.outbox.put(1, "to")
    office.outbox.trouble[method] = 3
    await office.start()
    await office.nudged()
    assert len(office.line.calls) == 1

    await office.clock.advance(60)
    assert office.outbox.rows == []
    expected = {"done": "ht", "progress": "abt", "failed": "ht", "postpone": "hht"}
    assert "".join(text[0] for text in office.line.texts(1)) == expected[method]


@pytest.mark.parametrize("seed", range(25))
async def test_through_any_failures_and_crashes_everything_arrives_in_order(
    office: Office, seed: int
) -> None:
    rng = random.Random(seed)
    makers: list[Callable[[], Exception]] = [
        TimedOut, lambda: NetworkError("Bad Gateway"), lambda: RetryAfter(3), lambda: UnreachableError("ConnectError"),
    ]  # fmt: skip
    arrived: list[tuple[int, str]] = []
    send = office.line.send

    async def unsure(address: int, out: object) -> int:
        if rng.random() < 0.1:
            raise rng.choice(makers)()
        number = await send(address, out)  # type: ignore[arg-type]
        arrived.append((address, office.line.calls[-1][2]))
        return number

    office.line.send = unsure  # type: ignore[method-assign]
    crashes = 0
    for number in range(40):
        item = office.outbox.put(number % 4, f"nr. {number}", reply=rng.random() < 0.5)
        if number % 10 == 0:
            await office.crash()
            crashes += 1
            for method in ("due", "done", "postpone"):
                office.outbox.trouble[method] = rng.randrange(2)
            await office.start()
        elif rng.random() < 0.5:
            office.sender.offer([item])
        else:
            office.sender.nudge()
        if rng.random() < 0.3:
            await office.clock.advance(rng.random())
    await office.clock.advance(600)

    assert office.outbox.rows == []
    for chat in range(4):
        texts = [text for address, text in arrived if address == chat]
        assert list(dict.fromkeys(texts)) == [f"nr. {number}" for number in range(chat, 40, 4)]
        assert len(texts) - len(set(texts)) <= crashes
