"""Personal numbers are taken out of what people write, and nothing else is."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from afsaet.flows.safety.cpr import MASK, mask
from afsaet.flows.state import part
from afsaet.flows.state.part import MOST_DIGITS, Part, without_split_numbers

DASHES = "-‐‑‒–—−－"
SPACES = ["", " ", "  ", "\u00a0", "\u200b"]
SIGNS = [".", "/", ",", ":", ";", "_", "|", "*", "+", "=", "\\", "'", "·", "•", "~", "⁄", "，", "：", "、"]
BRACKETS = [") (", ")(", ")", "(", "] [", "}{", ")-(", ") - (", "><", '" "']
JOINTS = [
    *SPACES, *SIGNS, *DASHES, *(f" {dash} " for dash in DASHES), *(f"{sign} " for sign in SIGNS), *BRACKETS,
    " -", "- ", "--", "---", "\n", "\r\n", " \n- ", "\u2003", "\u202f", "\u2060", "\u2800", "\x00", "\ufffd",
]  # fmt: skip
ALPHABETS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]

# Year, seventh digit → the full year, written out as ranges so that the code's own arithmetic is not used.
CENTURIES = [
    (range(1900, 2000), "0123"),
    (range(2000, 2037), "49"),
    (range(1937, 2000), "49"),
    (range(2000, 2058), "5678"),
    (range(1858, 1900), "5678"),
]


@st.composite
def numbers(draw: st.DrawFn) -> str:
    years, sevenths = draw(st.sampled_from(CENTURIES))
    year = draw(st.sampled_from(years))
    born = draw(st.dates(date(year, 1, 1), date(year, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 60]))
    serial = draw(st.sampled_from(sevenths)) + f"{draw(st.integers(0, 999)):03}"
    return f"{day:02}{born:%m}{year % 100:02}{serial}"


@st.composite
def spellings(draw: st.DrawFn) -> str:
    number = draw(numbers())
    joint, middle = draw(st.sampled_from(JOINTS)), draw(st.sampled_from(JOINTS))
    written = draw(
        st.sampled_from(
            [
                f"{number[:6]}{middle}{number[6:]}",
                f"{number[:2]}{joint}{number[2:4]}{joint}{number[4:6]}{middle or joint}{number[6:]}",
                " ".join(number),
                f"{' '.join(number[:6])} - {' '.join(number[6:])}",
                " ".join(re.findall("..", number)),
                "-".join(re.findall("..", number)),
                "\ufe0f\u20e3".join(number),
                draw(st.sampled_from(["-", ",", ", ", ".", "/", "_"])).join(number),
            ]
        )
    )
    return written.translate(str.maketrans(ALPHABETS[0], draw(st.sampled_from(ALPHABETS))))


words = st.text(st.characters(categories=["L", "P", "Zs", "S"]), max_size=20).map(lambda text: f"{text} cpr")


@given(words, spellings(), words)
def test_every_possible_number_in_every_spelling_is_masked_and_the_words_around_it_stay(
    before: str, number: str, after: str
) -> None:
    # A word stands between, so that the punctuation of the text is not read as part of the number.
    assert mask(f"{before} {number} og {after}") == (f"{before} {MASK} og {after}", True)


@given(numbers(), st.randoms(use_true_random=False), st.sampled_from(["", "-", " "]), st.integers(0, 9))
def test_letters_for_some_of_the_digits_hide_nothing(number: str, chance: Random, joint: str, one: int) -> None:
    # One digit of each half stays: letters alone are words.
    look = {"0": "Oo", "1": "Il"}
    kept = {one % 6, 6 + one % 4}
    typed = "".join(sign if at in kept else chance.choice(look.get(sign, "") + sign) for at, sign in enumerate(number))
    assert mask(f"cpr {typed[:6]}{joint}{typed[6:]}, tak") == (f"cpr {MASK}, tak", True)


@given(numbers(), st.sampled_from(["/", "."]), st.sampled_from(["-", " ", " - "]), st.sampled_from(["-", " ", ", "]))
def test_a_day_written_by_hand_before_the_last_four_is_masked(number: str, sign: str, other: str, joint: str) -> None:
    year = _full_year(number)
    born = f"{int(number[:2])}{sign}{int(number[2:4])}{other}"
    # Four digits like a year are one, after a day that is not written in full: a stretch of time.
    assume(not 1900 <= int(number[6:]) <= 2099)
    for written in (year, number[4:6]) if sign == "/" else (year,):
        assert mask(f"født {born}{written}{joint}{number[6:]}") == (f"født {MASK}", True)


@given(numbers(), st.sampled_from(["og så", "så", "og derefter", "bindestreg", "minus", "then"]), st.sampled_from("\n "))
def test_a_few_words_that_lead_from_one_half_to_the_other_hide_nothing(number: str, words: str, gap: str) -> None:
    assert mask(f"{number[:6]}{gap}{words}{gap}{number[6:]}") == (MASK, True)


def _full_year(number: str) -> str:
    return next(f"{year}" for years, sevenths in CENTURIES for year in years
                if number[6] in sevenths and f"{year % 100:02}" == number[4:6])


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.times(), st.sampled_from(["/", "."]))
def test_a_day_written_by_hand_with_a_time_stays(day: date, at: time, sign: str) -> None:
    for text in (
        f"{day.day}{sign}{day.month}-{day:%y} {at:%H.%M}",
        f"{day.day}{sign}{day.month} {day:%Y} kl. {at:%H%M}",
        f"{day.day}{sign}{day.month}-{day:%Y} kl. {at:%H:%M}-{at:%H:%M}",
        f"{day.day}{sign}{day.month} kl. {at:%H.%M}",
    ):
        assert mask(text) == (text, False)


@given(st.lists(spellings(), min_size=2, max_size=4), st.sampled_from([", ", " og ", "\n"]))
def test_each_of_several_numbers_is_masked(found: list[str], between: str) -> None:
    assert mask(between.join(found)) == (between.join([MASK] * len(found)), True)


@given(st.text("0123456789 -./,:ax\n", max_size=60))
def test_of_any_other_text_not_a_sign_is_lost(text: str) -> None:
    masked, found = mask(text)
    rest = masked.replace(MASK, "")
    lost = len(re.findall(r"\d", text)) - len(re.findall(r"\d", rest))
    times = masked.count(MASK)
    assert found == (times > 0) == (masked != text)
    assert 8 * times <= lost <= 12 * times  # eight where the day and the month have one digit
    assert re.sub(r"[-\d\s./]", "", rest) == re.sub(r"[-\d\s./]", "", text)


@given(st.from_regex(r"[0-9]{11,30}|[0-9]{1,9}", fullmatch=True))
def test_shorter_and_longer_runs_of_digits_stay(digits: str) -> None:
    assert mask(f"nr. {digits}.") == (f"nr. {digits}.", False)


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True), st.sampled_from([r"\1 \2 \3 \4", r"\1\2 \3\4", r"\1\2\3\4"]))
def test_telephone_numbers_stay(number: str, shape: str) -> None:
    written = re.sub("(..)(..)(..)(..)", shape, number)
    for text in (written, f"+45 {written}", f"{written} og {written}", f"{written}, 12 kr", f"0045 {written}"):
        assert mask(text) == (text, False)


@given(st.datetimes())
def test_dates_with_and_without_a_time_stay(moment: datetime) -> None:
    day, month, year, short = moment.day, moment.month, f"{moment.year:04}", f"{moment.year % 100:02}"
    for text in (
        f"{day}.{month}.{year}",
        f"{day:02}.{month:02}.{short} {moment:%H.%M}",
        f"{day:02}-{month:02}-{year} kl. {moment:%H.%M}",
        f"{day:02}/{month:02} {year} {moment:%H:%M}",
        f"{year}-{month:02}-{day:02} {moment:%H:%M:%S}",
        f"{day}.{month}.{short}-{day}.{month}.{short}",
    ):
        assert mask(text) == (text, False)


@pytest.mark.parametrize(
    "text",
    [
        "310403-1234",
        "320103-1234",
        "011303-1234",
        "000103-1234",
        "600103-1234",
        "920103-1234",
        "290200-1234",  # 1900 had no 29 February
        "290201-4234",
        "290237-4234",  # 1937
        "reg. 5301 konto 0001234567",
        "5301-0102031234",
        "konto 5301 0102031234",
        "Kontonr.: 5301 - 0102031234",
        "min lønkonto er 5301 0102031234",
        "reg. nr. 5301 0102031234",
        "reg. 5301 konto 0102031234",
        "1. januar 1998-2001",
        "1.8.1998-2001",
        "1. januar 2027 1430",
        "den 1. januar 2020 kl. 1430",
        "5-6-10 12.30",
        "2, 3, 10, 1500",
        "Jeg holdt op 1.6.20, og mit sidste job var i 2015",
        "12-010203-1234",
        "01 02 03 12\n34",
        "DK20 1011 9012 3456 78",
        "4571 0102 0312 3456",
        "010203-1234-5678",
        "1.010.203.123 kr.",
        "1 012 345 678 kr.",
        "10.100-20.000 kr.",
        "20103040 10 gange",
        "01.08.1998-2001",
        "01.02.2037-4234",  # 4 and 9 end with 2036, 5 to 8 with 2057
        "01.02.1936-4234",
        "01.02.2058-5234",
        "01.02.1857-5234",
        "01.02.2003-3234",
        "kl. 10.30-12.00",
        "01.02.03 kl. 1234",
        "01.01.70 12:34",
        "01.01.70, 12.34",
        "01.02.2027, 1430",
        "20101962 1234",
        "20101962, 2300 København",
        "12, 11, 10, 20, 30",
        "12,11,10,20 og 30",
        "1990-12-3456",
        "2010-12-2011",
        "2010/12/2011",
        "1/1-70 12.34",
        "1/1-70 kl. 1234",
        "1/1-70 kl 12:34",
        "1/1-2027 1430",
        "1/1-70 2010",
        "kl. 9.10-11, 2100 København",
        "kl. 8.30-10, 2100 København",
        "1/2-3/4, 2100 København",
        "010170 og 2010",  # a stretch of time
        "010170 og 1234 kr.",
        "1/1-70 og så 1234 kr",
        "1.5.20 og 1500",
        "1.5.20 og så 1500 timer",
        "010170 og så 12 34 56 78",
        "20101962 og så 2300 København",
        "010170 og så kom 1234",
        "10 l mælk og 20 l saft til 1234 kr.",
        "I 2010 var I 12",
        "OlO, loI og Il",
        "O1O17O-12345",
        "j.nr. 26/012345, 1. udgave",
        "12.000,50 og 1.010,75",
        "Ring 61 11 10 20, 12-14",
        "55.676098, 12.568337",
        "01.02.03-P21-12-24",
        "m² 50, 10 m²",
        "Jeg sover 6-7 timer og har 2 børn på 10 og 12 år.",
    ],
)
def test_what_only_resembles_a_number_stays(text: str) -> None:
    assert mask(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mit cpr er 010203 - 1234.", f"Mit cpr er {MASK}."),
        ("010203-1234 20304050", f"{MASK} 20304050"),
        ("20304050 010203-1234", f"20304050 {MASK}"),
        ("1. 01 02 03 12 34", f"1. {MASK}"),
        ("010203-1234 0405061234", f"{MASK} {MASK}"),
        ("010203-1234/040506-1234", f"{MASK}/{MASK}"),
        ("cpr010203-1234x", f"cpr{MASK}x"),
        ("05.11.1962-1234", MASK),
        ("05112004-4234", MASK),
        ("01.02.2036-9234", MASK),
        ("01.02.1937-4234", MASK),
        ("01.02.2057-8234", MASK),
        ("01.02.1858-5234", MASK),
        ("010203\n1234", MASK),
        ("01 02 03\n12 34", MASK),
        ("290200-4234", MASK),  # 2000 had one
        ("290236-4234", MASK),
        ("010170,1234", MASK),
        ("010170:1234", MASK),
        ("(010170) 1234", f"({MASK}"),
        ("(010170)(1234)", f"({MASK})"),
        ("01 01 70 - 1234", MASK),
        ("01.01.70-1234", MASK),
        ("01.01.70 1234", MASK),
        ("01/01/70, 1234", MASK),
        ("05.11.1962, 1234", MASK),
        ("05111962 1234", MASK),
        ("25111962-1234", MASK),
        ("**010170**-**1234**", f"**{MASK}**"),
        ("cpr:010170.\n1234", f"cpr:{MASK}"),
        ("6800 Varde, 0101701234", f"6800 Varde, {MASK}"),
        ("6800, 0101701234", f"6800, {MASK}"),
        ("610170;1234", MASK),
        ("5301 0102031234", f"5301 {MASK}"),
        ("Jeg er født i 1990\n0101901234", f"Jeg er født i 1990\n{MASK}"),
        ("Min konto er 1990\n0101901234", f"Min konto er 1990\n{MASK}"),
        ("8000 0101901234", f"8000 {MASK}"),
        ("Kode 4700 0101901234", f"Kode 4700 {MASK}"),
        ("født 1. januar 1990-1234", f"født {MASK}"),
        ("3. okt 90 1234", MASK),
        ("born 1 May 1990, last four 1234", f"born {MASK}"),
        ("010190 nr. 1234", MASK),
        ("fødselsdag 010190, sidste fire 1234", f"fødselsdag {MASK}"),
        ("født 1.1.1990, de sidste fire er 2010", f"født {MASK}"),
        ("010190, sidste 4 cifre: 1234", MASK),
        ("0101-90-1234", MASK),
        ("0101.90.1234", MASK),
        ("2010-12-3456", MASK),  # 201012-3456 with its hyphen a little early
        ("2010.12.3456", MASK),
        ("1-1-90-1234", MASK),
        ("1/1-70 1234", MASK),
        ("1/1-70-1234", MASK),
        ("1/1 1970, 1234", MASK),
        ("1 / 1 - 1970 1234", MASK),
        ("1.1 1970 1234", MASK),
        ("01.01.70.1234", MASK),
        ("1.1.70.1234", MASK),
        ("O1O17O-1234", MASK),
        ("OlO17O-1234", MASK),
        ("cpr o1o170 l234.", f"cpr {MASK}."),
        ("010170-I234", MASK),
        ("010170-1234I", f"{MASK}I"),
        ("010170-1234 og O1O17O-1234", f"{MASK} og {MASK}"),
        ("010170 og 1234", MASK),
        ("010170\nog så\n1234", MASK),
        ("010170, bindestreg, 1234", MASK),
        ("1/1-70 og derefter 1234", MASK),
        ("1. januar 1970 og så 1234", MASK),
        ("010170 og så 2010", MASK),
        ("01-1-90 1234", MASK),
        ("١-١-٩٠-١٢٣٤", MASK),
    ],
)
def test_a_number_is_found_whatever_stands_beside_it(text: str, masked: str) -> None:
    assert mask(text) == (masked, True)


def test_a_masked_text_is_not_changed_again() -> None:
    once, _ = mask("Jeg hedder Bo, 010203-1234")
    assert mask(once) == (once, False)


PIECES = st.lists(st.sampled_from(["010190", "1234", "0101", "90-12", "34", "og så", "12 kroner", "mit cpr er"]), max_size=8)


def as_parts(texts: list[str]) -> tuple[Part, ...]:
    return tuple(Part(text, str(number)) for number, text in enumerate(texts))


@given(PIECES, PIECES, st.integers(0, 8), st.integers(0, 8))
def test_what_was_looked_through_before_hides_no_number_in_what_is_new(
    before: list[str], new: list[str], start: int, end: int
) -> None:
    known = without_split_numbers(as_parts(before))
    parts = (*known[:start], *as_parts(new), *known[end:])
    assert without_split_numbers(parts, known) == without_split_numbers(parts)


def test_a_message_more_in_a_flood_is_looked_through_with_its_neighbours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[list[str]] = []
    monkeypatch.setattr(part, "_together", looked.append)
    flood = as_parts([f"linje {number}" for number in range(61)])
    without_split_numbers(flood, flood[:-1])
    assert len(looked) == MOST_DIGITS - 1
