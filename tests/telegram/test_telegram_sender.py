"""The sender against an outbox in memory and a line without a network: order, pace, failures, crashes."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from afsaet.channels.telegram.errors import UnreachableError
from afsaet.channels.telegram.sender import Sender
from afsaet.flows.message import Button, Message
from tests.fake_telegram.limits import Limits
from tests.telegram.doubles import FakeClock, MemoryLine, MemoryOutbox, idle


class Office:
    """A sender at work, with its outbox, line and clock; `crash` and `start` as often as wanted."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.outbox = MemoryOutbox(self.clock)
        self.line = MemoryLine()
        self.sender: Sender
        self._task: asyncio.Task[None] | None = None

    async def start(self, **options: float) -> None:
        self.sender = Sender(self.outbox, self.line, clock=self.clock, **options)  # type: ignore[arg-type]
        self._task = asyncio.create_task(self.sender.run())
        await idle()

    async def crash(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def nudged(self) -> None:
        self.sender.nudge()
        await idle()


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    yield office
    await office.crash()


async def test_messages_of_a_chat_leave_in_order_and_are_noted(office: Office) -> None:
    for text in ("en", "to", "tre"):
        office.outbox.put(1, text)
    await office.start()

    assert office.line.texts(1) == ["en", "to", "tre"]
    assert office.outbox.log == [("done", (1,), 1), ("done", (2,), 2), ("done", (3,), 3)]
    assert office.outbox.rows == []


async def test_a_message_waits_until_the_one_before_it_is_noted(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.put(1, "to")
    office.outbox.gates["done"] = asyncio.Event()
    await office.start()
    await office.nudged()

    assert office.line.texts(1) == ["en"]
    office.outbox.gates["done"].set()
    await idle()
    assert office.line.texts(1) == ["en", "to"]


async def test_a_slow_chat_keeps_nobody_else_waiting(office: Office) -> None:
    office.line.gates[1] = asyncio.Event()
    for chat in (1, 1, 2, 3):
        office.outbox.put(chat, "hej")
    await office.start()

    assert office.line.calls == [("send", 1, "hej"), ("send", 2, "hej"), ("send", 3, "hej")]


async def test_so_many_chats_are_served_at_a_time_and_no_more(office: Office) -> None:
    for chat in range(20):
        office.line.gates[chat] = asyncio.Event()
        office.outbox.put(chat, "hej")
    await office.start(concurrency=4)

    assert office.line.most_under_way == 4
    for gate in office.line.gates.values():
        gate.set()
    await office.clock.advance(1)
    assert len(office.line.calls) == 20
    assert office.line.most_under_way == 4


async def test_an_edit_is_noted_together_with_the_message_that_follows(office: Office) -> None:
    question = Message("Hjælp", "Hvad vil du?", rows=((Button("Ja", "ja"),),)).to_json()
    office.outbox.put(1, kind="edit", ref="7", message=question, answer="Ja")
    office.outbox.put(1, "Næste spørgsmål")
    await office.start()

    assert office.line.calls == [("edit", 1, "<b>Hvad vil du?</b>\n\n✓ Ja"), ("send", 1, "Næste spørgsmål")]
    assert office.outbox.log == [("done", (1, 2), 1)]


async def test_of_several_edits_of_a_message_in_a_row_only_the_last_goes_out(office: Office) -> None:
    for text, ref in (("a", 7), ("b", 7), ("c", 7), ("andet", 8), ("d", 7)):
        office.outbox.put(1, text, kind="edit", ref=ref)
    await office.start()
    assert [text for _kind, _chat, text in office.line.calls] == ["c", "andet", "d"]
    assert office.outbox.rows == []


async def test_an_edit_and_a_deletion_alone_are_noted_too(office: Office) -> None:
    office.outbox.put(1, "Ny liste", kind="edit", ref=7)
    office.outbox.put(1, kind="delete", ref=8)
    await office.start()

    assert office.line.calls == [("edit", 1, "Ny liste"), ("delete", 1, "8")]
    assert office.outbox.log == [("done", (1, 2), None)]


async def test_an_edit_whose_message_has_to_wait_is_noted_before(office: Office) -> None:
    office.outbox.put(1, "x", kind="edit", ref=7)
    office.outbox.put(1, "svar")
    office.line.before = lambda kind, address: office.line.errors[1].append(TimedOut()) if kind == "send" else None
    await office.start()

    assert office.outbox.log == [("done", (1,), None), ("postpone", 2, 1.0)]


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


async def test_a_turns_messages_leave_without_asking_the_outbox_again(office: Office) -> None:
    await office.start()
    asked = office.outbox.asked
    office.sender.offer([office.outbox.put(1, "en"), office.outbox.put(1, "to")])
    await idle()

    assert office.line.texts(1) == ["en", "to"]
    assert office.outbox.asked == asked


async def test_what_is_offered_does_not_overtake_what_waits_in_the_outbox(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "en")
    await office.start()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()
    assert office.line.texts(1) == ["en"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]


async def test_what_is_offered_after_a_restart_does_not_overtake_what_was_postponed_before(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "en")
    await office.start()
    await office.crash()
    await office.start()
    office.sender.offer([office.outbox.put(1, "to"), office.outbox.put(2, "hej")])
    await idle()
    assert office.line.texts() == ["en", "hej"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]


async def test_a_reply_may_go_past_a_postponed_message_if_the_outbox_gives_it(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "påmindelse", reply=False)
    await office.start()
    reply = office.outbox.put(1, "svar")
    office.outbox.give_anyway = [reply]
    office.sender.offer([reply])
    await idle()

    assert office.line.texts(1) == ["påmindelse", "svar"]
    await office.clock.advance(3)
    assert office.line.texts(1) == ["påmindelse", "svar", "påmindelse"]
    assert office.outbox.rows == []


async def test_what_is_offered_does_not_overtake_what_was_just_nudged(office: Office) -> None:
    await office.start()
    office.outbox.put(1, "en")
    office.sender.nudge()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()

    assert office.line.texts(1) == ["en", "to"]


@pytest.mark.parametrize("reading", [False, True])
async def test_what_is_offered_to_a_busy_chat_does_not_overtake_what_was_just_nudged(
    office: Office, reading: bool
) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.outbox.gates["due"] = asyncio.Event()
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.put(1, "to")
    office.sender.nudge()
    if reading:
        await idle()
    office.sender.offer([office.outbox.put(1, "tre")])
    office.line.gates[1].set()
    await idle()
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en", "to", "tre"]


async def test_what_is_offered_while_the_outbox_is_being_read_is_not_forgotten(office: Office) -> None:
    await office.start()
    office.outbox.gates["due"] = asyncio.Event()
    office.outbox.put(1, "en")
    await office.nudged()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en", "to"]


async def test_an_older_message_that_turns_up_late_does_not_disturb_the_one_on_its_way(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.outbox.put(1, "fra en anden proces")
    office.sender.offer([office.outbox.put(1, "svar")])
    await idle()
    await office.nudged()
    office.line.gates[1].set()
    await idle()

    assert office.line.texts(1) == ["svar", "fra en anden proces"]
    assert office.outbox.rows == []


async def test_nothing_new_begins_while_the_outbox_is_away(office: Office) -> None:
    for number in range(7):
        office.outbox.put(1, str(number))
    await office.start()
    office.outbox.trouble["due"] = 2
    await office.nudged()
    await office.clock.advance(2.9)
    assert len(office.line.calls) == 5

    await office.clock.advance(3)
    assert len(office.line.calls) == 7


async def test_replies_are_served_first_when_there_is_room_for_one_chat_only(office: Office) -> None:
    office.outbox.put(1, "påmindelse", reply=False)
    office.outbox.put(2, "svar")
    await office.start(concurrency=1)

    assert office.line.texts() == ["svar", "påmindelse"]


async def test_what_is_offered_and_read_is_sent_once(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    item = office.outbox.put(1, "en")
    office.sender.offer([item])
    office.sender.nudge()
    await idle()
    office.sender.offer([item])
    office.line.gates[1].set()
    await idle()

    assert office.line.texts(1) == ["en"]


async def test_what_is_noted_while_the_outbox_is_being_read_is_not_sent_again(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.gates["due"] = asyncio.Event()
    await office.nudged()
    office.line.gates[1].set()
    await idle()
    assert office.outbox.rows == []
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en"]


async def test_what_follows_a_message_postponed_while_the_outbox_is_being_read_waits_too(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.line.errors[1] = [TimedOut()]
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.gates["due"] = asyncio.Event()
    office.outbox.put(1, "to")
    await office.nudged()
    office.line.gates[1].set()
    await idle()
    office.outbox.gates["due"].set()
    await idle()
    assert office.line.texts(1) == ["en"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]


async def test_what_another_process_stored_is_found_without_a_nudge(office: Office) -> None:
    await office.start(every=2)
    office.outbox.put(1, "fra kommandolinjen")
    await office.clock.advance(2)

    assert office.line.texts(1) == ["fra kommandolinjen"]


async def test_an_idle_sender_asks_seldom(office: Office) -> None:
    await office.start(every=2)
    await office.clock.advance(60)

    assert office.outbox.asked == 31


async def test_more_than_a_batch_is_sent_in_order_and_all_of_it(office: Office) -> None:
    for number in range(300):
        office.outbox.put(number % 60, str(number))
    await office.start(batch=20, every=1000)
    await office.clock.advance(60)

    assert office.outbox.rows == []
    for chat in range(60):
        assert office.line.texts(chat) == [str(number) for number in range(chat, 300, 60)]


async def test_a_reply_goes_before_a_mass_sending_that_does_not_fit_in_memory(office: Office) -> None:
    for chat in range(500):
        office.outbox.put(chat, "påmindelse", reply=False)
    await office.start(batch=50)
    await office.clock.advance(2)
    sent = len(office.line.calls)
    assert sent < 120
    office.sender.offer([office.outbox.put(9999, "svar")])
    await idle()

    assert office.line.texts(9999) == ["svar"]
    assert len(office.line.calls) == sent + 1


async def test_a_reply_behind_an_unasked_message_of_its_chat_takes_it_along(office: Office) -> None:
    for chat in range(100):
        office.outbox.put(chat, "påmindelse", reply=False)
    await office.start()
    assert office.line.texts(99) == []
    office.sender.offer([office.outbox.put(99, "svar")])
    await idle()

    assert office.line.texts(99) == ["påmindelse", "svar"]


async def test_a_burst_of_replies_is_followed_by_one_a_second(office: Office) -> None:
    for number in range(9):
        office.outbox.put(1, str(number))
    await office.start()
    assert len(office.line.calls) == 5

    await office.clock.advance(1.1)
    assert len(office.line.calls) == 6
    await office.clock.advance(3.3)
    assert len(office.line.calls) == 9


async def test_telegrams_limits_are_never_met_by_a_mass_sending(office: Office) -> None:
    limits = Limits(office.clock.time)

    def check(kind: str, address: int) -> None:
        if wait := limits.broken_for(address, kind == "send"):
            raise RetryAfter(wait)

    office.line.before = check
    for number in range(600):
        office.outbox.put(number % 150, "hej", reply=number % 3 == 0)
        office.outbox.put(number % 150, "hej", kind="edit", ref=1)
    await office.start()
    await office.clock.advance(120)

    assert office.outbox.rows == []
    assert all(entry[0] == "done" for entry in office.outbox.log)


async def test_stopping_lets_what_is_under_way_be_noted_and_begins_nothing_new(office: Office) -> None:
    office.line.gates[1] = asyncio.Event()
    for text in ("en", "to"):
        office.outbox.put(1, text)
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    await idle()
    assert not task.done()
    office.line.gates[1].set()
    await task

    assert office.line.texts(1) == ["en"]
    assert [row.payload["message"] for row in office.outbox.rows] == [{"text": "to"}]


async def test_what_was_being_read_when_it_was_stopped_is_left_for_the_next_run(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.gates["due"] = asyncio.Event()
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    office.outbox.gates["due"].set()
    await task

    assert office.line.calls == []


async def test_stopping_does_not_wait_for_a_database_that_is_away(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.trouble["done"] = 100
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    await asyncio.wait_for(task, 20)

    assert len(office.outbox.rows) == 1


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
