"""Lists of meetings from files: the good rows are found, and everything else is named by its line."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.calendar_file import calendar_file
from afsaet.meetings.import_row import BadFile
from afsaet.meetings.importing import LARGEST_FILE, Found, Person, read_meetings
from afsaet.meetings.meeting import cancelled
from tests.meetings.making import COPENHAGEN, at, meeting, setting, wall

NOW = at("2026-11-24 09:00")
PEOPLE: list[Person] = [("4711", ()), ("A-2", ()), ("Ø 3", ())]
HEAD = "reference;dato;tid;type;minutter;sted;lokale;med"
GOOD = "4711;2026-12-01;10:00;samtale;45;Rådhuset;Lokale 2;Mette Holm og Bo Å"


def found(text: str | bytes, people: list[Person] | None = None) -> Found:
    data = text.encode() if isinstance(text, str) else text
    return read_meetings(data, PEOPLE if people is None else people, NOW, COPENHAGEN)


def rows(*lines: str) -> Found:
    """What is found in a CSV with these rows under the usual headings."""
    return found("\r\n".join((HEAD, *lines)))


def said(what: Found) -> list[tuple[int, str]]:
    return [(remark.line, remark.sentence) for remark in what.remarks]


def test_a_row_is_read_whole() -> None:
    (row,) = rows(GOOD).good
    assert (row.line, row.reference, row.kind) == (2, "4711", "samtale")
    assert (row.wall, row.minutes) == (wall("2026-12-01 10:00"), 45)
    assert (row.place, row.room, row.people) == ("Rådhuset", "Lokale 2", "Mette Holm og Bo Å")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_usual_encoding_is_read(encoding: str, line_end: str) -> None:
    (row,) = found(line_end.join((HEAD, GOOD, "")).encode(encoding)).good
    assert (row.place, row.people) == ("Rådhuset", "Mette Holm og Bo Å")


def test_commas_will_do_and_a_comma_within_quotes_divides_nothing() -> None:
    (row,) = found('reference,dato,tid,type,sted\n4711,2026-12-01,10:00,samtale,"Torvet 1, 1. sal"\n').good
    assert row.place == "Torvet 1, 1. sal"


def test_headings_stand_in_any_order_and_letters_and_others_are_passed_over() -> None:
    (row,) = found("Type ;TID;Initialer;Dato;Reference\nsamtale;10:00;MH;2026-12-01;4711\n").good
    assert (row.reference, row.kind, row.minutes, row.place) == ("4711", "samtale", None, "")


@pytest.mark.parametrize("day", ["2026-12-01", "01-12-2026", "1/12/2026", "1.12.2026", "01-12-2026 00:00:00"])
@pytest.mark.parametrize("at_time", ["09:05", "9.05", "kl. 9:05", "Kl 9.05", "09:05:00"])
def test_days_and_times_are_written_in_many_ways(day: str, at_time: str) -> None:
    (row,) = rows(f"4711;{day};{at_time};samtale").good
    assert row.wall == wall("2026-12-01 09:05")


def test_full_hours_need_no_minutes_and_lengths_may_have_their_unit() -> None:
    (row,) = rows("4711;2026-12-01;kl. 9;netværksmøde;90 min.").good
    assert (row.wall, row.kind, row.minutes) == (wall("2026-12-01 09:00"), "netvaerk", 90)


def test_empty_rows_are_passed_over_and_lines_are_counted_as_an_editor_does() -> None:
    what = rows("", ";;;;;;;", '4711;2026-12-01;10:00;samtale;;"Torvet 1\n1. sal"', "4711;i morgen;10:00;samtale")
    assert [(row.line, row.place) for row in what.good] == [(4, "Torvet 1 1. sal")]
    assert said(what) == [(6, "The date is not written like 2026-12-01 or 01-12-2026.")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (";2026-12-01;10:00;samtale", "The reference is missing."),
        ("4712;2026-12-01;10:00;samtale", "There is no citizen with this reference."),
        ("4711;;10:00;samtale", "The date is missing."),
        ("4711;2026-12-01;;samtale", "The time is missing."),
        ("4711;2026-12-01;10:00;", "The type is missing."),
        ("4711;2027-02-29;10:00;samtale", "There is no such date."),
        ("4711;0000-01-01;10:00;samtale", "There is no such date."),
        ("4711;1/12;10:00;samtale", "The date is not written like 2026-12-01 or 01-12-2026."),
        ("4711;2026-12-01;24:00;samtale", "There is no such time."),
        ("4711;2026-12-01;formiddag;samtale", "The time is not written like 10:00."),
        ("4711;2026-12-01;10:00;samtale;0", "The number of minutes is not a whole number from 1 to 1440."),
        ("4711;2026-12-01;10:00;samtale;en time", "The number of minutes is not a whole number from 1 to 1440."),
        ("4711;2026-12-01;10:00;samtale;²", "The number of minutes is not a whole number from 1 to 1440."),
        ("4711;2027-03-28;02:30;samtale", "The clocks are put forward that night, and there is no such time."),
        ("4711;2027-10-31;02:30;samtale", "The clocks are put back that night, and there is that time twice."),
        ("4711;2026-11-24;08:59;samtale", "The meeting's time is past."),
        ("4711;2062-12-01;10:00;samtale", "The year is more than 5 years away."),
        ("4711;9999-12-31;23:59;samtale", "The year is more than 5 years away."),
        ("4711;0001-01-01;00:00;samtale", "The year is more than 5 years away."),
        ("4711;2026-12-01;10:00;samtale;;;;;mere", "The row has more columns than there are headings."),
        (
            "4711;2026-12-01;10:00;samtale;;" + "x" * 201,
            'What stands under "sted" is not one line of at most 200 characters.',
        ),
        (
            "4711;2026-12-01;10:00;samtale;;;;Mette 010190-1234",
            'What stands under "med" looks like a CPR number. Afsæt keeps none: leave it out.',
        ),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_taken(row: str, sentence: str) -> None:
    what = rows(row, "A-2;2026-12-01;10:00;opstart")
    assert said(what) == [(2, sentence)]
    assert [good.line for good in what.good] == [3]


def test_a_type_that_is_none_is_answered_with_those_there_are() -> None:
    ((_line, sentence),) = said(rows("4711;2026-12-01;10:00;kaffe"))
    assert sentence.startswith("The type is none of: rehabiliteringsmoede, samtale, ")


def test_nothing_that_stands_in_a_row_is_repeated() -> None:
    secret = "Hemmeligt"
    lines = (f"{secret};2026-12-01;10:00;samtale", f"4711;{secret};10:00;samtale", f"4711;2026-12-01;{secret};samtale",
             f"4711;2026-12-01;10:00;{secret}", f"4711;2026-12-01;10:00;samtale;{secret}")  # fmt: skip
    what = rows(*lines, f"4711;2026-12-02;10:00;samtale;30;{secret};{secret};{secret}")
    assert len(what.remarks) == 5
    assert secret not in repr(what)


def test_a_row_whose_quotes_do_not_end_is_the_last_that_is_read() -> None:
    what = rows(GOOD, 'A-2;2026-12-01;10:00;samtale;30;"Torvet', "A-2;2026-12-02;10:00;samtale")
    assert [row.line for row in what.good] == [2]
    assert said(what) == [(3, "The row cannot be read, nor can those after it; check its quotation marks.")]


def test_a_reference_that_two_citizens_have_is_nobody_s() -> None:
    what = found(f"{HEAD}\n{GOOD}", [("4711", ()), ("4711", ())])
    assert said(what) == [(2, "More than one citizen has this reference.")]


def test_meetings_that_overlap_are_pointed_out_the_later_line_of_the_two() -> None:
    what = rows(GOOD, "A-2;2026-12-01;10:00;samtale", "4711;2026-12-01;10:30;opstart", "4711;2026-12-01;10:45;opstart")
    assert ([row.line for row in what.good], [row.line for row in what.doubtful]) == ([2, 3], [4, 5])
    assert said(what) == [
        (4, "The meeting overlaps with the one in line 2."), (5, "The meeting overlaps with the one in line 4.")
    ]  # fmt: skip


def test_meetings_the_citizen_has_already_are_pointed_out() -> None:
    has = [meeting("2026-12-01 10:00"), cancelled(meeting("2026-12-03 10:00"))]
    text = f"{HEAD}\n{GOOD}\n4711;2026-12-01;10:30;opstart\n4711;2026-12-03;10:00;samtale\n"
    what = found(text, [("4711", has)])
    assert said(what) == [
        (2, "The citizen has this meeting already."), (3, "The citizen has another meeting at that time.")
    ]  # fmt: skip
    assert [row.line for row in what.good] == [4]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\r\n\r\n", "The file is empty."),
        (b"PK\x03\x04\x00\x00", "The file is neither CSV nor a calendar; save it as CSV."),
        (b"dato;tid\n", "there is no reference, type."),
        (b"reference;dato;tid;type;Dato\n", "The first line has a heading more than once: dato."),
        (b"x" * (LARGEST_FILE + 1), "The file is too large to be a list of meetings."),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "There is no event in the calendar file."),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "The calendar file cannot be read; export it once more."),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as bad:
        found(data)
    assert str(bad.value).endswith(sentence)


# Calendar files


def event(*lines: str, start: str = "DTSTART:20261201T090000Z") -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:x", "DTSTAMP:20261101T000000Z", *([start] if start else []), *lines,
                        "END:VEVENT"))  # fmt: skip


def calendar(*events: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""))


NAMED = "DESCRIPTION:Reference: 4711\\ntype: samtale\\nlokale: 2\\nmed: Mette Holm"


def test_an_event_names_its_citizen_and_its_type_in_the_description() -> None:
    (row,) = found(calendar(event("DTEND:20261201T094500Z", "LOCATION:Rådhuset", NAMED))).good
    assert (row.line, row.reference, row.kind) == (4, "4711", "samtale")
    assert (row.wall, row.minutes) == (wall("2026-12-01 10:00"), 45)
    assert (row.place, row.room, row.people) == ("Rådhuset", "2", "Mette Holm")


def test_the_title_may_hold_the_reference_and_a_category_the_type() -> None:
    (row,) = found(calendar(event("SUMMARY:Reference: A-2", "CATEGORIES:Vigtigt,Opfølgning"))).good
    assert (row.reference, row.kind) == ("A-2", "opfoelgning")
    (row,) = found(calendar(event("SUMMARY:Netværksmøde", "DESCRIPTION:reference: A-2"))).good
    assert row.kind == "netvaerk"


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20261201T090000Z",
        "DTSTART:20261201T100000",
        "DTSTART;TZID=Europe/Copenhagen:20261201T100000",
        "DTSTART;TZID=Romance Standard Time:20261201T100000",
        "DTSTART;TZID=Europe/London:20261201T090000",
    ],
)
def test_times_become_what_clocks_here_show(start: str) -> None:
    (row,) = found(calendar(event(NAMED, start=start))).good
    assert row.wall == wall("2026-12-01 10:00")


def test_a_length_may_be_a_duration() -> None:
    (row,) = found(calendar(event("DURATION:PT1H30M", NAMED))).good
    assert row.minutes == 90


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (event(NAMED, start="DTSTART;VALUE=DATE:20261201"), "The event has no time of the day."),
        (event(NAMED, start="DTSTART:i morgen"), "The event has no time that can be read."),
        (event(NAMED, start=""), "The event has no time that can be read."),
        (event(NAMED, "RRULE:FREQ=WEEKLY"), "The event is repeated; each meeting has to stand by itself."),
        (event(NAMED, "STATUS:CANCELLED"), "The event is called off."),
        (event(NAMED, start="DTSTART:99991231T233000Z"), "The event has no time that can be read."),
        (event(NAMED, start="DTSTART;TZID=Hjemme:20261201T100000"), "The event's time zone is not known."),
        (event(NAMED, "DURATION:P99999999999D"), "The event has no length that can be read."),
        (event(NAMED, "DTEND:i morgen"), "The event has no length that can be read."),
        (event(NAMED, "LOCATION:Torvet", "LOCATION:Rådhuset"),
         "The event has its title, description, place or status more than once."),
        (event(NAMED, "STATUS:CANCELLED", "STATUS:CONFIRMED"),
         "The event has its title, description, place or status more than once."),
        (event("SUMMARY:Samtale"), "The reference is missing."),
        (event("SUMMARY:reference: 4711"), "The type is missing."),
        (event("DTEND:20261201T080000Z", NAMED), "The number of minutes is not a whole number from 1 to 1440."),
    ],
)
def test_a_bad_event_is_named_by_its_line_and_the_others_are_taken(bad: str, sentence: str) -> None:
    good = event("SUMMARY:Opstartssamtale", "DESCRIPTION:reference: A-2")
    what = found(calendar(bad, good))
    assert said(what) == [(4, sentence)]
    assert [row.line for row in what.good] == [4 + len(bad.splitlines())]


def test_a_calendar_that_is_sent_to_call_off_adds_nothing() -> None:
    data = calendar(event(NAMED)).replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:CANCEL")
    assert said(found(data)) == [(5, "The event is called off.")]


def test_a_calendar_whose_parts_are_of_the_wrong_sort_is_refused() -> None:
    with pytest.raises(BadFile):
        found(calendar(event(NAMED, "CATEGORIES;VALUE=DATE:samtale")))


def test_a_calendar_in_latin_1_keeps_its_letters() -> None:
    (row,) = found(calendar(event("LOCATION:Rådhuset på øen", NAMED)).encode("latin-1")).good
    assert row.place == "Rådhuset på øen"


def test_our_own_files_name_nobody_and_so_are_no_list() -> None:
    data = calendar_file(meeting(), setting(), NOW)
    line = data.splitlines().index(b"BEGIN:VEVENT") + 1
    assert said(found(data)) == [(line, "The reference is missing.")]


# Whatever a file holds

CELLS = st.sampled_from(["4711", "A-2", "2026-12-01", "1/12-2026", "10:00", "samtale", "opstart", "60", "", '"', "x"])
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
LINES = st.lists(st.lists(CELLS | WORDS, max_size=9).map(";".join), max_size=8)
EVENT_LINES = st.lists(
    st.sampled_from([NAMED, "DTSTART:20261201T090000Z", "DTSTART:x", "DURATION:x", "BEGIN:VEVENT", "END:VEVENT",
                     "DTEND;TZID=x:20261201T090000", "CATEGORIES:a,b", "SUMMARY", "BEGIN:VTIMEZONE", "END:VTIMEZONE"])
    | st.text(max_size=12),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_every_row_that_is_not_empty_is_good_or_named(lines: list[str]) -> None:
    what = rows(*lines)
    lines_named = {remark.line for remark in what.remarks} | {row.line for row in what.good}
    assert {row.line for row in what.doubtful} <= {remark.line for remark in what.remarks}
    assert lines_named or not any(cell.replace('"', "").strip() for line in lines for cell in line.split(";"))
    assert all(at(row.wall.isoformat()) > NOW and row.reference in {"4711", "A-2"} for row in what.good)


@given(EVENT_LINES, st.booleans())
def test_no_calendar_does_more_harm_than_being_refused(lines: list[str], whole: bool) -> None:
    text = calendar(event(*lines)) if whole else "BEGIN:VCALENDAR\r\n" + "\r\n".join(lines)
    try:
        found(text)
    except BadFile:
        return


@given(st.binary(max_size=200), st.sampled_from([b"", HEAD.encode() + b"\n", b"BEGIN:VCALENDAR\r\n"]))
def test_no_bytes_do_more_harm_than_being_refused(data: bytes, before: bytes) -> None:
    try:
        found(before + data)
    except BadFile:
        return


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 300)), min_size=1, max_size=8))
def test_the_good_rows_of_one_citizen_never_overlap(times: list[tuple[int, int]]) -> None:
    begin = datetime(2026, 12, 1, 8, tzinfo=COPENHAGEN)
    lines = []
    for minutes, length in times:
        when = begin + timedelta(minutes=minutes)
        lines.append(f"4711;{when:%Y-%m-%d};{when:%H:%M};samtale;{length}")
    good = rows(*lines).good
    spans = sorted((row.wall, row.wall + timedelta(minutes=row.minutes or 0)) for row in good)
    assert good and all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
