"""The sender over HTTP, when Telegram or the way to it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs

from afsaet.channels.telegram.sender import Sender
from afsaet.channels.telegram.transport import Transport
from afsaet.flows.message import Button, Message
from tests.fake_telegram import FakeTelegram, Person
from tests.telegram.doubles import PATIENCE, FakeClock, MemoryOutbox, idle


class Office:
    """A sender whose outbox is in memory and whose Telegram is the fake server."""

    def __init__(self, telegram: FakeTelegram, line: Transport) -> None:
        self.telegram = telegram
        self.line = line
        self.clock = FakeClock()
        self.outbox = MemoryOutbox(self.clock)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> Sender:
        sender = Sender(self.outbox, self.line, clock=self.clock)
        self._task = asyncio.create_task(sender.run())
        return sender

    async def crash(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def noted(self, what: str, times: int = 1) -> None:
        """Waits until the outbox has been told so often; then lets the sender look at its clock."""
        await self.outbox.until(lambda box: [entry[0] for entry in box.log].count(what) >= times)
        await idle()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what the sender does, which answers it over HTTP; its clock stands."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await idle()

    async def emptied(self) -> None:
        await self.outbox.until(lambda box: not box.rows)


@pytest.fixture
async def office(telegram: FakeTelegram, line: Transport) -> AsyncIterator[Office]:
    office = Office(telegram, line)
    yield office
    await office.crash()


@pytest.fixture
def kirsten(telegram: FakeTelegram) -> Person:
    person = telegram.person("Kirsten")
    person.starts()
    return person


@pytest.fixture
def anders(telegram: FakeTelegram) -> Person:
    person = telegram.person("Anders")
    person.starts()
    return person


def said(person: Person) -> list[str]:
    return [seen.text for seen in person.from_bot]


async def test_a_long_question_arrives_in_pieces_with_its_buttons_last(office: Office, kirsten: Person) -> None:
    rows = ((Button("Ja", "ja"),), (Button("Nej", "nej"),))
    office.outbox.put(kirsten.id, message=Message("En sætning til. " * 600, "Vil du?", rows=rows).to_json(), ask=4)
    office.start()
    await office.emptied()

    assert len(said(kirsten)) == 3
    assert [seen.buttons for seen in kirsten.from_bot] == [(), (), ("Ja", "Nej")]
    kirsten.taps("nej")
    [*_, tap] = await office.line.updates(None, 5, ())
    assert tap["callback_query"]["data"] == "4:nej"


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_server_that_fails_is_tried_again(office: Office, kirsten: Person, status: int) -> None:
    office.telegram.fail("sendMessage", status, times=2)
    office.outbox.put(kirsten.id, "hej")
    office.start()
    await office.noted("postpone", 1)
    await office.clock.advance(1)
    await office.noted("postpone", 2)
    await office.clock.advance(2)
    await office.emptied()

    assert said(kirsten) == ["hej"]


@pytest.mark.parametrize("live", [True, False])
async def test_a_question_whose_message_is_gone_comes_anew(office: Office, kirsten: Person, live: bool) -> None:
    """They had deleted it; what they write from now on would be taken for an answer to what they cannot see."""
    message = Message("Hvad vil du?", rows=((Button("Ja", "ja"),),)).to_json()
    office.outbox.put(kirsten.id, kind="edit", message=message, ref="999", live=live)
    office.start()
    await office.emptied()

    assert said(kirsten) == (["Hvad vil du?"] if live else [])
    [(_done, _ids, sent)] = office.outbox.log
    assert sent == (kirsten.last.id if live else None)


async def test_a_connection_cut_before_telegram_took_the_message_loses_and_repeats_nothing(
    office: Office, kirsten: Person
) -> None:
    office.telegram.drop("sendMessage", "before")
    office.outbox.put(kirsten.id, "en")
    office.outbox.put(kirsten.id, "to")
    office.start()
    await office.noted("postpone")
    await office.clock.advance(1)
    await office.emptied()

    assert said(kirsten) == ["en", "to"]


async def test_a_connection_cut_after_telegram_took_the_message_repeats_that_one_only(
    office: Office, kirsten: Person
) -> None:
    office.telegram.drop("sendMessage", "after")
    office.outbox.put(kirsten.id, "en")
    office.outbox.put(kirsten.id, "to")
    office.start()
    await office.noted("postpone")
    await office.clock.advance(1)
    await office.emptied()

    assert said(kirsten) == ["en", "en", "to"]


async def test_a_limit_on_one_person_keeps_nobody_else_waiting(
    office: Office, kirsten: Person, anders: Person
) -> None:
    office.telegram.fail("sendMessage", 429, retry_after=60, chat=kirsten.id)
    for person in (kirsten, anders):
        office.outbox.put(person.id, "hej")
    office.start()
    await office.noted("done")
    await office.noted("postpone")
    assert (said(kirsten), said(anders)) == ([], ["hej"])
    assert ("postpone", 1, 60.0) in office.outbox.log

    await office.clock.advance(61)
    await office.emptied()
    assert said(kirsten) == ["hej"]


async def test_one_who_blocked_the_bot_is_noted_as_out_of_reach(
    office: Office, kirsten: Person, anders: Person
) -> None:
    kirsten.blocks()
    for text in ("en", "to"):
        office.outbox.put(kirsten.id, text)
    office.outbox.put(anders.id, "hej")
    office.start()
    await office.emptied()

    assert sorted(office.outbox.log) == [("done", (3,), 3), ("failed", 1, True)]
    assert said(kirsten) == []


async def test_one_who_never_started_the_bot_is_noted_as_out_of_reach(office: Office) -> None:
    office.outbox.put(office.telegram.person().id, "hej")
    office.start()
    await office.emptied()

    assert office.outbox.log == [("failed", 1, True)]


async def test_an_edit_twice_or_of_a_message_that_is_gone_counts_as_done(office: Office, kirsten: Person) -> None:
    office.outbox.put(kirsten.id, "spørgsmål")
    office.start()
    await office.emptied()
    ref = kirsten.last.id
    for _ in range(2):
        office.outbox.put(kirsten.id, kind="edit", ref=ref, message=Message(lead="Vil du?").to_json(), answer="Ja")
        await office.clock.advance(2)
        await office.emptied()
    for _ in range(2):
        office.outbox.put(kirsten.id, kind="delete", ref=ref)
    office.outbox.put(kirsten.id, "rettet", kind="edit", ref=ref)
    office.outbox.put(kirsten.id, "næste")
    await office.clock.advance(2)
    await office.emptied()

    assert said(kirsten) == ["næste"]
    assert [call.status for call in office.telegram.calls_to("editMessageText")] == [200, 400, 400]
    assert [call.status for call in office.telegram.calls_to("deleteMessage")] == [200, 400]


async def test_a_crash_while_telegram_is_answering_repeats_at_most_that_message(
    office: Office, kirsten: Person
) -> None:
    hold = office.telegram.hold("sendMessage")
    office.outbox.put(kirsten.id, "en")
    office.outbox.put(kirsten.id, "to")
    office.start()
    await hold.is_reached()
    await office.crash()
    hold.release()
    office.start()
    await office.emptied()

    assert said(kirsten) == ["en", "en", "to"]


async def test_a_telegram_that_comes_back_gets_everything_in_order(kirsten: Person, office: Office) -> None:
    office.telegram.stop()
    async with Transport(office.telegram.token, office.telegram.url) as line:
        office.line = line
        for text in ("en", "to"):
            office.outbox.put(kirsten.id, text)
        office.start()
        await office.clock.advance(5)
        assert office.outbox.log == []

        with FakeTelegram(port=office.telegram.port) as again:
            known = again.person("Kirsten", user_id=kirsten.id)
            known.starts()
            async with asyncio.timeout(PATIENCE):
                while office.outbox.rows:
                    await office.clock.advance(30)
            assert said(known) == ["en", "to"]
        await office.crash()


async def test_what_is_taken_back_while_telegram_is_away_does_not_go_out(
    kirsten: Person, anders: Person, office: Office
) -> None:
    """Whether it was tried when the outage began, waited behind that, or came during it."""
    office.telegram.stop()
    async with Transport(office.telegram.token, office.telegram.url) as line:
        office.line = line
        for person in (kirsten, anders):
            for text in ("tried, and taken back", "waits, and taken back", "stays"):
                office.outbox.put(person.id, text, reply=False)
        with capture_logs() as logs:
            sender = office.start()
            await office.until(lambda: any("cannot be reached" in entry["event"] for entry in logs))
        late = office.outbox.put(anders.id, "during it, and taken back", reply=False)
        sender.offer([late])
        office.outbox.rows = [row for row in office.outbox.rows if "taken back" not in str(row.payload)]

        with FakeTelegram(port=office.telegram.port) as again:
            known = [again.person(user_id=person.id) for person in (kirsten, anders)]
            for person in known:
                person.starts()
            async with asyncio.timeout(PATIENCE):
                while office.outbox.rows:
                    await office.clock.advance(30)
            assert [said(person) for person in known] == [["stays"], ["stays"]]
        await office.crash()


async def test_what_is_taken_back_while_the_first_message_after_an_outage_is_on_its_way_does_not_go_out(
    kirsten: Person, anders: Person, office: Office
) -> None:
    office.telegram.stop()
    async with Transport(office.telegram.token, office.telegram.url) as line:
        office.line = line
        office.outbox.put(kirsten.id, "stays", reply=False)
        office.outbox.put(kirsten.id, "taken back", reply=False)
        office.outbox.put(anders.id, "taken back", reply=False)
        with capture_logs() as logs:
            office.start()
            await office.until(lambda: any("cannot be reached" in entry["event"] for entry in logs))

        with FakeTelegram(port=office.telegram.port) as again:
            known = [again.person(user_id=person.id) for person in (kirsten, anders)]
            for person in known:
                person.starts()
            hold = again.hold("sendMessage")
            await office.clock.advance(120)
            await hold.is_reached()
            office.outbox.rows = [row for row in office.outbox.rows if "taken back" not in str(row.payload)]
            hold.release()
            async with asyncio.timeout(PATIENCE):
                while office.outbox.rows:
                    await office.clock.advance(1)
            await office.clock.advance(30)
            assert [said(person) for person in known] == [["stays"], []]
        await office.crash()


async def test_a_refused_token_keeps_nothing_that_is_taken_back(office: Office, kirsten: Person) -> None:
    office.telegram.fail("sendMessage", 401)
    office.outbox.put(kirsten.id, "taken back", reply=False)
    office.outbox.put(kirsten.id, "stays", reply=False)
    with capture_logs() as logs:
        office.start()
        await office.until(lambda: any("token" in entry["event"] for entry in logs))
    office.outbox.rows = office.outbox.rows[1:]
    async with asyncio.timeout(PATIENCE):
        while office.outbox.rows:
            await office.clock.advance(300)
    assert said(kirsten) == ["stays"]


async def test_what_is_taken_back_while_telegram_wants_no_calls_does_not_go_out(
    telegram: FakeTelegram, office: Office
) -> None:
    """Three chats are told to wait; a fourth's call that was under way gets through all the same."""
    people = [telegram.person() for _number in range(5)]
    for person in people:
        person.starts()
    for person in people[:3]:
        telegram.fail("sendMessage", 429, retry_after=60, chat=person.id)
    hold = telegram.hold("sendMessage")
    office.outbox.put(people[3].id, "stays", reply=False)
    sender = office.start()
    await hold.is_reached()
    for person in people[:3]:
        office.outbox.put(person.id, "stays", reply=False)
    office.outbox.put(people[3].id, "waits, and taken back", reply=False)
    sender.nudge()
    await office.clock.advance(0.5)
    await office.noted("postpone", 3)
    hold.release()
    await office.noted("done")
    sender.offer([office.outbox.put(people[4].id, "during it, and taken back", reply=False)])
    await office.clock.advance(5)
    office.outbox.rows = [row for row in office.outbox.rows if "taken back" not in str(row.payload)]
    async with asyncio.timeout(PATIENCE):
        while office.outbox.rows:
            await office.clock.advance(30)
    assert [said(person) for person in people] == [["stays"]] * 4 + [[]]


async def test_what_is_taken_back_while_the_outbox_cannot_be_read_does_not_go_out(
    office: Office, kirsten: Person
) -> None:
    """A second message to one person waits here for its second when the database goes away."""
    for text in ("stays", "taken back"):
        office.outbox.put(kirsten.id, text, reply=False)
    sender = office.start()
    await office.noted("done")
    office.outbox.trouble["due"] = 4
    with capture_logs() as logs:
        async with asyncio.timeout(PATIENCE):
            while not any("could not be read" in entry["event"] for entry in logs):
                sender.nudge()
                await idle()
    office.outbox.rows.clear()
    await office.clock.advance(60)
    assert said(kirsten) == ["stays"]
