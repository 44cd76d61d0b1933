"""The one document that PDF, DOCX and text show, each in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from afsaet.export import words


@dataclass(frozen=True, slots=True)
class Front:
    """One thing on the first page. note: its state, when there are no words. cut: only the beginning of
    the text is here, with "…" after it; the whole stands under its heading."""

    question: str
    text: str
    note: str
    remark: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many questions are in each state, in the order of `words.STATES`; None when none was sent."""

    heading: str
    counts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer in the citizen's own words."""

    question: str
    text: str
    remark: str


@dataclass(frozen=True, slots=True)
class Open:
    """Questions under one heading that share a state other than answered."""

    state: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One official heading: the answers in the order asked, then what stands open."""

    heading: str
    entries: tuple[Entry, ...]
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of rounds. alt: everything in it, in words. png: the file."""

    title: str
    alt: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Shared:
    """What the citizen has shared of rounds and goals: a note on it, the chapter, and pictures for formats that have
    room for them."""

    note: str
    chapter: Chapter
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `annex` is None when nothing under it was sent, and `shared` when nothing of that kind is
    shared. `replaced`: characters are shown by number, so the reader is told so. `says_none`: no goals or important
    points are worth a word; what was sent before a meeting is not expected to have any. `version` is None for what is
    shared of rounds and goals by itself: there are no versions of that, nothing is counted, and `sent` is when it was
    taken out."""

    title: str
    reference: str
    version: int | None
    sent: datetime
    updated: datetime
    goals: tuple[Front, ...]
    important: tuple[Front, ...]
    coverage: tuple[Coverage, ...]
    total: Coverage
    chapters: tuple[Chapter, ...]
    annex: Chapter | None
    shared: Shared | None
    replaced: bool
    says_none: bool = True

    @property
    def facts(self) -> dict[str, str]:
        """What tells this document from others, each by its Danish label."""
        if self.version is None:
            return {words.REFERENCE: self.reference, words.TAKEN_OUT: words.day(self.sent)}
        return {
            words.REFERENCE: self.reference,
            words.VERSION: str(self.version),
            words.SENT: words.day(self.sent),
            words.UPDATED: words.clock(self.updated),
        }

    @property
    def footer(self) -> str:
        """The line at the foot of every page, without the page's number."""
        own = [(words.VERSION, self.version), (words.SENT, words.day(self.sent))]
        if self.version is None:
            own = [(words.TAKEN_OUT, words.day(self.sent))]
        return " · ".join(f"{label} {value}" for label, value in [(words.REFERENCE, self.reference), *own])

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know about the text, for the end of the first page."""
        cut = any(thing.cut for thing in (*self.goals, *self.important))
        plan = self.version is not None
        told = ((plan, words.OWN_WORDS), (plan, words.CHOSEN), (cut, words.SHORTENED), (self.replaced, words.REPLACED))
        return tuple(sentence for applies, sentence in told if applies)
