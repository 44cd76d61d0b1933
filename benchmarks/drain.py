"""Three thousand reminders that are due at once, while two citizens a second ask for their question.

The server enforces Telegram's limits: 30 calls a second in all. A reply is one call here: one that also edits an
answered question is two, and with two of those a second the 30 would be more than used up before the 110 seconds are.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from afsaet import clock
from afsaet.assistant import shelf
from afsaet.channels.telegram.updates import CHANNEL
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality
from afsaet.store import caseworkers, chats, citizens, conversations, meetings, timers
from benchmarks.fill import halfway
from benchmarks.people import opened
from benchmarks.processes import afsaet, running
from benchmarks.table import Line, show
from tests.fake_telegram import FakeTelegram, Person

REMINDERS = 3000
TALKING = 340  # enough for each to write once: the question of one who asks again is first taken off the old message
EVERY = 0.5  # seconds between two citizens who write
QUIET = 30.0  # seconds of talk before anything is due
BATCH = 500
ANSWERS = 5
SAID = "Du har en aftale med kommunen"


def awake(folder: Path, now: datetime) -> Path:
    """A municipality that writes to people now, whatever the hour and the day."""
    far = wall_of(now + timedelta(hours=12), Municipality().zone)
    own = folder / "kommune"
    own.mkdir()
    quiet = f'[quiet_hours]\nfrom = "{far:%H}:00"\nto = "{far:%H}:01"\n'
    (own / "kommune.toml").write_text("weekends = true\n" + quiet, encoding="utf-8")
    return own


def fill(data_dir: Path, people: list[Person], now: datetime) -> list[tuple[str, str]]:
    """A citizen for each of these, half-way through the plan and with a meeting in some hours; their and its ids."""
    database, municipality = opened(data_dir), Municipality()
    conversation = halfway(shelf.build(municipality, shelf.read_definitions(None)), ANSWERS, now)
    begins = wall_of(now + timedelta(hours=5), municipality.zone).replace(second=0, microsecond=0)
    added = []
    with database.write() as tx:
        caseworker = caseworkers.add(tx, "bent@example.org", "Bent Krogh", now)
    for start in range(0, len(people), BATCH):
        with database.write() as tx:
            for person in people[start:start + BATCH]:
                citizen = citizens.add(tx, caseworker.id, "Kirsten Hansen", now, profile=municipality.profile)
                chats.bind(tx, citizen.id, CHANNEL, str(person.id), now)
                conversations.save(tx, citizen.id, conversation.to_json(), {}, now)
                meeting = Meeting(f"m{citizen.id}", citizen.id, "samtale", begins, municipality.zone.key)
                meetings.add(tx, citizen.id, meeting, now)
                added.append((citizen.id, meeting.id))
    database.close()
    return added


def let_be_due(data_dir: Path, whose: list[tuple[str, str]]) -> None:
    """A reminder of every meeting is due from now on."""
    database = opened(data_dir)
    with database.write() as tx:
        for citizen_id, meeting_id in whose:
            timers.plan(tx, citizen_id, "reminder", meeting_id, 0, [(1, clock.now())])
    database.close()


class Talk(threading.Thread):
    """Citizens who ask for their question, one every half second. taken: seconds until the answer, with the moment."""

    def __init__(self, people: list[Person]) -> None:
        super().__init__(daemon=True)
        self._people = people
        self._over = threading.Event()
        self.taken: list[tuple[float, float]] = []

    def run(self) -> None:
        waiting: list[threading.Thread] = []
        number, begun = 0, time.perf_counter()
        while not self._over.wait(max(0.0, begun + number * EVERY - time.perf_counter())):
            waiting.append(threading.Thread(target=self._turn, args=(self._people[number % len(self._people)],)))
            waiting[-1].start()
            number += 1
        for thread in waiting:
            thread.join()

    def _turn(self, person: Person) -> None:
        since, before = time.perf_counter(), len(person.from_bot)
        person.says("/fortsaet")
        person.wait_until(lambda chat: len(chat.from_bot) > before)
        self.taken.append((since, time.perf_counter() - since))

    def end(self) -> None:
        self._over.set()
        self.join()


def reminded(telegram: FakeTelegram) -> list[float]:
    """When Telegram took each reminder, by `time.perf_counter`."""
    return [call.at for call in telegram.calls
            if call.method == "sendmessage" and call.status == 200 and SAID in call.params["text"]]


def measure() -> Iterator[Line]:
    """Seconds until all have been sent, and milliseconds to the reply meanwhile and before."""
    with tempfile.TemporaryDirectory() as name, FakeTelegram() as telegram:
        folder, now = Path(name), clock.now()
        people = [telegram.person() for _ in range(REMINDERS + TALKING)]
        for person in people:
            person.chat.standing = "open"
        whose = fill(folder / "data", people, now)
        start, settings = afsaet(telegram.url, telegram.token, folder / "data")
        settings["AFSAET_MUNICIPALITY_DIR"] = str(awake(folder, now))
        telegram.enforce_limits()
        with running(start, settings, folder) as bot:
            telegram.wait_until(lambda each: each.polling)
            talk = Talk(people[REMINDERS:])
            talk.start()
            time.sleep(QUIET)
            let_be_due(folder / "data", whose[:REMINDERS])
            began, cpu = time.perf_counter(), bot.cpu
            while len(taken := reminded(telegram)) < REMINDERS:
                time.sleep(1)
            drained = max(taken) - began
            print(f"  processor time: {1000 * (bot.cpu - cpu) / REMINDERS:.1f} ms a reminder", file=sys.stderr)
            talk.end()
    statuses = Counter(call.status for call in telegram.calls if call.method != "getupdates")
    print("  calls by status:", dict(statuses), file=sys.stderr)
    quiet = [seconds for since, seconds in talk.taken if since < began]
    meanwhile = [seconds for since, seconds in talk.taken if since >= began]
    print(f"  replies: {len(quiet)} before, {len(meanwhile)} meanwhile", file=sys.stderr)
    what = f"{REMINDERS:,} reminders due, {statuses[429]} calls refused"
    yield Line(what, drained, REMINDERS / 30, "s", "30 a second", "≤ 1.1 ×")
    yield Line("time to the reply meanwhile", 1000 * median(meanwhile), 1000 * median(quiet), "ms", "before it began",
               "≤ 1.5 ×")


if __name__ == "__main__":
    show(measure())
