"""The wheel as a picture: a slice an area, filled as far as the latest number, with the first one as an outline.

Slices and not a web of lines: it looks the same with one area as with eight, and what an area says does not depend on
which ones stand beside it.
"""

from __future__ import annotations

from math import cos, radians, sin

from matplotlib.patches import Circle, Patch, Rectangle, Wedge
from matplotlib.transforms import Affine2D, Transform

from afsaet.flows.setting import Setting
from afsaet.measures.pictures.days import full_day
from afsaet.measures.pictures.letters import drawable
from afsaet.measures.pictures.sheet import BLUE, GROUND, INK, MARGIN, QUIET, WIDTH, WORDS, Align, Sheet
from afsaet.measures.pictures.wheel import FIRST, LATER, LATEST, MOST, SCALE, Area, Wheel

_STEP = 25  # pixels a point on the scale
_RADIUS = MOST * _STEP
_AWAY = 24  # from the rim to the words
_EDGE = 24  # from the words to the edge of the sheet
_LETTERS = (WORDS, 36, 34, 32)  # the first of these heights in which no word has to be broken
_NUMBER = 46
_SWATCH = 60
_DASHED = (0, (2.2, 1.4))
_POINTS_A_TURN = 120


def sheet(wheel: Wheel, setting: Setting) -> Sheet:
    """The wheel, drawn."""
    drawn = Sheet()
    drawn.head(wheel.title)
    _key(drawn, wheel, setting)
    turn = 360 / len(wheel.areas)
    # With four or eight areas the first begins at the top; otherwise it lies across it. So none lies straight to a
    # side, where there is least room for words.
    start = 90 - turn / 2 if len(wheel.areas) % 4 == 0 else 90
    angles = [start - number * turn for number in range(len(wheel.areas))]
    labels = [_Label(drawn, area, wheel, angle) for area, angle in zip(wheel.areas, angles, strict=True)]
    size = next((size for size in _LETTERS if all(label.whole(size) for label in labels)), _LETTERS[-1])
    for label in labels:
        label.fit(size, 3 if len(wheel.areas) > 7 else 4)  # the names of eight would meet with more
    top = max(_RADIUS, *(label.above for label in labels))
    foot = max(_RADIUS, *(label.below for label in labels))
    middle = drawn.at + 40 + top
    place = Affine2D().scale(_STEP, -_STEP).translate(WIDTH / 2, middle)
    _slices(drawn, wheel, angles, turn, place)
    for label in labels:
        label.draw(middle)
    drawn.at = middle + foot
    return drawn


def _key(drawn: Sheet, wheel: Wheel, setting: Setting) -> None:
    latest = full_day(wheel.latest, setting)
    drawn.note(latest if wheel.once else setting.tr(LATEST, day=latest), _SWATCH + 20)
    drawn.add(_filled(Rectangle((MARGIN, drawn.at - 28), _SWATCH, 30, transform=drawn.page)))
    if not wheel.once and any(area.first is not None for area in wheel.areas):
        drawn.note(setting.tr(FIRST, day=full_day(wheel.began, setting)), _SWATCH + 20)
        drawn.line([MARGIN, MARGIN + _SWATCH], [drawn.at - 12] * 2, linewidth=6, linestyle=_DASHED)
        if wheel.later:
            drawn.note(setting.tr(LATER), _SWATCH + 20)
    drawn.note(setting.tr(SCALE))


def _slices(drawn: Sheet, wheel: Wheel, angles: list[float], turn: float, place: Affine2D) -> None:
    """Each over the one before: the fillings, the scale's rings, the borders between areas, the outlines."""
    where = place + drawn.page
    for area, angle in zip(wheel.areas, angles, strict=True):
        drawn.add(_filled(_slice(area.latest, angle, turn, where)))
    for radius in range(2, MOST + 1, 2):
        rim = radius == MOST
        drawn.add(Circle((0, 0), radius, fill=False, edgecolor=INK if rim else QUIET, linewidth=3 if rim else 1,
                         alpha=1 if rim else 0.5, antialiased=True, transform=where))
    if len(angles) > 1:
        for angle in angles:
            edge = radians(angle + turn / 2)
            drawn.line([0, MOST * cos(edge)], [0, MOST * sin(edge)], place)
    for area, angle in zip(wheel.areas, angles, strict=True):
        if area.first is not None and not wheel.once:
            _outline(drawn, area.first, angle, turn, place)


def _outline(drawn: Sheet, value: int, angle: float, turn: float, place: Affine2D) -> None:
    """A broken line across the slice, on a bright one so that it is seen on the filling too."""
    steps = max(2, round(_POINTS_A_TURN * turn / 360))
    bend = [radians(angle - turn / 2 + turn * step / steps) for step in range(steps + 1)]
    x, y = [value * cos(each) for each in bend], [value * sin(each) for each in bend]
    drawn.line(x, y, place, linewidth=12, color=GROUND, solid_capstyle="butt")
    drawn.line(x, y, place, linewidth=6, linestyle=_DASHED, dash_capstyle="butt")


def _slice(value: int, angle: float, turn: float, where: Transform) -> Wedge:
    return Wedge((0, 0), value, angle - turn / 2, angle + turn / 2, antialiased=True, transform=where)


def _filled(patch: Patch) -> Patch:
    patch.set(facecolor=BLUE, edgecolor="none")
    return patch


class _Label:
    """What stands beside a slice: the area's name, and its numbers below. above, below: how far it reaches from the
    wheel's middle, in pixels."""

    def __init__(self, drawn: Sheet, area: Area, wheel: Wheel, angle: float) -> None:
        self._across, self._up = cos(radians(angle)), sin(radians(angle))
        self._side: Align = "center" if abs(self._across) < 0.2 else "left" if self._across > 0 else "right"
        self._x = WIDTH / 2 + (_RADIUS + _AWAY) * self._across
        edge = {"left": WIDTH - _EDGE - self._x, "right": self._x - _EDGE, "center": _RADIUS * 1.6}
        self._room = edge[self._side]
        self._drawn, self._area = drawn, area
        self._number = str(area.latest)
        if not wheel.once and area.first not in (None, area.latest):
            self._number = f"{area.first} → {area.latest}"

    def whole(self, size: float) -> bool:
        """Whether no word of the name has to be broken with letters of this size."""
        return all(self._drawn.width(word, size) <= self._room for word in drawable(self._area.label).split())

    def fit(self, size: float, most_lines: int) -> None:
        """Settle the lines and where they stand."""
        self._size = size
        self._lines = self._drawn.fitted(self._area.label, self._room, most_lines, size)
        height = len(self._lines) * size * 1.2 + _NUMBER * 1.1
        # The words' middle moves out with the slice's direction, so that they never lie on the wheel.
        self.above = (_RADIUS + _AWAY) * self._up + height * (1 + self._up) / 2
        self.below = height - self.above

    def draw(self, middle: float) -> None:
        """The words, a line at a time; the number last, and larger."""
        y = middle - self.above
        for line in self._lines:
            y += self._size * 1.2
            self._drawn.text(self._x, y - self._size * 0.25, line, self._size, align=self._side)
        self._drawn.text(self._x, y + _NUMBER, self._number, _NUMBER, weight=700, align=self._side)
