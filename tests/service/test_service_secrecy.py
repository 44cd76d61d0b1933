"""No word of anybody's stands in a log, nor in clear on the disk, and nothing at all of one who was erased."""

import base64
import zipfile

import httpx
from sqlalchemy import LargeBinary, select

from afsaet import clock
from afsaet.assistant.casework import caseload
from afsaet.store.tables import metadata
from tests.service.town import METTE, SECOND_QUESTION, free_port, taps
from tests.store.bytes_on_disk import everywhere

CPR = "010190-1234"


def planted_people(town):
    """A caseworker and a citizen whose every word can be found again."""
    with town.database.write() as tx:
        caseload.add_caseworker(tx, "plantedmail@plantedhost.dk", "Plantedworker", clock.now(), phone="plantedphone",
                                hours="plantedhours")
        added = caseload.add_citizen(tx, "Plantedname Plantedsurname", "plantedmail@plantedhost.dk", clock.now(),
                                     profile="rehabiliteringsteam", reference="plantedreference")
    return added.citizen.id


def a_whole_life(town, person, citizen):
    """Everything a citizen may do and everything that may go wrong, each with words planted in it."""
    telegram = town.telegram
    code = town.invite(citizen)
    person.starts("plantedwrongcode")
    person.wait_for("Jeg er Afsæt")
    person.starts(code)
    taps(person, "Læs mere")
    taps(person, "Ja, jeg vil gerne prøve")
    taps(person, "Begynd")
    person.wait_for("Hvad vil du gerne arbejde med")
    telegram.fail("sendMessage", 500, chat=person.id, description="Internal Server Error: planteddescription")
    person.says("plantedanswer")
    person.wait_for(SECOND_QUESTION)
    person.says(f"plantedownwords {CPR}")
    person.wait_for("CPR-nummer")
    person.edits("plantededited", next(seen.id for seen in person.screen if seen.text == "plantedanswer"))
    person.wait_for("rettet dit svar")
    telegram.fail("sendMessage", 400, chat=person.id, description="Bad Request: planteddescription")
    person.presses("plantedpress")
    telegram.drop("sendMessage", "after", chat=person.id)
    shown = len(person.from_bot)
    person.says("/plantedcommand")
    person.wait_until(lambda chat: len(chat.from_bot) > shown)
    person.says("/fortsaet")
    taps(person, "Uddannelse")
    person.wait_for("Hvor mange timer")
    person.says("Jeg vil ikke leve mere plantedcrisis")
    person.wait_for("tal med nogen")
    for fault in (409, 401, 502):
        telegram.fail("getUpdates", fault, description="plantedpoll")
        person.says("/menu")
    telegram.drop("getUpdates")
    person.says("/mine_svar")
    taps(person, "Send til min sagsbehandler")
    taps(person, "Ja, send")
    taps(person, "Få en kopi")
    person.wait_for("Din kopi")
    telegram.fail("sendMessage", 429, retry_after=1, chat=person.id)
    person.says("/kontakt")
    taps(person, "Bed om at blive ringet op")
    person.wait_for("Det er gjort")
    person.blocks()
    person.unblocks()
    stranger = telegram.person("Plantedstranger")
    stranger.says("plantedstrangertext")
    stranger.wait_for("Jeg er Afsæt")
    return code, stranger


def test_no_log_line_of_a_whole_life_holds_a_word_a_number_a_code_or_the_token(town):
    citizen, person = planted_people(town), town.telegram.person("Plantedphonename")
    port = free_port()
    process = town.run(log_level="debug", metrics_listen=f"127.0.0.1:{port}")
    code, stranger = a_whole_life(town, person, citizen)
    with httpx.Client(trust_env=False, base_url=process.out.text.split()[-1]) as client:
        client.get("/plantedpath?plantedquery=1")
        client.post("/telegram", content=b"plantedbody")
    table = metadata.tables["citizens"]
    with town.database.write() as tx:  # from now on nothing of theirs can be dealt with
        tx.conn.execute(table.update().where(table.c.id == citizen).values(draft_key=bytes(60)))
    person.says("plantedlast")
    process.err.wait_for("an update is set aside")
    assert process.stop() == 0
    log = (process.err.text + process.out.text).lower()
    for what in ("an update is set aside", "an outgoing item was not taken", "does not know the bot's token",
                 "another program is asking"):
        assert what in log  # it is the log of all that
    secrets = ["planted", code, CPR, CPR.replace("-", ""), str(person.id), str(stranger.id), "mette holm",
               town.telegram.token.partition(":")[2], "noget", "maal_droem", "traceback", "gartner"]
    assert [secret for secret in secrets if secret.lower() in log] == []


def test_words_of_a_crisis_are_no_line_in_the_log(small_town):
    town = small_town
    process = town.run(log_level="debug")
    _one, kirsten = town.begun("Kirsten Lund")
    before = process.err.text
    kirsten.says("Jeg vil ikke leve mere")
    kirsten.wait_for("tal med nogen")
    kirsten.says("/menu")
    kirsten.wait_for("Vælg, hvad du vil.")
    assert process.err.text == before


def test_nothing_stands_in_clear_in_the_database_its_log_or_a_backup(town, tmp_path):
    citizen, person = planted_people(town), town.telegram.person("Plantedphonename")
    process = town.run()
    code, stranger = a_whole_life(town, person, citizen)
    process.kill()  # what was under way lies there as well
    town.command("db", "backup", tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        backup = b"".join(archive.read(name) for name in archive.namelist())
    sealed = [part for part in backup.split(b'"') if len(part) > 24 and b" " not in part]
    decoded = b"".join(base64.b64decode(part + b"===") for part in sealed)
    content = (everywhere(town.database) + backup + decoded).lower()
    assert b"telegram" in content
    secrets = ["planted", code, CPR, str(person.id), str(stranger.id), "mette holm", METTE,
               town.telegram.token.partition(":")[2]]
    assert [secret for secret in secrets if secret.lower().encode() in content] == []
    assert not any("planted" in str(path).lower() for path in tmp_path.rglob("*"))


def test_after_an_erasure_nothing_of_the_citizen_is_left_though_the_service_runs(town):
    citizen, person = planted_people(town), town.telegram.person("Plantedphonename")
    town.run()
    other, omar = town.begun("Omar Dal")
    a_whole_life(town, person, citizen)
    sealed = []
    with town.database.read() as tx:
        for table in metadata.sorted_tables:
            own = table.c.get("citizen_id", table.c.get("id") if table.name == "citizens" else None)
            columns = [column for column in table.c if isinstance(column.type, LargeBinary)]
            if own is not None and columns:
                rows = tx.conn.execute(select(*columns).where(own == citizen))
                sealed += [value for row in rows for value in row if value]
    assert len(sealed) > 8
    told = town.command("citizen", "erase", citizen, "--yes")
    assert told["erased"] is True
    tables = {table.name: town.rows(f"SELECT * FROM {table.name}") for table in metadata.sorted_tables}
    assert {name for name, rows in tables.items() if any(citizen in row for row in rows)} == {"events"}
    assert len([row for row in tables["events"] if citizen in row]) == 1
    if town.database.path is not None:  # PostgreSQL keeps them until it vacuums, and the command says so
        content = everywhere(town.database)
        assert [value for value in sealed if value in content] == []
    else:
        assert any("VACUUM" in sentence for sentence in told["not_reached"])
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)
    assert town.words(other, "maal_droem") == ["Noget med biler"]
