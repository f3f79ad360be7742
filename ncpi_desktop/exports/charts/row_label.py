"""The name of a row of a chart: on one line, or on two smaller ones where it is long."""

from __future__ import annotations

from reportlab.graphics.shapes import Group, String
from reportlab.lib.colors import HexColor

from ncpi_desktop.exports.charts.characters import lines_of
from ncpi_desktop.exports.charts.palette import INK
from ncpi_desktop.exports.charts.typefaces import REGULAR


def row_label(words: str, middle: float, width: float, face: str = REGULAR) -> Group:
    """Return `words` from the left edge, no wider than `width` points, centred on the height `middle`."""
    group = Group()
    lines = lines_of(words, face, 9.5, width)
    size = 9.5
    if len(lines) > 1:
        size = 8.2
        lines = lines_of(words, face, size, width)
    for place, line in enumerate(lines):
        y = middle - size * 0.36 + (len(lines) - 1) * 4.3 - place * 8.6
        group.add(String(0, y, line, fontName=face, fontSize=size, fillColor=HexColor(INK)))
    return group
