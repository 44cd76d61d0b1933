"""The pictures, by what is drawn in them, and the same in words."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from math import cos, isnan, radians, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Wedge
from matplotlib.text import Text
from PIL import Image

from afsaet.flows.plain import faults
from afsaet.flows.setting import Setting
from afsaet.locales import translator
from afsaet.measures.pictures import Area, Course, Item, Mark, Wheel, course_drawing, describe, draw, wheel_drawing
from afsaet.measures.pictures.sheet import GROUND, WIDTH, Sheet

ROOT = Path(__file__).parents[2]
DANISH = Setting(datetime(2027, 6, 1, tzinfo=UTC))
ENGLISH = Setting(datetime(2027, 6, 1, tzinfo=UTC), translate=translator("en"), language="en")
FIRST, LATEST = date(2026, 12, 1), date(2027, 3, 3)
LONG = "Deltage i frokostpauser hver dag"
AREAS = (
    Area("Tro på job", 4, 6), Area(LONG, 2, 5), Area("Min hverdag", 7, 5), Area("Krop og hoved", 3, 3),
    Area("Ro på bolig og penge", 0, 4), Area("Tage telefonen når den ringer", None, 1), Area("Mine folk", 8, 9),
    Area("Ringe til arbejdsgiveren hvis jeg er syg", 5, 10),
)  # fmt: skip
DAYS = (date(2026, 12, 1), date(2026, 12, 29), date(2027, 1, 20), date(2027, 3, 3))
ITEMS = (Item("Mig selv", (5, 6, 4, 6)), Item("Mine nærmeste", (7, 9, None, 8)))
MARKS = (Mark(date(2026, 12, 10), "talk"), Mark(date(2027, 2, 1), "talk"), Mark(date(2027, 2, 20), "meeting"))
COURSE = Course("Trivselstjek", DAYS, ITEMS, (22, 25, None, 24), marks=MARKS)


def wheel(number: int = 8, latest: date = LATEST) -> Wheel:
    return Wheel("Mit hjul", FIRST, latest, AREAS[:number])


def drawn(content: Wheel | Course, setting: Setting = DANISH) -> Sheet:
    if isinstance(content, Wheel):
        return wheel_drawing.sheet(content, setting)
    return course_drawing.sheet(content, setting)


def texts(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in sheet.figure.findobj(Text) if text.get_text()]


def words(sheet: Sheet) -> str:
    return " ".join(texts(sheet))


def lines(sheet: Sheet) -> list[Line2D]:
    return [line for line in sheet.figure.get_children() if isinstance(line, Line2D)]


def outlines(sheet: Sheet) -> list[tuple[int, int]]:
    """Each broken line on the wheel: how far out, and the direction of its middle in degrees."""
    found = []
    for line in lines(sheet):
        x, y = line.get_data()
        if line.is_dashed() and len(x) > 2:
            middle = len(x) // 2
            size = round((x[middle] ** 2 + y[middle] ** 2) ** 0.5)
            found.append((size, middle))
    return found


def series(sheet: Sheet) -> list[Line2D]:
    """The lines over time: those with a point a round."""
    return [line for line in lines(sheet) if line.get_marker() != "None" and line.get_linestyle() == "-"]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


# The wheel


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 8])
def test_each_area_has_a_filled_slice_as_far_as_its_latest_number(number: int) -> None:
    slices = list(drawn(wheel(number)).figure.findobj(Wedge))
    assert [patch.r for patch in slices] == [area.latest for area in AREAS[:number]]
    assert sum(patch.theta2 - patch.theta1 for patch in slices) == pytest.approx(360)
    assert all(patch.get_fill() for patch in slices)


def test_the_first_numbers_are_a_broken_line_and_an_area_added_later_has_none() -> None:
    assert [size for size, _middle in outlines(drawn(wheel()))] == [4, 2, 7, 3, 0, 8, 5]


def test_a_broken_line_lies_in_the_slice_of_its_area() -> None:
    sheet = drawn(wheel(3))
    curves = [line for line in lines(sheet) if line.is_dashed() and len(line.get_xdata()) > 2]
    for line, patch, area in zip(curves, sheet.figure.findobj(Wedge), AREAS, strict=False):
        for end, angle in ((0, patch.theta1), (-1, patch.theta2)):
            at = [float(each[end]) for each in line.get_data()]
            assert at == pytest.approx([area.first * cos(radians(angle)), area.first * sin(radians(angle))])


def test_an_area_that_came_later_is_outlined_from_its_own_first_number_and_says_since_when() -> None:
    areas = (AREAS[0], Area("Mine folk", 2, 5, date(2027, 1, 20)))
    later = Wheel("Mit hjul", FIRST, LATEST, areas)
    assert [size for size, _middle in outlines(drawn(later))] == [4, 2]
    assert "Nogle områder er kommet til senere." in texts(drawn(later))
    said = describe(later, DANISH)
    assert "• Mine folk: fra 2 til 5, siden 20. januar 2027" in said and "kommet til senere" in said
    assert "senere" not in describe(wheel(), DANISH) + words(drawn(wheel()))


def test_every_area_has_its_name_and_its_numbers_as_text() -> None:
    found = texts(drawn(wheel()))
    for area in AREAS:
        assert all(word in " ".join(found) for word in area.label.split())
    assert found.count("4 → 6") == found.count("2 → 5") == found.count("0 → 4") == 1
    assert {"3", "1"} <= {*found}


def test_after_one_round_there_is_nothing_to_set_it_beside() -> None:
    sheet = drawn(wheel(6, latest=FIRST))
    assert outlines(sheet) == []
    assert "→" not in words(sheet)
    assert "gang" not in words(sheet)
    assert "1. december 2026" in texts(sheet)


def test_a_long_name_is_broken_between_its_words_for_every_number_of_areas() -> None:
    for number in range(2, 9):
        assert {"frokostpauser"} <= {*words(drawn(wheel(number))).split()}


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("label", [LONG, "Ringe til arbejdsgiveren hvis jeg er syg " * 4, "x" * 300])
def test_no_words_meet_or_leave_the_sheet_or_lie_on_the_wheel(number: int, label: str) -> None:
    sheet = drawn(Wheel("Mit hjul", FIRST, LATEST, tuple(Area(label, 10, 9) for _ in range(number))))
    sheet.png()
    boxes = [text.get_window_extent().padded(-4) for text in sheet.figure.findobj(Text) if text.get_text()]
    assert all(box.x0 >= 0 and box.x1 <= WIDTH and box.y0 >= 0 for box in boxes)
    assert [(one, other) for one in boxes for other in boxes if one is not other and one.overlaps(other)] == []


# The course


def test_each_line_has_its_numbers_over_its_days_and_a_gap_where_there_is_none() -> None:
    found = series(drawn(COURSE))
    assert [list(line.get_xdata()) for line in found] == [[day.toordinal() for day in DAYS]] * 3
    values = [[None if isnan(value) else value for value in line.get_ydata()] for line in found]
    assert values == [[22, 25, None, 24], [5, 6, 4, 6], [7, 9, None, 8]]


def test_days_stand_as_far_apart_as_they_are() -> None:
    line = series(drawn(COURSE))[0]
    x = [float(line.get_transform().transform((day.toordinal(), 0))[0]) for day in DAYS]
    assert (x[2] - x[1]) / (x[1] - x[0]) == pytest.approx(22 / 28)


def test_lines_are_told_apart_without_colour() -> None:
    found = series(drawn(COURSE))
    assert len({line.get_marker() for line in found}) == len(found)
    heights = [line.get_transform().transform((0, value))[1] for line in found for value in (line.get_ydata()[0],)]
    assert sorted(heights, reverse=True) == heights


def test_every_number_stands_at_its_point_and_a_gap_has_a_dash() -> None:
    counted = Counter(texts(drawn(COURSE)))
    assert counted.items() >= Counter({"22": 1, "25": 1, "24": 1, "5": 1, "6": 2, "4": 1, "7": 1, "9": 1, "8": 1}).items()
    assert counted["–"] == 2


def test_a_dash_is_said_to_be_an_answer_among_the_items_and_no_number_in_the_total() -> None:
    answer, none = "–  ikke aktuelt", "–  I alt: intet tal, når noget ikke er aktuelt"
    assert {answer, none} <= {*texts(drawn(COURSE))}
    assert "–  In all: no number when something is not relevant" in texts(drawn(COURSE, ENGLISH))
    only_items = texts(drawn(Course("Trivselstjek", DAYS, ITEMS)))
    assert answer in only_items and none not in only_items
    only_total = Course("Trivselstjek", DAYS, ITEMS[:1], (22, 25, None, 24))
    assert none in texts(drawn(only_total)) and answer not in texts(drawn(only_total))


def test_talks_and_meetings_have_signs_of_their_own_on_their_days() -> None:
    signs = [line for line in lines(drawn(COURSE)) if line.get_linestyle() == "None"]
    assert [list(line.get_xdata()) for line in signs] == [
        [MARKS[0].day.toordinal(), MARKS[1].day.toordinal()], [MARKS[2].day.toordinal()],
    ]  # fmt: skip
    assert len({line.get_marker() for line in signs}) == 2


def test_without_gaps_talks_and_totals_nothing_is_said_of_them() -> None:
    plain = Course("Trivselstjek", DAYS, ITEMS[:1])
    assert not {"Samtale", "Møde", "I alt"} & {*texts(drawn(plain))}
    assert "ikke aktuelt" not in words(drawn(plain)) + describe(plain, DANISH)
    assert len(series(drawn(plain))) == 1


def test_where_rounds_lie_close_only_the_ends_have_numbers() -> None:
    days = tuple(date.fromordinal(FIRST.toordinal() + 14 * number) for number in range(30))
    found = Counter(texts(drawn(Course("Os to", days, (Item("Os to", (5, *(4,) * 28, 6)),)))))
    assert (found["5"], found["4"], found["6"]) == (1, 0, 1)


@pytest.mark.parametrize("ends", [0, 3, 10])
@pytest.mark.parametrize("marks", [(), MARKS], ids=["bare", "marked"])
def test_no_line_goes_through_a_number_and_no_words_meet_where_rounds_lie_close(ends: int, marks: tuple[Mark, ...]) -> None:
    """A year of weekly rounds, with steep lines at both ends."""
    days = tuple(date.fromordinal(FIRST.toordinal() + 7 * number) for number in range(52))
    values = (ends, *(10 - ends, ends) * 25, ends)
    sheet = drawn(Course("Samtaletjek", days, (Item("Målet", values), Item("Vejen", values)), marks=marks))
    sheet.png()
    shown = [text for text in sheet.figure.findobj(Text) if text.get_text()]
    boxes = [text.get_window_extent().padded(-4, -8) for text in shown]  # without the room for what hangs down
    assert [(one, other) for one in boxes for other in boxes if one is not other and one.overlaps(other)] == []
    paths = [line.get_transform().transform_path(line.get_path()) for line in series(sheet)]
    bold = [box for text, box in zip(shown, boxes, strict=True) if text.get_weight() == 700 and text.get_text() == str(ends)]
    assert len(bold) == 4
    assert not any(path.intersects_bbox(box, filled=False) for path in paths for box in bold)


def test_one_round_is_drawn_in_the_middle() -> None:
    line = series(drawn(Course("Trivselstjek", DAYS[:1], (Item("Mig selv", (5,)),))))[0]
    assert 400 < line.get_transform().transform((DAYS[0].toordinal(), 5))[0] < 700


# Both


@pytest.mark.parametrize("content", [wheel(), wheel(1), COURSE], ids=["eight", "one", "course"])
def test_a_picture_is_a_small_opaque_png_for_a_phone(content: Wheel | Course) -> None:
    data = draw(content, DANISH)
    picture = Image.open(io.BytesIO(data))
    assert len(data) < 150_000
    assert picture.format == "PNG"
    assert picture.width == WIDTH == 1080
    assert picture.height < 2 * WIDTH
    assert picture.info.keys() <= {"dpi"}
    assert "A" not in picture.mode and "transparency" not in picture.info
    corner = picture.convert("RGB").getpixel((0, 0))
    wanted = tuple(bytes.fromhex(GROUND[1:]))
    assert all(abs(one - other) <= 2 for one, other in zip(corner, wanted, strict=True))


@pytest.mark.parametrize("content", [wheel(), COURSE], ids=["wheel", "course"])
def test_the_same_content_gives_the_same_bytes_twice(content: Wheel | Course) -> None:
    assert draw(content, DANISH) == draw(content, DANISH)


def test_another_process_with_other_settings_of_matplotlibs_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\ntext.color: red\nfont.size: 30\nsavefig.dpi: 10\n")
    code = ("import hashlib; from tests.measures.test_pictures import *\n"
            "print(*(hashlib.sha256(draw(c, DANISH)).hexdigest() for c in (wheel(), COURSE)))")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True,
                          env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "HOME": str(tmp_path)})  # fmt: skip
    assert done.stdout.split() == [hashlib.sha256(draw(c, DANISH)).hexdigest() for c in (wheel(), COURSE)]


def test_nothing_imports_matplotlib_before_a_picture_is_drawn() -> None:
    code = ("import sys, afsaet.cli, afsaet.service, afsaet.measures.pictures as p\n"
            "assert callable(p.describe)\nprint({'matplotlib', 'numpy', 'PIL'} & {*sys.modules})")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


def test_pyplot_is_never_used() -> None:
    code = ("import sys; from tests.measures.test_pictures import *\ndraw(wheel(), DANISH)\n"
            "print('matplotlib.pyplot' in sys.modules)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"


HOSTILE = [
    "", " ", "$x^2$", "$\\frac{", "\\textbf{x}", "{label} %s {0}", "🙂👩‍👩‍👧❤️👍🏽🇩🇰", "سلام دنیا", "שלום 12", "हिन्दी தமிழ் ไทย", "漢字 ①", "a\nb\tc\r\0",
    "\u202eabc\u2066", "e" + "\u0301" * 50, "\u0301", "\u200d\ufe0f\u00ad", "\ud83d", "\U0010ffff", "x" * 3000, "ord " * 900,
]  # fmt: skip


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_an_area_is_called_it_is_drawn_without_a_warning(label: str) -> None:
    assert draw(Wheel(label, FIRST, LATEST, (Area(label, 1, 2), *AREAS[:4])), DANISH)
    assert draw(Course(label, DAYS, (Item(label, (1, None, 3, 4)),)), DANISH)


@given(st.text(max_size=40))
@settings(max_examples=12)
def test_any_text_at_all_is_drawn_without_a_warning(label: str) -> None:
    drawn(Wheel("Mit hjul", FIRST, LATEST, (Area(label, 1, 2), *AREAS[:4]))).png()


def test_what_no_font_holds_is_a_box_and_other_scripts_are_themselves() -> None:
    found = words(drawn(Wheel("Hjul", FIRST, LATEST, (Area("漢字 🙂 سلام é$1$", 1, 2),))))
    assert "□□ 🙂 سلام é$1$" in found


@pytest.mark.parametrize("content", [wheel(), COURSE], ids=["wheel", "course"])
def test_no_colour_is_red_or_green(content: Wheel | Course) -> None:
    colours = {to_rgb(colour) for artist in drawn(content).figure.get_children()
               for name in ("color", "facecolor", "edgecolor", "markerfacecolor")
               if isinstance(colour := getattr(artist, f"get_{name}", lambda: "k")(), str | tuple)}  # fmt: skip
    assert len(colours) > 2
    for red, green, blue in colours:
        assert not (red > blue + 0.2 and red > green + 0.1)
        assert not (green > red + 0.1 and green > blue + 0.1)


# In words


def test_the_wheel_in_words_has_every_number() -> None:
    assert describe(wheel(6), DANISH) == (
        "Mit hjul\nFørste gang: 1. december 2026\nSidste gang: 3. marts 2027\nTallene går fra 0 til 10.\n\n"
        "• Tro på job: fra 4 til 6\n• Deltage i frokostpauser hver dag: fra 2 til 5\n• Min hverdag: fra 7 til 5\n"
        "• Krop og hoved: 3, ligesom første gang\n• Ro på bolig og penge: fra 0 til 4\n"
        "• Tage telefonen når den ringer: 1 (nyt område)"
    )


def test_the_course_in_words_has_every_number() -> None:
    assert describe(COURSE, DANISH) == (
        "Trivselstjek\n1. gang: 1. december 2026\n2. gang: 29. december 2026\n3. gang: 20. januar 2027\n"
        "4. gang: 3. marts 2027\n\n"
        "• I alt, 0 til 40: 22, 25, intet tal, 24\n• Mig selv, 0 til 10: 5, 6, 4, 6\n"
        "• Mine nærmeste, 0 til 10: 7, 9, ikke aktuelt, 8\n• I alt: intet tal, når noget ikke er aktuelt\n"
        "• Samtale: 10. december 2026\n• Samtale: 1. februar 2027\n• Møde: 20. februar 2027"
    )


@pytest.mark.parametrize("content", [wheel(), wheel(1, FIRST), COURSE], ids=["wheel", "once", "course"])
@pytest.mark.parametrize("setting", [DANISH, ENGLISH], ids=["da", "en"])
def test_all_that_stands_in_a_picture_is_in_the_words(content: Wheel | Course, setting: Setting) -> None:
    picture, said = Counter(numbers(words(drawn(content, setting)))), numbers(describe(content, setting))
    assert picture.keys() <= {*said}


def test_the_days_of_many_rounds_stand_in_a_row() -> None:
    days = tuple(date.fromordinal(FIRST.toordinal() + 7 * number) for number in range(7))
    said = describe(Course("Os to", days, (Item("Os to", (5,) * 7),)), DANISH)
    assert said.split("\n")[1:4] == [
        "1. december 2026 – 12. januar 2027", "Dage: 1. dec., 8. dec., 15. dec., 22. dec., 29. dec., 5. jan., 12. jan.", ""]
    assert "6. gang: 5. januar 2027" in describe(Course("Os to", days[:6], (Item("Os to", (5,) * 6),)), DANISH)


def test_the_words_are_plain_and_an_english_citizen_gets_english_ones() -> None:
    for content in (wheel(), wheel(1, FIRST), COURSE):
        assert faults(describe(content, DANISH)) == []
    assert "• Krop og hoved: 3, as the first time" in describe(wheel(), ENGLISH)
    assert "Time 4: 3 March 2027" in describe(COURSE, ENGLISH)
    assert {"Talk", "Meeting", "In all", "3 Mar"} <= {*texts(drawn(COURSE, ENGLISH))}


# What is refused


@pytest.mark.parametrize("wrong", [
    lambda: Area("Tro", 11, 5), lambda: Area("Tro", 1, -1), lambda: Wheel("Hjul", FIRST, LATEST, ()),
    lambda: Item("Mig", (11,)), lambda: Course("T", (), ITEMS), lambda: Course("T", DAYS, ()),
    lambda: Course("T", DAYS[:3], ITEMS), lambda: Course("T", (DAYS[1], DAYS[0]), (Item("Mig", (1, 2)),)),
    lambda: Course("T", DAYS, ITEMS, (22,)),
])  # fmt: skip
def test_numbers_that_cannot_be_are_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"from 0 to|at least|one value|in the order"):
        wrong()
