"""Bars of the grades given, one below the other, with the counts inside and how many were graded at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.exports.charts.characters import fitted, label_of
from ncpi_desktop.exports.charts.grade_shapes import grade_shape
from ncpi_desktop.exports.charts.palette import INK, MUTED, grade_colours
from ncpi_desktop.exports.charts.row_label import row_label
from ncpi_desktop.exports.charts.strokes import box, words_at
from ncpi_desktop.exports.charts.typefaces import BOLD, REGULAR, SEMIBOLD, width_of
from ncpi_desktop.words import _

LABELS: Final = 167.0
COUNTS: Final = 34.0
ROW: Final = 19.5
BAR: Final = 13.5
HEAD: Final = 18.0
SEAM: Final = 0.9


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: how many have each grade (by code, best first), and how many are graded in all."""

    label: str
    counts: tuple[tuple[str, int], ...]
    graded: int


def grade_bars(rows: Sequence[BarRow], scale: Scale, width: float, head: str) -> Drawing:
    """Return a bar for each of `rows`, as long as the others, parted by grade; `head` stands over the numbers at the right."""
    height = len(rows) * ROW + HEAD
    drawing = Drawing(width, height)
    _draw_key(drawing, scale, height - 10, width - LABELS - width_of(head, SEMIBOLD, 8.5))
    drawing.add(words_at(width, height - 10, head, SEMIBOLD, 8.5, MUTED, "end"))
    for place, row in enumerate(rows):
        y = height - HEAD - (place + 1) * ROW + (ROW - BAR) / 2
        drawing.add(row_label(row.label, y + BAR / 2, LABELS - 12))
        drawing.add(words_at(width, y + 3.6, str(row.graded), REGULAR, 9.5, INK, "end"))
        _draw_bar(drawing, row, scale, y, width - LABELS - COUNTS)
    return drawing


def _draw_key(drawing: Drawing, scale: Scale, y: float, room: float) -> None:
    """Name the grades over the bars: in full where all of them fit into `room`, else by their short words."""
    names = [label_of(grade.label) for grade in scale.grades]
    if _key_width(names) > room:
        names = [label_of(grade.short) for grade in scale.grades]
    if _key_width(names) > room:
        names = [fitted(name, SEMIBOLD, 8.5, room / len(names) - 22) for name in names]
    x = LABELS
    for grade, words in zip(scale.grades, names, strict=True):
        colour = grade_colours(grade.tone).text
        drawing.add(grade_shape(grade.shape, x, y - 0.4, 7, colour))
        drawing.add(words_at(x + 10, y, words, SEMIBOLD, 8.5, colour))
        x += 10 + width_of(words, SEMIBOLD, 8.5) + 12


def _key_width(names: Sequence[str]) -> float:
    return sum(width_of(name, SEMIBOLD, 8.5) + 22 for name in names)


def _draw_bar(drawing: Drawing, row: BarRow, scale: Scale, y: float, reach: float) -> None:
    if not row.graded:
        drawing.add(words_at(LABELS, y + 3.6, _("no case graded"), REGULAR, 9, MUTED))
        return
    x = LABELS
    for code, count in row.counts:
        if not count:
            continue
        length = reach * count / row.graded
        colours = grade_colours(scale[code].tone)
        inner = max(length - SEAM, 0.5)
        drawing.add(box(x, y, inner, BAR, colours.bar))
        _write_count(drawing, scale[code], count, x + inner / 2, y, inner)
        x += length


def _write_count(drawing: Drawing, grade: Grade, count: int, middle: float, y: float, room: float) -> None:
    """Write the count inside its part, with the grade's shape before it where there is room for both."""
    colour = grade_colours(grade.tone).on_bar
    words = str(count)
    needed = width_of(words, BOLD, 8.5)
    if room < needed + 2:
        return  # The table beside it has the number; it would run into the next part.
    with_shape = room >= needed + 18
    if with_shape:
        drawing.add(
            grade_shape(grade.shape, middle - needed / 2 - 7, y + 3.5, 7, colour, grade_colours(grade.tone).bar)
        )
    drawing.add(words_at(middle + (3 if with_shape else 0), y + 3.8, words, BOLD, 8.5, colour, "middle"))
