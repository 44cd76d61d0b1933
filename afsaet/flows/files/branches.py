"""Conditions between the questions of a dialogue: those that name what is not there, and those nobody can ever meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from afsaet.flows.definition import Many, One, Question, Scale, Text, YesNo
from afsaet.flows.files.faults import Finding, Loc, hint, shown

Asked = tuple[Loc, Question]
# For each question whose answer decides: sets of options, of each of which one must be chosen.
Needs = Mapping[str, frozenset[frozenset[str]]]


def conditions(asked: list[Asked], unsure: Set[str]) -> Iterator[Finding]:
    """Conditions that name what is not there, and questions that no set of answers can open.

    The conditions of a question hold together, and so do those of the questions it waits for; the options
    of one condition are alternatives.
    """
    # A choice without options is told of already.
    unsure |= {question.id for _, question in asked
               if isinstance(question.answer, One | Many) and not question.answer.options}
    ids = {question.id for _, question in asked}
    earlier: dict[str, Question] = {}
    needed: dict[str, Needs] = {}
    never: set[str] = set()
    for loc, question in asked:
        needs: Needs = {}
        reasons: list[Finding] = []
        for parent, wanted in question.when.items():
            here = (*loc, "when", parent)
            if parent in unsure:
                continue
            if parent not in earlier:
                yield here, _misplaced(parent, question, ids)
                continue
            choices = _choices(earlier[parent])
            if wanted in ("higher", "lower") and not isinstance(earlier[parent].answer, Scale):
                yield here, f'"{wanted}" is only for conditions on a question of the kind scale.'
            elif wanted == "offer" and not isinstance(earlier[parent].answer, Text):
                yield here, '"offer" is only for conditions on a question of the kind text.'
            elif not isinstance(wanted, str):
                for option in dict.fromkeys(wanted):
                    if option not in choices:
                        yield here, _unknown(earlier[parent], option, choices)
                choices &= set(wanted)
            if not wanted:
                reasons.append((here, f'its condition names no answer to "{parent}"'))
            if parent in never:
                reasons.append((here, f'it waits for "{parent}", which can never be asked'))
            needs = _together(needs, needed[parent], {parent: frozenset([choices] if choices else [])})
        reasons += [((*loc, "when"), f'its conditions and those of the questions before it leave no possible '
                                     f'answer to "{name}"')
                    for name, sets in needs.items() if not _possible(earlier[name], sets)]
        if reasons:
            never.add(question.id)
            can = "is required, but can" if question.required else "can"
            at, reason = reasons[0]
            yield at, f"This question {can} never be asked: {reason}."
        earlier.setdefault(question.id, question)
        needed.setdefault(question.id, needs)


def _misplaced(parent: str, question: Question, ids: Set[str]) -> str:
    if parent == question.id:
        return "The condition names the question itself; it can only name a question asked before it."
    if parent in ids:
        return f'The condition names "{parent}", which is asked later; name a question asked before this one.'
    others = ids - {question.id}
    return f'The condition names the question "{shown(parent)}", which does not exist{hint(parent, others)}'


def _choices(question: Question) -> frozenset[str]:
    if isinstance(question.answer, One | Many):
        return frozenset(option.id for option in question.answer.options)
    return frozenset({"ja", "nej"} if isinstance(question.answer, YesNo) else ())


def _unknown(before: Question, option: str, choices: Set[str]) -> str:
    says = f'The condition on "{before.id}" names "{shown(option)}"'
    if option == "any":
        return f"{says} as an option; write any without brackets."
    if isinstance(before.answer, YesNo):
        return f"{says}, but the answer to it is ja or nej."
    if not isinstance(before.answer, One | Many):
        return f"{says}, but that question has no options; write any instead."
    return f"{says}, which is none of its options{hint(option, choices)}"


def _together(*all_needs: Needs) -> Needs:
    joined: dict[str, frozenset[frozenset[str]]] = {}
    for needs in all_needs:
        for name, sets in needs.items():
            joined[name] = joined.get(name, frozenset()) | sets
    return joined


def _possible(question: Question, sets: Set[frozenset[str]]) -> bool:
    """Whether one answer can hold an option from each of the sets."""
    answer = question.answer
    lone = _choices(question)
    if isinstance(answer, Many):
        lone = frozenset(option.id for option in answer.options if option.alone)
    return not sets or bool(frozenset.intersection(*sets) & lone) or all(one - lone for one in sets)
