"""The command line works while the service runs, and each sees at once what the other has done."""

import zipfile

from tests.service.town import FIRST_QUESTION, JENS, METTE, SECOND_QUESTION, taps


def test_a_citizen_is_added_invited_followed_and_handed_over_while_the_service_runs(town):
    town.run()
    citizen = town.command("citizen", "add", "--name", "Kirsten Lund", "--caseworker", METTE)["id"]
    invited = town.command("citizen", "invite", citizen)
    person = town.telegram.person("Kirsten")
    person.starts(invited["telegram"].rpartition("=")[2])
    taps(person, "Ja, jeg vil gerne prøve")
    taps(person, "Begynd")
    person.wait_for(FIRST_QUESTION)
    assert town.command("citizen", "show", citizen)["plan"] == {"state": "none", "versions": []}
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    shown = town.command("citizen", "show", citizen)
    assert (shown["plan"]["state"], shown["reachable"]) == ("begun", True)
    moved = town.command("citizen", "move", citizen, "--caseworker", JENS)
    assert moved["told"] is True
    # Outside the waking hours it would come in the morning.
    town.change("UPDATE outbox SET not_before = created_at")
    person.wait_for("Fra nu af er Jens Krogh din kontakt i kommunen.")
    person.says("/kontakt")
    person.wait_for("Din sagsbehandler hedder Jens Krogh.")
    taps(person, "Bed om at blive ringet op")
    person.wait_for("Det er gjort")
    [task] = town.command("task", "list", "--caseworker", JENS)["items"]
    town.command("task", "done", task["id"])
    assert town.command("task", "list")["items"] == []


def test_a_backup_is_made_while_people_write(town, tmp_path):
    town.run()
    citizen, person = town.begun()
    lines = [f"linje {number}" for number in range(20)]
    for line in lines[:10]:
        person.says(line)
    town.command("db", "backup", tmp_path / "backup.zip")
    for line in lines[10:]:
        person.says(line)
    person.wait_until(lambda chat: town.all_words(citizen) == sorted(lines))
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert archive.testzip() is None
        assert "answers.jsonl" in archive.namelist()


def test_the_master_key_is_changed_while_people_write(town):
    town.run()
    citizen, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    for _round in range(3):
        count = town.command("keys", "rotate")["data_keys"]
        assert count >= 6  # two citizens with two keys each, and two caseworkers
        person.says("/fortsaet")
        omar.says("/menu")
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    newcomer, rosa = town.begun("Rosa Vang")
    rosa.says("Noget med biler")
    rosa.wait_for(SECOND_QUESTION)
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
    town.database.close()
    town.database = town._home.open()
    assert town.words(newcomer, "maal_droem") == ["Noget med biler"]
    assert town.rows("SELECT count(*) FROM updates WHERE set_aside_kind IS NOT NULL") == [(0,)]


def test_a_citizen_who_is_erased_while_they_write_is_a_stranger_from_then_on(town):
    town.run()
    citizen, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    town.command("citizen", "erase", citizen, "--yes")
    person.says("Noget med dyr")
    person.wait_for("Jeg er Afsæt")
    person.taps("Spring over")
    person.wait_until(lambda chat: sum("Jeg er Afsæt" in seen.text for seen in chat.from_bot) == 2)
    assert town.command("citizen", "show", citizen, code=1)["error"]
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)
