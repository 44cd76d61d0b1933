"""A municipality that runs the service: its database, a Telegram, the settings, and the command line beside it."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from pathlib import Path
from typing import Any

from afsaet import clock
from afsaet.assistant.casework import caseload
from afsaet.flows.conversation import MAIN
from afsaet.store import conversations
from afsaet.store.database import Database
from tests.conftest import Home
from tests.fake_telegram import FakeTelegram, Person
from tests.service.program import Process

METTE, JENS = "mette@kommune.dk", "jens@kommune.dk"
FIRST_QUESTION = "Hvad vil du gerne arbejde med"
SECOND_QUESTION = "Hvad vil du helst hen imod"


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


class Town:
    """settings: those of every process that is started from here."""

    def __init__(self, context: Any, home: Home, telegram: FakeTelegram, folder: Path) -> None:
        self._context = context
        self._home = home
        self._folder = folder
        self._processes: list[Process] = []
        self.telegram = telegram
        self.database: Database = home.open()
        self.settings = {
            "AFSAET_DATABASE_URL": home.url, "AFSAET_KEY_FILE": str(home.key_file),
            "AFSAET_DATA_DIR": str(home.data_dir), "AFSAET_TELEGRAM_TOKEN": telegram.token,
            "AFSAET_TELEGRAM_API_URL": telegram.url, "AFSAET_CHANNEL_POLICY": "open", "AFSAET_LISTEN": "127.0.0.1:0",
        }
        with self.database.write() as tx:
            caseload.add_caseworker(tx, METTE, "Mette Holm", clock.now(), phone="12345678")
            caseload.add_caseworker(tx, JENS, "Jens Krogh", clock.now())

    # Processes

    def start(self, *words: str, **settings: str) -> Process:
        """Start `afsaet` with these words; settings by their names in small letters, without AFSAET_."""
        more = {f"AFSAET_{name}".upper(): value for name, value in settings.items()}
        process = Process(self._context, words, {**self.settings, **more}, str(self._folder))
        self._processes.append(process)
        return process

    def run(self, **settings: str) -> Process:
        """The service, once it serves, and has taken what waited for it where it is the one that asks Telegram."""
        process = self.start("run", **settings)
        process.out.wait_for("Listening on")
        if settings.get("telegram_mode") != "webhook" and "AFSAET_TELEGRAM_TOKEN" in self.settings:
            self.telegram.wait_until(lambda telegram: telegram.polling or not process.alive)
        return process

    def webhook(self, **settings: str) -> tuple[Process, str]:
        """The service, called by Telegram, and its address."""
        url = f"http://127.0.0.1:{free_port()}"
        listen = url.removeprefix("http://")
        process = self.run(telegram_mode="webhook", public_url=url, listen=listen, **settings)
        self.telegram.wait_until(lambda telegram: telegram.world.webhook.url.startswith(url))
        return process, url

    def command(self, *words: object, code: int = 0) -> dict[str, Any]:
        """What a command of the command line answers with --json."""
        process = self.start(*map(str, words), "--json")
        assert process.wait() == code, process.err.text
        answer: dict[str, Any] = json.loads(process.out.text)
        return answer

    def close(self) -> None:
        for process in self._processes:
            process.kill()
        self.database.close()

    # People

    def citizen(self, name: str = "Kirsten Lund", reference: str | None = None) -> str:
        with self.database.write() as tx:
            added = caseload.add_citizen(
                tx, name, METTE, clock.now(), profile="rehabiliteringsteam", reference=reference)
        return added.citizen.id

    def invite(self, citizen: str) -> str:
        with self.database.write() as tx:
            return caseload.invite(tx, citizen, clock.now(), 30)[0]

    def joined(self, name: str = "Kirsten Lund") -> tuple[str, Person]:
        """A citizen, and the person who has said yes; the service must be running."""
        citizen, person = self.citizen(name), self.telegram.person(name.partition(" ")[0])
        person.starts(self.invite(citizen))
        taps(person, "Ja, jeg vil gerne prøve")
        person.wait_until(lambda chat: "Begynd" in buttons(chat))
        return citizen, person

    def begun(self, name: str = "Kirsten Lund") -> tuple[str, Person]:
        """One who stands at the first question."""
        citizen, person = self.joined(name)
        person.taps("Begynd")
        person.wait_for(FIRST_QUESTION)
        return citizen, person

    # What is kept

    def answers(self, citizen: str) -> dict[str, dict[str, Any]]:
        with self.database.read() as tx:
            return conversations.load(tx, citizen)[1].get(MAIN, {})

    def words(self, citizen: str, question: str) -> list[str]:
        return [part["text"] for part in self.answers(citizen).get(question, {"parts": []})["parts"]]

    def all_words(self, citizen: str) -> list[str]:
        """The citizen's own words to any question, sorted."""
        return sorted(part["text"] for answer in self.answers(citizen).values() for part in answer["parts"])

    def case(self, citizen: str) -> caseload.Case:
        with self.database.read() as tx:
            return caseload.case(tx, citizen)

    def waiting(self, citizen: str) -> int:
        """How many messages to the citizen are not noted as sent."""
        [(count,)] = self.rows(
            f"SELECT count(*) FROM outbox JOIN chats ON chats.id = chat_id WHERE citizen_id = '{citizen}'")
        return int(count)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.database.read() as tx:
            return [tuple(row) for row in tx.conn.exec_driver_sql(statement)]

    def change(self, statement: str) -> None:
        with self.database.write() as tx:
            tx.conn.exec_driver_sql(statement)


def buttons(chat: Any) -> tuple[str, ...]:
    """Those under the newest message that has any."""
    return next((seen.buttons for seen in reversed(chat.from_bot) if seen.buttons), ())


def taps(person: Person, label: str) -> None:
    """Tap a button as soon as it is there."""
    person.wait_until(lambda chat: label in {words.lstrip("☐☑✓ ") for seen in chat.from_bot for words in seen.buttons})
    person.taps(label)


def plays(person: Person, lines: list[str]) -> None:
    """Each line is the words on a button of the newest question, or a text; each waits for what came before."""
    for line in lines:
        before = [(seen.id, seen.text, seen.rows) for seen in person.from_bot]
        if line in {words.lstrip("☐☑✓ ") for words in buttons(person)}:
            person.taps(line)
        else:
            person.says(line)
        person.wait_until(lambda chat, before=before: _answered(chat, before))


def _answered(chat: Any, before: list[Any]) -> bool:
    """Something new stands there with buttons to go on by."""
    now = [(seen.id, seen.text, seen.rows) for seen in chat.from_bot]
    return any(seen not in before and seen[2] for seen in now)
