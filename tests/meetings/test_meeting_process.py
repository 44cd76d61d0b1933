"""The way through the case: guards, what leads on by itself, deadlines, and a change of text profile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.place import Blocked, Facts, Place
from afsaet.meetings.process import (
    HELD,
    LACKING,
    Process,
    begin,
    build,
    change_profile,
    follow,
    happened,
    move,
    review,
)
from afsaet.municipality import Municipality, MunicipalityFault
from tests.meetings.making import SHIPPED

PROFILES = ["rehabiliteringsteam", "samlet_beskrivelse"]
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
NOTHING, BOOKED, HELD_FACTS = Facts(), Facts(meeting=True), Facts(meeting=True, meeting_held=True)
EVERYTHING = Facts(plan_sent=True, meeting=True, meeting_held=True)
TEAM = build(SHIPPED.text_profile("rehabiliteringsteam"))
DESCRIPTION = build(SHIPPED.text_profile("samlet_beskrivelse"))
BOTH = pytest.mark.parametrize("process", [TEAM, DESCRIPTION], ids=PROFILES)
AFTER_THE_MEETING = ("moede", "brev", "overdragelse", "opstart", "opfoelgning")


def on(process: Process, step: str) -> Place:
    """A citizen whom the caseworker has moved to this step."""
    place = move(process, begin(process, NOW), step, EVERYTHING, NOW)
    assert isinstance(place, Place)
    return place


def through(process: Process, *steps: str) -> Place:
    """A citizen who has been on each of these in turn."""
    place = begin(process, NOW)
    for step in steps:
        moved = move(process, place, step, EVERYTHING, NOW)
        assert isinstance(moved, Place)
        place = moved
    return place


def lacking(process: Process, step: str, facts: Facts) -> str:
    """Why a citizen is not moved to this step."""
    blocked = move(process, begin(process, NOW), step, facts, NOW)
    assert isinstance(blocked, Blocked)
    return blocked.sentence


def test_the_steps_of_the_team_profile() -> None:
    assert TEAM.order == (
        "informeret", "indhentning", "samtale", "sendt", "moede_booket", "partshoering", "indkaldt",
        *AFTER_THE_MEETING,
    )  # fmt: skip


def test_the_description_profile_has_the_same_steps_and_the_advice_from_the_region() -> None:
    assert [step for step in DESCRIPTION.order if step not in TEAM.order] == ["sundhedsraad"]
    assert [step for step in DESCRIPTION.order if step in TEAM.order] == list(TEAM.order)


@BOTH
def test_everybody_begins_with_being_informed(process: Process) -> None:
    place = begin(process, NOW)
    assert (place.step, [(each.at, each.by) for each in place.history]) == ("informeret", [(NOW, "caseworker")])


@BOTH
def test_every_step_can_be_reached_by_the_caseworker_from_every_other(process: Process) -> None:
    for start in process.order:
        for goal in process.order:
            place = move(process, on(process, start), goal, EVERYTHING, LATER)
            assert isinstance(place, Place) and place.step == goal


@BOTH
def test_sent_wants_a_sent_plan(process: Process) -> None:
    assert lacking(process, "sendt", HELD_FACTS) == LACKING["plan"]
    assert on(process, "sendt").step == "sendt"


@BOTH
@pytest.mark.parametrize("step", ["moede_booket", "indkaldt"])
def test_a_booked_meeting_wants_a_date(process: Process, step: str) -> None:
    assert lacking(process, step, Facts(plan_sent=True)) == LACKING["meeting"]
    assert move(process, begin(process, NOW), step, BOOKED, NOW) != begin(process, NOW)


@BOTH
def test_the_meeting_is_held_once_its_time_has_come(process: Process) -> None:
    assert lacking(process, "moede", BOOKED) == LACKING["meeting_held"]


def test_a_step_that_is_not_there_is_refused_with_those_that_are() -> None:
    sentence = lacking(TEAM, "sundhedsraad", EVERYTHING)
    assert sentence.startswith("There is no step with that name.")
    assert all(step in sentence for step in TEAM.order)


def test_what_is_refused_leaves_no_trace() -> None:
    place = begin(TEAM, NOW)
    move(TEAM, place, "sendt", NOTHING, LATER)
    assert place == begin(TEAM, NOW)


def test_a_move_to_where_one_is_adds_nothing_to_the_history() -> None:
    place = on(TEAM, "samtale")
    assert move(TEAM, place, "samtale", NOTHING, LATER) == place


def test_the_history_tells_each_step_when_and_by_whom() -> None:
    place = happened(TEAM, begin(TEAM, NOW), "plan_sent", Facts(plan_sent=True), LATER, "citizen")
    back = move(TEAM, place, "samtale", NOTHING, LATER + timedelta(days=1))
    assert isinstance(back, Place)
    assert [(each.step, each.at - NOW, each.by) for each in back.history] == [
        ("informeret", timedelta(0), "caseworker"), ("sendt", timedelta(days=1), "citizen"),
        ("samtale", timedelta(days=2), "caseworker"),
    ]  # fmt: skip


def test_a_place_survives_json() -> None:
    place = change_profile(DESCRIPTION, TEAM, on(DESCRIPTION, "sundhedsraad"), LATER)
    assert Place.from_json(place.to_json()) == place


@BOTH
@pytest.mark.parametrize(
    ("what", "step"),
    [
        ("plan_sent", "sendt"),
        ("meeting_booked", "moede_booket"),
        ("meeting_held", "moede"),
        ("handover_held", "overdragelse"),
        ("start_held", "opstart"),
        ("followup_held", "opfoelgning"),
    ],
)
def test_what_happens_leads_on_from_every_earlier_step_and_from_no_later_one(
    process: Process, what: str, step: str
) -> None:
    for start in process.order:
        place = happened(process, on(process, start), what, EVERYTHING, LATER, "citizen")  # type: ignore[arg-type]
        assert place.step == (step if process.number(start) < process.number(step) else start)


def test_the_end_of_each_kind_of_meeting_leads_to_a_step() -> None:
    reached = {step.reached_by for step in TEAM.steps.values()}
    assert set(HELD.values()) <= reached


def test_what_has_not_happened_leads_nowhere() -> None:
    assert happened(TEAM, begin(TEAM, NOW), "meeting_booked", NOTHING, LATER, "caseworker").step == "informeret"


@BOTH
def test_a_meeting_called_off_leads_back_to_where_one_was_without_it(process: Process) -> None:
    back = review(process, through(process, "sendt", "moede_booket"), Facts(plan_sent=True), LATER)
    assert (back.step, back.history[-1].at) == ("sendt", LATER)


@BOTH
@pytest.mark.parametrize("step", ["moede_booket", "indkaldt", "moede"])
def test_a_meeting_called_off_never_leads_to_a_step_nobody_was_on(process: Process, step: str) -> None:
    assert review(process, on(process, step), NOTHING, LATER).step == "informeret"
    assert review(process, through(process, "samtale", "moede_booket", step), NOTHING, LATER).step == "samtale"


def test_it_leads_past_what_does_not_hold_either_and_never_on() -> None:
    unsent = through(TEAM, "samtale", "sendt", "moede_booket")
    assert review(TEAM, unsent, NOTHING, LATER).step == "samtale"
    back = through(TEAM, "samtale", "partshoering", "moede_booket")  # the caseworker has taken them back
    assert review(TEAM, back, NOTHING, LATER).step == "samtale"


@BOTH
def test_a_step_that_still_holds_is_kept(process: Process) -> None:
    for step in process.order:
        place = on(process, step)
        assert review(process, place, EVERYTHING, LATER) == place


# Deadlines


@BOTH
def test_the_letter_comes_within_a_week_and_the_handover_within_fourteen_days(process: Process) -> None:
    held = date(2026, 12, 29)
    assert process.open_deadlines("moede", held) == {"brev": date(2027, 1, 5), "overdragelse": date(2027, 1, 12)}
    assert process.open_deadlines("brev", held) == {"overdragelse": date(2027, 1, 12)}
    assert process.open_deadlines("overdragelse", held) == {}


def test_deadlines_are_days_of_the_calendar_across_a_leap_day() -> None:
    assert TEAM.due("brev", date(2028, 2, 25)) == date(2028, 3, 3)


def test_there_is_no_deadline_before_the_meeting_is_held() -> None:
    assert TEAM.open_deadlines("indkaldt", None) == {}


def test_a_municipality_s_own_deadline_is_used(tmp_path: Path) -> None:
    text = "[profiles.rehabiliteringsteam.deadlines]\nletter_days = 10\n"
    (tmp_path / "kommune.toml").write_text(text, encoding="utf-8")
    own = build(Municipality.load(tmp_path).text_profile())
    assert own.due("brev", date(2026, 12, 1)) == date(2026, 12, 11)


@BOTH
def test_the_meeting_is_still_to_come_until_it_is_held(process: Process) -> None:
    assert [step for step in process.order if not process.before_meeting(step)] == list(AFTER_THE_MEETING)


@BOTH
def test_every_step_but_the_last_has_one_after_it(process: Process) -> None:
    assert [process.following(step) for step in process.order] == [*process.order[1:], None]


# Another text profile half-way


def test_a_step_of_both_profiles_is_kept() -> None:
    for step in TEAM.order:
        place = on(TEAM, step)
        assert change_profile(TEAM, DESCRIPTION, place, LATER) == place


def test_a_step_of_one_profile_leads_to_the_latest_before_it_that_the_citizen_was_on() -> None:
    place = change_profile(DESCRIPTION, TEAM, through(DESCRIPTION, "samtale", "brev", "sundhedsraad"), LATER)
    assert (place.step, place.history[-1].by, place.history[-1].at) == ("samtale", "profile", LATER)
    assert change_profile(DESCRIPTION, TEAM, on(DESCRIPTION, "sundhedsraad"), LATER).step == "informeret"


@given(st.sampled_from(DESCRIPTION.order), st.integers(1, 4))
def test_changing_there_and_back_leads_back(step: str, times: int) -> None:
    place = on(DESCRIPTION, step)
    for _ in range(times):
        place = change_profile(DESCRIPTION, TEAM, place, LATER)
        place = change_profile(TEAM, DESCRIPTION, place, LATER)
    assert place.step == step


def test_what_happened_meanwhile_counts_when_changing_back() -> None:
    place = change_profile(DESCRIPTION, TEAM, on(DESCRIPTION, "sundhedsraad"), LATER)
    booked = happened(TEAM, place, "meeting_booked", BOOKED, LATER, "caseworker")
    assert change_profile(TEAM, DESCRIPTION, booked, LATER).step == "moede_booket"


def test_a_step_the_municipality_has_taken_out_leads_to_the_latest_that_is_left(tmp_path: Path) -> None:
    text = '[profiles.rehabiliteringsteam.process]\norder = ["informeret", "sendt", "moede_booket", "moede"]\n'
    (tmp_path / "kommune.toml").write_text(text, encoding="utf-8")
    own = build(Municipality.load(tmp_path).text_profile())
    heard = move(TEAM, on(TEAM, "sendt"), "partshoering", EVERYTHING, NOW)
    assert isinstance(heard, Place)
    assert follow(own, heard, LATER).step == "sendt"
    assert follow(own, on(TEAM, "moede"), LATER).step == "moede"


# The machine


def test_the_machine_keeps_nobody() -> None:
    for step in TEAM.order:
        on(TEAM, step)
    assert TEAM.machine.models == []


EVENTS = st.sampled_from(["plan_sent", "meeting_booked", *HELD.values()])
FACTS = st.builds(
    lambda plan, meeting, held: Facts(plan, meeting or held, held), st.booleans(), st.booleans(), st.booleans()
)
ACTS = st.tuples(
    st.sampled_from(["move", "happen", "review", "profile"]), st.sampled_from(DESCRIPTION.order), EVENTS, FACTS
)


@given(st.lists(ACTS, max_size=25))
def test_nobody_is_ever_on_a_step_that_does_not_hold_or_is_not_there(acts: list[tuple[str, str, str, Facts]]) -> None:
    processes = [TEAM, DESCRIPTION]
    place = begin(TEAM, NOW)
    for number, (act, step, event, facts) in enumerate(acts):
        process, at = processes[0], NOW + timedelta(hours=number)
        before = place
        if act == "profile":
            processes.reverse()
            place = change_profile(process, processes[0], place, at)
        elif act == "review":
            place = review(process, place, facts, at)
        elif act == "happen":
            place = happened(process, place, event, facts, at, "time")  # type: ignore[arg-type]
        else:
            moved = move(process, place, step, facts, at)
            place = moved if isinstance(moved, Place) else place
        assert place.step in processes[0].steps
        assert place.history[: len(before.history)] == before.history
        if act == "happen":
            assert process.number(place.step) >= process.number(before.step)
        if act == "review" or (place != before and act != "profile"):
            fulfilled = {"plan": facts.plan_sent, "meeting": facts.meeting, "meeting_held": facts.meeting_held}
            assert all(fulfilled[need] for need in process.steps[place.step].needs)
        assert Place.from_json(place.to_json()) == place


# What a municipality may write


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('order = ["informeret"]', 'must have two steps or more in "order", each of them once.'),
        ('order = ["informeret", "informeret"]', 'must have two steps or more in "order", each of them once.'),
        ('order = ["informeret", "kaffe"]', "must describe the steps kaffe too."),
        ('order = ["sendt", "moede"]', 'must begin with a step that has nothing in "needs".'),
        (
            'order = ["Kaffe!", "moede"]',
            ".order (no. 1) must be a name of at most 32 characters from a to z, 0 to 9 and _ that begins with a "
            "letter.",
        ),
        ("[STEP]\nnext = ''", ".steps.brev.next must not be empty."),
        ("[STEP]\nnaeste = 'x'", ".steps.brev.naeste is not known here."),
        ("[STEP]\nneeds = ['kaffe']", ".steps.brev.needs (no. 1) must be 'plan', 'meeting' or 'meeting_held'."),
        ("[STEP]\ndue = '7 dage'", ".steps.brev.due must be 'letter_days', 'handover_days' or ''."),
    ],
)
def test_a_mistake_in_the_process_is_named_with_its_place(tmp_path: Path, text: str, mistake: str) -> None:
    table = "profiles.rehabiliteringsteam.process"
    body = text.replace("[STEP]", f"[{table}.steps.brev]")
    (tmp_path / "kommune.toml").write_text(f"[{table}]\n{body}\n", encoding="utf-8")
    with pytest.raises(MunicipalityFault) as fault:
        Municipality.load(tmp_path)
    (said,) = fault.value.mistakes
    assert said.startswith(f"kommune.toml: {table}") and said.endswith(mistake)


@pytest.mark.parametrize("text", ["Hos {navn}", "Hos {", "Hos {}", "Hos {0}"])
def test_a_text_of_the_process_has_only_the_placeholders_there_are(tmp_path: Path, text: str) -> None:
    table = "profiles.rehabiliteringsteam.process.steps.brev"
    (tmp_path / "kommune.toml").write_text(f'[{table}]\nnext = "{text}"\n', encoding="utf-8")
    with pytest.raises(MunicipalityFault, match=r"brev\.next may have no other curly brackets than \{.*\{brev_dage\}"):
        Municipality.load(tmp_path)


def test_one_text_of_one_step_can_be_changed_and_the_rest_stays(tmp_path: Path) -> None:
    table = "profiles.rehabiliteringsteam.process.steps.brev"
    (tmp_path / "kommune.toml").write_text(f'[{table}]\nnext = "Du ringer til {{kommune}}."\n', encoding="utf-8")
    own = build(Municipality.load(tmp_path).text_profile())
    assert own.order == TEAM.order
    assert own.steps["brev"] == TEAM.steps["brev"].model_copy(update={"next": "Du ringer til {kommune}."})
