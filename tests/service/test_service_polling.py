"""The service as citizens meet it when it asks Telegram for updates."""

import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from tests.service.town import SECOND_QUESTION, plays, taps

PLAN = files("afsaet.cli").joinpath("recorded_citizen.txt").read_text(encoding="utf-8").splitlines()


def test_one_who_answers_everything_sends_a_plan_that_can_be_taken_out(town):
    town.run()
    citizen, person = town.joined()
    plays(person, PLAN[1:])
    person.wait_for("Sendt ")
    assert [task.kind for task in town.case(citizen).tasks] == ["plan_sent"]
    plan = town.command("export", citizen, "--format", "json")
    answers = {answer["id"]: answer for section in plan["sections"] for answer in section["answers"]}
    assert answers["maal_droem"]["text"] == PLAN[2]
    assert {answer["state"] for answer in answers.values()} == {"answered", "skipped"}
    # Of a question shown once more for each point its words alone are left, and they are the same each time.
    shown = [(seen.text, seen.rows) for seen in person.from_bot if seen.rows or "\n\n" in seen.text]
    assert len(shown) == len(set(shown))
    assert person.spinning == 0


def test_looking_at_an_invitation_is_answered_in_its_own_message(small_town):
    town = small_town
    town.run()
    person = town.telegram.person("Kirsten")
    person.starts(town.invite(town.citizen()))
    taps(person, "Læs mere")
    person.wait_for("Datatilsynet")
    person.taps("Nej tak")
    person.wait_for("Helt i orden")
    assert len(person.from_bot) == 1
    assert town.rows("SELECT * FROM chats") == town.rows("SELECT * FROM updates") == []


def test_strangers_groups_and_channels_are_answered_and_leave_no_row(small_town):
    town = small_town
    town.run()
    stranger, family, news = town.telegram.person("Fremmed"), town.telegram.group(), town.telegram.channel()
    stranger.says("Hej, hvem er du?")
    stranger.wait_for("Jeg er Afsæt")
    stranger.says("/start", family)
    family.wait_for("én person ad gangen")
    news.posts("Nyt fra kommunen")
    news.wait_for("én person ad gangen")
    stranger.sends_sticker()
    stranger.wait_until(lambda chat: len(chat.from_bot) == 2)
    stranger.blocks()
    town.begun()  # what came before has been dealt with by then
    counts = {table: town.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("chats", "updates", "events")}
    assert counts == {"chats": 1, "updates": 2, "events": 2}


def test_what_people_really_send_is_answered_and_ends_nothing(small_town):
    town = small_town
    town.run()
    citizen, person = town.begun()
    for send in (person.sends_sticker, person.sends_voice, person.sends_photo):
        shown = len(person.from_bot)
        send()
        person.wait_until(lambda chat, shown=shown: len(chat.from_bot) > shown)
    person.presses("no button of ours")
    person.wait_for("Den knap hører til noget tidligere")
    person.presses("1:" + "x" * 55, person.last.id)
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    person.edits("Noget med heste")
    person.wait_for("rettet dit svar")
    assert town.words(citizen, "maal_droem") == ["Noget med heste"]
    person.says("/menu")
    person.wait_for("Vælg, hvad du vil.")
    assert town.rows("SELECT count(*) FROM updates WHERE set_aside_kind IS NOT NULL") == [(0,)]


def test_a_personal_number_is_taken_out_of_the_chat_as_well(small_town):
    town = small_town
    town.run()
    citizen, person = town.begun()
    person.says("Gartner, 010190-1234")
    person.wait_until(lambda chat: not any("1234" in seen.text for seen in chat.screen))
    person.wait_for("CPR-nummer")
    assert town.words(citizen, "maal_droem") == ["Gartner, [CPR-nummer fjernet]"]


def test_deleting_says_goodbye_in_the_chat(town):
    town.run()
    citizen, person = town.begun()
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    person.says("/slet")
    taps(person, "Ja, slet alle mine svar")
    person.wait_for("Slettet")
    assert town.case(citizen).citizen.name is None
    person.says("Hallo?")
    person.wait_for("Jeg er Afsæt")
    assert sum("Slettet" in seen.text for seen in person.from_bot) == 1


def test_a_new_phone_takes_over_and_the_old_one_is_told(town):
    town.run()
    citizen, old = town.begun()
    old.says("Noget med dyr")
    old.wait_for(SECOND_QUESTION)
    new = town.telegram.person("Kirsten")
    new.starts(town.invite(citizen))
    taps(new, "Ja, jeg vil gerne prøve")
    new.wait_for(SECOND_QUESTION)
    old.wait_for("flyttet til en anden telefon")
    new.taps("Uddannelse")
    new.wait_for("Hvor mange timer")
    assert set(town.answers(citizen)) == {"maal_droem", "maal_retning"}


def test_the_installed_program_serves_and_ends_as_the_forked_ones_of_these_tests(small_town):
    town = small_town
    program = Path(sys.executable).with_name("afsaet")
    with subprocess.Popen([program, "run"], env=town.settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        town.telegram.wait_until(lambda telegram: telegram.polling)
        _citizen, _person = town.begun()
        process.send_signal(signal.SIGTERM)
        out, _err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert out.startswith("Listening on http://127.0.0.1:")
