"""Whatever is done with meetings, in any order, across the days on which clocks change: what must hold of reminders."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from afsaet.assistant.unasked import nudging
from afsaet.assistant.unasked.firing import fire, look_again
from afsaet.meetings.hours import Hours
from afsaet.store import outbox
from afsaet.store.database import Database
from tests.assistant.diary import Diary
from tests.assistant.world import World

STARTS = [datetime(2026, 3, 24, 11, tzinfo=UTC), datetime(2026, 10, 20, 11, tzinfo=UTC),
          datetime(2026, 12, 28, 11, tzinfo=UTC), datetime(2028, 2, 25, 11, tzinfo=UTC)]  # fmt: skip
RATION = ("nudge", "own_task")


class Reminders(RuleBasedStateMachine):
    """Every message that lies in the outbox is taken down as (timer, moment), and sometimes sent."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="afsaet-machine-"))
        self.database = self._open()
        self.world = World(self.database)
        self.citizen, self.phone = self.world.joined()
        self.phone.plays(["Begynd", "Noget med dyr"])
        self.diary = Diary(self.world, self.citizen)
        self.meetings: list = []
        self.laid: dict[int, datetime] = {}

    def _open(self) -> Database:
        url = f"sqlite:///{self.folder / 'afsaet.sqlite3'}"
        return Database.open(url, self.folder / "key", data_dir=self.folder)

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.world.clock.now = start

    @rule(days=st.integers(0, 9), hour=st.integers(7, 18), kind=st.sampled_from(["samtale", "rehabiliteringsmoede"]))
    def add(self, days: int, hour: int, kind: str) -> None:
        if len(self.meetings) < 3:
            self.meetings.append(self.diary.add(self._wall(days, hour), kind=kind, arrival_minutes=15))

    @precondition(lambda self: self.meetings)
    @rule(which=st.integers(0, 2), days=st.integers(0, 9), hour=st.integers(7, 18))
    def move(self, which: int, days: int, hour: int) -> None:
        number = which % len(self.meetings)
        when = self._wall(days, hour)
        if when != self.meetings[number].wall or self.meetings[number].cancelled:
            self.meetings[number] = self.diary.move(self.meetings[number], when)

    @precondition(lambda self: any(not meeting.cancelled for meeting in self.meetings))
    @rule(which=st.integers(0, 2))
    def cancel(self, which: int) -> None:
        live = [number for number, meeting in enumerate(self.meetings) if not meeting.cancelled]
        number = live[which % len(live)]
        self.meetings[number] = self.diary.cancel(self.meetings[number])

    @precondition(lambda self: self.meetings)
    @rule(which=st.integers(0, 2), word=st.sampled_from(["coming", "cannot", "talk"]))
    def answer(self, which: int, word: str) -> None:
        self.diary.answer(self.meetings[which % len(self.meetings)], word)

    @rule(wanted=st.sampled_from([None, (), (1,), (3, 2)]), on=st.booleans())
    def choose(self, wanted: tuple[int, ...] | None, on: bool) -> None:
        self.diary.prefers(reminder_days=wanted, reminders=on)

    @rule(minutes=st.sampled_from([5, 30, 90, 60 * 7, 60 * 24, 60 * 24 * 3]), watched=st.booleans())
    def pass_time(self, minutes: int, watched: bool) -> None:
        """The service runs meanwhile, looking every half hour at least, or it stands still."""
        end = self.world.clock() + timedelta(minutes=minutes)
        while watched and self.world.clock() + timedelta(minutes=30) < end:
            self.world.clock.passes(minutes=30)
            self._fire()
        self.world.clock.now = end
        self._fire()

    @rule()
    def send(self) -> None:
        self.phone.reads()

    @rule()
    def restart(self) -> None:
        self.database.close()
        self.database = self.world.database = self._open()
        self.phone.assistant = self.world.assistant()
        look_again(self.world.assistant())

    def _wall(self, days: int, hour: int) -> datetime:
        local = self.world.clock().astimezone(self.world.municipality.zone)
        return datetime.combine(local.date() + timedelta(days=days), datetime.min.time()).replace(hour=hour)

    def _fire(self) -> None:
        """Two workers, the second of which finds that all is done; then what has been laid is looked at."""
        now, hours = self.world.clock(), Hours.of(self.world.municipality)
        look_again(self.world.assistant())
        nudging.look(self.world.assistant())
        fire(self.world.assistant())
        assert fire(self.world.assistant()) == 0
        with self.database.read() as tx:
            waiting = [row.timer_id for row in outbox.due(tx, "telegram", now, 1000) if row.timer_id is not None]
        assert len(waiting) == len(set(waiting))
        current = {meeting.id: meeting for meeting in self.meetings}
        mine = {timer.id: timer for timer in self.diary.timers()}
        for timer_id in set(waiting) - self.laid.keys():
            self.laid[timer_id] = now
            timer = mine[timer_id]
            assert hours.next_allowed(now) == now
            if timer.sort in ("reminder", "ready"):
                meeting = current[timer.subject]
                assert (timer.version, meeting.cancelled) == (meeting.version, False)
                assert timer.due_at <= now < meeting.arrival

    @invariant()
    def holds(self) -> None:
        mine = self.diary.timers()
        keys = [(timer.subject, timer.offset, timer.version) for timer in mine]
        assert len(keys) == len(set(keys))
        with self.database.read() as tx:
            rows = [row.timer_id for row in outbox.due(tx, "telegram", datetime(2100, 1, 1, tzinfo=UTC), 1000)
                    if row.timer_id is not None]
        assert len(rows) == len(set(rows))
        current = {meeting.id: meeting for meeting in self.meetings}
        for timer in mine:
            meeting = current.get(timer.subject)
            if meeting is not None and timer.state in ("planned", "laid"):
                assert (timer.version, meeting.cancelled) == (meeting.version, False)
            assert timer.state != "laid" or timer.id in rows
        zone = self.world.municipality.zone
        counted = sorted(self.laid[timer.id].astimezone(zone).date() for timer in mine
                         if timer.sort in RATION and timer.id in self.laid)
        assert all(counted.count(day) <= 1 for day in counted)
        assert all(sum(day <= other < day + timedelta(days=7) for other in counted) <= 3 for day in counted)

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)


Reminders.TestCase.settings = settings(
    max_examples=8, stateful_step_count=25, suppress_health_check=list(HealthCheck),
)
TestReminders = Reminders.TestCase
