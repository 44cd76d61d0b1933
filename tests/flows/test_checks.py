"""Every mistake in a dialogue file is told at once, with its line, its place and a plain sentence.

Each file in `broken/` begins with what is to be told of it, on lines of `# expect: `.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.resources import files
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afsaet.assistant.shelf import definition_files
from afsaet.flows.definition import Definition
from afsaet.flows.files import source
from afsaet.flows.files.checks import faults
from afsaet.flows.files.faults import Fault
from afsaet.flows.files.reading import BrokenDialogue, read_dialogue
from afsaet.flows.files.source import Source, UnreadableError

FOLDER = Path(__file__).parent / "broken"
GOOD = (FOLDER / "good.yaml").read_text(encoding="utf-8")
BROKEN = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "good.yaml")
EXPECT = "# expect: "

Read = Callable[[str | bytes], Definition]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads a text as the file `dialogue.yaml`."""
    path = tmp_path_factory.mktemp("dialogues") / "dialogue.yaml"

    def read_text(text: str | bytes) -> Definition:
        path.write_bytes(text.encode(errors="surrogatepass") if isinstance(text, str) else text)
        return read_dialogue(path)

    return read_text


def told(read: Read, text: str | bytes) -> list[str]:
    try:
        read(text)
    except BrokenDialogue as broken:
        return [str(fault) for fault in broken.faults]
    return []


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("# ")]


def test_the_shipped_preparation_has_no_mistakes() -> None:
    definition = read_dialogue(files("afsaet.flows") / "definitions" / "forberedelse.yaml")
    assert definition.id == "forberedelse"
    assert faults(definition) == []


def test_the_good_dialogue_has_no_mistakes() -> None:
    assert faults(read_dialogue(FOLDER / "good.yaml")) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_told_as_expected_and_nothing_else_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]
    assert expected
    with pytest.raises(BrokenDialogue) as broken:
        read_dialogue(path)
    assert str(broken.value).splitlines() == expected


WHOLE = {"empty_file", "not_a_mapping", "only_words"}


@pytest.mark.parametrize("path", [path for path in BROKEN if path.stem not in WHOLE], ids=lambda path: path.stem)
def test_a_broken_file_differs_from_the_good_one_in_one_way(path: Path) -> None:
    broken = without_comments(path.read_text(encoding="utf-8"))
    changes = SequenceMatcher(None, without_comments(GOOD), broken, autojunk=False).get_opcodes()
    assert sum(kind != "equal" for kind, *_ in changes) == 1


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_the_file(read: Read) -> None:
    text = (GOOD.replace("        sensitivity: alm\n        heading: O4\n        when",
                         "        heading: O4\n        when")
            .replace("title: Klar til {moedenavn}", "title: Klar til {moedet}")
            .replace("{id: pause, text: En pause}", "{id: pause, tekst: En pause}")
            .replace("when: {tolk: [ja]}", "when: {tolk: [måske]}")
            .replace("help: Det handler om {laegeattest}.", "help: *hjaelp")
            .replace("kind: points", "kind: punkter"))
    assert told(read, text) == [
        'dialogue.yaml, line 3: "title" uses "{moedet}", which is not known; did you mean "moedenavn"?',
        'dialogue.yaml, line 25, question skole_hvad: "sensitivity" is missing; write one of: alm, fortrolig, følsom.',
        'dialogue.yaml, line 51, question behov: "text" is missing; write the words on the button.',
        'dialogue.yaml, line 51, question behov: "tekst" is not known here; did you mean "text"?',
        'dialogue.yaml, line 75, question tolk_sprog: The condition on "tolk" names "måske", but the answer to it is '
        "ja or nej.",
        "dialogue.yaml, line 78, question laege: A text cannot begin with *; put quotes round the text.",
        'dialogue.yaml, line 89, question vigtigst: "kind" cannot be "punkter"; choose one of: date, many, one, '
        "points, scale, text, yesno.",
    ]


def test_two_questions_of_a_section_are_told_apart_by_what_their_buttons_show(read: Read) -> None:
    long = "Hvad har du det bedst med at lave, når du er sammen med {}?"
    first, second = "ask: Hvad vil du helst?", "ask: Hvad vil du gerne lære?"
    alike = GOOD.replace(first, "ask: " + long.format("andre")).replace(second, "ask: " + long.format("familien"))
    assert told(read, alike) == [
        'dialogue.yaml, line 26, question skole_hvad: Another question of this section has the same button to change its '
        'answer: "Hvad har du det bedst med at lave, når d…"; give it a "label" of its own.']
    assert told(read, alike.replace("familien?", "familien?\n        label: Sammen med familien")) == []
    assert told(read, GOOD.replace(second, first + "\n        label: På skole")) == []


def test_a_condition_on_a_question_that_is_itself_broken_is_left_alone(read: Read) -> None:
    for mistake in (GOOD.replace("- id: tolk\n", "- id: Tolk\n").replace("{tolk: [ja]}", "{Tolk: [ja]}"),
                    GOOD.replace("answer: {kind: yesno}", "answer: yesno"),
                    GOOD.replace("text: En skole}", "tekst: En skole}")):
        assert not [sentence for sentence in told(read, mistake) if "condition" in sentence]
    misspelt = told(read, GOOD.replace("    questions:\n      - id: retning", "    question:\n      - id: retning"))
    assert [sentence.partition(": ")[2] for sentence in misspelt] == [
        '"questions" is missing; write a list of questions.',
        '"question" is not known here; did you mean "questions"?',
    ]


@pytest.mark.parametrize("name", ["kind", "why", "text", "answer", "when", "questions"])
def test_a_question_may_have_an_id_that_is_also_a_key(read: Read, name: str) -> None:
    named = GOOD.replace("- id: tolk\n", f"- id: {name}\n")
    assert told(read, named.replace("{tolk: [ja]}", f"{{{name}: [ja]}}")) == []
    assert told(read, named.replace("{tolk: [ja]}", f"{{{name}: ja, retning: job}}")) == [
        f'dialogue.yaml, line 76, question tolk_sprog: The condition on "{parent}" needs its options in brackets, '
        "such as [ja, nej], or any." for parent in (name, "retning")]


def test_what_yaml_takes_for_numbers_and_truth_stays_what_was_written(read: Read) -> None:
    definition = read(GOOD.replace("{id: pause, text: En pause}", "{id: 1_5, text: 2026-01-01}")
                      .replace("{id: ingen, ", "{id: no, "))
    answer = definition.sections[1].questions[0].answer.model_dump()
    assert [(option["id"], option["text"]) for option in answer["options"]][::2] == [
        ("1_5", "2026-01-01"), ("no", "Ingen af dem")]


def test_a_municipality_may_bring_placeholders_and_choices_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "egen.yaml"
    path.write_text(GOOD.replace("{laegeattest}", "{jobcenter}").replace("only_if: laegeattest", "only_if: mentor"),
                    encoding="utf-8")
    with pytest.raises(BrokenDialogue) as broken:
        read_dialogue(path)
    assert len(broken.value.faults) == 2
    read_dialogue(path, names={"moedenavn", "jobcenter"}, flags={"mentor"})


def test_a_definition_that_came_from_no_file_is_checked_too() -> None:
    data = yaml.safe_load(GOOD.replace("{tolk: [ja]}", "{tolk: []}"))
    sentence = 'This question can never be asked: its condition names no answer to "tolk".'
    assert faults(Definition.model_validate(data)) == [Fault("", 0, "question tolk_sprog", sentence)]


@pytest.mark.parametrize(("data", "sentence"), [
    (GOOD.encode("utf-16"), "line 1: The file is not saved as UTF-8; choose UTF-8 when saving."),
    (GOOD.encode("latin-1"), "line 4: The file is not saved as UTF-8; choose UTF-8 when saving."),
    (GOOD.encode() + b"# " + b"x" * 300_000, "The file is larger than 256 kB; divide it into several dialogues."),
    (GOOD.encode().replace(b"Hej.", b"Hej\x07"), "line 4: There is an invisible character here; write the line again."),
    (b"a: " + b"[" * 100_000, "line 1: Too many parts stand inside each other here; check the brackets."),
    (b"? " * 100_000, "line 1: Too many parts stand inside each other here; check the brackets."),
    (b'id: "\\U00110000"', "A number in the file is too large to read."),
    (b'id: "\\UFFFFFFFF"', "A number in the file is too large to read."),
], ids=["utf-16", "latin-1", "huge", "invisible", "deep", "deep names", "no character",
        "no character at all"])
def test_a_file_that_no_editor_should_have_saved_is_refused_kindly(read: Read, data: bytes, sentence: str) -> None:
    assert [line.removeprefix("dialogue.yaml").lstrip(",: ") for line in told(read, data)] == [sentence]


def test_repeating_with_a_star_cannot_blow_a_file_up(read: Read) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert sum("cannot begin with *" in sentence for sentence in told(read, bomb)) == 29 * 9


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(read: Read) -> None:
    assert told(read, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == []


def test_a_missing_file_and_a_folder_are_told_like_any_mistake(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "ingen.yaml"):
        with pytest.raises(BrokenDialogue) as broken:
            read_dialogue(path)
        assert broken.value.faults == (Fault(path.name, 0, "", "The file cannot be opened; check that it exists."),)


def refuse_only_kindly(read: Read, text: str) -> None:
    """Reading gives a definition or faults in plain form; any other exception fails the test by itself."""
    try:
        assert isinstance(read(text), Definition)
    except BrokenDialogue as broken:
        assert broken.faults
        for fault in broken.faults:
            assert 0 <= fault.line <= len(text.splitlines()) + 1
            assert fault.sentence.endswith((".", "?"))
            assert len(str(fault).splitlines()) == 1


SIGNS = st.sampled_from([*"{}[]:,-#&*!|>'\"%@`?~\\\t \n\x00", "- ", ": ", "--- ", "<<: ", "!!int ", "&a ", "*a ",
                         "\\ud800", '"\\ud800"', "...", "æ", "🙂", "\u2028", "null", "9" * 400])
WOUNDS = st.tuples(st.sampled_from(["cut", "put", "drop", "double", "indent", "swap"]),
                   st.floats(0, 1, exclude_max=True), st.integers(0, 12), SIGNS)


def wounded(text: str, wounds: list[tuple[str, float, int, str]]) -> str:
    for kind, where, length, sign in wounds:
        at = int(where * len(text))
        start, end = text.rfind("\n", 0, at) + 1, (text.find("\n", at) + 1) or len(text)
        line = text[start:end]
        text = {
            "cut": text[:at] + text[at + length:],
            "put": text[:at] + sign + text[at:],
            "drop": text[:start] + text[end:],
            "double": text[:end] + line + text[end:],
            "indent": text[:start] + " " * length + line.lstrip() + text[end:],
            "swap": text[:start] + text[end:end + length * 10] + line + text[end + length * 10:],
        }[kind]
    return text


def test_what_the_fast_reader_makes_of_a_file_is_what_the_other_makes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [path.read_text(encoding="utf-8") for path in (FOLDER / "good.yaml", *BROKEN) if "utf" not in path.stem]
    every += [file.read_text(encoding="utf-8") for file in definition_files(None).values()]

    def made(text: str) -> tuple[object, ...]:
        try:
            read = Source(text)
        except UnreadableError as error:
            return error.line, error.sentence
        return read.data, read.lines, read.told, read.withheld

    fast = [made(text) for text in every]
    monkeypatch.setattr(source, "FAST", yaml.SafeLoader)
    assert [made(text) for text in every] == fast


@given(st.lists(WOUNDS, min_size=1, max_size=6))
@settings(max_examples=200)
def test_no_mutilated_text_raises_anything_but_a_broken_dialogue(
        read: Read, wounds: list[tuple[str, float, int, str]]) -> None:
    refuse_only_kindly(read, wounded(GOOD, wounds))


NAMES = st.sampled_from(["id", "why", "text", "kind", "answer", "options", "questions", "sections", "when", "most",
                         "retning", "farve", ""])
JUNK = st.recursive(
    st.none() | st.sampled_from(["", " ", "any", "start", "retning", "følsom", "one", "{", "{x}", "12"]) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6)


class Plain(yaml.SafeDumper):
    """Writes out what stands in two places twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@st.composite
def rearranged(draw: st.DrawFn) -> str:
    """The good dialogue with a few of its parts taken out, doubled, renamed or exchanged for something else."""
    data: dict[str, Any] = yaml.load(GOOD, yaml.BaseLoader)
    for _ in range(draw(st.integers(1, 4))):
        part: Any = data
        for _ in range(draw(st.integers(0, 7))):
            inner = [value for value in (part.values() if isinstance(part, dict) else part)
                     if isinstance(value, dict | list) and value]
            part = draw(st.sampled_from(inner)) if inner else part
        if not part:
            continue
        key = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
        match draw(st.sampled_from(["take", "exchange", "add"])):
            case "take":
                part.pop(key)
            case "exchange":
                part[key] = draw(JUNK)
            case _ if isinstance(part, dict):
                part[draw(NAMES)] = draw(JUNK)
            case _:
                part.append(draw(st.sampled_from(part)))
    return yaml.dump(data, Dumper=Plain, allow_unicode=True)


@given(rearranged())
@settings(max_examples=200)
@example("{}")
def test_no_rearranged_dialogue_raises_anything_but_a_broken_dialogue(read: Read, text: str) -> None:
    refuse_only_kindly(read, text)


@st.composite
def branching(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few questions with conditions on earlier ones, each of which names at least one answer."""
    questions: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 4))):
        kind = draw(st.sampled_from(["one", "many", "yesno", "text"]))
        answer: dict[str, Any] = {"kind": kind}
        if kind in ("one", "many"):
            answer["options"] = [{"id": name, "text": name, "alone": kind == "many" and draw(st.booleans())}
                                 for name in ("a", "b", "c")]
        when: dict[str, Any] = {}
        for parent in questions:
            names = list("abc") if "options" in parent["answer"] else ["ja", "nej"]
            if draw(st.booleans()):
                some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
                when[parent["id"]] = draw(st.just("any") if parent["answer"]["kind"] == "text" else some)
        questions.append({"id": f"q{number}", "ask": "?", "help": ".", "answer": answer, "sensitivity": "alm",
                          "heading": "B", "when": when})
    return questions


def possible_answers(answer: dict[str, Any]) -> list[set[str]]:
    if answer["kind"] == "text":
        return [set()]
    if answer["kind"] == "yesno":
        return [{"ja"}, {"nej"}]
    ids = {option["id"]: option["alone"] for option in answer["options"]}
    sets = [set(chosen) for size in (1, 2, 3) for chosen in combinations(ids, size)]
    single = answer["kind"] == "one"
    return [chosen for chosen in sets if len(chosen) == 1 or not (single or any(ids[name] for name in chosen))]


def opened(questions: list[dict[str, Any]], answers: dict[str, set[str]]) -> set[str]:
    """The questions that are asked when these are the answers."""
    found: set[str] = set()
    for question in questions:
        if all(parent in found and (wanted == "any" or answers[parent] & set(wanted))
               for parent, wanted in question["when"].items()):
            found.add(question["id"])
    return found


@given(branching())
@settings(max_examples=200)
def test_a_question_is_told_as_never_asked_exactly_when_no_answers_open_it(questions: list[dict[str, Any]]) -> None:
    section = {"id": "s", "title": "s", "why": "w", "questions": questions}
    definition = Definition.model_validate({"id": "d", "title": "t", "intro": "i", "outro": "o",
                                            "sections": [section]})
    ids = [question["id"] for question in questions]
    ever: set[str] = set()
    for answers in product(*(possible_answers(question["answer"]) for question in questions)):
        ever |= opened(questions, dict(zip(ids, answers, strict=True)))
    never = {fault.place.removeprefix("question ") for fault in faults(definition)
             if "can never be asked" in fault.sentence}
    assert never == set(ids) - ever
