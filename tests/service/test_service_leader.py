"""Several processes over one database: one of them polls and sends, and another takes over when it ends."""

from tests.service.town import SECOND_QUESTION


def conflicts(telegram):
    return [call for call in telegram.calls_to("getUpdates") if call.status == 409]


def told_of_another(process):
    return "another program is asking Telegram" in process.err.text


def test_exactly_one_polls_and_when_it_is_killed_another_takes_over(town):
    first = town.run()
    citizen, person = town.begun()
    second, third = town.start("run"), town.start("run")
    for process in (second, third):
        process.err.wait_for("another process polls and sends for this database")
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert conflicts(town.telegram) == []
    first.kill()  # its last poll may still wait at Telegram, which then ends it; those that live are not told of it
    person.taps("Uddannelse")
    person.wait_for("Hvor mange timer")
    assert second.alive and third.alive
    assert second.stop() == 0
    assert third.stop() == 0
    assert not any(map(told_of_another, (second, third)))
    assert set(town.answers(citizen)) == {"maal_droem", "maal_retning"}
    shown = [(seen.text, seen.rows) for seen in person.from_bot]
    assert len(shown) == len(set(shown))


def test_one_new_process_after_the_other_as_when_a_version_is_rolled_out(town):
    process = town.run()
    citizen, person = town.begun()
    for number in range(3):
        newer = town.start("run")
        newer.err.wait_for("standing by")
        person.says(f"linje {number}")
        assert process.stop() == 0
        process = newer
    person.wait_until(lambda _chat: town.all_words(citizen) == ["linje 0", "linje 1", "linje 2"])
    assert conflicts(town.telegram) == []
    assert process.stop() == 0


def test_one_who_loses_the_lead_stands_by_and_the_other_goes_on(big_town, postgresql):
    """PostgreSQL cuts the connection that holds the lead."""
    town = big_town
    first = town.run()
    _citizen, person = town.begun()
    second = town.start("run")
    second.err.wait_for("standing by")
    [(pid,)] = town.rows("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = "
                         "(SELECT oid FROM pg_database WHERE datname = current_database())")
    postgresql.run(f"SELECT pg_terminate_backend({pid})")
    first.err.wait_for("the lead is lost")
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert first.alive and second.alive
