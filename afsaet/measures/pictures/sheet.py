"""The sheet that a picture is drawn on: a column of pixels, filled from the top, as long as it needs to be.

It has a ground of its own, so it looks the same on a dark phone and on a light one. Blue and ink alone carry what is
meant: they are far apart in lightness, and nothing is red or green.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform
from PIL import Image

from afsaet.measures.pictures.letters import drawable, font, wrapped

WIDTH = 1080  # pixels; a phone shows it some 360 wide
MARGIN = 56
DPI = 72  # so that a point is a pixel
GROUND = "#f8f5ee"
INK = "#1f2a37"
QUIET = "#5c6470"
FAINT = "#d8d3c7"
BLUE = "#8db6dd"

TITLE, WORDS, SMALL = 52, 38, 34  # heights of letters in pixels
_COLOURS = 64  # more than there are, with the shades at the edges of letters; a third of the size of all colours
_HALO = 8  # pixels
_LINE = 1.25  # from one line to the next, in heights of letters

Align = Literal["left", "center", "right"]
Over = Literal["baseline", "center_baseline"]


class Sheet:
    """`at`: how far down the sheet is filled. Places on it are pixels from the left and from the top."""

    def __init__(self) -> None:
        self.figure = Figure(figsize=(WIDTH / DPI, WIDTH / DPI), dpi=DPI, facecolor=GROUND, edgecolor=GROUND)
        canvas: Any = FigureCanvasAgg  # which has no types
        self.canvas = canvas(self.figure)
        self.page = Affine2D().scale(1, -1)
        self.at = float(MARGIN)
        self._measure = self.canvas.get_renderer()
        self._widths: dict[tuple[str, float, int], float] = {}

    def add(self, artist: Artist) -> None:
        """Put something on the sheet."""
        self.figure.add_artist(artist)

    def line(self, x: Sequence[float], y: Sequence[float], place: Transform | None = None, **look: Any) -> None:
        """A line. place: from its own numbers to the sheet's pixels."""
        look = {"color": INK, "linewidth": 2, "linestyle": "-", "marker": "None", "antialiased": True, **look}
        self.add(Line2D(x, y, transform=self.page if place is None else place + self.page, **look))

    def text(self, x: float, y: float, words: str, size: float = WORDS, *, weight: int = 400, color: str = INK,
             align: Align = "left", over: Over = "baseline", halo: bool = False) -> None:
        """One line of words. over: which part of the letters stands at `y`. halo: with some of the ground around the
        letters, so that they can be read on a line. Nothing in the words is markup."""
        around = [withStroke(linewidth=_HALO, foreground=GROUND)] if halo else None
        self.add(Text(x, y, words, fontproperties=font(words, size, weight), color=color, horizontalalignment=align,
                      verticalalignment=over, parse_math=False, usetex=False, transform=self.page,
                      path_effects=around))

    def width(self, words: str, size: float = WORDS, weight: int = 400) -> float:
        """How wide the words are, in pixels."""
        asked = (words, size, weight)
        if asked not in self._widths:
            chosen = font(*asked)
            self._widths[asked] = float(self._measure.get_text_width_height_descent(words, chosen, False)[0])
        return self._widths[asked]

    def fitted(self, words: str, room: float, most_lines: int, size: float = WORDS, weight: int = 400) -> list[str]:
        """What somebody wrote, as lines that can be drawn and that fit."""
        return wrapped(drawable(words), room, most_lines, lambda part: self.width(part, size, weight))

    def head(self, title: str) -> None:
        """The title, at most two lines of it."""
        for line in self.fitted(title, WIDTH - 2 * MARGIN, 2, TITLE, 700):
            self.down(TITLE)
            self.text(MARGIN, self.at, line, TITLE, weight=700)
        self.at += 20

    def note(self, words: str, indent: float = 0) -> None:
        """A quiet line below what is there."""
        self.down(SMALL)
        self.text(MARGIN + indent, self.at, words, SMALL, color=QUIET)

    def down(self, size: float) -> None:
        """Move to the foot of the next line of letters of this size."""
        self.at += size * _LINE

    def png(self) -> bytes:
        """The sheet, cut off below what is on it, without a date or a maker's name in the file."""
        height = round(self.at + MARGIN)
        self.figure.set_size_inches(WIDTH / DPI, height / DPI)
        self.page.translate(0, height)
        self.canvas.draw()
        pixels = bytes(self.canvas.buffer_rgba())
        picture = Image.frombytes("RGBA", self.canvas.get_width_height(), pixels).convert("RGB")
        few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        file = io.BytesIO()
        few.save(file, "PNG")
        return file.getvalue()
