"""What goes wrong on the way, between Telegram and the database, and what citizens notice of it: a delay at most."""

from sqlalchemy import update

from afsaet.store.tables import citizens
from tests.service.town import FIRST_QUESTION, SECOND_QUESTION, buttons, taps

THIRD_QUESTION = "Hvor mange timer"


def unrepeated(person):
    """No message of the bot's stands there twice."""
    shown = [(seen.text, seen.rows) for seen in person.from_bot]
    return len(shown) == len(set(shown))


def test_an_update_that_telegram_hands_over_again_and_again_is_taken_once(town):
    town.run()
    citizen, person = town.begun()
    text = person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    tap = person.taps("Uddannelse")
    person.wait_for(THIRD_QUESTION)
    for number in (text, tap, tap, text):
        town.telegram.repeat(number)
    person.taps("6-10 timer")
    person.wait_for("Hvor meget tror du selv på")
    assert set(town.answers(citizen)) == {"maal_droem", "maal_retning", "maal_timer"}
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert unrepeated(person)


def test_a_limit_holds_back_one_chat_and_nobody_else_also_after_a_restart(town):
    process = town.run()
    held, kirsten = town.begun("Kirsten Lund")
    _citizen, omar = town.begun("Omar Dal")
    town.telegram.fail("sendMessage", 429, retry_after=3600, chat=kirsten.id)
    kirsten.says("Noget med dyr")
    town.telegram.wait_until(
        lambda telegram: any(call.status == 429 for call in telegram.calls_to("sendMessage")))
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)
    kirsten.says("Især heste")
    assert process.stop() == 0
    process = town.run()
    omar.taps("Uddannelse")
    omar.wait_for(THIRD_QUESTION)
    assert not any(SECOND_QUESTION in seen.text for seen in kirsten.from_bot)
    assert town.words(held, "maal_droem") == ["Noget med dyr", "Især heste"]
    assert process.stop() == 0
    town.change("UPDATE outbox SET not_before = created_at")  # the hour is over
    town.run()
    kirsten.wait_for(SECOND_QUESTION)
    assert [call.status for call in town.telegram.calls_to("sendMessage")].count(429) == 1
    assert unrepeated(kirsten)


def test_passing_failures_delay_a_message_and_repeat_at_most_the_one_telegram_had_taken(town):
    town.run()
    names = ("Kirsten Lund", "Omar Dal", "Rosa Vang", "Bo Friis")
    people = [town.begun(name) for name in names]
    failing, bad, cut, lost = (person for _citizen, person in people)
    town.telegram.fail("sendMessage", 500, times=2, chat=failing.id)
    town.telegram.fail("sendMessage", 502, chat=bad.id)
    town.telegram.drop("sendMessage", "before", chat=cut.id)
    town.telegram.drop("sendMessage", "after", chat=lost.id)
    for citizen, person in people:
        person.says("Noget med dyr")
        person.wait_for(SECOND_QUESTION)
        person.wait_until(lambda chat: "Uddannelse" in buttons(chat))
        person.taps("Uddannelse")
        person.wait_for(THIRD_QUESTION)
        assert set(town.answers(citizen)) == {"maal_droem", "maal_retning"}
    questions = {person: sum(FIRST_QUESTION in seen.text for seen in person.from_bot) for _citizen, person in people}
    assert set(questions.values()) == {1}
    assert [unrepeated(person) for person in (failing, bad, cut)] == [True] * 3


def test_a_question_telegram_refuses_is_dropped_and_a_text_does_not_answer_it(town):
    town.run()
    citizen, person = town.begun()
    town.telegram.fail("sendMessage", 400, description="Bad Request: message is too long", chat=person.id)
    person.says("Noget med dyr")
    _other, omar = town.begun("Omar Dal")
    person.says("Hallo?")
    person.wait_for("ikke gemt")
    assert town.all_words(citizen) == ["Noget med dyr"]
    taps(person, "Fortsæt")
    person.wait_for(SECOND_QUESTION)
    person.taps("Uddannelse")
    person.wait_for(THIRD_QUESTION)
    assert town.case(citizen).citizen.reachable is True
    assert list(town.case(citizen).tasks) == []


def test_one_who_blocks_the_bot_before_the_next_question_is_asked_it_again(town):
    town.run()
    citizen, person = town.begun()
    with_question = town.telegram.hold("editMessageText")
    person.says("Noget med dyr")
    with_question.wait_reached()  # under the answered question stands the answer; the next one is about to leave
    person.blocks()
    with_question.release()
    _other, omar = town.begun("Omar Dal")
    omar.wait_until(lambda _chat: not town.waiting(citizen))
    person.unblocks()
    person.says("Jeg er her igen")
    person.wait_for("ikke gemt")
    assert town.all_words(citizen) == ["Noget med dyr"]
    taps(person, "Fortsæt")
    person.wait_for(SECOND_QUESTION)
    assert town.case(citizen).citizen.reachable is True


def test_an_old_phone_that_is_gone_says_nothing_of_the_new_one(town):
    """A new telephone, a new account, and the old one deleted."""
    town.run()
    citizen, old = town.begun()
    old.is_deactivated()
    new = town.telegram.person("Kirsten")
    new.starts(town.invite(citizen))
    taps(new, "Ja, jeg vil gerne prøve")
    new.wait_for(FIRST_QUESTION)
    _other, omar = town.begun("Omar Dal")
    omar.wait_until(lambda _chat: not town.waiting(citizen))
    assert town.case(citizen).citizen.reachable is True
    assert list(town.case(citizen).tasks) == []
    new.says("Noget med dyr")
    new.wait_for(SECOND_QUESTION)


def test_one_who_blocks_the_bot_is_told_of_once_and_goes_on_when_they_come_back(town):
    town.run()
    citizen, person = town.begun()
    person.blocks()
    _other, omar = town.begun("Omar Dal")
    assert (town.case(citizen).citizen.reachable, [task.kind for task in town.case(citizen).tasks]) == (
        False, ["unreachable"])
    person.unblocks()
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert town.case(citizen).citizen.reachable is True
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)


def test_a_filter_that_shuts_the_way_to_telegram_for_a_while_says_nothing_of_anybody(town):
    """A proxy's page is no word of Telegram's, whatever its status."""
    town.run()
    citizen, person = town.begun()
    for status in (403, 400, 404):
        town.telegram.intercept("sendMessage", status, b"<html>Blocked</html>", chat=person.id)
    town.telegram.intercept("getUpdates", 200, b"{}", times=2)
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert (town.case(citizen).citizen.reachable, list(town.case(citizen).tasks)) == (True, [])


def test_a_question_is_seen_again_when_the_message_it_stood_in_is_deleted(town):
    town.run()
    citizen, person = town.begun()
    town.telegram.fail("editMessageText", 400, description="Bad Request: message to edit not found", chat=person.id)
    older = person.last.id
    person.taps("Hjælp til spørgsmålet")
    person.wait_until(lambda chat: "Det tager jeg med min sagsbehandler" in buttons(chat))
    anew = person.last.id
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    assert town.words(citizen, "maal_droem") == ["Noget med dyr"]
    [settled] = [seen for seen in person.from_bot if seen.id == anew]
    assert anew != older and "Noget med dyr" in settled.text and not settled.buttons


def test_an_album_gets_one_answer_and_its_words_are_read(small_town):
    town = small_town
    town.run()
    _citizen, person = town.begun()
    shown = len(person.from_bot)
    person.sends_album(10)
    person.sends_album(3, "Jeg vil ikke leve mere")
    person.wait_for("112")
    assert sum("billeder" in seen.text for seen in person.from_bot[shown:]) == 2


def test_names_of_commands_that_telegram_does_not_take_keep_nobody_waiting(small_town):
    town = small_town
    town.telegram.fail("setMyCommands", 429, retry_after=3600)
    first = town.run()
    town.begun()
    assert first.stop() == 0
    town.telegram.fail("setMyCommands", 400, description="Bad Request: BOT_COMMAND_INVALID")
    town.run().err.wait_for("Bot_command_invalid")
    town.begun("Omar Dal")


def test_one_whom_a_message_finds_gone_is_told_of_as_well(town):
    """Nobody says so when an account is deleted; the next message finds out."""
    town.run()
    citizen, person = town.begun()
    person.is_deactivated()
    person.taps("Spring over")
    _other, omar = town.begun("Omar Dal")
    omar.wait_until(lambda _chat: town.case(citizen).citizen.reachable is False)
    assert [task.kind for task in town.case(citizen).tasks] == ["unreachable"]
    assert town.waiting(citizen) == 0


def test_while_telegram_answers_slowly_everything_is_taken_in(town):
    town.run()
    citizen, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    hold = town.telegram.hold("sendMessage")
    person.says("Noget med dyr")
    hold.wait_reached()  # the question stands there, and the service waits to hear so
    number = person.taps("Uddannelse")
    omar.says("Noget med biler")
    town.telegram.wait_until(lambda telegram: not any(update.id <= number for update in telegram.world.waiting))
    assert set(town.answers(citizen)) == {"maal_droem", "maal_retning"}
    hold.release()
    person.wait_for(THIRD_QUESTION)
    omar.wait_for(SECOND_QUESTION)
    assert unrepeated(person)


def test_a_flood_from_one_chat_is_all_kept_and_holds_up_nobody(town):
    process = town.run()
    citizen, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    lines = [f"linje {number}" for number in range(60)]
    for line in lines:
        person.says(line)
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)
    person.wait_until(lambda _chat: len(town.all_words(citizen)) == len(lines))
    assert town.all_words(citizen) == sorted(lines)
    assert process.stop() == 0
    town.run()
    omar.taps("Uddannelse")
    omar.wait_for(THIRD_QUESTION)
    person.says("/menu")
    person.wait_for("Vælg, hvad du vil.")
    assert town.rows("SELECT count(*) FROM updates WHERE set_aside_kind IS NOT NULL") == [(0,)]


def test_one_that_cannot_even_be_noted_as_set_aside_ends_nothing(small_town):
    town = small_town
    process = town.run()
    damaged, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    with town.database.write() as tx:
        tx.conn.execute(update(citizens).where(citizens.c.id == damaged).values(draft_key=bytes(60)))
        tx.conn.exec_driver_sql("ALTER TABLE updates RENAME COLUMN set_aside_error TO gone")
    person.says("Noget med heste")
    process.err.wait_for("cannot be noted")
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)


def test_strangers_by_the_hundred_are_answered_and_hold_up_nobody(small_town):
    town = small_town
    town.run()
    _citizen, person = town.begun()
    strangers = [town.telegram.person(f"Fremmed {number}") for number in range(60)]
    for stranger in strangers:
        stranger.says("Hej")
    person.says("Noget med dyr")
    person.wait_for(SECOND_QUESTION)
    for stranger in strangers:
        stranger.wait_for("Jeg er Afsæt")


def test_an_answer_to_a_stranger_that_telegram_refuses_for_now_comes_later_and_once(small_town):
    town = small_town
    town.run()
    _citizen, person = town.begun()
    stranger = town.telegram.person("Fremmed")
    town.telegram.fail("sendMessage", 429, retry_after=3600, chat=stranger.id)
    stranger.says("Hej")
    town.telegram.wait_until(
        lambda telegram: any(call.status == 429 for call in telegram.calls_to("sendMessage")))
    for words in ("Noget med dyr", "/menu", "/fortsaet", "/hjaelp"):
        shown = len(person.from_bot)
        person.says(words)
        person.wait_until(lambda chat, shown=shown: len(chat.from_bot) > shown)
    assert stranger.from_bot == []
    assert sum(call.params["chat_id"] == str(stranger.id) for call in town.telegram.calls_to("sendMessage")) == 1


def test_what_cannot_be_dealt_with_is_set_aside_without_a_word_of_it_and_the_rest_goes_on(town):
    process = town.run()
    damaged, person = town.begun()
    _other, omar = town.begun("Omar Dal")
    with town.database.write() as tx:
        tx.conn.execute(update(citizens).where(citizens.c.id == damaged).values(draft_key=bytes(60)))
    number = person.says("plantedanswer")
    omar.says("Noget med biler")
    omar.wait_for(SECOND_QUESTION)
    process.err.wait_for("an update is set aside")
    assert town.rows("SELECT update_id, set_aside_kind, set_aside_error FROM updates "
                     "WHERE set_aside_kind IS NOT NULL") == [(number, "message", "KeyFault")]
    assert "plantedanswer" not in process.err.text
    town.telegram.repeat(number)
    omar.taps("Uddannelse")
    omar.wait_for(THIRD_QUESTION)
