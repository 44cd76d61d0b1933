"""Citizens who walk through all the questions, each doing the same at the same screen."""

from __future__ import annotations

from pathlib import Path

from afsaet import clock
from afsaet.assistant.casework import caseload
from afsaet.municipality import Municipality
from afsaet.store.database import Database
from tests.fake_telegram import FakeTelegram, Person, Seen
from tests.fake_telegram.world import Call

CONTROLS = {"Tilbage", "Spring over", "Pause", "Hjælp til spørgsmålet", "Færdig"}
ONWARD = ("Ja, jeg vil gerne prøve", "Begynd", "Send til min sagsbehandler", "Ja, send", "Tilbage til spørgsmålet")
HELP_EVERY = 8  # turns
WORDS = (
    "Jeg vil gerne arbejde med heste eller med planter, helst et sted hvor der ikke er for mange mennesker.",
    "Ro og faste aftaler.",
    "Jeg har arbejdet på et lager i fire år og et halvt år i et køkken. Det gik godt, indtil jeg blev syg. "
    "Bagefter var jeg i praktik i en genbrugsbutik, men der var for meget larm, så jeg blev træt efter en time.",
    "Min søster hjælper mig med at læse breve og med at handle ind.",
)


def opened(data_dir: Path) -> Database:
    """The database of a data folder, made if need be. Close it."""
    return Database.open(f"sqlite:///{data_dir / 'afsaet.sqlite3'}", data_dir / "key", data_dir=data_dir)


def invited(data_dir: Path, number: int) -> list[str]:
    """New citizens in the database of a data folder; their invitations' codes."""
    database, now, profile = opened(data_dir), clock.now(), Municipality.load(None).profile
    codes = []
    with database.write() as tx:
        caseload.add_caseworker(tx, "maja@example.org", "Maja Holm", now)
        for _ in range(number):
            case = caseload.add_citizen(tx, "Kirsten Hansen", "maja@example.org", now, profile=profile)
            codes.append(caseload.invite(tx, case.citizen.id, now, 14)[0])
    database.close()
    return codes


class Walker:
    """One citizen in front of one bot. Only `code`, which opens the conversation, tells one from another."""

    def __init__(self, telegram: FakeTelegram, code: str) -> None:
        self._telegram = telegram
        self._person: Person = telegram.person()
        self._code = code
        self._turns = 0
        self._helped = False

    @property
    def done(self) -> bool:
        """The plan has been sent."""
        return self._turns > 0 and self._newest().text.startswith("Sendt")

    def turn(self) -> list[Call]:
        """Do the next thing and wait for the answer; the calls that were made in the chat for it, in order."""
        since = len(self._telegram.world.calls)
        self._act()
        self._turns += 1
        self._telegram.wait_until(lambda telegram: self._answered(telegram, since))
        return self._calls(since)

    def _calls(self, since: int) -> list[Call]:
        mine = str(self._person.id)
        return [call for call in self._telegram.world.calls[since:] if call.params.get("chat_id") == mine]

    def _answered(self, telegram: FakeTelegram, since: int) -> bool:
        """There are new buttons, and nothing waits for an answer."""
        shown = any("reply_markup" in call.params and call.status for call in self._calls(since))
        return shown and not self._person.spinning

    def _newest(self) -> Seen:
        """The newest message with buttons."""
        return next(seen for seen in reversed(self._person.from_bot) if seen.rows)

    def _act(self) -> None:
        if self._turns == 0:
            self._person.starts(self._code)
            return
        labels = self._newest().buttons
        onward = next((label for label in ONWARD if label in labels), "")
        if onward:
            self._person.taps(onward)
        elif self._turns % HELP_EVERY == 0 and not self._helped:
            self._helped = True
            self._person.taps("Hjælp til spørgsmålet")
        else:
            self._helped = False
            self._answer(labels)

    def _answer(self, labels: tuple[str, ...]) -> None:
        options = [label for label in labels if label not in CONTROLS and not label.startswith(("☑", "‹", "›"))]
        if "Færdig" in labels and self._turns % 2:
            self._person.taps("Færdig")
        elif options:
            self._person.taps(options[self._turns % len(options)])
        else:
            self._person.says(WORDS[self._turns % len(WORDS)])
