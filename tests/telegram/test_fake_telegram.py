"""The fake server does what the real one does, as far as the tests lean on it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.fake_telegram import FakeTelegram, Person

YES, NO = {"text": "✓ Ja tak", "callback_data": "1:ja"}, {"text": "Nej", "callback_data": "1:nej"}
KEYBOARD = {"inline_keyboard": [[YES, NO]]}


class Caller:
    """Calls methods with plain HTTP, so that the server is seen as any client sees it."""

    def __init__(self, telegram: FakeTelegram, client: httpx.AsyncClient) -> None:
        self._telegram = telegram
        self._client = client

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result, or (status, description) of a refusal."""
        answer = await self._client.post(f"{self._telegram.url}/bot{self._telegram.token}/{method}", json=params)
        body = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        return body["result"] if body["ok"] else (answer.status_code, body["description"])


@pytest.fixture
async def call(telegram: FakeTelegram) -> AsyncIterator[Caller]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Caller(telegram, client)


@pytest.fixture
def kirsten(telegram: FakeTelegram) -> Person:
    person = telegram.person("Kirsten")
    person.starts("kode")
    return person


async def test_python_telegram_bot_can_read_everything_people_do(telegram: FakeTelegram, kirsten: Person) -> None:
    bot = Bot(telegram.token, f"{telegram.url}/bot", request=HTTPXRequest(), get_updates_request=HTTPXRequest())
    async with bot:
        sent = await bot.send_message(kirsten.id, "<b>Hej</b>", parse_mode="HTML", reply_markup=KEYBOARD)  # type: ignore[arg-type]
        kirsten.taps("ja tak")
        kirsten.sends_sticker()
        kirsten.sends_photo("Min have")
        kirsten.sends_voice()
        kirsten.edits("Hej igen", kirsten.chat.messages[0].id)
        kirsten.says("i gruppen", telegram.group())
        telegram.channel().posts("nyt")
        await bot.delete_message(kirsten.id, sent.message_id)
        kirsten.presses("1:ja", sent.message_id)
        kirsten.blocks()
        updates = await bot.get_updates(timeout=1)

    assert [update.update_id - updates[0].update_id for update in updates] == list(range(10))
    assert updates[0].message.text == "/start kode"
    assert updates[1].callback_query.data == "1:ja"
    assert updates[2].message.sticker
    assert updates[3].message.caption == "Min have"
    assert updates[4].message.voice
    assert updates[5].edited_message.text == "Hej igen"
    assert updates[6].message.chat.type == "group"
    assert updates[7].channel_post
    assert not updates[8].callback_query.message.is_accessible
    assert updates[9].my_chat_member.new_chat_member.status == "kicked"


async def test_incoming_and_outgoing_messages_share_one_counter(call: Caller, kirsten: Person) -> None:
    first = (await call("sendMessage", chat_id=kirsten.id, text="hej"))["message_id"]
    kirsten.says("hej selv")

    assert (await call("sendMessage", chat_id=kirsten.id, text="tak"))["message_id"] == first + 2


async def test_method_names_are_read_whatever_their_case(call: Caller) -> None:
    assert (await call("GETME"))["is_bot"]
    assert await call("getMee") == (404, "Not Found: method not found")


async def test_an_offset_confirms_and_a_negative_one_forgets(call: Caller, kirsten: Person) -> None:
    ids = [kirsten.says(str(number)) for number in range(4)]

    async def got(**params: int) -> list[int]:
        return [update["update_id"] for update in await call("getUpdates", **params)]

    assert (await got())[1:] == ids
    assert await got(offset=ids[1], limit=2) == ids[1:3]
    assert await got() == ids[1:]
    assert await got(offset=-1) == ids[3:]
    assert await got() == ids[3:]
    assert await got(offset=ids[3] + 1) == []


async def test_a_long_poll_returns_as_soon_as_there_is_something(
    call: Caller, telegram: FakeTelegram, kirsten: Person
) -> None:
    offset = (await call("getUpdates"))[-1]["update_id"] + 1
    poll = asyncio.create_task(call("getUpdates", offset=offset, timeout=50))
    await telegram.until(lambda server: server.polling)
    kirsten.says("hej")

    assert [update["message"]["text"] for update in await poll] == ["hej"]


async def test_of_two_long_polls_the_older_one_is_ended(call: Caller, telegram: FakeTelegram, kirsten: Person) -> None:
    offset = (await call("getUpdates"))[-1]["update_id"] + 1
    older = asyncio.create_task(call("getUpdates", offset=offset, timeout=50))
    await telegram.until(lambda server: server.polling)
    newer = asyncio.create_task(call("getUpdates", offset=offset, timeout=50))

    assert (await older)[0] == 409
    kirsten.says("hej")
    assert len(await newer) == 1


async def test_only_the_kinds_asked_for_are_delivered(call: Caller, kirsten: Person) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    kirsten.says("hej")
    kirsten.presses("1:ja")

    assert [set(update) - {"update_id"} for update in await call("getUpdates")] == [{"message"}, {"callback_query"}]


async def test_an_update_can_come_twice_with_one_id(call: Caller, telegram: FakeTelegram, kirsten: Person) -> None:
    number = kirsten.says("hej")
    assert (await call("getUpdates", offset=number))[0]["update_id"] == number
    telegram.repeat(number)

    assert [update["update_id"] for update in await call("getUpdates", offset=number + 1)] == [number]
    assert await call("getUpdates", offset=number + 1) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>hej", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("hej</b>", "can't parse entities: Unexpected end tag at byte offset 3"),
        ("<b>hej</i>", 'can\'t parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("æ <p>hej</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 3'),
        ("5 < 6", "can't parse entities: Unclosed start tag at byte offset 2"),
        ("", "message text is empty"),
        ("<b> </b>", "text must be non-empty"),
        ("👍" * 2049, "message is too long"),
    ],
)
async def test_a_text_is_refused(call: Caller, kirsten: Person, text: str, complaint: str) -> None:
    answer = await call("sendMessage", chat_id=kirsten.id, text=text, parse_mode="HTML")

    assert answer == (400, f"Bad Request: {complaint}")


async def test_length_counts_after_entities_are_read(call: Caller, kirsten: Person) -> None:
    await call("sendMessage", chat_id=kirsten.id, text="<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")

    assert kirsten.last.bold == ("&" * 4096,)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([[{"text": "x", "callback_data": "æ" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x"}]], "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ([[{"text": "", "callback_data": "a"}]], "inline keyboard button text must be non-empty"),
        ([[{"text": "x", "callback_data": "a"}] * 9], "reply markup is too long"),
        ([[{"text": "x", "callback_data": "a"}]] * 101, "reply markup is too long"),
    ],
)
async def test_a_keyboard_is_refused(call: Caller, kirsten: Person, rows: Any, complaint: str) -> None:
    answer = await call("sendMessage", chat_id=kirsten.id, text="x", reply_markup={"inline_keyboard": rows})

    assert answer == (400, f"Bad Request: {complaint}")


async def test_an_edit_is_seen_takes_the_buttons_away_and_may_change_nothing_but_something(
    call: Caller, kirsten: Person
) -> None:
    number = (await call("sendMessage", chat_id=kirsten.id, text="Vil du?", reply_markup=KEYBOARD))["message_id"]
    assert kirsten.last.rows == (("✓ Ja tak", "Nej"),)
    same = await call("editMessageText", chat_id=kirsten.id, message_id=number, text="Vil du?", reply_markup=KEYBOARD)
    assert same[0] == 400
    assert same[1].startswith("Bad Request: message is not modified")

    await call("editMessageText", chat_id=kirsten.id, message_id=number, text="Tak")
    assert (kirsten.last.text, kirsten.last.buttons, kirsten.last.edited) == ("Tak", (), True)
    own = kirsten.chat.messages[0].id
    assert await call("editMessageText", chat_id=kirsten.id, message_id=own, text="x") == (
        400, "Bad Request: message can't be edited")  # fmt: skip
    assert await call("editMessageText", chat_id=kirsten.id, message_id=999, text="x") == (
        400, "Bad Request: message to edit not found")  # fmt: skip


async def test_buttons_can_be_changed_alone(call: Caller, kirsten: Person) -> None:
    number = (await call("sendMessage", chat_id=kirsten.id, text="Vil du?"))["message_id"]
    await call("editMessageReplyMarkup", chat_id=kirsten.id, message_id=number, reply_markup=KEYBOARD)

    assert kirsten.last.buttons == ("✓ Ja tak", "Nej")


async def test_a_deleted_message_is_gone_once(call: Caller, kirsten: Person) -> None:
    number = (await call("sendMessage", chat_id=kirsten.id, text="hej"))["message_id"]

    assert await call("deleteMessage", chat_id=kirsten.id, message_id=number) is True
    assert kirsten.from_bot == []
    assert await call("deleteMessage", chat_id=kirsten.id, message_id=number) == (
        400, "Bad Request: message to delete not found")  # fmt: skip


async def test_a_message_older_than_two_days_cannot_be_deleted() -> None:
    now = 1_700_000_000.0
    with FakeTelegram(now=lambda: now) as telegram:
        kirsten = telegram.person()
        kirsten.starts()
        async with httpx.AsyncClient(trust_env=False) as client:
            call = Caller(telegram, client)
            number = (await call("sendMessage", chat_id=kirsten.id, text="hej"))["message_id"]
            now += 48 * 3600
            assert await call("deleteMessage", chat_id=kirsten.id, message_id=number) == (
                400, "Bad Request: message can't be deleted for everyone")  # fmt: skip


async def test_only_those_who_have_started_and_not_blocked_the_bot_can_be_written_to(
    call: Caller, telegram: FakeTelegram, kirsten: Person
) -> None:
    async def told(person: Person) -> Any:
        answer = await call("sendMessage", chat_id=person.id, text="hej")
        return answer if isinstance(answer, tuple) else 200

    assert await told(telegram.person()) == (400, "Bad Request: chat not found")
    assert kirsten.blocks()
    assert await told(kirsten) == (403, "Forbidden: bot was blocked by the user")
    assert kirsten.unblocks()
    assert await told(kirsten) == 200
    kirsten.is_deactivated()
    assert await told(kirsten) == (403, "Forbidden: user is deactivated")


def test_a_tap_is_found_by_its_words_on_the_newest_message(telegram: FakeTelegram, kirsten: Person) -> None:
    with pytest.raises(AssertionError, match="no button says 'Ja tak'"):
        kirsten.taps("Ja tak")
    with httpx.Client(trust_env=False) as client:
        for _ in range(2):
            client.post(f"{telegram.url}/bot{telegram.token}/sendMessage",
                        json={"chat_id": kirsten.id, "text": "Vil du?", "reply_markup": KEYBOARD})  # fmt: skip
    newest = kirsten.last.id
    update = telegram.world.every_update[kirsten.taps("ja tak")]

    assert update.body["message"]["message_id"] == newest
    assert kirsten.spinning == 1


async def test_a_callback_that_is_not_known_is_refused(call: Caller) -> None:
    answer = await call("answerCallbackQuery", callback_query_id="1")

    assert answer == (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_enforced_limits_give_the_time_to_wait() -> None:
    now = 0.0
    with FakeTelegram() as telegram:
        telegram.enforce_limits(lambda: now)
        people = [telegram.person() for _ in range(10)]
        for person in people:
            person.starts()
        async with httpx.AsyncClient(trust_env=False) as client:
            call = Caller(telegram, client)
            answers = [await call("sendMessage", chat_id=people[0].id, text="hej") for _ in range(6)]
            assert answers[5] == (429, "Too Many Requests: retry after 1")
            overall = [await call("sendMessage", chat_id=person.id, text="hej") for person in people[1:] * 3]
            assert [type(answer) for answer in overall].index(tuple) == 25
            now = 1.0
            assert (await call("sendMessage", chat_id=people[0].id, text="hej"))["text"] == "hej"


@pytest.mark.parametrize(("when", "arrives"), [("before", []), ("after", ["hej"])])
async def test_a_connection_can_be_cut(
    call: Caller, telegram: FakeTelegram, kirsten: Person, when: Any, arrives: list[str]
) -> None:
    telegram.drop("sendMessage", when)
    with pytest.raises(httpx.HTTPError):
        await call("sendMessage", chat_id=kirsten.id, text="hej")

    assert [seen.text for seen in kirsten.from_bot] == arrives


async def test_an_answer_can_be_held_while_the_message_stands(
    call: Caller, telegram: FakeTelegram, kirsten: Person
) -> None:
    hold = telegram.hold("sendMessage")
    sending = asyncio.create_task(call("sendMessage", chat_id=kirsten.id, text="hej"))
    await hold.is_reached()

    assert kirsten.last.text == "hej"
    assert not sending.done()
    hold.release()
    assert (await sending)["text"] == "hej"


class Receiver:
    """A webhook that answers what it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[str, int]] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        update = json.loads(await reader.readexactly(length))
        secret = head.partition("x-telegram-bot-api-secret-token: ")[2].partition("\r\n")[0]
        self.got.append((secret, update["update_id"]))
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % self.status)
        await writer.drain()
        writer.close()


async def test_a_webhook_gets_updates_with_the_secret_until_it_has_taken_them(
    call: Caller, telegram: FakeTelegram, kirsten: Person
) -> None:
    receiver = Receiver()
    receiver.status = 500
    server = await asyncio.start_server(receiver, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        await call("setWebhook", url=url, secret_token="hemmelig")
        await telegram.until(lambda fake: bool(fake.world.webhook.last_error_message))
        assert (await call("getWebhookInfo"))["pending_update_count"] == 1
        assert (await call("getUpdates"))[0] == 409

        receiver.status = 200
        telegram.redeliver()
        await telegram.until(lambda fake: not fake.world.waiting)
        number = kirsten.says("hej")
        await telegram.until(lambda fake: not fake.world.waiting)
        telegram.repeat(number)
        await telegram.until(lambda fake: not fake.world.waiting)

    assert receiver.got == [("hemmelig", update) for update in (number - 1, number - 1, number, number)]


async def test_a_webhook_must_be_https_away_from_loopback(call: Caller) -> None:
    assert (await call("setWebhook", url="http://eksempel.dk/hook"))[0] == 400
    assert (await call("setWebhook", url="https://eksempel.dk/hook", secret_token="æ"))[0] == 400


@pytest.mark.parametrize(("name", "status"), [("moede", 200), ("møde", 400), ("Menu", 400), ("x" * 33, 400)])
async def test_command_names_are_small_plain_letters(call: Caller, name: str, status: int) -> None:
    answer = await call("setMyCommands", commands=[{"command": name, "description": "Se dit møde"}])

    assert (answer is True) == (status == 200)


async def test_a_wrong_token_is_refused(telegram: FakeTelegram) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{telegram.url}/bot1:wrong/getMe")

    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


def test_it_runs_as_a_process_of_its_own() -> None:
    orders = [{"person": "Kirsten", "does": "starts"}, {"person": "Kirsten", "does": "taps", "with": ["Ja"]},
              {"person": "Kirsten", "does": "screen"}]  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fake_telegram"], input="\n".join(map(json.dumps, orders)),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    hello, started, tapped, screen = map(json.loads, ran.stdout.splitlines())

    assert hello["url"].startswith("http://127.0.0.1:")
    assert started == {"update": 500000001}
    assert "no button says 'Ja'" in tapped["error"]
    assert screen["screen"][0]["text"] == "/start"
