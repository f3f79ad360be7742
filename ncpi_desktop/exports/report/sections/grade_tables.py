"""Tables of grades: a row for each area or stage, a column for each grade, per cent good with its n and interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, TableStyle

from ncpi_desktop.domain.findings.findings import GradeCounts
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.exports.charts.characters import fitted
from ncpi_desktop.exports.charts.grade_shapes import grade_mark, grade_shape
from ncpi_desktop.exports.charts.palette import NEUTRAL, grade_colours
from ncpi_desktop.exports.charts.strokes import words_at
from ncpi_desktop.exports.charts.typefaces import SEMIBOLD
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell
from ncpi_desktop.exports.report.styles import WIDTH
from ncpi_desktop.words import _

WIDE: Final = (43.0, 56.0, 68.0)
NARROW: Final = (37.0, 47.0, 66.0)
"""The widths of a figure, a grade and an interval; the narrow ones leave room for the name beside a long scale."""


MATRIX: Final = 58.0
"""The width of a grade where grades stand against grades."""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One row: what it is of, a figure before the grades (cases, or stages not applicable), and the grades."""

    label: str
    aside: int
    grades: GradeCounts


def grade_table(
    scale: Scale, name_head: str, aside_head: str, rows: Sequence[GradeRow], total: GradeRow | None = None
) -> Flowable:
    """Return `rows` as a table; `aside_head` names the figure before the grades, `total` is set off as the last row."""
    figure, grade_width, interval = WIDE if len(scale.grades) <= 3 else NARROW
    head: list[Cell] = [head_cell(name_head, right=False), head_cell(aside_head), head_cell(_("Graded"))]
    head += [grade_head(grade, grade_width - 6, 8.2 if grade_width == WIDE[1] else 7.2) for grade in scale.grades]
    head += [head_cell(_("Per cent good")), head_cell(_("95% interval"))]
    every = [*rows, total] if total is not None else list(rows)
    figures = [_cells(row, row is total) for row in every]
    fixed = [figure, figure, *[grade_width] * len(scale.grades), figure, interval]
    return figures_table(head, figures, [WIDTH - sum(fixed), *fixed], total=total is not None)


def grades_against_grades(
    scale: Scale, head: str, counts: Sequence[Sequence[int]], sums: tuple[Sequence[int], Sequence[int], int]
) -> Flowable:
    """Return two gradings of the same cases: a row to each grade of the one, which `head` names, a column to each of the other.

    `sums` are those of the rows, of the columns, and of all. On the shaded diagonal both gradings are the same.
    """
    row_sums, column_sums, n = sums
    heads: list[Cell] = [head_cell(head, right=False)]
    heads += [*(grade_head(grade, MATRIX - 6) for grade in scale.grades), head_cell(_("Total"))]
    rows: list[list[Cell]] = [
        [grade_mark(grade), *map(str, row), str(total)]
        for grade, row, total in zip(scale.grades, counts, row_sums, strict=True)
    ]
    rows.append([name_cell(_("Total"), strong=True), *map(str, column_sums), str(n)])
    size = len(scale.grades)
    names = min(170, WIDTH - MATRIX * size - 46)
    table = figures_table(heads, rows, [names, *[MATRIX] * size, 46], total=True)
    diagonal = [("BACKGROUND", (place, place), (place, place), HexColor(NEUTRAL)) for place in range(1, size + 1)]
    table.setStyle(TableStyle(diagonal))
    return table


def grade_head(grade: Grade, width: float, size: float = 8.2) -> Drawing:
    """Return the head of a column of counts: the shape of the grade over its word, which may use the padding at its left."""
    colour = grade_colours(grade.tone).text
    drawing = Drawing(width, 20)
    drawing.add(grade_shape(grade.shape, width - 8, 11, 8, colour))
    words = fitted(grade.short, SEMIBOLD, size, width + 5)
    drawing.add(words_at(width, 1.5, words, SEMIBOLD, size, colour, "end"))
    return drawing


def _cells(row: GradeRow, strong: bool) -> list[Cell]:
    grades = row.grades
    return [
        name_cell(row.label, strong=strong),
        str(row.aside),
        str(grades.graded),
        *(str(count) for _grade, count in grades.counts),
        percent_words(grades.percent_good),
        interval_words(grades.interval) or _("n/a"),
    ]
