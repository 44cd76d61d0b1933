"""Around the questions: the start, and the summary of every answer."""

from __future__ import annotations

from datetime import datetime

from afsaet.flows.dates import danish_moment
from afsaet.flows.definition import Question, Section
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.paging import shortened
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.flows.state.coverage import closed_here, state_of
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.question import answer_words, earlier_wording

MANY_MISSING = 5  # more than these are counted rather than listed: a list of all that is lacking helps nobody
_NOTHING = _("Du har ikke svaret på noget, og det er helt i orden.")
_CHANGE = _("Vil du svare alligevel, så tryk på Ret et svar.")
LONG = 400  # characters of one answer in the summary; the whole of it stands under "Ret et svar"


def start_view(walk: Walk) -> Message:
    """What this is in at most three sentences, and two ways through it."""
    tr = walk.setting.tr
    if walk.session.answers:
        rows: Rows = ((Button(tr(_("Fortsæt")), "begin"),), (Button(tr(_("Se mine svar")), "finish"),))
    else:
        rows = ((Button(tr(_("Begynd")), "begin"),), (Button(tr(_("Kun det vigtigste")), "begin.short"),))
    text = [tr(walk.dialogue.definition.intro), closed_sentence(walk)]
    if not walk.session.answers:
        text.append(tr(_("Er du træt i dag, så tag kun det vigtigste.")))
    return Message("\n\n".join(part for part in text if part), tr(walk.dialogue.definition.title), rows=rows)


def closed_sentence(walk: Walk) -> str:
    """One clear sentence about the questions that may not pass this channel; empty where there are none."""
    count = len(closed_here(walk))
    if not count:
        return ""
    if count == 1:
        return walk.setting.tr(_("Der er 1 spørgsmål om noget privat, som du tager med din sagsbehandler."))
    sentence = _("Der er {count} spørgsmål om private ting, som du tager med din sagsbehandler.")
    return walk.setting.tr(sentence, count=count)


def summary_view(walk: Walk) -> Message:
    """Every answer by section, what is missing, and what can be done with them."""
    tr = walk.setting.tr
    nothing = " ".join(tr(part) for part in ((_NOTHING, _CHANGE) if walk.session.answers else (_NOTHING,)))
    text = [tr(walk.dialogue.definition.outro) if _anything(walk) else nothing]
    if when := sent_when(walk):
        text.append(tr(_("Du sendte sidst {when}. Retter du noget, så send igen."), when=when))
    missing = [q.id for q in walk.dialogue.questions.values() if state_of(walk, q) == "missing"]
    listed = len(missing) <= MANY_MISSING
    text += [_section_text(walk, section, list_missing=listed) for section in walk.dialogue.definition.sections]
    text.append(_former(walk))
    if not listed:
        text.append(tr(_("{count} spørgsmål mangler et svar. Du bestemmer selv, om du vil svare."), count=len(missing)))
    later = sum(state_of(walk, question) == "later" for question in walk.dialogue.questions.values())
    if later:
        sentence = _("{count} andre kan komme senere.") if missing else _("{count} spørgsmål kan komme senere.")
        text.append(tr(_("1 spørgsmål kan komme senere.") if later == 1 else sentence, count=later))
    text.append(closed_sentence(walk))
    return Message("\n\n".join(part for part in text if part), tr(_("Dine svar")), rows=_summary_rows(walk))


def _anything(walk: Walk) -> bool:
    """Whether there is an answer that could be sent."""
    return any(state_of(walk, question) == "answered" for question in walk.dialogue.questions.values())


def _summary_rows(walk: Walk) -> Rows:
    tr = walk.setting.tr
    if not _anything(walk):
        change = ((Button(tr(_("Ret et svar")), "edit"),),) if walk.session.answers else ()
        return (*change, (*more(walk), Button(tr(_("Menu")), "m.menu")))
    rows: list[tuple[Button, ...]] = [(Button(tr(_("Send til min sagsbehandler")), "send"),)]
    rows.append((Button(tr(_("Ret et svar")), "edit"), Button(tr(_("Vælg afsnit")), "choose")))
    rows.append((*more(walk), Button(tr(_("Menu")), "m.menu")))
    return tuple(rows)


def more(walk: Walk) -> tuple[Button, ...]:
    """The way on to what has no answer yet, if anything."""
    if walk.pending():
        return (Button(walk.setting.tr(_("Fortsæt")), "go"),)
    return (Button(walk.setting.tr(_("Svar på resten")), "rest"),) if unanswered(walk) else ()


def unanswered(walk: Walk) -> list[Question]:
    """The questions that can be asked here in the full set and have no answer."""
    return [question for question in walk.dialogue.questions.values()
            if walk.allowed(question) and walk.branch_open(question) and question.id not in walk.session.answers]


def _section_text(walk: Walk, section: Section, *, list_missing: bool) -> str:
    lines = [line for question in section.questions if (line := _line(walk, question, list_missing))]
    closed = _closed(walk)
    # Told once and last: between two questions it would read as an answer to the first of them.
    lines = [line for line in lines if line != closed] + [closed] * (closed in lines)
    return "\n".join([walk.setting.tr(section.title).upper(), *lines]) if lines else ""


def _line(walk: Walk, question: Question, list_missing: bool) -> str:
    tr = walk.setting.tr
    state = state_of(walk, question)
    answer = walk.session.answers.get(question.id)
    if state in ("hidden", "later"):
        return ""
    if answer is None:
        missing = tr(_("Mangler"))
        return f"{tr(question.ask)}\n→ {missing}" if state == "missing" and list_missing else ""
    if not walk.allowed(question):
        return _closed(walk) if answer.state == "answered" else ""
    if state == "skipped" and not _anything(walk):
        return ""  # a row of nothing but skipped questions would only tell what was not done
    asked = earlier_wording(question, answer, walk.setting) or tr(question.ask)
    words = shortened(answer_words(question, answer, walk.setting), LONG)
    return f"{asked}\n{words}" if words.startswith("• ") else f"{asked}\n→ {words}"


def _former(walk: Walk) -> str:
    """Answers to questions that have left the dialogue. Nobody can tell how private they are."""
    tr = walk.setting.tr
    gone = [answer for name, answer in sorted(walk.session.answers.items())
            if name not in walk.dialogue.questions and answer.state == "answered"]
    if not gone:
        return ""
    lines = [_closed(walk)]
    if walk.setting.open_to >= ALL_SENSITIVITIES:
        lines = [f"{walk.setting.translate(answer.question)}\n"
                 f"→ {shortened(answer_words(None, answer, walk.setting), LONG)}" for answer in gone]
    return "\n".join([tr(_("Det spørger jeg ikke om mere")).upper(), *lines, tr(_("Det sender jeg ikke."))])


def _closed(walk: Walk) -> str:
    """What is said of answers that this channel may not carry, however many they are."""
    return walk.setting.tr(_("Der er gemt svar, som jeg ikke viser her."))


def sent_when(walk: Walk) -> str:
    """When the citizen sent the latest version, as a receipt says it; empty where none has been sent."""
    if not walk.session.sent_at:
        return ""
    return danish_moment(datetime.fromisoformat(walk.session.sent_at), language=walk.setting.language)
