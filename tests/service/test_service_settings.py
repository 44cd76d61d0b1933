"""How `afsaet run` begins and ends: what it will not begin with, what it says, and what it answers meanwhile."""

import socket
from contextlib import closing

import httpx
import pytest
from sqlalchemy import make_url

from tests.service.town import FIRST_QUESTION, SECOND_QUESTION, free_port


def test_with_a_token_and_no_policy_both_are_explained(small_town):
    small_town.settings.pop("AFSAET_CHANNEL_POLICY")
    process = small_town.start("run")
    assert process.wait() == 3
    told = process.err.text
    assert "AFSAET_CHANNEL_POLICY must be chosen" in told
    assert "safe: " in told and "open: " in told
    assert small_town.telegram.calls == []


def test_without_a_token_the_rest_is_served_and_said_so(small_town):
    small_town.settings.pop("AFSAET_TELEGRAM_TOKEN")
    small_town.settings.pop("AFSAET_CHANNEL_POLICY")
    process = small_town.start("run")
    address = process.out.wait_for("\n").split()[-1]
    assert "Telegram is not served" in process.err.text
    assert httpx.get(f"{address}/healthz", trust_env=False).text == "ok"
    assert process.stop() == 0


def test_the_webhook_needs_the_public_address(small_town):
    process = small_town.start("run", telegram_mode="webhook")
    assert process.wait() == 3
    assert "AFSAET_PUBLIC_URL must be set" in process.err.text


def test_an_address_that_is_in_use_is_named(small_town):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = small_town.start("run", listen=f"127.0.0.1:{port}")
        assert process.wait() == 3
    assert f"127.0.0.1:{port}" in process.err.text
    assert "AFSAET_LISTEN" in process.err.text


def test_a_wrong_token_is_told_plainly_and_never_shown(small_town):
    wrong = "7000000001:a-token-that-nobody-knows"
    process = small_town.start("run", telegram_token=wrong, log_level="debug")
    process.err.wait_for("Telegram does not know the bot's token")
    assert process.stop() == 0
    assert wrong.partition(":")[2] not in process.err.text + process.out.text


def test_a_token_that_is_revoked_while_running_is_told_and_the_right_one_found_again(small_town):
    town = small_town
    process = town.run()
    _citizen, person = town.begun()
    town.telegram.fail("getUpdates", 401, times=2)
    person.says("/menu")  # ends the long poll; the next ones are refused
    process.err.wait_for("Telegram does not know the bot's token")
    person.says("/fortsaet")
    person.wait_until(lambda chat: sum(FIRST_QUESTION in seen.text for seen in chat.from_bot) == 2)
    assert town.telegram.token.partition(":")[2] not in process.err.text


def test_another_program_that_polls_is_told_plainly_and_waited_for(small_town):
    town = small_town
    process = town.run()
    _citizen, person = town.begun()
    town.telegram.fail("getUpdates", 409, times=2)
    person.says("Noget med dyr")
    process.err.wait_for("another program is asking Telegram for this bot's updates")
    person.wait_for(SECOND_QUESTION)


def test_it_waits_for_a_telegram_that_cannot_be_reached_yet(small_town):
    town = small_town
    town.telegram.fail("deleteWebhook", 502, times=2)
    town.telegram.drop("setMyCommands", times=2)
    process = town.run()
    process.err.wait_for("Telegram cannot be reached")
    town.begun()


def test_it_says_whether_all_is_well_and_waits_for_a_database_that_is_away(big_town, postgresql):
    town = big_town
    process = town.run()
    citizen, person = town.begun()
    name = make_url(town.settings["AFSAET_DATABASE_URL"]).database
    with httpx.Client(trust_env=False, base_url=process.out.text.split()[-1]) as client:
        assert client.get("/healthz").text == "ok"
        town.database.close()
        postgresql.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgresql.run(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'")
        assert client.get("/healthz").status_code == 503
        person.says("Noget med dyr")
        process.err.wait_for("The PostgreSQL server for")
        postgresql.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        person.wait_for(SECOND_QUESTION)
        assert client.get("/healthz").text == "ok"
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert process.stop() == 0


def test_metrics_stand_on_an_address_of_their_own_and_tell_of_nobody(small_town):
    town = small_town
    port = free_port()
    process = town.run(metrics_listen=f"127.0.0.1:{port}")
    citizen, person = town.begun("Plantedname Plantedsurname")
    person.says("plantedanswer")
    person.wait_for(SECOND_QUESTION)
    with httpx.Client(trust_env=False) as client:
        metrics = client.get(f"http://127.0.0.1:{port}/metrics").text
        elsewhere = client.get(f"{process.out.text.split()[-1]}/metrics")
    assert 'afsaet_updates_total{outcome="taken"} 4.0' in metrics
    assert "afsaet_turn_seconds_count 4.0" in metrics
    assert elsewhere.status_code == 404
    for word in ("planted", citizen, str(person.id), town.telegram.token.partition(":")[2], "maal_", "Mette"):
        assert word.lower() not in metrics.lower()


@pytest.mark.parametrize("number", range(3))
def test_sigterm_in_the_midst_of_things_ends_cleanly_and_nothing_is_told_twice(town, number):
    process = town.run()
    people = [town.begun(f"Borger {index}") for index in range(3)]
    for count, (_citizen, person) in enumerate(people):
        person.says("Noget med dyr")
        if count == number:
            break
    assert process.stop() == 0
    assert "Traceback" not in process.err.text
    town.run()
    for citizen, person in people:
        if not town.words(citizen, "maal_droem"):
            person.says("Noget med biler")
        person.wait_for(SECOND_QUESTION)
        person.taps("Uddannelse")
        person.wait_for("Hvor mange timer")
        shown = [(seen.text, seen.rows) for seen in person.from_bot]
        assert len(shown) == len(set(shown))
        assert len(town.words(citizen, "maal_droem")) == 1
