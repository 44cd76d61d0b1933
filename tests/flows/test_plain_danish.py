"""The Danish that citizens read: how easy it is, and what the lists of questions and words must hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest
import yaml

from afsaet.flows.definition import Definition, Many, One, Points, Question, Text
from afsaet.flows.plain import faults, lix, sentences
from afsaet.locales.extraction import template
from afsaet.municipality import Municipality
from tests.everything import everything_shown

PROFILES = {name: Municipality(name="Solvang Kommune").names(name)
            for name in ("rehabiliteringsteam", "samlet_beskrivelse")}  # fmt: skip
# What stands in the other placeholders; where a number stands, three.
FILLED = {
    "name": "Mette Holm", "navn": "Mette Holm", "button": "Fortsæt", "low": "slet ikke", "high": "helt sikkert",
    "answer": "Jeg vil gerne arbejde.", "question": "Hvad er du god til?", "example": "Jeg kan lappe en cykel.",
    "why": "Dit svar er vigtigt.", "hours": "mandag til torsdag kl. 9-14", "day": "tirsdag den 1. december",
    "days": "den 1. eller den 2. december", "when": "tirsdag den 1. december kl. 10.00", "near": "om 3 dage",
}  # fmt: skip
NOT_FOR_CITIZENS = ("afsaet/channels/mail/", "afsaet/cli/", "afsaet/export/")
OFFICE = re.compile(
    # What happens with nobody doing it, ...
    r"\b(?:(?:gemm|slett|send|vis|brug|skriv|læs|træff|kontakt|behandl|modtag|udfyld|opbevar|oplys|anvend|benytt"
    r"|foretag|indhent|hent|videregiv|beslutt|aftal|afhold)es"
    r"|blive?r?(?: \w+){0,2} (?:gemt|slettet|sendt|vist|brugt|skrevet|behandlet|ændret|hentet|holdt|aftalt))\b"
    # ... and the words of letters from an office.
    r"|\b(?:bedes|henvend|vedrør|ifølge|såfremt|jf|henhold|fremsend|ovenst|nedenst|anmod|iværks|foretag|benyt|pågæld"
    r"|hvorvidt|endvidere|herunder|ligeledes|evt|mv)\w*",
    re.IGNORECASE,
)
SHORT = [
    "maal_droem", "maal_retning", "maal_tro", "erfaring_gik_godt", "ressource_god_til", "hverdag_netvaerk",
    "helbred_oplevelse", "helbred_betydning", "indsats_hjalp", "hjaelp_valg", "ansvar_delmaal",
    "vigtigst_tre", "moede_bisidder", "moede_tolk", "moede_tolk_sprog", "moede_behov", "team_spoergsmaal",
]  # fmt: skip
REQUIRED = [
    "maal_droem", "maal_retning", "maal_tro", "erfaring_job", "erfaring_uddannelse", "ressource_god_til",
    "hverdag_dag", "helbred_oplevelse", "helbred_betydning", "helbred_behandling", "indsats_proevet",
    "hjaelp_valg", "ansvar_selv", "ansvar_delmaal", "vigtigst_tre", "moede_laege", "moede_bisidder",
    "moede_tolk", "moede_tolk_sprog",
]  # fmt: skip


def _read(name: str) -> Any:
    return yaml.safe_load((files("afsaet.flows") / "definitions" / name).read_text(encoding="utf-8"))


PREPARATION = Definition.model_validate(_read("forberedelse.yaml"))
QUESTIONS = [question for section in PREPARATION.sections for question in section.questions]
GLOSSARY: list[dict[str, Any]] = _read("../ordbog.yaml")


def _options(question: Question) -> list[str]:
    return [o.text for o in question.answer.options] if isinstance(question.answer, One | Many) else []


def test_lix_adds_words_a_sentence_and_long_words_in_a_hundred() -> None:
    assert lix("Du kan hvile nu.") == 4
    assert lix("Du kan hvile nu. Jeg venter.") == 3
    assert lix("Din sagsbehandler ser først dine svar, når du sender dem.") == 10 + 100 * 1 / 10


def test_a_word_is_long_from_seven_letters() -> None:
    assert lix("kirken") == 1
    assert lix("kirkens") == 101


def test_digits_do_not_make_a_word_long() -> None:
    assert lix("70201201") == 1


def test_a_text_without_words_has_no_lix() -> None:
    assert lix(" … ") == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("0 er slet ikke. 10 er helt sikkert.", ["0 er slet ikke.", "10 er helt sikkert."]),
        ("Vi ses tirsdag den 3. marts kl. 10.", ["Vi ses tirsdag den 3. marts kl. 10."]),
        ("Hun sagde »Kom ind!« Det var rart.", ["Hun sagde »Kom ind!«", "Det var rart."]),
        ("Er det rigtigt?  Ja", ["Er det rigtigt?", "Ja"]),
        ("Første linje\n\nNæste linje", ["Første linje", "Næste linje"]),
        ("Vent lidt ...  så går det.", ["Vent lidt ...  så går det."]),
        ("– – –", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_a_sentence_of_nineteen_words_is_named_and_one_of_eighteen_is_not() -> None:
    assert faults("ord " * 18) == []
    assert len(faults("ord " * 19)) == 1
    assert "19 words" in faults("ord " * 19)[0]


def test_a_fourth_sentence_needs_a_new_paragraph() -> None:
    assert "4 sentences" in faults("Et. To. Tre. Fire.")[0]
    assert faults("Et. To. Tre.\n\nFire.") == []


def test_long_words_are_a_fault_in_a_longer_text_only() -> None:
    heavy = "Kommunens beskrivelse indeholder borgerens samlede uddannelse"
    assert faults(heavy) == []
    assert "LIX" in faults(f"{heavy} og {heavy.lower()}")[0]


@pytest.mark.parametrize("word", ["Indsatsen", "arbejdsevnens", "forudsætninger", "jobafklaring"])
def test_an_office_word_in_any_form_is_named_outside_the_glossary(word: str) -> None:
    assert faults(f"Her er {word}.") == [f"an office word: {word}"]
    assert faults(f"Her er {word}.", glossary_word=True) == []


def _all_texts() -> list[str]:
    """Every text that a citizen may read, from the code and from the files, without the names put into them."""
    names = {name for profile in PROFILES for name in Municipality().names(profile).values()}
    found = [message for message in template() if message.id and message.id not in names]
    return [str(message.id) for message in found
            if not all(file.startswith(NOT_FOR_CITIZENS) for file, _line in message.locations)]  # fmt: skip


ALL_TEXTS = _all_texts()
GLOSSARY_TEXTS = {entry[key] for entry in GLOSSARY for key in ("word", "text")}


def _filled(text: str, names: Mapping[str, str]) -> str:
    return text.format_map(defaultdict(lambda: "3", {**names, **FILLED}))


def test_texts_are_found_in_every_place_that_citizens_read_from() -> None:
    assert {"Hjælp til spørgsmålet", "Hvad er du god til?", "Du kan bede om at se papirerne i din sag.",
            "Er der fare for liv, så ring nu.", "Din kopi. Sendt {when}"} <= {*ALL_TEXTS}  # fmt: skip
    assert not any(text.startswith("Der er nyt i Afsæt") for text in ALL_TEXTS)


@pytest.mark.parametrize("names", PROFILES.values(), ids=PROFILES)
def test_every_text_that_a_citizen_reads_is_plain(names: Mapping[str, str]) -> None:
    found = {text: faults(_filled(text, names), glossary_word=text in GLOSSARY_TEXTS) for text in ALL_TEXTS}
    assert {text: wrong for text, wrong in found.items() if wrong} == {}


def test_no_text_is_written_as_an_office_would() -> None:
    assert {text: match[0] for text in ALL_TEXTS if (match := OFFICE.search(text))} == {}


@pytest.mark.parametrize("text", ["Dine svar gemmes her.", "Det bliver ikke længere sendt.", "Vedrørende din sag"])
def test_the_words_of_an_office_are_known(text: str) -> None:
    assert OFFICE.search(text)


@pytest.mark.parametrize("names", PROFILES.values(), ids=PROFILES)
def test_all_that_a_citizen_reads_taken_together_is_easy(names: Mapping[str, str]) -> None:
    running = [_filled(text, names) for text in ALL_TEXTS if text.endswith((".", "?", ":"))]
    assert len(running) > 250
    assert lix("\n".join(running)) <= 27


def test_no_part_of_a_message_is_heavy_once_it_is_put_together() -> None:
    """Texts that are plain one by one may stand in one paragraph, and grow by what is filled in."""
    shown = [message.plain().split("\n\n") for message in everything_shown("da", str)]
    parts = {part for paragraphs in shown for part in paragraphs}
    assert {part: wrong for part in parts if (wrong := faults(part, glossary_word=part in GLOSSARY_TEXTS))} == {}


def test_the_preparation_has_39_questions_in_11_sections() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS) == 39
    assert len({section.id for section in PREPARATION.sections}) == len(PREPARATION.sections) == 11


def test_the_questions_are_as_private_as_agreed() -> None:
    assert Counter(q.sensitivity for q in QUESTIONS) == {"alm": 15, "fortrolig": 12, "følsom": 12}


def test_the_short_set_is_the_agreed_one() -> None:
    assert [question.id for question in QUESTIONS if question.short] == SHORT


def test_the_required_answers_are_the_agreed_ones() -> None:
    assert [question.id for question in QUESTIONS if question.required] == REQUIRED


def test_34_questions_are_always_asked_with_the_attest_and_33_without() -> None:
    always = [question for question in QUESTIONS if not question.when]
    assert len(always) == 34
    assert len([question for question in always if not question.only_if]) == 33


def test_every_sensitive_question_says_itself_why_it_is_asked() -> None:
    own = [question.why for question in QUESTIONS if question.sensitivity == "følsom"]
    assert all(own)
    assert len(set(own)) == len(own)


def test_every_question_answered_in_own_words_has_an_example() -> None:
    assert [q.id for q in QUESTIONS if isinstance(q.answer, Text | Points) and not q.example] == []


def test_an_example_stands_in_one_place_only_and_bare() -> None:
    for question in QUESTIONS:
        assert "Eksempel" not in question.help
        assert not question.example or question.example not in question.help
        assert not set("»«") & set(question.example)


def test_no_help_asks_a_question_of_its_own() -> None:
    assert [question.id for question in QUESTIONS if "?" in question.help + question.example] == []


def test_every_option_fits_a_button_on_a_phone() -> None:
    assert [text for question in QUESTIONS for text in _options(question) if len(text) > 60] == []


def test_an_answer_about_complaints_points_to_those_who_take_them() -> None:
    question = next(question for question in QUESTIONS if question.id == "indsats_hjalp_ikke")
    assert "Vil du klage, så spørg din sagsbehandler eller borgerrådgiveren." in question.help


def test_no_two_glossary_entries_are_found_by_the_same_word() -> None:
    forms = [form for entry in GLOSSARY for form in {entry["word"].lower(), *entry["also"]}]
    assert [form for form, count in Counter(forms).items() if count > 1] == []
    assert [form for form in forms if form != form.lower()] == []
    assert len({entry["id"] for entry in GLOSSARY}) == len(GLOSSARY) == 22


def test_the_closed_course_is_explained_only_where_the_municipality_asks_for_it() -> None:
    hidden = {entry["id"]: entry["only_if"] for entry in GLOSSARY if "only_if" in entry}
    assert hidden == {"ressourceforloeb": "ressourceforloeb", "laegeattest": "laegeattest"}
