"""The Danish of the preparation and the glossary: what the lists must hold, and how easy they are to read."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml

from afsaet.flows.definition import Definition, Many, One, Points, Question, Text
from afsaet.flows.plain import faults, lix, sentences

NAMES = {"moedenavn": "rehabiliteringsmødet", "laegeattest": "LÆ265", "ankomst_minutter": "15"}
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


def _running_text() -> list[str]:
    """What is read as sentences: everything but titles, buttons and the words explained."""
    texts = [PREPARATION.intro, PREPARATION.outro, *(section.why for section in PREPARATION.sections)]
    for question in QUESTIONS:
        texts += [question.ask, question.help, question.why, question.example]
    return [text.format_map(NAMES) for text in texts if text]


def _labels() -> list[str]:
    titles = [PREPARATION.title, *(section.title for section in PREPARATION.sections)]
    return [text.format_map(NAMES) for text in [*titles, *(o for q in QUESTIONS for o in _options(q))]]


def _explanations() -> list[str]:
    return [entry["text"].format_map(NAMES) for entry in GLOSSARY]


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


def test_every_text_of_the_preparation_is_plain() -> None:
    assert [fault for text in [*_running_text(), *_labels()] for fault in faults(text)] == []


def test_every_explanation_in_the_glossary_is_plain() -> None:
    assert [fault for text in _explanations() for fault in faults(text, glossary_word=True)] == []


def test_everything_together_is_easy_to_read() -> None:
    assert lix("\n".join([*_running_text(), *_explanations()])) <= 27


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
