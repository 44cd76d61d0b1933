"""A picture's drawing beside matplotlib drawing as many artists of the same kinds into an empty figure.

Both draw into as many pixels and write a PNG. What is measured is processor time, in turns, after a warm-up.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle, Wedge
from matplotlib.text import Text
from PIL import Image

from afsaet.flows.setting import Setting
from afsaet.measures.pictures import Area, Course, Item, Mark, Wheel, course_drawing, draw, wheel_drawing
from benchmarks.table import Line, show

TIMES = 40
SETTING = Setting(datetime(2027, 6, 1, tzinfo=UTC))
BEGAN = date(2026, 12, 1)
NAMES = ("Tro på job", "Deltage i frokostpauser hver dag", "Min hverdag", "Krop og hoved", "Ro på bolig og penge",
         "Tage telefonen når den ringer", "Mine folk", "Det, jeg kan")  # fmt: skip
WHEEL = Wheel("Mit hjul", BEGAN, date(2027, 3, 3), tuple(Area(name, 2 + at % 5, 3 + at % 7) for at, name in enumerate(NAMES)))
DAYS = tuple(BEGAN + timedelta(30 * number + number % 3) for number in range(8))
COURSE = Course("Trivselstjek", DAYS, tuple(Item(name, (5, 6, 4, None, 7, 7, 6, 8)) for name in NAMES[:4]),
                (20, 24, 16, None, 28, 28, 24, 32), marks=(Mark(date(2027, 1, 5), "talk"), Mark(date(2027, 4, 1), "meeting")))  # fmt: skip

# Artists as matplotlib makes them when nothing is asked for but what they are.
PLAIN: dict[type[Artist], Callable[[float], Artist]] = {
    Line2D: lambda at: Line2D([0.1, 0.9], [at, at]),
    Text: lambda at: Text(at, at, "Krop og hoved"),
    Wedge: lambda at: Wedge((0.5, 0.5), 0.3, 360 * at, 360 * at + 40),
    Circle: lambda at: Circle((0.5, 0.5), 0.3 * at),
    Rectangle: lambda at: Rectangle((at, at), 0.05, 0.05),
}


def counted(content: Wheel | Course) -> Counter[type[Artist]]:
    """How many artists of each kind the picture is made of."""
    drawing = wheel_drawing if isinstance(content, Wheel) else course_drawing
    children = drawing.sheet(content, SETTING).figure.get_children()
    return Counter(type(artist) for artist in children[1:])  # the first is the ground, which every figure has


def empty_with(artists: Counter[type[Artist]], size: tuple[int, int]) -> bytes:
    """A figure of `size` pixels with so many artists, as matplotlib draws and writes it."""
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72)
    canvas: Any = FigureCanvasAgg(figure)
    for kind, number in artists.items():
        for place in range(number):
            artist = PLAIN[kind](place / number)
            artist.set_transform(figure.transFigure)
            figure.add_artist(artist)
    file = io.BytesIO()
    canvas.print_png(file)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one go."""
    since = time.process_time()
    work()
    return time.process_time() - since


def measure() -> Iterator[Line]:
    """Medians, in milliseconds."""
    for name, content in (("a wheel of eight areas", WHEEL), ("a course of eight rounds", COURSE)):
        artists = counted(content)
        size = Image.open(io.BytesIO(draw(content, SETTING))).size
        assert Image.open(io.BytesIO(empty_with(artists, size))).size == size
        pairs = [(seconds(lambda: draw(content, SETTING)), seconds(lambda: empty_with(artists, size)))  # noqa: B023
                 for _ in range(TIMES)]  # fmt: skip
        ours, peers = (1000 * median(side) for side in zip(*pairs, strict=True))
        peer = f"matplotlib, {artists.total()} artists into an empty figure"
        yield Line(f"drawing {name}", ours, peers, "ms", peer, "≤ 1.5 ×")


if __name__ == "__main__":
    show(measure())
