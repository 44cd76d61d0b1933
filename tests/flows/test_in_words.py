"""Where everything written is an answer, the words of a button are too; the citizen is told, with a way to undo it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afsaet.flows.commands import is_command
from afsaet.locales import translator
from tests.flows.transcript import Play


@pytest.fixture
def asked() -> Play:
    play = Play()
    play.say_yes()
    play.tap("Begynd")
    return play


@pytest.fixture
def in_english() -> Play:
    play = Play()
    play.library = replace(play.library, translators={code: translator(code) for code in ("da", "en")})
    play.say_yes()
    play.command("/sprog")
    play.tap("English")
    return play


@pytest.mark.parametrize(("said", "danish"), [
    ("Urgent help", "Akut hjælp"), ("Help", "Hjælp"), ("Contact", "Kontakt"), ("delete", "Slet"),
    ("My answers", "Mine svar"), ("Continue", "Fortsæt"), ("Begin", "Begynd"), ("Language", "Sprog"), ("menu", "Menu"),
    ("What now?", "Hvad nu?"), ("what now", "hvad nu"), ("My meetings", "Mine møder"), ("My list", "Min liste"),
])
def test_the_words_of_the_menu_work_in_the_language_that_is_spoken(in_english: Play, said: str, danish: str) -> None:
    in_english.write(said)
    by_spoken = in_english.chat[-1].message
    in_english.command("/menu")
    in_english.write(danish)
    assert by_spoken == in_english.chat[-1].message
    assert "I did not save" not in by_spoken.note


@pytest.mark.parametrize("made", ["/menu", "/pause", "/mine svar", "/hvadnu@afsaet_bot", "/findes_ikke"])
def test_an_answer_made_into_a_command_stays_as_it_was(asked: Play, made: str) -> None:
    asked.write("noget med dyr")
    asked.edit("noget med dyr", made)
    assert kept(asked) == "noget med dyr"
    assert asked.chat[-1].message.note.startswith("Jeg har ikke rettet noget.")


def test_an_answer_that_begins_with_a_command_and_goes_on_is_an_answer(asked: Play) -> None:
    asked.write("noget med dyr")
    asked.edit("noget med dyr", "/menu og mad til mange")
    assert kept(asked) == "/menu og mad til mange"


def test_a_command_of_two_words_is_one_at_a_text_question(asked: Play) -> None:
    assert is_command("/mine svar") and is_command("/Hvad nu?") and not is_command("/ og")
    asked.write("noget med dyr")
    asked.command("/mine svar")
    assert asked.chat[-1].message.lead == "Dine svar"


def kept(play: Play) -> str:
    assert play.conversation is not None
    return play.conversation.session.answers["maal_droem"].words


@pytest.mark.parametrize("said", ["Tilbage", "spring over", "Hjælp til spørgsmålet", "Færdig", "FÆRDIG!"])
def test_the_words_of_a_button_are_kept_with_a_hint(asked: Play, said: str) -> None:
    asked.write(said)
    assert kept(asked) == said
    hint = f"»{said}« er gemt som dit svar. Mente du knappen, så tryk på Tilbage og Slet svaret."
    assert asked.chat[-1].message.note.startswith(hint)
    asked.tap("Tilbage")
    asked.tap("Slet svaret")
    assert asked.conversation is not None
    assert not asked.conversation.session.answers


@pytest.mark.parametrize("said", ["Jeg vil gerne tilbage til mit job", "Ja", "Begynd forfra"])
def test_an_ordinary_answer_has_no_hint(asked: Play, said: str) -> None:
    asked.write(said)
    assert "er gemt som" not in asked.chat[-1].message.note


def test_words_that_were_not_kept_are_not_said_to_be(asked: Play) -> None:
    asked.write("stop")
    asked.write("Nej, det er mit svar")
    assert kept(asked) == "stop"
    assert "er gemt som" not in asked.chat[-1].message.note


def test_at_a_list_that_is_full_nothing_is_said_to_be_kept(asked: Play) -> None:
    asked.skip_until("Hvad er det vigtigste, de andre på mødet skal vide om dig?")
    for said in ("ro", "tid", "dyr"):
        asked.write(said)
    asked.write("Færdig")
    assert "Det sidste er ikke gemt" in asked.chat[-1].message.note
    assert "er gemt som" not in asked.chat[-1].message.note


def test_an_answer_that_is_changed_from_the_summary_is_undone_from_there(asked: Play) -> None:
    asked.write("noget med dyr")
    asked.command("/mine_svar")
    asked.tap("Ret et svar")
    asked.tap("Mål for job og uddannelse")
    asked.tap("Hvad vil du gerne arbejde med eller lære, …")
    asked.write("Spring over")
    assert "så tryk på Ret et svar." in asked.chat[-1].message.note
    asked.tap("Ret et svar")


@pytest.mark.parametrize("said", ["ja", "Ja tak.", "jep", "ok", "Ja, hold pause", "stop!"])
def test_a_yes_to_stopping_is_a_pause_and_no_answer_however_it_is_said(asked: Play, said: str) -> None:
    asked.write("stop")
    asked.write(said)
    assert asked.conversation is not None
    assert not asked.conversation.session.answers
    assert asked.chat[-1].message.lead == "Pause"


@pytest.mark.parametrize("said", ["nej", "Nej tak", "næ", "nej, det er mit svar"])
def test_a_no_to_stopping_keeps_the_stop_and_not_the_no(asked: Play, said: str) -> None:
    asked.write("stop")
    asked.write(said)
    assert kept(asked) == "stop"
