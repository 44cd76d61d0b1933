"""The service when Telegram calls it: taken only with the secret, and answered only when it is kept."""

from importlib.resources import files

import httpx
import pytest

from afsaet.store import citizens
from tests.service.town import FIRST_QUESTION, SECOND_QUESTION, plays, taps

PLAN = files("afsaet.cli").joinpath("recorded_citizen.txt").read_text(encoding="utf-8").splitlines()
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def message(number, person, text):
    """An update as Telegram posts it."""
    body = {"message_id": number, "date": 1, "chat": person.chat.info, "from": person.user, "text": text}
    return {"update_id": number, "message": body}


def test_one_who_answers_everything_sends_a_plan_over_the_webhook(town):
    town.webhook()
    citizen, person = town.joined()
    plays(person, PLAN[1:])
    person.wait_for("Sendt ")
    plan = town.command("export", citizen, "--format", "txt")
    assert PLAN[2] in plan["text"]
    assert town.telegram.calls_to("getUpdates") == []


@pytest.mark.parametrize("header", [{}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: "æøå".encode()}])
def test_without_the_secret_nothing_is_taken(small_town, header):
    town = small_town
    _process, url = town.webhook()
    citizen, person = town.begun()
    answer = httpx.post(f"{url}/telegram", json=message(900, person, "Indbrud"), headers=header, trust_env=False)
    assert answer.status_code == 403
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_what_is_no_update_is_refused(small_town):
    town = small_town
    _process, url = town.webhook()
    secret = {HEADER: town.telegram.world.webhook.secret}
    with httpx.Client(trust_env=False, headers=secret) as client:
        for body in (b"", b"nonsense", b"[]", b"7", b'"text"', b"{}", b'{"update_id": "7"}', b"\xff\xfe",
                     b"[" * 100_000, b'{"update_id": true}', b'{"update_id": -1}', b'{"update_id": 1%s}' % (b"0" * 20)):
            assert client.post(f"{url}/telegram", content=body).status_code == 400, body
        assert client.post(f"{url}/telegram", content=b"x" * (1 << 20) + b"x").status_code == 413
        assert client.get(f"{url}/telegram").status_code == 405
        # What there is nothing in for a citizen is taken all the same, or Telegram would send it for ever.
        for update in ({"update_id": 5}, {"update_id": 6, "message": {}}, {"update_id": 7, "poll": {}},
                       {"update_id": 8, "message": {"chat": {}}}, {"update_id": 9, "callback_query": {}}):
            assert client.post(f"{url}/telegram", json=update).status_code == 200, update
    _citizen, person = town.begun()
    assert person.last.text.count(FIRST_QUESTION) == 1


def test_telegram_is_answered_only_when_the_update_is_kept(town):
    _process, url = town.webhook()
    citizen, person = town.begun()
    secret = {HEADER: town.telegram.world.webhook.secret}
    update = message(900_000_001, person, "Noget med dyr")
    with httpx.Client(trust_env=False, headers=secret) as client:
        with town.database.write() as tx:
            citizens.set_reachable(tx, citizen, True)  # holds the citizen, and on SQLite the whole database
            with pytest.raises(httpx.ReadTimeout):
                client.post(f"{url}/telegram", json=update, timeout=1)
        assert client.post(f"{url}/telegram", json=update, timeout=20).status_code == 200
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_what_telegram_hands_over_again_is_taken_once(small_town):
    town = small_town
    town.webhook()
    citizen, person = town.begun()
    number = person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    for _again in range(3):
        town.telegram.repeat(number)
        town.telegram.wait_until(lambda telegram: not telegram.world.waiting)
    person.taps("Uddannelse")
    person.wait_for("Hvor mange timer")
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert sum(SECOND_QUESTION in seen.text and bool(seen.rows) for seen in person.from_bot) == 0


def test_a_second_process_takes_calls_too_and_answers_those_nobody_knows(town):
    """Behind one address there may be several processes; one of them sends, and all are called."""
    leader, _url = town.webhook()
    citizen, person = town.begun()
    other, _other_url = town.webhook()  # the calls go there from now on
    other.err.wait_for("standing by")
    stranger = town.telegram.person("Fremmed")
    stranger.says("Hej")
    stranger.wait_for("Jeg er Afsæt")
    invited = town.telegram.person("Omar")
    invited.starts(town.invite(town.citizen("Omar Dal")))
    taps(invited, "Ja, jeg vil gerne prøve")
    invited.wait_for("Forberedelse")
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert leader.alive and other.alive
    leader.kill()
    person.taps("Uddannelse")
    person.wait_for("Hvor mange timer")
    assert set(town.answers(citizen)) == {"maal_droem", "maal_retning"}


def test_an_address_telegram_does_not_take_is_told_with_the_reason(small_town):
    town = small_town
    process = town.start("run", telegram_mode="webhook", public_url="https://afsaet.example:8000")
    process.err.wait_for("only on ports 80, 88, 443 or 8443")
    assert "AFSAET_PUBLIC_URL" in process.err.text


def test_going_over_from_the_webhook_to_polling_loses_nothing(small_town):
    town = small_town
    process, _url = town.webhook()
    citizen, person = town.begun()
    assert process.stop() == 0
    person.says("Noget med dyr")
    town.telegram.wait_until(lambda telegram: telegram.world.webhook.last_error_date > 0)
    town.run()
    person.wait_for(SECOND_QUESTION)
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
