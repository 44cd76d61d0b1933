"""More than one dialogue: a page leads into another, and each is found again where it was left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from afsaet.flows.dialogue import load
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Attachment, Message
from tests.flows.small import Citizen, dialogue, question

OTHER = dialogue(question("andet", ask="Hvad er det andet?")).model_copy(update={"id": "andet", "title": "Det andet"})


def leads(visit: Visit) -> Page:
    return Page(Message(), visit.conversation, enter="andet")


class Walker(Citizen):
    def revise(self, definition: Any) -> None:
        super().revise(definition)
        both = {**self.library.dialogues, "andet": load(OTHER)}
        self.library = replace(self.library, dialogues=both, pages={"moede": leads})


def walker() -> Walker:
    return Walker(dialogue(question("en"), question("to")))


def test_a_page_leads_into_another_dialogue_and_the_first_is_left_where_it_was():
    who = walker()
    who.write("mit svar")
    who.command("moede")
    assert "Det andet" in who.said
    who.press("Begynd")
    who.write("noget andet")
    assert who.session.dialogue == "andet" and who.words("andet") == "noget andet"
    first = who.conversation.sessions["lille"]
    assert first.state == "to" and first.answers["en"].words == "mit svar"


def test_the_menu_leads_back_to_the_first_and_the_buttons_of_the_other_are_old():
    who = walker()
    who.write("mit svar")
    who.command("moede")
    who.press("Begynd")
    other = who.buttons["Spring over"]
    asked = who.conversation.ask
    who.command("menu")
    who.press("Lille")
    assert who.session.dialogue == "lille" and "Hvad med to?" in who.said
    assert who.conversation.ask > asked and other
    who.write("svar to")
    assert who.words("to") == "svar to"


def test_my_answers_are_those_of_the_first_dialogue():
    who = walker()
    who.write("mit svar")
    who.command("moede")
    who.press("Begynd")
    who.command("mine_svar")
    assert "mit svar" in who.said and who.session.dialogue == "lille"


def test_an_edited_message_changes_the_answer_in_the_dialogue_it_was_given_in():
    who = walker()
    who.write("mit svar")
    who.command("moede")
    who.press("Begynd")
    who.edit(1, "rettet")
    assert who.conversation.sessions["lille"].answers["en"].words == "rettet"
    assert "rettet dit svar" in who.said and who.session.dialogue == "andet"


def test_once_the_other_is_sent_going_on_means_the_first_again():
    who = walker()
    who.command("moede")
    who.press("Begynd")
    who.write("noget andet")
    who.press("Send til min sagsbehandler")
    who.press("Ja, send")
    assert who.sent[-1]["dialogue"] == "andet" and who.sent[-1]["version"] == 1
    who.command("fortsaet")
    assert who.session.dialogue == "lille"


def test_versions_sent_before_everything_was_deleted_keep_their_numbers():
    who = walker()
    who.world(facts={"versions": {"andet": 4}})
    who.command("moede")
    assert who.session.versions == 4


def test_a_dialogue_that_is_taken_away_is_left_for_the_first():
    who = walker()
    who.command("moede")
    who.press("Begynd")
    who.library = replace(who.library, dialogues={"lille": who.library.dialogues["lille"]})
    who.command("fortsaet")
    assert who.session.dialogue == "lille" and "Hvad med en?" in who.said


def test_what_goes_with_a_message_survives_the_outbox():
    message = Message("Billedet viser …", attachment=Attachment("wheel", {"areas": [1, 2]}))
    assert Message.from_json(message.to_json()) == message


def test_what_has_been_sent_of_another_dialogue_is_said_to_stay_when_all_is_deleted():
    who = walker()
    who.command("moede")
    who.press("Begynd")
    who.write("noget andet")
    who.press("Send til min sagsbehandler")
    who.press("Ja, send")
    who.command("fortsaet")
    who.command("slet")
    assert who.session.dialogue == "lille" and "Det, du har sendt til din sagsbehandler, bliver" in who.said
    who.press("Ja, slet alle mine svar")
    assert "Det, du har sendt, har din sagsbehandler stadig." in who.said
