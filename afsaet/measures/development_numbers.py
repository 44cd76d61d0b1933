"""The numbers of "Udvikling siden sidst": each measure that is shared as a heading and its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.followups import FollowUp, words_key
from afsaet.measures.items import BY_ID, CHOICE_WORDS, HIGH, ITEMS, NOT_RELEVANT, Item, Measure, numbered
from afsaet.measures.progress import line, percent_words, points_words, progress
from afsaet.measures.rounds import ENOUGH, WITH_TOTAL, Round, counting
from afsaet.measures.showing import TITLES
from afsaet.measures.wheel import Wheel, label_of

Cut = Callable[[str], str]  # a text of the citizen's, on one line and short enough
SAID: dict[FollowUp, str] = {
    "hjalp": _("Det har hjulpet: {words}"),
    "ogsaa": _("Det er også godt for: {words}"),
    "hjaelp_til": _("Det vil jeg gerne have hjælp til: {words}"),
}


def numbers(rounds: Sequence[Round], wheel: Wheel, cut: Cut, setting: Setting) -> Iterator[list[str]]:
    """A block for each measure of which there is a round: its heading, then a line an item.

    rounds: those that are shared, in the order of time.
    """
    tr, scale = setting.tr, {"low": 0, "high": HIGH}
    headed = (
        (tr(_("Mine områder, fra 0 til 10")), _areas(rounds, wheel, cut, setting)),
        (tr(_("Hver måned, fra 0 til 10")), _status(rounds, setting)),
        *((tr(_("{title}, fra {low} til {high}"), title=tr(TITLES[measure]), **scale),
           _items(rounds, measure, cut, setting))
          for measure in TITLES if measure in WITH_TOTAL),
        (tr(TITLES["tilfredshed"]), _answers(counting(rounds, "tilfredshed")[-1:], "tilfredshed", cut, setting)),
    )
    for heading, lines in headed:
        if found := list(lines):
            yield [heading, *found]


def has_two(rounds: Sequence[Round], wheel: Wheel) -> bool:
    """Whether any line that is shown has two numbers, so that there is a development to speak of."""
    return any(progress(rounds, name) for name in (*BY_ID, *(area.id for area in wheel.active)))


def _areas(rounds: Sequence[Round], wheel: Wheel, cut: Cut, setting: Setting) -> Iterator[str]:
    """Each area that is on the wheel and has a number, with what the citizen wrote at the latest of them."""
    for area in wheel.active:
        if found := _course(rounds, area.id, label_of(area, setting), setting):
            yield found
            latest = [each for each in rounds if each.number(area.id) is not None][-1]
            for which, text in SAID.items():
                if words := latest.words.get(words_key(area.id, which)):
                    yield f"  {setting.tr(text, words=cut(words))}"


def _status(rounds: Sequence[Round], setting: Setting) -> Iterator[str]:
    """The items that are asked again every month. Their numbers may have begun in the preparation."""
    for item in ITEMS["status"]:
        if found := _course(rounds, item.id, setting.tr(item.label), setting):
            yield found
    yield from _answers(counting(rounds, "status")[-1:], "status", str, setting)


def _items(rounds: Sequence[Round], measure: Measure, cut: Cut, setting: Setting) -> Iterator[str]:
    """The four items, their total, and what was written the last time. What was not relevant then has no number now,
    whatever it had."""
    own = counting(rounds, measure)
    for item in numbered(measure) if own else ():
        label = setting.tr(item.label)
        if own[-1].values.get(item.id) == NOT_RELEVANT:
            yield "- " + setting.tr(_("{label}: ikke aktuelt nu"), label=label)
        else:
            yield _course(own, item.id, label, setting)
    if own:
        yield _total(own, setting)
    yield from _answers(own[-1:], measure, cut, setting)


def _total(rounds: Sequence[Round], setting: Setting) -> str:
    """The total of the rounds that have one; of the latest there is none where something was not relevant."""
    label = setting.tr(_("I alt, fra 0 til 40"))
    totals = [total for each in rounds if (total := each.total()) is not None]
    if rounds[-1].total() is None:
        return "- " + setting.tr(_("{label}: intet tal nu, for noget er ikke aktuelt"), label=label)
    return _words(label, totals, setting)


def _answers(rounds: Sequence[Round], measure: Measure, cut: Cut, setting: Setting) -> Iterator[str]:
    """What was chosen and written in these rounds of the measure."""
    for each in rounds:
        for item in ITEMS[measure]:
            if said := _said(each, item, cut, setting):
                yield f"- {setting.tr(item.label)}: {said}"


def _said(done: Round, item: Item, cut: Cut, setting: Setting) -> str:
    value = done.values.get(item.id)
    if item.scale == "choice" and isinstance(value, str):
        return setting.tr(CHOICE_WORDS.get(value, value))
    return cut(done.words.get(item.id, "")) if item.scale == "words" else ""


def _course(rounds: Sequence[Round], name: str, label: str, setting: Setting) -> str:
    return _words(label, [point.number for point in line(rounds, name)], setting, relative=True)


def _words(label: str, found: Sequence[int], setting: Setting, *, relative: bool = False) -> str:
    """ "- Min hverdag: først 3, forrige gang 4, nu 6 (+3, +100 %)"; of one number only that it is the first."""
    if not found:
        return ""
    first, latest = found[0], found[-1]
    if len(found) < ENOUGH:
        return "- " + setting.tr(_("{label}: {number} (første gang)"), label=label, number=latest)
    percent = [percent_words(100 * (latest - first) / first, setting)] if relative and first > 0 else []
    change = ", ".join((points_words(latest - first, setting), *percent))
    return "- " + setting.tr(_("{label}: først {first}, forrige gang {previous}, nu {latest} ({change})"), label=label,
                             first=first, previous=found[-2], latest=latest, change=change)
