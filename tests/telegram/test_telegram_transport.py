"""Calls to Telegram: what goes out, what comes back, and what no log may hold."""

from __future__ import annotations

import io
import json
import logging
import socket
from collections.abc import Iterator

import pytest
from telegram.error import NetworkError, TelegramError

from afsaet.channels.telegram.errors import Meaning, UnreachableError, judge
from afsaet.channels.telegram.render import OutText
from afsaet.channels.telegram.transport import Transport
from tests.fake_telegram import FakeTelegram

KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1:ja"}]]}
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


async def test_a_message_is_sent_edited_and_deleted(telegram: FakeTelegram, line: Transport) -> None:
    kirsten = telegram.person()
    kirsten.starts()
    number = await line.send(kirsten.id, OutText("<b>Hej</b> æøå 👍", KEYBOARD))

    assert kirsten.last.id == number
    assert (kirsten.last.text, kirsten.last.bold, kirsten.last.buttons) == ("Hej æøå 👍", ("Hej",), ("Ja",))
    await line.edit(kirsten.id, number, OutText("Tak"))
    assert (kirsten.last.text, kirsten.last.buttons) == ("Tak", ())
    await line.delete(kirsten.id, number)
    assert kirsten.from_bot == []


async def test_no_preview_is_made_of_links(telegram: FakeTelegram, line: Transport) -> None:
    kirsten = telegram.person()
    kirsten.starts()
    await line.send(kirsten.id, OutText("https://borger.dk"))

    assert json.loads(telegram.calls_to("sendMessage")[0].params["link_preview_options"]) == {"is_disabled": True}


async def test_updates_come_as_telegram_wrote_them_and_an_offset_confirms(
    telegram: FakeTelegram, line: Transport
) -> None:
    kirsten = telegram.person()
    first, second = kirsten.starts("kode"), kirsten.says("Hej")

    [one, two] = await line.updates(None, 5, KINDS)
    assert [one["update_id"], two["update_id"]] == [first, second]
    assert one["message"]["text"] == "/start kode"
    assert [update["update_id"] for update in await line.updates(second, 5, KINDS)] == [second]
    assert await line.updates(second + 1, 0, KINDS) == []


async def test_a_tap_is_answered(telegram: FakeTelegram, line: Transport) -> None:
    kirsten = telegram.person()
    kirsten.starts()
    await line.send(kirsten.id, OutText("Vil du?", KEYBOARD))
    kirsten.taps("Ja")
    tap = (await line.updates(None, 5, KINDS))[-1]

    assert kirsten.spinning == 1
    assert await line.answer_callback(tap["callback_query"]["id"], "Gemt")
    assert (kirsten.spinning, kirsten.toasts) == (0, ["Gemt"])


async def test_a_tap_answered_too_late_raises_nothing(telegram: FakeTelegram, line: Transport) -> None:
    assert not await line.answer_callback("123")
    telegram.drop("answerCallbackQuery")
    assert not await line.answer_callback("123")


async def test_a_file_goes_out_by_the_bots_own_method(telegram: FakeTelegram, line: Transport) -> None:
    kirsten = telegram.person()
    kirsten.starts()
    await line.bot.send_document(kirsten.id, b"%PDF", filename="forløb.pdf", caption="Din plan")

    assert (kirsten.last.text, kirsten.last.file) == ("Din plan", ("forløb.pdf", b"%PDF"))


async def test_a_cut_connection_is_a_network_error_and_the_next_call_goes_well(
    telegram: FakeTelegram, line: Transport
) -> None:
    kirsten = telegram.person()
    kirsten.starts()
    for when in ("before", "after"):
        telegram.drop("sendMessage", when)
        with pytest.raises(NetworkError) as caught:
            await line.send(kirsten.id, OutText(when))
        assert judge(caught.value).meaning is Meaning.LATER
    await line.send(kirsten.id, OutText("til sidst"))

    assert [seen.text for seen in kirsten.from_bot] == ["after", "til sidst"]


async def test_nobody_at_the_address_means_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with Transport("1:a", f"http://127.0.0.1:{port}") as line:
            with pytest.raises(UnreachableError):
                await line.me()


@pytest.fixture
def written(line: Transport, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """A log that takes everything from everybody, set up after the transport was made."""
    written = io.StringIO()
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(written)])
    levels = {logger: logger.level for logger in map(logging.getLogger, ("root", "telegram", "httpx", "httpcore"))}
    for logger in levels:
        logger.setLevel(logging.DEBUG)
    yield written
    for logger, level in levels.items():
        logger.setLevel(level)


async def test_neither_token_nor_text_reaches_a_log_at_any_level(
    telegram: FakeTelegram, line: Transport, written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    kirsten = telegram.person("Hemmelig")
    kirsten.says("en hemmelig tekst")
    await line.updates(None, 0, KINDS)
    await line.send(kirsten.id, OutText("et hemmeligt svar"))
    await line.bot.send_message(kirsten.id, "et hemmeligt svar til")
    telegram.fail("sendMessage", 500)
    telegram.drop("sendMessage")
    for _ in range(2):
        with pytest.raises(TelegramError) as caught:
            await line.send(kirsten.id, OutText("et hemmeligt svar"))
        assert telegram.token not in f"{caught.value!r}"
    logging.getLogger("telegrams").debug("this is the log")
    log = (written.getvalue() + capsys.readouterr().err).casefold()

    assert "this is the log" in log
    assert telegram.token not in log
    assert "hemmelig" not in log


async def test_a_wrong_token_is_told_without_being_repeated(telegram: FakeTelegram) -> None:
    token = "123456:a-wrong-token"
    async with Transport(token, telegram.url) as line:
        with pytest.raises(TelegramError) as caught:
            await line.me()

    assert judge(caught.value).meaning is Meaning.BOT_REFUSED
    assert token not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


async def test_a_slash_at_the_end_of_the_address_does_no_harm(telegram: FakeTelegram) -> None:
    async with Transport(telegram.token, telegram.url + "/") as line:
        assert (await line.me())["username"] == "afsaet_test_bot"
