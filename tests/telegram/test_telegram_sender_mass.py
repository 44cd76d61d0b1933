"""The sender against an outbox in memory and a line without a network: a mass sending, its pace, and the replies that go before it."""

from __future__ import annotations

from telegram.error import RetryAfter

from tests.fake_telegram.limits import Limits
from tests.telegram.doubles import idle
from tests.telegram.office import Office


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
