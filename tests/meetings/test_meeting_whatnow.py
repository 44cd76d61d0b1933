"""Hvad nu? Three short paragraphs that are true for the step, the dates and the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.flows.plain import faults
from afsaet.meetings.kinds import KINDS
from afsaet.meetings.process import Process, build
from afsaet.meetings.whatnow import Answer, Now, Plan, WhatNow, what_now
from tests.meetings.making import SHIPPED, WALLS, meeting, setting

PROFILES = ["rehabiliteringsteam", "samlet_beskrivelse"]
PROCESSES = {profile: build(SHIPPED.text_profile(profile)) for profile in PROFILES}
TEAM = PROCESSES["rehabiliteringsteam"]
PLANS, ANSWERS = get_args(Plan), get_args(Answer)
LABELS = ("Næste skridt: ", "Hvad forventes der af dig? ", "Hvad kan du forvente? ")
LARGE = meeting("2026-12-01 10:00", kind="rehabiliteringsmoede", arrival_minutes=15)


def told(now: Now, at: str = "2026-11-24 09:00", profile: str = "rehabiliteringsteam") -> WhatNow:
    return what_now(PROCESSES[profile], now, setting(at, profile))


def test_it_is_one_message_of_three_paragraphs_with_the_place_above() -> None:
    message = told(Now("samtale", plan="begun")).message(setting())
    assert message.lead == "Hvad nu?"
    assert message.note == "●●●○○○○○○○○○ Skridt 3 af 12: Du har talt med din sagsbehandler."
    assert message.text.split("\n\n") == [
        "Næste skridt: Du og din sagsbehandler gør rehabiliteringsplanen færdig.",
        "Hvad forventes der af dig? Svar på resten, hvis du vil, og send, når du er klar.",
        "Hvad kan du forvente? Du får lov at læse det, der står om dig. Du kan sige til, hvis noget ikke passer.",
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_picture_fills_up_step_by_step(profile: str) -> None:
    process = PROCESSES[profile]
    pictures = [told(Now(step), profile=profile).picture for step in process.order]
    assert [picture.count("●") for picture in pictures] == list(range(1, len(process.order) + 1))
    assert {len(picture) for picture in pictures} == {len(process.order)}
    assert all("○●" not in picture for picture in pictures)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("none", "Svar på det, du kan, i dit eget tempo."),
        ("begun", "Svar på resten, hvis du vil, og send, når du er klar."),
        ("answered", "Læs dine svar igennem, og send dem, når du er klar."),
        ("sent", "Ikke noget lige nu."),
    ],
)
def test_what_is_expected_follows_the_plan(plan: Plan, words: str) -> None:
    assert told(Now("informeret", plan=plan)).expected == f"Hvad forventes der af dig? {words}"


def test_the_plan_is_not_asked_for_once_the_meeting_is_held() -> None:
    assert told(Now("moede", plan="begun")).expected == "Hvad forventes der af dig? Ikke noget lige nu."


@pytest.mark.parametrize(
    ("at", "next_step"),
    [
        (
            "2026-11-01 09:00",
            "Din sagsbehandler viser dig papirerne i din sag. "
            "Mødet i rehabiliteringsteamet er tirsdag den 1. december kl. 10.00.",
        ),
        (
            "2026-11-24 09:00",
            "Din sagsbehandler viser dig papirerne i din sag. "
            "Mødet i rehabiliteringsteamet er om 7 dage, tirsdag den 1. december kl. 10.00.",
        ),
        ("2026-11-30 09:00", "Mødet i rehabiliteringsteamet er i morgen, tirsdag den 1. december kl. 10.00."),
        ("2026-12-01 08:00", "Mødet i rehabiliteringsteamet er i dag kl. 10.00."),
    ],
)
def test_a_meeting_is_told_with_how_near_it_is(at: str, next_step: str) -> None:
    assert told(Now("moede_booket", "sent", LARGE), at).next == f"Næste skridt: {next_step}"


def test_the_arrival_is_told_the_day_before_and_on_the_day() -> None:
    coming = Now("indkaldt", "sent", LARGE, "coming")
    assert "Kom kl. 09.45." not in told(coming, "2026-11-29 09:00").expected
    assert "Kom kl. 09.45." in told(coming, "2026-11-30 09:00").expected
    assert "Kom kl. 09.45." in told(coming, "2026-12-01 09:00").expected


@pytest.mark.parametrize(
    ("at", "asked", "comes"),
    [("2026-12-01 09:44", True, True), ("2026-12-01 09:45", True, False), ("2026-12-01 09:59", True, False),
     ("2026-12-01 10:00", False, False), ("2026-12-01 10:30", False, False)],
)
def test_nothing_is_asked_that_is_too_late(at: str, asked: bool, comes: bool) -> None:
    expected = told(Now("indkaldt", "sent", LARGE), at).expected
    assert ("Sig til, om du kommer" in expected, "Kom kl. 09.45." in expected) == (asked, comes)


AFTERNOON = meeting("2026-12-01 14:00", arrival_minutes=10, id="m2")


@pytest.mark.parametrize("at", ["2026-12-01 08:00", "2026-12-01 10:30"])
def test_another_meeting_on_the_same_day_is_named_also_while_the_first_goes_on(at: str) -> None:
    both = Now("indkaldt", "sent", LARGE, "coming", AFTERNOON, "coming", {"rehabiliteringsmoede", "samtale"})
    assert told(both, at).next == ("Næste skridt: Mødet i rehabiliteringsteamet er i dag kl. 10.00. "
                                   "Samme dag er mødet med din sagsbehandler kl. 14.00.")


def test_while_the_first_goes_on_what_is_expected_and_known_is_about_the_other() -> None:
    both = Now("indkaldt", "sent", LARGE, "cannot", AFTERNOON, "")
    before, during = told(both, "2026-12-01 08:00"), told(both, "2026-12-01 10:30")
    assert "ikke kan komme" in before.coming and "Sig til" not in before.expected
    assert "ikke kan komme" not in during.coming
    assert "Sig til, om du kommer: Skriv /moede. Kom kl. 13.50." in during.expected


def test_somebody_who_cannot_come_is_not_told_when_to_be_there() -> None:
    assert "Kom kl." not in told(Now("indkaldt", "sent", LARGE, "cannot"), "2026-12-01 09:00").expected


def test_an_answer_to_the_meeting_is_asked_for_once() -> None:
    asked = "Sig til, om du kommer: Skriv /moede."
    where = {answer for answer in ANSWERS if asked in told(Now("indkaldt", "sent", LARGE, answer)).expected}
    assert where == {""}


def test_somebody_who_cannot_come_hears_that_the_caseworker_knows() -> None:
    assert "ikke kan komme" in told(Now("indkaldt", "sent", LARGE, "cannot")).coming
    assert "tale med nogen" in told(Now("indkaldt", "sent", LARGE, "talk")).coming


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-12-02 09:00", "Du får et brev om det, der skal ske nu. Det sker senest tirsdag den 8. december."),
        ("2026-12-08 09:00", "Du får et brev om det, der skal ske nu. Det sker senest tirsdag den 8. december."),
        (
            "2026-12-09 09:00",
            "Du får et brev om det, der skal ske nu. Er det ikke sket endnu, så spørg din sagsbehandler.",
        ),
    ],
)
def test_a_deadline_is_told_until_it_is_over(at: str, words: str) -> None:
    assert told(Now("moede", "sent", held=date(2026, 12, 1)), at).next == f"Næste skridt: {words}"


def test_the_handover_has_its_own_deadline() -> None:
    letter = told(Now("brev", "sent", held=date(2026, 12, 1)), "2026-12-05 09:00")
    assert letter.next == "Næste skridt: Du møder din nye sagsbehandler. Det sker senest tirsdag den 15. december."


def test_no_deadline_is_told_once_the_handover_has_its_own_date() -> None:
    late = meeting("2026-12-28 10:00", kind="overdragelse")
    for at in ("2026-12-05 09:00", "2026-12-20 09:00"):
        now = Now("brev", "sent", late, booked={"overdragelse"}, held=date(2026, 12, 1))
        assert "senest" not in told(now, at).next and "ikke sket endnu" not in told(now, at).next
        assert "den 28. december kl. 10.00" in told(now, at).next
    other = Now("brev", "sent", late, booked={"netvaerk"}, held=date(2026, 12, 1))
    assert "Det sker senest tirsdag den 15. december." in told(other, "2026-12-05 09:00").next


@pytest.mark.parametrize(("profile", "step"), [("rehabiliteringsteam", "sendt"), ("samlet_beskrivelse", "sundhedsraad")])
def test_nobody_is_told_that_a_time_is_to_be_found_which_is_there(profile: str, step: str) -> None:
    """The caseworker may say what goes before the booking after it."""
    assert "finder en tid" in told(Now(step, "sent"), profile=profile).next
    now = told(Now(step, "sent", LARGE, booked={"rehabiliteringsmoede"}), profile=profile)
    assert now.next.startswith("Næste skridt: Din sagsbehandler viser dig papirerne i din sag.")
    assert "når der er en tid" not in now.coming
    assert "Læs papirerne" in now.expected


def test_the_list_is_counted_and_never_read_aloud() -> None:
    assert "Du har 1 ting på din liste." in told(Now("brev", tasks=1)).expected
    assert "Du har 3 ting på din liste." in told(Now("brev", tasks=3)).expected
    assert "liste" not in told(Now("brev")).expected


def test_the_description_profile_never_speaks_of_the_team() -> None:
    process = PROCESSES["samlet_beskrivelse"]
    for step in process.order:
        message = told(Now(step, "sent", LARGE), profile="samlet_beskrivelse").message(setting()).plain().lower()
        assert "rehabilitering" not in message and "team" not in message


def everything(process: Process) -> list[Now]:
    """Every step with every answer, meeting and list."""
    meetings = [None, *(meeting(kind=kind, arrival_minutes=15) for kind in KINDS)]
    steps = (Now(step, plan, held=date(2026, 11, 20)) for step, plan in product(process.order, PLANS))
    return [replace(now, meeting=each, booked={each.kind} if each else (), answer=answer, tasks=tasks,
                    later=AFTERNOON if each and tasks else None)
            for now, each, (answer, tasks) in product(steps, meetings, [("", 0), ("", 2), ("talk", 0), ("cannot", 2)])]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("at", ["2026-11-01 09:00", "2026-11-30 09:00"])
def test_whatever_is_so_there_are_three_short_and_plain_paragraphs(profile: str, at: str) -> None:
    found = set()
    for now in everything(PROCESSES[profile]):
        message = told(now, at, profile).message(setting())
        paragraphs = message.text.split("\n\n")
        for paragraph, start in zip(paragraphs, LABELS, strict=True):
            assert paragraph.startswith(start) and len(paragraph) > len(start)
        found |= {message.text, message.note.strip("●○ ")}
    assert [fault for text in found for fault in faults(text)] == []


@given(WALLS, st.integers(0, 20 * 24 * 60), st.sampled_from(TEAM.order), st.sampled_from(sorted(KINDS)))
def test_a_meeting_s_own_date_and_time_are_always_in_the_answer(
    begins: datetime, minutes: int, step: str, kind: str
) -> None:
    at = (begins - timedelta(minutes=minutes)).isoformat()
    words = told(Now(step, "sent", meeting(begins, kind=kind)), at).next
    assert f"kl. {begins:%H.%M}" in words
    assert f"den {begins.day}." in words or "i dag" in words
