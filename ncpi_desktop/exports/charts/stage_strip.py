"""The stages of one case side by side: each stage's name over the shape and letter of its grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor

from ncpi_desktop.domain.methodology.grade import Grade
from ncpi_desktop.exports.charts.characters import fitted
from ncpi_desktop.exports.charts.grade_shapes import grade_chip
from ncpi_desktop.exports.charts.palette import MUTED
from ncpi_desktop.exports.charts.typefaces import REGULAR

WIDEST: Final = 82.0
HEIGHT: Final = 24.0


def stage_strip(stages: Sequence[tuple[str, Grade | str]], width: float) -> Drawing:
    """Return the strip of `stages`: each its short name with its grade, or with words where it has none."""
    drawing = Drawing(width, HEIGHT)
    cell = min(WIDEST, width / max(1, len(stages)))
    for place, (name, found) in enumerate(stages):
        x = place * cell
        words = fitted(name, REGULAR, 6.8, cell - 5)
        drawing.add(String(x, 16, words, fontName=REGULAR, fontSize=6.8, fillColor=HexColor(MUTED)))
        if isinstance(found, Grade):
            drawing.add(grade_chip(found, x, 0))
        else:
            drawing.add(String(x, 3, found, fontName=REGULAR, fontSize=8, fillColor=HexColor(MUTED)))
    return drawing
