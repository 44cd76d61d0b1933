"""A citizen who has answered nothing is told so kindly, and is offered nothing that would then be refused."""

from __future__ import annotations

from itertools import chain

from tests.flows.small import Citizen, dialogue, question


def labels(citizen: Citizen) -> list[str]:
    return [button.label for button in chain.from_iterable(citizen.seen.rows)]


def all_skipped() -> Citizen:
    citizen = Citizen(dialogue(question("a", required=True), question("b")))
    citizen.press("Spring over")
    citizen.press("Spring over")
    return citizen


def test_a_summary_without_answers_says_so_kindly_and_offers_no_sending() -> None:
    citizen = all_skipped()
    assert citizen.seen.lead == "Dine svar"
    assert "Du har ikke svaret på noget, og det er helt i orden." in citizen.said
    assert "Sprunget over" not in citizen.said
    assert labels(citizen) == ["Ret et svar", "Menu"]


def test_one_answer_brings_the_summary_and_the_sending_back() -> None:
    citizen = all_skipped()
    citizen.press("Ret et svar")
    citizen.press("Om alt")
    citizen.press("Hvad med a?")
    citizen.write("om a")
    assert "Hvad med b?\n→ Sprunget over" in citizen.said
    assert "Send til min sagsbehandler" in labels(citizen)
    citizen.press("Send til min sagsbehandler")
    assert "Det, du har sprunget over, står som sprunget over. Det er helt i orden." in citizen.said


def test_what_has_no_answer_yet_is_told_before_sending_without_blame() -> None:
    citizen = Citizen(dialogue(question("a"), question("b")))
    citizen.write("om a")
    citizen.command("mine_svar")
    citizen.press("Send til min sagsbehandler")
    assert "Det, du ikke har svaret på, står uden svar. Det er helt i orden." in citizen.said
