"""A database with many citizens who are in the middle of their questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from afsaet import clock
from afsaet.assistant import shelf
from afsaet.channels.telegram.updates import CHANNEL
from afsaet.flows.conversation import MAIN, Conversation
from afsaet.flows.converse.entering import begin
from afsaet.flows.library import Library
from afsaet.flows.state.session import Answer, Part
from afsaet.municipality import Municipality
from afsaet.store import caseworkers, chats, citizens, conversations, updates
from benchmarks.people import WORDS, opened

BOT = 1  # an earlier one, so that no update of a bot that is measured has been taken already
BATCH = 1000  # citizens a transaction
UPDATES_EACH = 5  # remembered of every citizen


def halfway(library: Library, answers: int, now: datetime) -> Conversation:
    """A conversation at the question after so many that have been answered in words."""
    conversation = begin(library, MAIN)
    dialogue = library.dialogues[MAIN]
    given = {
        question.id: Answer("answered", question.ask, now.isoformat(), dialogue.revision,
                            parts=(Part(WORDS[number % len(WORDS)], str(number)),))
        for number, question in enumerate(islice(dialogue.questions.values(), answers))
    }
    here = list(dialogue.questions)[answers]
    return conversation.with_session(replace(conversation.session, state=here, answers=given))


def fill(data_dir: Path, number: int, answers: int) -> None:
    """So many citizens with a chat each, at the addresses 1, 2, …, and so many answers each."""
    database, now, municipality = opened(data_dir), clock.now(), Municipality.load(None)
    conversation = halfway(shelf.build(municipality, shelf.read_definitions(None)), answers, now)
    state = conversation.to_json()
    given = {(MAIN, name): answer.to_json() for name, answer in conversation.session.answers.items()}
    with database.write() as tx:
        caseworker = caseworkers.add(tx, "bent@example.org", "Bent Krogh", now)
    for start in range(0, number, BATCH):
        with database.write() as tx:
            for address in range(start + 1, min(start + BATCH, number) + 1):
                citizen = citizens.add(tx, caseworker.id, "Kirsten Hansen", now, profile=municipality.profile)
                chats.bind(tx, citizen.id, CHANNEL, str(address), now)
                conversations.save(tx, citizen.id, state, given, now)
                for count in range(UPDATES_EACH):
                    seen = now - timedelta(hours=count)
                    updates.take(tx, BOT, UPDATES_EACH * address + count, seen)
    database.close()
