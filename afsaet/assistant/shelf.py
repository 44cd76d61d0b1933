"""Everything there is to say, gathered from the shipped files and the municipality's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from afsaet.flows import welcome
from afsaet.flows.definition import Definition
from afsaet.flows.dialogue import load
from afsaet.flows.files.reading import BrokenDialogue, Fault, read_dialogue
from afsaet.flows.library import Helpline, Library, Opener, Word
from afsaet.flows.pages.choices import reminders
from afsaet.flows.setting import Setting
from afsaet.locales import translator
from afsaet.measures import pages as measure_pages
from afsaet.measures.monthly import asked_twice, with_monthly
from afsaet.measures.rules import Thresholds
from afsaet.measures.terms import Terms
from afsaet.meetings.kinds import preparation_files
from afsaet.meetings.pages import ALOUD, ENDS, own_list
from afsaet.meetings.pages import pages as meeting_pages
from afsaet.meetings.process import build as build_process
from afsaet.meetings.reminders import Rules, choices
from afsaet.municipality import Municipality

FLOWS = files("afsaet.flows")


def definition_files(folder: Path | None) -> Mapping[str, Traversable]:
    """The dialogue files by name: the shipped ones, and the municipality's own laid over them."""
    own = folder / "dialogues" if folder else None
    laid_over = {file.name: file for file in own.glob("*.yaml")} if own and own.is_dir() else {}
    return dict(sorted({**shipped(), **laid_over}.items()))


def shipped() -> Mapping[str, Traversable]:
    """The shipped dialogue files by name."""
    main = {file.name: file for file in FLOWS.joinpath("definitions").iterdir() if file.name.endswith(".yaml")}
    return {**main, **preparation_files(), **own_list.questions(), **measure_pages.questions()}


def misplaced(read: Sequence[tuple[str, Definition]]) -> list[Fault]:
    """What is wrong with files that are each without mistakes, by their names: one that would take the place of a
    shipped dialogue without being it, an id that another has, and a question that one round would ask twice."""
    faults, first, known = [], dict[str, str](), shipped()
    for file, definition in read:
        name, other = file.removesuffix(".yaml"), first.setdefault(definition.id, file)
        if file in known and definition.id != name:
            faults.append(Fault(file, 0, "", f'The dialogue has the id "{definition.id}"; in the place of the shipped '
                                             f'{file} it must have the id "{name}".'))
        elif other != file:
            faults.append(Fault(file, 0, "", f'The dialogue has the id "{definition.id}", as {other} has.'))
    for file, definition in read:
        faults += [Fault(file, 0, "", f'The question "{name}" is asked along with this round once a month already; '
                                      "take it out, or give it another id.")
                   for name in asked_twice({each.id: each for _file, each in read}, definition.id)]
    return faults


def read_definitions(folder: Path | None) -> Mapping[str, Definition]:
    """Every dialogue's definition by its id. Raises BrokenDialogue with every mistake of every file."""
    read: list[tuple[str, Definition]] = []
    faults: list[Fault] = []
    for file in definition_files(folder).values():
        try:
            read.append((file.name, read_dialogue(file)))
        except BrokenDialogue as broken:
            faults += broken.faults
    faults += misplaced(read)
    if faults:
        raise BrokenDialogue(faults)
    return {definition.id: definition for _file, definition in read}


def read_words(flags: frozenset[str]) -> tuple[Word, ...]:
    """The glossary, without the words the municipality has not turned on."""
    return tuple(Word(entry["id"], entry["word"], entry["text"], tuple(entry.get("also", ())))
                 for entry in _entries() if entry.get("only_if", "") in ("", *flags))


@cache
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(FLOWS.joinpath("ordbog.yaml").read_text(encoding="utf-8"))
    return entries


def build(municipality: Municipality, definitions: Mapping[str, Definition], profile: str | None = None) -> Library:
    """The library of one text profile; the municipality's own profile where none is named."""
    names = municipality.names(profile)
    lines = Thresholds.of(municipality)
    helplines = tuple(Helpline(line.name, line.number, line.text) for line in municipality.crisis.contacts)
    return Library(
        dialogues={name: load(definition, names) for name, definition in with_monthly(definitions).items()},
        words=read_words(municipality.flags(profile)),
        helplines=helplines,
        translators={code: translator(code) for code in municipality.languages},
        pages=_pages(municipality, profile),
        ends={**ENDS, **measure_pages.ENDS},
        aloud=ALOUD,
        after_round=measure_pages.after_round(lines, Terms.of(municipality, profile)),
        aside=measure_pages.aside(lines),
        consent_revision=consent_revision(names),
    )


def _pages(municipality: Municipality, profile: str | None) -> Mapping[str, Opener]:
    """The pages of the rooms that come after the dialogues."""
    process = build_process(municipality.text_profile(profile))
    return {
        "paamindelser": partial(reminders, before=choices(Rules.of(municipality))),
        **meeting_pages(process), **measure_pages.pages(Terms.of(municipality, profile)),
    }


def consent_revision(names: Mapping[str, str]) -> str:
    """What identifies the text a citizen says yes to: a hash of it, twelve hexadecimal digits."""
    setting = Setting(datetime.min.replace(tzinfo=UTC), names=names)
    text = welcome.invited(setting, "").plain() + welcome.full_text(setting)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
