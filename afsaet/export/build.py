"""From a sent version to the document: grouped by official heading, counted, and cut to fit the first page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from afsaet.export import words
from afsaet.export.document import Chapter, Coverage, Document, Entry, Front, Open, Picture, Shared
from afsaet.export.plan import Answer, Plan
from afsaet.flows.conversation import MAIN

ANNEX = "T"  # the citizen's own proposals stand apart: the preparatory part does not judge what should be done

_ORDER = ("O1", "O2", "O3", "O4", "O5", "O6", "O8", "B")
_FRONT_LENGTH = 640  # characters for the goals, and as many for the important points: they fit one page
_FRONT_LINES = 10


def build(
    plan: Plan, headings: Mapping[str, str], *, citizen: str = "", replaced: bool = False,
    shared: Sequence[Sequence[str]] = (), pictures: Sequence[Picture] = (),
) -> Document:
    """The document of a sent version, under the official headings in their order.

    headings: a heading's code to its name in the municipality's text profile; a code without a name stands
    as it is. citizen: the id that stands where the case has no reference. shared, pictures: what
    `Shared` has under those names (`parts`, `pictures`). "Sidst opdateret" is the newest
    answer's time: a plan that is not up to date is a legal defect, so the reader must be able to see it.
    """
    answers = [answer for section in plan.sections for answer in section.answers]
    grouped: dict[str, list[Answer]] = {}
    for answer in answers:
        grouped.setdefault(answer.heading, []).append(answer)
    whole = plan.dialogue == MAIN
    known = [code for code in (*_ORDER, ANNEX) if (whole and code in headings) or code in grouped]
    codes = known + sorted(grouped.keys() - set(known))
    chapters = {code: _chapter(headings.get(code, code), grouped[code]) for code in codes if code in grouped}
    return Document(
        title=plan.title,
        reference=" ".join((plan.reference or citizen).split()) or words.NO_REFERENCE,
        version=plan.version,
        sent=plan.sent_at,
        updated=max((a.answered_at for a in answers if a.answered_at), default=plan.sent_at),
        goals=_front([a for a in answers if a.front == "maal"]),
        important=_front([a for a in answers if a.front == "vigtigst"]),
        coverage=tuple(_coverage(headings.get(code, code), grouped.get(code, ())) for code in codes),
        total=Coverage(words.TOTAL, _counts(answers)),
        chapters=tuple(chapter for code, chapter in chapters.items() if code != ANNEX),
        annex=chapters.get(ANNEX),
        shared=_shared(shared, pictures),
        replaced=replaced,
        says_none=whole,
    )


def build_development(
    parts: Sequence[Sequence[str]], pictures: Sequence[Picture], taken_at: datetime, reference: str, *, replaced: bool,
) -> Document:
    """The document of what is shared by itself; the arguments are as for `build`."""
    return Document(
        title=words.ROUNDS_AND_GOALS, reference=reference, version=None, sent=taken_at, updated=taken_at, goals=(),
        important=(), coverage=(), total=Coverage(words.TOTAL, None), chapters=(), annex=None,
        shared=_shared(parts, pictures), replaced=replaced, says_none=False,
    )


def _chapter(heading: str, answers: Iterable[Answer]) -> Chapter:
    answers = tuple(answers)
    unanswered = {state: label for state, label in words.STATES.items() if state != "answered"}
    rest = ((label, tuple(a.question for a in answers if a.state == state)) for state, label in unanswered.items())
    return Chapter(
        heading,
        tuple(Entry(a.question, _own_words(a), a.remark) for a in answers if a.state == "answered"),
        tuple(Open(label, questions) for label, questions in rest if questions),
    )


def _shared(parts: Sequence[Sequence[str]], pictures: Sequence[Picture]) -> Shared | None:
    if not parts:
        return None
    (_none, note), *rest = parts
    return Shared(note, Chapter(words.DEVELOPMENT, tuple(Entry(head, text, "") for head, text in rest), ()),
                  tuple(pictures))


def _coverage(heading: str, answers: Iterable[Answer]) -> Coverage:
    answers = tuple(answers)
    return Coverage(heading, _counts(answers) if answers else None)


def _counts(answers: Iterable[Answer]) -> tuple[int, ...]:
    states = [answer.state for answer in answers]
    return tuple(states.count(state) for state in words.STATES)


def _own_words(answer: Answer) -> str:
    if answer.text or answer.value is None:
        return answer.text
    return "\n".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value)


def _front(answers: list[Answer]) -> tuple[Front, ...]:
    """The answers as they stand on the first page, each of the important points by itself. They share the
    room there, so that the page can hold the overview too."""
    things: list[tuple[Answer, str]] = []
    for answer in answers:
        points = answer.value if isinstance(answer.value, tuple) and answer.front == "vigtigst" else None
        things += [(answer, text) for text in points or (_own_words(answer),)]
    room = max(1, len(things))
    shown: list[Front] = []
    for answer, text in things:
        start = _beginning(text, max(80, _FRONT_LENGTH // room), max(2, _FRONT_LINES // room))
        note = "" if answer.state == "answered" else words.STATES[answer.state]
        shown.append(Front(answer.question, start, note, answer.remark, start != text))
    return tuple(shown)


def _beginning(text: str, length: int, lines: int) -> str:
    """The text, or as many whole words of it as fit, with "…" after them."""
    start = "\n".join(text.split("\n")[:lines])[:length]
    if start == text:
        return text
    cut = start if start.rfind(" ") < length // 2 else start[: start.rfind(" ")]
    return f"{cut.rstrip()} …"
