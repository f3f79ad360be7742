"""The shapes of the grades as paths: check, triangle, octagon, star and diamond, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, PolyLine
from reportlab.lib.colors import HexColor

from ncpi_desktop.domain.methodology.grade import Grade
from ncpi_desktop.exports.charts.characters import fitted
from ncpi_desktop.exports.charts.palette import CARD, grade_colours
from ncpi_desktop.exports.charts.strokes import box, words_at
from ncpi_desktop.exports.charts.typefaces import BOLD, SEMIBOLD, width_of

GAP: Final = 3.0
LONGEST_MARK: Final = 160.0


def grade_shape(shape: str, x: float, y: float, size: float, colour: str, behind: str = CARD) -> Group:
    """Return `shape` in a square of `size` points with its lower left corner at `x`, `y`; a diamond where it is unknown.

    `behind` is the colour that it stands on: the cross in an octagon, which tells it from a disc when small, takes that.
    """
    group = Group()
    group.add(_SHAPES.get(shape, _diamond)(x, y, size, colour))
    if shape == "octagon":
        low, high = 0.32 * size, 0.68 * size
        for begin, end in ((low, high), (high, low)):
            line = Line(x + low, y + begin, x + high, y + end, strokeColor=HexColor(behind), strokeWidth=size * 0.13)
            group.add(line)
    return group


def grade_mark(grade: Grade, size: float = 9.0) -> Drawing:
    """Return a grade as it stands in a text: its shape, then its word."""
    colours = grade_colours(grade.tone)
    words = fitted(grade.label, SEMIBOLD, size, LONGEST_MARK)
    drawing = Drawing(size + GAP + width_of(words, SEMIBOLD, size), size * 1.2)
    drawing.add(grade_shape(grade.shape, 0, size * 0.12, size * 0.92, colours.text))
    drawing.add(words_at(size + GAP, size * 0.22, words, SEMIBOLD, size, colours.text))
    return drawing


def grade_chip(grade: Grade, x: float, y: float, height: float = 12.0) -> Group:
    """Return shape and letter of a grade on its ground, for a strip of stages."""
    colours = grade_colours(grade.tone)
    side = height * 0.62
    letter = fitted(grade.letter, BOLD, side, height * 2)
    width = side + GAP + width_of(letter, BOLD, side) + 8
    group = Group()
    group.add(box(x, y, width, height, colours.ground, 3))
    group.add(grade_shape(grade.shape, x + 4, y + (height - side) / 2, side, colours.text, colours.ground))
    place = x + 4 + side + GAP
    group.add(words_at(place, y + height * 0.28, letter, BOLD, side, colours.text))
    return group


def _check(x: float, y: float, size: float, colour: str) -> PolyLine:
    points = [x + 0.08 * size, y + 0.5 * size, x + 0.38 * size, y + 0.18 * size, x + 0.94 * size, y + 0.82 * size]
    return PolyLine(points, strokeColor=HexColor(colour), strokeWidth=size * 0.17, strokeLineCap=1, strokeLineJoin=1)


def _filled(points: list[float], colour: str) -> Polygon:
    return Polygon(points, fillColor=HexColor(colour), strokeColor=None)


def _triangle(x: float, y: float, size: float, colour: str) -> Polygon:
    return _filled([x, y + 0.06 * size, x + size, y + 0.06 * size, x + size / 2, y + 0.94 * size], colour)


def _octagon(x: float, y: float, size: float, colour: str) -> Polygon:
    turns = (math.pi / 8 + step * math.pi / 4 for step in range(8))
    return _filled([part for turn in turns for part in _on_circle(x, y, size, turn, 0.53)], colour)


def _star(x: float, y: float, size: float, colour: str) -> Polygon:
    reaches = ((math.pi / 2 + step * math.pi / 5, 0.55 if step % 2 == 0 else 0.24) for step in range(10))
    return _filled([part for turn, reach in reaches for part in _on_circle(x, y, size, turn, reach)], colour)


def _diamond(x: float, y: float, size: float, colour: str) -> Polygon:
    half = size / 2
    return _filled([x + half, y, x + size, y + half, x + half, y + size, x, y + half], colour)


def _on_circle(x: float, y: float, size: float, turn: float, reach: float) -> tuple[float, float]:
    return x + size / 2 + math.cos(turn) * reach * size, y + size / 2 + math.sin(turn) * reach * size


_SHAPES: Final[dict[str, Callable[[float, float, float, str], PolyLine | Polygon]]] = {
    "check": _check,
    "triangle": _triangle,
    "octagon": _octagon,
    "star": _star,
    "diamond": _diamond,
}
