"""A golden dialogue as a file: what the citizen does is read from it, played again, and written down anew.

A transcript begins with a few lines on what it shows. Lines at the margin that begin with "Borgeren" or "---"
are what happens; everything else is what the assistant made of it. After every step the conversation is taken
to JSON text and back, as it would be by a restart between any two messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from afsaet.flows import welcome
from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.dialogue import load
from afsaet.flows.effects import ContactWished, CopyWanted, Effect, Forget, RemindersChosen, Sent, Unsend
from afsaet.flows.files.reading import read_dialogue
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable
from afsaet.flows.library import Helpline, Library, Visit, Word
from afsaet.flows.message import Message
from afsaet.flows.pages.link import another_link
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.flows.state.session import Answer
from afsaet.measures import pages as measure_pages
from afsaet.measures.monthly import with_monthly
from afsaet.measures.pages import for_citizen
from afsaet.measures.rules import SHIPPED
from afsaet.measures.terms import Terms
from afsaet.meetings import buttons
from afsaet.meetings.effects import MeetingAnswered, OwnTaskAdded, OwnTaskRemoved, OwnTaskTicked
from afsaet.meetings.kinds import kind_named, preparation_files
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.mine import Mine, OwnTask
from afsaet.meetings.pages import ALOUD, ENDS, own_list, pages
from afsaet.meetings.place import Passed, Place
from afsaet.meetings.process import build
from afsaet.meetings.reminders import Rules
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality, ProfileName
from tests.measures.kept import Kept

RULES = Rules.of(Municipality())
NAMES = Municipality().names() | {
    "moedenavn": "rehabiliteringsmødet", "laegeattest": "LÆ265", "ankomst_minutter": "15",
    "kommune": "Solvang Kommune", "dataansvarlig": "Solvang Kommune", "dpo": "kommunens databeskyttelsesrådgiver",
    "kladde_dage": "180", "arkiv_dage": "30", "sagsbehandler": "Mette Holm", "sagsbehandler_telefon": "12 34 56 78",
    "sagsbehandler_tid": "mandag til torsdag kl. 9-14",
}  # fmt: skip
HELPLINES = (
    Helpline("Alarmcentralen", "112", "Er der fare for liv, så ring nu."),
    Helpline("Egen læge eller lægevagt", "", "Har du brug for en læge, så ring dertil."),
    Helpline("Livslinien", "70 201 201", "Tænker du på selvmord, så tal med dem."),
)
NUMBERS = {"en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5}
UNITS = {"dag": timedelta(days=1), "dage": timedelta(days=1), "uge": timedelta(weeks=1), "uger": timedelta(weeks=1)}
LINKS = {"et brugt": "used", "et gammelt": "expired", "et tilbagekaldt": "revoked", "et ukendt": "unknown"}
SENDABLE = {"lydbesked": "voice", "billede": "file", "klistermærke": "sticker"}
TOLD: Mapping[type[Effect], str] = {
    Sent: "Svarene er sendt til sagsbehandleren.",
    ContactWished: "Sagsbehandleren får at vide, at borgeren vil ringes op.",
    CopyWanted: "Borgeren får en kopi af det, der er sendt.", Forget: "Alt om borgeren bliver slettet.",
    RemindersChosen: "Påmindelser om møder, der kommer, følger det nye valg.",
    Unsend: "Borgerens besked bliver slettet i chatten.",
}  # fmt: skip
SAID = {"coming": "kommer", "cannot": "ikke kan komme", "talk": "gerne vil tale med nogen"}
MEETING = r"(\w+) den (\S+) kl\. (\S+?)(?: \((.*)\))?"
DETAILS = {"sted": "place", "lokale": "room", "med": "people", "dagsorden": "agenda", "ankomst": "arrival_minutes"}
ATTACHED = {"calendar": "en kalenderfil", "wheel": "et billede af hjulet", "line": "et billede af linjen over tid"}
COMMON = {"Tilbage", "Spring over", "Pause", "Hjælp til spørgsmålet", "Behold svaret", "Slet svaret"}
MOST_SKIPS = 60


def english(text: str) -> str:
    """A stand-in for a translation: it shows that every text is translated, and only once."""
    return f"[en] {text}" if any(map(str.isalpha, text)) else text


def shelf(profile: ProfileName = "rehabiliteringsteam", names: Mapping[str, str] = NAMES) -> Library:
    """Everything there is to say, as shipped."""
    flows = files("afsaet.flows")
    shipped = (*sorted(file for file in (flows / "definitions").iterdir() if file.name.endswith(".yaml")),
               *preparation_files().values(), *own_list.questions().values(), *measure_pages.questions().values())  # fmt: skip
    read = [read_dialogue(file) for file in shipped]
    dialogues = [load(each, names) for each in with_monthly({each.id: each for each in read}).values()]
    entries = yaml.safe_load((flows / "ordbog.yaml").read_text(encoding="utf-8"))
    words = tuple(Word(entry["id"], entry["word"], entry["text"], tuple(entry["also"])) for entry in entries
                  if entry.get("only_if", "laegeattest") == "laegeattest")  # fmt: skip
    opened = {**pages(build(Municipality().text_profile(profile))), **measure_pages.pages(Terms())}
    return Library({dialogue.definition.id: dialogue for dialogue in dialogues}, words, HELPLINES,
                   {"da": str, "en": english}, opened, ends={**ENDS, **measure_pages.ENDS}, aloud=ALOUD,
                   after_round=measure_pages.after_round(SHIPPED, Terms()), aside=measure_pages.aside(SHIPPED))  # fmt: skip


def after_restart(conversation: Conversation) -> Conversation:
    """The conversation as it is read back from what is kept; the answers, a row each, in no particular order."""
    state = json.loads(json.dumps(conversation.to_json()))
    answers = {
        dialogue: {name: Answer.from_json(json.loads(json.dumps(answer.to_json())))
                   for name, answer in reversed(session.answers.items())}
        for dialogue, session in conversation.sessions.items()
    }  # fmt: skip
    back = Conversation.from_json(state, answers)
    assert back == conversation
    return back


@dataclass
class Shown:
    """A message in the chat, with the number its buttons went out with."""

    message: Message
    ask: int

    def action(self, label: str) -> str | None:
        """What the button of this label means; a symbol before the words may be left out."""
        for button in (button for row in self.message.rows for button in row):
            if label in (button.label, button.label.lstrip("☐☑✓ ")):
                return button.action
        return None


@dataclass
class Play:
    """One transcript being played. `lines` is what has been written down of it so far."""

    library: Library = field(default_factory=shelf)
    now: datetime = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
    channel: str = "Telegram"
    policy: str = "åben"
    flags: frozenset[str] = frozenset({"laegeattest"})
    names: Mapping[str, str] = field(default_factory=lambda: NAMES)
    meetings: list[Mine] = field(default_factory=list)
    own_tasks: list[OwnTask] = field(default_factory=list)
    place: Place | None = None
    kept: Kept = field(default_factory=Kept)
    conversation: Conversation | None = None
    chat: list[Shown] = field(default_factory=list)
    asked: Shown | None = None
    refs: dict[str, str] = field(default_factory=dict)
    last_tap: Tap | None = None
    settled: str = ""
    sent: list[Mapping[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def setting(self) -> Setting:
        closed = self.channel == "Telegram" and self.policy == "sikker"
        open_to = frozenset({"alm"}) if closed else ALL_SENSITIVITIES
        facts = {"meetings": self.meetings, "own_tasks": self.own_tasks, "place": self.place, "reminder_rules": RULES,
                 **self.kept.facts(self.now)}  # fmt: skip
        return Setting(self.now, open_to, self.flags, self.names, facts)

    def play(self, line: str) -> None:
        """Do what one line at the margin says. Raises ValueError where it says nothing known."""
        for pattern, act in _ACTS:
            if match := re.fullmatch(pattern, line):
                self.lines += [line, ""]
                act(self, *match.groups())
                return
        raise ValueError(f"no such step: {line}")

    # Before the yes

    def open_link(self) -> None:
        self._say(welcome.invited(self.setting, "KODE"))

    def open_dead_link(self, kind: str) -> None:
        self._say(welcome.closed_door(self.setting, LINKS[kind]))  # type: ignore[arg-type]

    def open_anothers_link(self) -> None:
        assert self.conversation is not None
        self._turn(another_link(Visit(self.library, self.conversation, self.setting)), None)

    def say_yes(self) -> None:
        begun = begin(self.library, "forberedelse")
        self._turn(opening(self.library, begun, self.setting), None)

    def _at_the_door(self, action: str) -> None:
        pages = {"hello": welcome.invited, "more": welcome.more, "no": welcome.declined}
        step = action.split(".")[1]
        if step == "yes":
            self._redraw(self.chat[-1], welcome.agreed(self.setting))
            self.say_yes()
        else:
            self._redraw(self.chat[-1], pages[step](self.setting, "KODE"))

    # What the citizen does

    def tap(self, label: str) -> None:
        shown = next(shown for shown in reversed(self.chat) if shown.message.rows)
        self._press(shown, label)

    def tap_again(self) -> None:
        assert self.last_tap is not None
        self._give(self.last_tap, self.chat[-1])

    def tap_old(self, label: str, lead: str) -> None:
        shown = next(s for s in reversed(self.chat) if s.message.lead == lead and s.action(label) is not None)
        self._press(shown, label)

    def _press(self, shown: Shown, label: str) -> None:
        action = shown.action(label)
        if action is None:
            raise ValueError(f"there is no button {label!r} under {shown.message.lead!r}")
        if action.startswith("w."):
            self._at_the_door(action)
            return
        self.last_tap = Tap(action, shown.ask)
        self._give(self.last_tap, shown)

    def write(self, text: str) -> None:
        self._write(text, early=False)

    def write_early(self, text: str) -> None:
        self._write(text, early=True)

    def write_behind(self, text: str) -> None:
        self._write(text, early=False, behind=True)

    def _write(self, text: str, *, early: bool, behind: bool = False) -> None:
        if self.conversation is None:
            self._say(welcome.stranger(self.setting))
            return
        self.refs[text] = f"besked {len(self.refs) + 1}"
        self._give(Text(text.replace(" ⏎ ", "\n"), self.refs[text], early, behind), None)

    def edit(self, old: str, new: str) -> None:
        self.refs[new] = self.refs[old]
        self._give(Edited(new.replace(" ⏎ ", "\n"), self.refs[old]), None)

    def command(self, name: str) -> None:
        self._give(Command(name), None)

    def send(self, thing: str) -> None:
        self._give(Unreadable(SENDABLE[thing]), None)

    def skip_until(self, lead: str) -> None:
        """Press "Spring over" until a question is reached; only the last message is written down."""
        for _press in range(MOST_SKIPS):
            before = len(self.lines)
            self.tap("Spring over")
            if self.chat[-1].message.lead == lead:
                self.lines[before:] = self.lines[before + 2:]  # without what stands under the question skipped
                return
            del self.lines[before:]
        raise ValueError(f"{lead!r} is never reached")

    # What happens around the citizen

    def wait(self, number: str, unit: str) -> None:
        self.now += NUMBERS[number] * UNITS[unit]

    def go_on_in(self, channel: str) -> None:
        self.channel = channel

    def choose_policy(self, policy: str) -> None:
        self.policy = policy

    def use_no_attest(self) -> None:
        self.flags = frozenset()

    def use_the_new_profile(self) -> None:
        own = {"moedenavn", "plannavn", "forloebsnavn", "laegeattest", "deltagere"}
        new = Municipality().names("samlet_beskrivelse")
        self.names = {name: new[name] if name in own else NAMES[name] for name in NAMES}
        self.library = shelf("samlet_beskrivelse", self.names)

    def book(self, kind: str, day: str, clock: str, details: str | None) -> None:
        given = dict(part.split(": ", 1) for part in (details or "").split("; ") if part)
        values: dict[str, Any] = {DETAILS[name]: value for name, value in given.items()}
        if "agenda" in values:
            values["agenda"] = tuple(values["agenda"].split(" / "))
        if "arrival_minutes" in values:
            values["arrival_minutes"] = int(values["arrival_minutes"])
        number = len(self.meetings) + 1
        known = kind_named(kind)
        assert known is not None
        meeting = Meeting(f"m{number}", f"u{number}@afsaet", known, _wall(day, clock), "Europe/Copenhagen", **values)
        self.meetings.append(Mine(meeting, "", self.now))

    def move_meeting(self, day: str, clock: str) -> None:
        self._changed(changed(self.meetings[-1].meeting, wall=_wall(day, clock)))

    def call_off(self) -> None:
        self._changed(cancelled(self.meetings[-1].meeting))

    def _changed(self, meeting: Meeting) -> None:
        self.meetings[-1] = Mine(meeting, "", self.now)

    def come_to(self, step: str) -> None:
        self.place = Place((Passed(step, self.now, "caseworker"),))

    def remind(self) -> None:
        """The reminder of the meeting booked last that asks whether the citizen is ready."""
        meeting = self.meetings[-1].meeting
        rows = ((buttons.ready(meeting, self.setting), buttons.prepare(meeting, self.setting)),
                (buttons.more(meeting, self.setting),))  # fmt: skip
        self._say(Message(notice("ready", self.setting, meeting), rows=rows))

    # What comes of it

    def _give(self, given: Input, pressed: Shown | None) -> None:
        assert self.conversation is not None
        setting = self.setting
        self._turn(converse(for_citizen(self.library, setting.facts), self.conversation, given, setting), pressed)

    def _turn(self, turn: Turn, pressed: Shown | None) -> None:
        self.conversation = after_restart(turn.conversation)
        if turn.settled and (not turn.settled.again or turn.settled.of == self.settled):
            answer = turn.settled.answer.replace("\n", " / ")
            where = "det forrige spørgsmål" if turn.settled.again else "spørgsmålet"
            self.lines += [f"(Under {where} står nu: ✓ {answer})", ""]
        self.settled = turn.settled.of if turn.settled and not turn.settled.again else self.settled
        on_a_pause = pressed is self.asked and self.last_tap is not None and self.last_tap.action.startswith("m.")
        if turn.older and self.asked is not None and self.asked.ask == self.conversation.ask and not on_a_pause:
            self.asked.message = Message(lead=turn.older)
            self.lines += [f"(Længere oppe står nu kun: {turn.older})", ""]
        if turn.redraw is not None:
            assert pressed is not None
            self._redraw(pressed, turn.redraw)
        for message in turn.say:
            self._say(message)
        if self.conversation.open and turn.say and turn.say[-1].rows:
            self.asked = self.chat[-1]
        elif self.conversation.open and turn.redraw is not None:
            self.asked = pressed
        for effect in turn.effects:
            self.lines += [f"({self._done(effect)})", ""]
            if isinstance(effect, Sent):
                self.sent.append(json.loads(json.dumps(effect.snapshot)))
            elif isinstance(effect, Forget):
                self.conversation = None
        if not (turn.redraw or turn.say or turn.effects):
            self.lines += ["(Der sker ikke mere.)", ""]

    def _done(self, effect: Effect) -> str:
        """Do what the effect asks for as far as pages show it, and tell of it."""
        if isinstance(effect, MeetingAnswered):
            self.meetings = [mine.answered(effect.answer) if mine.meeting.id == effect.meeting_id else mine
                             for mine in self.meetings]  # fmt: skip
            return f"Sagsbehandleren kan se, at borgeren {SAID[effect.answer]}."
        if isinstance(effect, OwnTaskAdded):
            self.own_tasks.append(OwnTask(f"t{len(self.own_tasks) + 1}", effect.text, effect.on))
            return f"På listen kommer: {effect.text}."
        if isinstance(effect, OwnTaskTicked):
            self.own_tasks = [replace(task, done=effect.done) if task.id == effect.task_id else task
                              for task in self.own_tasks]  # fmt: skip
            return "Det er gjort." if effect.done else "Det er ikke gjort endnu."
        if isinstance(effect, OwnTaskRemoved):
            self.own_tasks = [task for task in self.own_tasks if task.id != effect.task_id]
            return "Det er taget af listen."
        return self.kept.carry_out(effect) or TOLD[type(effect)]

    def _say(self, message: Message) -> None:
        self.chat.append(Shown(_checked(message), self.conversation.ask if self.conversation else 0))
        self.lines += ["Afsæt skriver:", *_drawn(message), ""]

    def _redraw(self, shown: Shown, message: Message) -> None:
        shown.message, shown.ask = _checked(message), self.conversation.ask if self.conversation else 0
        self.lines += ["Afsæt ændrer beskeden til:", *_drawn(message), ""]


def _wall(day: str, clock: str) -> datetime:
    return datetime.strptime(f"{day} {clock}", "%d.%m.%Y %H.%M")  # noqa: DTZ007 - a wall time


def _checked(message: Message) -> Message:
    """The message, which must survive storage, fit a phone and keep to the design's few buttons."""
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
    assert message.plain().strip()
    buttons = [button for row in message.rows for button in row]
    assert all(message.rows), "an empty row of buttons"
    assert all(button.label and len(button.label) <= 64 and len(button.action) <= 48 for button in buttons)
    words = [button.label for button in buttons if button.action != "stay"]
    assert len(words) == len(set(words)), f"two buttons alike under {message.lead!r}"
    assert sum(any(button.label in COMMON for button in row) for row in message.rows) <= 3
    return message


def _drawn(message: Message) -> Iterator[str]:
    for line in message.plain().split("\n"):
        yield f"    {line}".rstrip()
    if message.attachment is not None:
        yield f"    (Vedhæftet: {ATTACHED[message.attachment.kind]})"
    for row in message.rows:
        yield "    " + " ".join(f"[{button.label}]" for button in row)


def _what_was_sent(snapshot: Mapping[str, Any]) -> Iterator[str]:
    yield f"=== Sendt: version {snapshot['version']} ==="
    for section in snapshot["sections"]:
        yield f"{section['title']}"
        for answer in section["answers"]:
            text = answer["text"].replace("\n", " / ")
            yield "    " + " | ".join(part for part in (answer["id"], answer["state"], text) if part)
    yield ""


Act = Callable[..., None]
_ACTS: tuple[tuple[str, Act], ...] = (
    (r"Borgeren åbner linket", Play.open_link),
    (r"Borgeren åbner en andens link", Play.open_anothers_link),
    (r"Borgeren åbner (.+) link", Play.open_dead_link),
    (r"Borgeren har sagt ja", Play.say_yes),
    (r"Borgeren trykker: (.+)", Play.tap),
    (r"Borgeren trykker en gang til", Play.tap_again),
    (r"Borgeren trykker på den gamle knap: (.+) \(»(.+)«\)", Play.tap_old),
    (r"Borgeren skriver: (.+)", Play.write),
    (r"Borgeren skriver, før beskeden er nået frem: (.+)", Play.write_early),
    (r"Borgeren skriver, før spørgsmålet er kommet igen: (.+)", Play.write_behind),
    (r"Borgeren skriver (/.*)", Play.command),
    (r"Borgeren retter »(.+)« til: (.+)", Play.edit),
    (r"Borgeren sender: (.+)", Play.send),
    (r"Borgeren springer over, til der står: (.+)", Play.skip_until),
    (r"--- (\w+) (dag|dage|uge|uger) senere ---", Play.wait),
    (r"--- fortsætter i (terminalen|Telegram) ---", Play.go_on_in),
    (r"--- kommunen vælger: (åben|sikker) ---", Play.choose_policy),
    (r"--- kommunen bruger ikke attesten ---", Play.use_no_attest),
    (r"--- kommunen bruger den samlede beskrivelse ---", Play.use_the_new_profile),
    (rf"--- sagsbehandleren booker: {MEETING} ---", Play.book),
    (r"--- sagsbehandleren flytter mødet til den (\S+) kl\. (\S+) ---", Play.move_meeting),
    (r"--- sagsbehandleren aflyser mødet ---", Play.call_off),
    (r"--- borgeren er kommet til: (\w+) ---", Play.come_to),
    (r"--- påmindelsen to dage før kommer ---", Play.remind),
)


def replay(transcript: str) -> str:
    """The transcript with the assistant's part as it is now."""
    title, *body = transcript.split("\n\n", 1)
    play = Play()
    for line in "\n".join(body).splitlines():
        if line.startswith(("Borgeren", "---")):
            play.play(line)
    for snapshot in play.sent:
        play.lines += _what_was_sent(snapshot)
    return f"{title.rstrip()}\n\n" + "\n".join(play.lines).rstrip() + "\n"
