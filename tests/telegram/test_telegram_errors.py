"""What Telegram's refusals mean, by the texts it really uses."""

from __future__ import annotations

import pytest
from telegram.error import ChatMigrated, Conflict, NetworkError, TimedOut

from afsaet.channels.telegram.errors import InterceptedError, Meaning, UnreachableError, judge
from afsaet.channels.telegram.render import OutText
from afsaet.channels.telegram.transport import Transport
from tests.fake_telegram import FakeTelegram

ANSWERS = [
    (403, "Forbidden: bot was blocked by the user", Meaning.CHAT_CLOSED),
    (403, "Forbidden: user is deactivated", Meaning.CHAT_CLOSED),
    (403, "Forbidden: bot can't initiate conversation with a user", Meaning.CHAT_CLOSED),
    (400, "Bad Request: chat not found", Meaning.CHAT_CLOSED),
    (400, "Bad Request: PEER_ID_INVALID", Meaning.CHAT_CLOSED),
    (400, "Bad Request: message is not modified: specified new message content and reply markup are exactly "
          "the same as a current content and reply markup of the message", Meaning.DONE),
    (400, "Bad Request: message to edit not found", Meaning.GONE),
    (400, "Bad Request: message can't be edited", Meaning.GONE),
    (400, "Bad Request: there is no text in the message to edit", Meaning.GONE),
    (400, "Bad Request: MESSAGE_ID_INVALID", Meaning.GONE),
    (400, "Bad Request: MESSAGE_EDIT_TIME_EXPIRED", Meaning.GONE),
    (400, "Bad Request: message to delete not found", Meaning.GONE),
    (400, "Bad Request: message can't be deleted for everyone", Meaning.GONE),
    (400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0", Meaning.MESSAGE_REFUSED),
    (400, "Bad Request: message is too long", Meaning.MESSAGE_REFUSED),
    (400, "Bad Request: BUTTON_DATA_INVALID", Meaning.MESSAGE_REFUSED),
    (401, "Unauthorized", Meaning.BOT_REFUSED),
    (404, "Not Found", Meaning.BOT_REFUSED),
    (500, "Internal Server Error: restart", Meaning.LATER),
    (502, "Bad Gateway", Meaning.LATER),
    (504, "Gateway Timeout", Meaning.LATER),
]  # fmt: skip


@pytest.mark.parametrize(("status", "description", "meaning"), ANSWERS, ids=[text[:40] for _, text, _ in ANSWERS])
async def test_an_answer_means(
    telegram: FakeTelegram, line: Transport, status: int, description: str, meaning: Meaning
) -> None:
    telegram.fail("sendMessage", status, description=description)
    with pytest.raises(Exception) as caught:
        await line.send(1, OutText("Hej"))

    assert judge(caught.value).meaning is meaning


@pytest.mark.parametrize(("status", "answer", "meaning"), [
    (403, b'{"description": "Forbidden: bot was blocked by the user", "error_code": 403, "ok": false}',
     Meaning.CHAT_CLOSED),
    (429, b'{"error_code":429,"parameters":{"retry_after":7},"ok":false,"description":"Too Many Requests"}',
     Meaning.WAIT),
])  # fmt: skip
async def test_the_order_in_which_a_bot_api_server_says_it_does_not_matter(
    telegram: FakeTelegram, line: Transport, status: int, answer: bytes, meaning: Meaning
) -> None:
    telegram.intercept("sendMessage", status, answer)
    with pytest.raises(Exception) as caught:
        await line.send(1, OutText("Hej"))
    assert judge(caught.value).meaning is meaning
    telegram.intercept("sendMessage", 200, b'{"result": {"message_id": 17}, "ok": true}')
    assert await line.send(1, OutText("Hej")) == 17


PAGE = b"<html><body>This address is blocked by the filter of your organisation.</body></html>"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 413, 451, 502, 503])
async def test_a_page_of_something_on_the_way_is_no_word_of_telegrams(
    telegram: FakeTelegram, line: Transport, status: int
) -> None:
    """A filter that shuts the way for a while must not have everybody marked as out of reach."""
    telegram.intercept("sendMessage", status, PAGE)
    with pytest.raises(NetworkError) as caught:
        await line.send(1, OutText("Hej"))

    assert judge(caught.value).meaning is Meaning.LATER


@pytest.mark.parametrize("content", [PAGE, b"", b"{}", b"[]", b'"text"', b'{"ok": false}', b'{"ok": true}', b"\xff\xfe"])
async def test_what_is_no_answer_of_telegrams_is_a_failure_on_the_way(
    telegram: FakeTelegram, line: Transport, content: bytes
) -> None:
    telegram.intercept("getUpdates", 200, content)
    with pytest.raises(InterceptedError):
        await line.updates(None, 0, ())


async def test_a_limit_tells_how_long_to_wait(telegram: FakeTelegram, line: Transport) -> None:
    telegram.fail("sendMessage", 429, retry_after=17)
    with pytest.raises(Exception) as caught:
        await line.send(1, OutText("Hej"))

    verdict = judge(caught.value)
    assert (verdict.meaning, verdict.seconds) == (Meaning.WAIT, 17)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (TimedOut(), Meaning.LATER),
        (NetworkError("ReadError"), Meaning.LATER),
        (UnreachableError("ConnectError"), Meaning.UNREACHABLE),
        (Conflict("Conflict"), Meaning.LATER),
        (ChatMigrated(5), Meaning.CHAT_CLOSED),
        (RuntimeError("?"), Meaning.LATER),
    ],
)
def test_a_failure_on_the_way_means(error: Exception, meaning: Meaning) -> None:
    assert judge(error).meaning is meaning
