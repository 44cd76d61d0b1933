"""What the doctor looks at, in order. What cannot be judged without what failed before it is left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from stat import S_IMODE

from afsaet import clock
from afsaet.assistant.shelf import read_definitions
from afsaet.cli.desk import open_database
from afsaet.cli.finding import Finding
from afsaet.cli.outside import mail_server, telegram
from afsaet.flows.definition import Definition
from afsaet.flows.files.reading import BrokenDialogue
from afsaet.flows.machine import questions_of
from afsaet.municipality import FILE, Municipality, MunicipalityFault
from afsaet.settings import Settings, SettingsFault
from afsaet.store import citizens, rotation, timers, updates
from afsaet.store.database import Database
from afsaet.store.faults import KeyFault, StoreFault

AN_HOUR = timedelta(hours=1)
NUMBERS_GOOD_FOR = 180  # days after the crisis numbers were checked


def checkup() -> Iterator[Finding]:
    """Every finding. Nothing is changed, but that an empty SQLite place is filled as by any other command."""
    try:
        settings = Settings.load()
    except SettingsFault as error:
        yield from (Finding("settings", "fault", mistake) for mistake in error.mistakes)
        return
    yield Finding("settings", "ok", "The settings are whole.")
    yield from _store(settings)
    yield from _municipality(settings, clock.now())
    yield from _dialogues(settings)
    yield from telegram(settings)


def _store(settings: Settings) -> Iterator[Finding]:
    try:
        database = open_database(settings)
    except KeyFault as error:
        yield Finding("key", "fault", str(error))
        return
    except StoreFault as error:
        yield Finding("database", "fault", str(error))
        return
    with closing(database):
        yield _key(settings)
        try:
            yield from _contents(database)
        except StoreFault as error:
            yield Finding("database", "fault", str(error))


def _key(settings: Settings) -> Finding:
    file = settings.key_file
    if S_IMODE(file.stat().st_mode) & 0o077:
        return Finding("key", "warning", f"Others on this machine may read the key file: run `chmod 600 {file}`.")
    return Finding("key", "ok", "The key file opens the database. Keep a copy of it apart from the backups.")


def _contents(database: Database) -> Iterator[Finding]:
    with database.read() as tx:
        if tx.dialect == "sqlite":
            damage = tx.conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if damage != "ok":
                yield Finding("database", "fault", "The database is damaged. Stop the service and restore a backup.")
                return
        everybody = citizens.list_all(tx)  # opens what is sealed of each
        aside = updates.list_set_aside(tx)
        late = timers.count_due(tx, clock.now() - AN_HOUR)
        turning = rotation.under_way(tx)
    database.check_writable()
    yield Finding("database", "ok", f"The database is whole and of this version ({database.name}).")
    if turning:
        yield Finding("key", "warning", "A change of the master key has not ended, and no backup can be made. If no "
                                        "`afsaet keys rotate` is running, run it again.")
    if aside:
        kinds = ", ".join(sorted({f"{update.kind}: {update.error}" for update in aside}))
        yield Finding("updates", "warning", f"Updates from Telegram that could not be dealt with: {len(aside)} "
                                            f"({kinds}). Report them: it is a mistake in Afsæt.")
    else:
        yield Finding("updates", "ok", "No update has been set aside.")
    if late:
        yield Finding("timers", "warning", f"Reminders and the like whose time came more than an hour ago: {late}. Is "
                                           "`afsaet run` running, and can it reach Telegram?")
    else:
        yield Finding("timers", "ok", "Nothing that is to be sent is late.")
    lost = sum(citizen.reachable is False for citizen in everybody)
    if lost:
        yield Finding("citizens", "warning", f"Citizens who cannot be reached in their chat: {lost}. `afsaet citizen "
                                             "list` shows who; their caseworkers have a task about it.")
    else:
        yield Finding("citizens", "ok", "Nobody is known to be out of reach.")


def _municipality(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        municipality = Municipality.load(settings.municipality_dir)
    except MunicipalityFault as error:
        yield from (Finding("municipality", "fault", mistake) for mistake in error.mistakes)
        return
    if settings.municipality_dir and (settings.municipality_dir / FILE).exists():
        yield Finding("municipality", "ok", f"{FILE} is without mistakes.")
    else:
        yield Finding("municipality", "warning", f"There is no {FILE}, so citizens read defaults for the name and the "
                                                 "contact. Write one, and name its folder in AFSAET_MUNICIPALITY_DIR.")
    yield _crisis(municipality, now)
    yield from mail_server(settings, municipality)


def _crisis(municipality: Municipality, now: datetime) -> Finding:
    checked, today = municipality.crisis.checked, now.astimezone(municipality.zone).date()
    advice = f"Call or look up each, and write the day in {FILE}: [crisis] checked = {today}."
    if checked is None:
        return Finding("crisis", "warning", f"Nobody has noted when the crisis numbers were checked. {advice}")
    age = (today - checked).days
    if age < 0:
        return Finding("crisis", "warning", f"The day the crisis numbers were checked, {checked}, has not come yet. "
                                            f"{advice}")
    if age > NUMBERS_GOOD_FOR:
        return Finding("crisis", "warning", f"The crisis numbers were last checked {age} days ago. {advice}")
    return Finding("crisis", "ok", f"The crisis numbers were checked on {checked}.")


def _dialogues(settings: Settings) -> Iterator[Finding]:
    try:
        definitions = read_definitions(settings.municipality_dir)
    except BrokenDialogue as error:
        yield from (Finding("dialogues", "fault", str(mistake)) for mistake in error.faults)
        return
    yield Finding("dialogues", "ok", f"The dialogues are without mistakes: {', '.join(definitions)}.")
    yield _policy(settings, [*definitions.values()])


def _policy(settings: Settings, definitions: list[Definition]) -> Finding:
    if settings.telegram_token is None:
        return Finding("policy", "ok", "No channel policy is needed, since Telegram is not used.")
    if settings.channel_policy is None:
        return Finding("policy", "fault", "AFSAET_CHANNEL_POLICY is not chosen: set it to safe or open. "
                                          "`afsaet run` explains both.")
    if settings.channel_policy == "open":
        return Finding("policy", "ok", "The channel policy is open: all questions are asked in Telegram.")
    questions = [question for definition in definitions for question in questions_of(definition)]
    private = sum(question.sensitivity != "alm" for question in questions)
    return Finding("policy", "warning", f"The channel policy is safe, and there is no page of the municipality's own: "
                                        f"{private} of {len(questions)} questions, the confidential and sensitive "
                                        "ones, are not asked. Take them up in person.")
