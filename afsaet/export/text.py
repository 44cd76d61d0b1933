"""Plain text to paste into a case system: one block a heading, each short enough for its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afsaet.export import words
from afsaet.export.document import Chapter, Document, Front

LIMIT = 4000
_PLACES_TO_CUT = (r"\n\n+", r"\n", r"\s")  # the best first: between answers, between lines, between words


@dataclass(frozen=True, slots=True)
class Block:
    """One piece to copy. The texts of the blocks that share a heading, put together, are the whole of it."""

    heading: str
    part: int
    parts: int
    text: str


def blocks(document: Document) -> tuple[Block, ...]:
    """Everything in the document, the overview first. Every text is under `LIMIT` as `size` counts."""
    chapters = [(document.title, _overview(document))]
    chapters += [(chapter.heading, _chapter(chapter)) for chapter in document.chapters]
    if document.annex:
        note = f"{words.ANNEX_NOTE}\n\n"
        chapters.append((words.ANNEX.format(heading=document.annex.heading), note + _chapter(document.annex)))
    if document.shared:
        chapter = document.shared.chapter
        chapters.append((chapter.heading, f"{document.shared.note}\n\n{_chapter(chapter)}"))
    return tuple(
        Block(heading, number, len(pieces), piece)
        for heading, text in chapters
        for pieces in [tuple(_cut(text))]
        for number, piece in enumerate(pieces, start=1)
    )


def write(document: Document) -> bytes:
    """The blocks in one UTF-8 file, each under a line that names it."""
    return "\n".join(f"{_rule(block)}\n\n{block.text.rstrip()}\n" for block in blocks(document)).encode()


def size(text: str) -> int:
    """The length as the strictest case system counts it: UTF-16 units, and two for a line break."""
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def _rule(block: Block) -> str:
    part = f" ({words.PART.format(part=block.part, parts=block.parts)})" if block.parts > 1 else ""
    return f"===== {block.heading}{part} ====="


def _overview(document: Document) -> str:
    coverage = [f"- {row.heading}: {_counted(row.counts)}" for row in (*document.coverage, document.total)]
    parts = [
        f"{words.REFERENCE}: {document.reference}\n{words.VERSION}: {document.version}\n"
        f"{words.SENT} {words.day(document.sent)}\n{words.UPDATED} {words.clock(document.updated)}",
        *(_front(words.GOAL, document.goals, asked=True) if document.goals or document.says_none else ()),
        *(_front(words.IMPORTANT, document.important, asked=False) if document.important or document.says_none else ()),
        f"{words.COVERAGE}:\n" + "\n".join(coverage),
        " ".join(document.notes),
    ]
    return "\n\n".join(parts)


def _counted(counts: tuple[int, ...] | None) -> str:
    if counts is None:
        return words.NOT_SENT.lower()
    pairs = zip(words.STATES.values(), counts, strict=True)
    return ", ".join(f"{label.lower()} {count}" for label, count in pairs if count)


def _front(title: str, things: tuple[Front, ...], *, asked: bool) -> Iterator[str]:
    """What was said is counted; that nothing was is no point of the citizen's."""
    yield f"{title}:" if things else f"{title}: {words.NONE_SENT}"
    for number, thing in enumerate(things, start=1):
        if asked:
            yield f"{_question(thing.question, thing.remark)}\n{thing.note or thing.text}"
        else:
            yield thing.note or f"{number}. {thing.text}"


def _question(question: str, remark: str) -> str:
    return f"{question} ({remark})" if remark else question


def _chapter(chapter: Chapter) -> str:
    answers = [f"{_question(entry.question, entry.remark)}\n{entry.text}" for entry in chapter.entries]
    rest = ["\n".join([f"{group.state}:", *(f"- {q}" for q in group.questions)]) for group in chapter.open]
    return "\n\n".join(answers + rest)


def _cut(text: str) -> Iterator[str]:
    """The text in pieces under the limit, cut at the best place in the second half of each."""
    while size(text) >= LIMIT:
        end = _fitting(text)
        for place in _PLACES_TO_CUT:
            ends = [m.end() for m in re.finditer(place, text[:end]) if m.end() > end // 2]
            if ends:
                end = ends[-1]
                break
        yield text[:end]
        text = text[end:]
    yield text


def _fitting(text: str) -> int:
    """How many characters from the start are just under the limit."""
    length = 0
    for index, character in enumerate(text):
        length += 2 if character == "\n" or ord(character) > 0xFFFF else 1
        if length >= LIMIT:
            return index
    return len(text)
