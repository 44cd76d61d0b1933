"""The process is killed again and again, at any moment: no answer is lost, every question comes, little is repeated."""

import json
import os
import random
import threading
from collections import Counter

from afsaet.assistant.shelf import read_definitions
from afsaet.flows.conversation import MAIN
from afsaet.municipality import Municipality

KILLS = 25
CONTROLS = {"Tilbage", "Spring over", "Pause", "Hjælp til spørgsmålet", "Færdig", "Behold svaret", "Slet svaret"}
NOT_TAPPED = CONTROLS | {"Jeg har fået en tid", "Noget andet (skriv)"}
NAMES = Municipality().names()
BY_ASK = {question.ask.format_map(NAMES): question
          for section in read_definitions(None)[MAIN].sections for question in section.questions}


class Walker:
    """A citizen who answers whatever stands there, at once, and sends it all in the end."""

    def __init__(self, town, name, chance):
        self.town, self.chance = town, chance
        self.citizen, self.person = town.joined(name)
        self.said = {}
        self.chosen = {}
        self.pressed = set()
        self.done_with = None
        self.finished = False

    def newest(self):
        """The newest message with buttons that is not one they have pressed already, as something to compare.

        Nobody scrolls back beyond what they answered.
        """
        since = self.done_with[0] if self.done_with else 0
        shown = ((seen.id, seen.text, seen.rows) for seen in reversed(self.person.from_bot) if seen.rows)
        return next((each for each in shown if each[0] >= since and each[1:] not in self.pressed), None)

    def due(self):
        """What stands there and has not been answered, if anything."""
        newest = self.newest()
        return None if self.finished or newest == self.done_with else newest

    def acts(self, newest):
        self.done_with = number, text, rows = newest
        labels = [label for row in rows for label in row]
        question = next((question for ask, question in BY_ASK.items() if ask in text), None)
        if question is None or question.answer.kind not in ("text", "points") or "Færdig" in labels:
            self.pressed.add((text, rows))
        for way in ("Begynd", "Send til min sagsbehandler", "Ja, send"):
            if way in labels:
                return self.person.taps(way, number)
        if "Få en kopi" in labels:
            self.finished = True
            return None
        return self._answers(question, number, labels)

    def _answers(self, question, number, labels):
        options = [label for label in labels if label not in NOT_TAPPED and label[0] not in "☐☑‹›"]
        if question.answer.kind in ("text", "points") and "Færdig" not in labels:
            words = f"{question.id} {len(self.said.get(question.id, ()))}"
            self.said.setdefault(question.id, []).append(words)
            self.person.says(words)
        elif "Færdig" in labels and (question.answer.kind == "points" or any(label[0] == "☑" for label in labels)):
            self.person.taps("Færdig", number)
        else:
            ticks = [label[2:] for label in labels if label[0] == "☐" and label[2:] not in NOT_TAPPED]
            label = self.chance.choice(ticks or options)
            self.chosen.setdefault(question.id, set()).add(label)
            self.person.taps(label, number)


def outgoing(telegram):
    """How many messages and changes of messages Telegram has taken."""
    return sum(call.method in ("sendmessage", "editmessagetext", "deletemessage") and call.status == 200
               for call in telegram.calls)


def repeated(calls):
    """How often each chat was sent a message it had been sent before, buttons and all."""
    sent = Counter((call.params["chat_id"], call.params["text"], call.params["reply_markup"])
                   for call in calls if call.method == "sendmessage" and call.status == 200
                   if "reply_markup" in call.params)
    times = Counter()
    for (chat, _text, _markup), count in sent.items():
        times[chat] += count - 1
    return times


def test_nothing_is_lost_when_the_process_is_killed_at_any_moment(town):
    seed = int(os.environ.get("AFSAET_TEST_SEED", random.randrange(1_000_000)))
    print(f"AFSAET_TEST_SEED={seed}")
    chance = random.Random(seed)
    process = town.run()
    walkers = [Walker(town, name, chance) for name in ("Kirsten Lund", "Omar Dal", "Rosa Vang")]
    telegram = town.telegram

    def play(until):
        """Let everybody answer until something holds, or all are done."""
        while not (until() or all(walker.finished for walker in walkers)):
            try:
                telegram.wait_until(lambda _telegram: until() or any(walker.due() for walker in walkers))
            except AssertionError:
                print([(walker.newest(), walker.done_with, [seen.text for seen in walker.person.from_bot[-3:]])
                       for walker in walkers])
                raise
            for walker in walkers:
                if newest := walker.due():
                    walker.acts(newest)

    for kills in range(1, KILLS + 1):
        target = len(telegram.calls) + chance.randint(1, 30)
        play(lambda target=target: len(telegram.calls) >= target)
        # Calls come at their own moments; this makes it any moment between them.
        threading.Event().wait(chance.choice((0, chance.uniform(0, 0.03))))
        process.kill()
        assert all(times <= kills for times in repeated(telegram.calls).values())
        process = town.start("run") if kills < KILLS else town.run()
    play(lambda: False)
    assert process.stop() == 0
    while any(town.waiting(walker.citizen) for walker in walkers):  # replies to what was still under way at the end
        process, before = town.start("run"), outgoing(telegram)
        telegram.wait_until(lambda each, before=before: outgoing(each) > before)
        assert process.stop() == 0

    for walker in walkers:
        answers = town.answers(walker.citizen)
        kept = [part["text"] for answer in answers.values() for part in answer["parts"]]
        told = sum("ikke gemt" in call.params["text"] for call in telegram.calls_to("sendMessage")
                   if call.params["chat_id"] == str(walker.person.id))
        for question, words in walker.said.items():
            assert set(words) & {part["text"] for part in answers[question]["parts"]}
        lost = {words for said in walker.said.values() for words in said} - set(kept)
        assert len(lost) <= told, lost
        # A text that was written after a message had left, and before that was noted, is taken for an earlier one's.
        beside = [words for name, answer in answers.items() for words in (part["text"] for part in answer["parts"])
                  if words.split()[0] != name]
        assert len(beside) <= KILLS
        assert len(kept) == len(set(kept))
        for question, labels in walker.chosen.items():
            assert set(answers[question]["text"].split("\n")) <= labels
        [version] = town.case(walker.citizen).versions
        sent = json.dumps(version.content, ensure_ascii=False)
        assert all(words in sent for words in kept)
        assert walker.person.spinning <= KILLS
    assert town.rows("SELECT count(*) FROM updates WHERE set_aside_kind IS NOT NULL") == [(0,)]
    assert town.rows("SELECT count(*) FROM outbox") == [(0,)]
