"""Shares with their intervals, one below the other on a scale from 0 to 100 per cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Circle, Drawing, Line
from reportlab.lib.colors import HexColor

from ncpi_desktop.domain.findings.statistics import Interval
from ncpi_desktop.exports.charts.palette import LINE, MUTED, grade_colours
from ncpi_desktop.exports.charts.row_label import row_label
from ncpi_desktop.exports.charts.strokes import words_at
from ncpi_desktop.exports.charts.typefaces import BOLD, REGULAR, SEMIBOLD

LABELS: Final = 167.0
COUNTS: Final = 62.0
ROW: Final = 26.0
FOOT: Final = 18.0
QUARTERS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share: `percent` 0 to 100 with the words for it; None where nothing is graded, whose words then say so."""

    label: str
    percent: int | None
    words: str
    counts: str
    interval: Interval | None
    emphasised: bool = False


def interval_chart(rows: Sequence[ShareRow], width: float, row_height: float = ROW) -> Drawing:
    """Return a dot with its interval for each of `rows`, its words beside it and its counts at the right."""
    height = len(rows) * row_height + FOOT
    drawing = Drawing(width, height)
    left, reach = LABELS, width - LABELS - COUNTS - 24
    for quarter in QUARTERS:
        x = left + reach * quarter / 100
        drawing.add(Line(x, FOOT - 4, x, height, strokeColor=HexColor(LINE), strokeWidth=0.7))
        drawing.add(words_at(x, 3, f"{quarter}%", REGULAR, 8, MUTED, "middle"))
    for place, row in enumerate(rows):
        _draw_row(drawing, row, height - (place + 0.5) * row_height, left, reach, width)
    return drawing


def _draw_row(drawing: Drawing, row: ShareRow, y: float, left: float, reach: float, width: float) -> None:
    face = BOLD if row.emphasised else REGULAR
    drawing.add(row_label(row.label, y, LABELS - 12, face))
    drawing.add(words_at(width, y - 3.4, row.counts, REGULAR, 9, MUTED, "end"))
    if row.percent is None:
        drawing.add(words_at(left + 4, y - 3.4, row.words, REGULAR, 9, MUTED))
        return
    colour = grade_colours("good").bar if row.emphasised else MUTED
    dot = left + reach * row.percent / 100
    end = dot
    if row.interval is not None:
        low, end = left + reach * row.interval.low, left + reach * row.interval.high
        drawing.add(Line(low, y, end, y, strokeColor=HexColor(colour), strokeWidth=2))
    drawing.add(Circle(dot, y, 4.6, fillColor=HexColor(colour), strokeColor=HexColor("#ffffff"), strokeWidth=0.8))
    drawing.add(words_at(max(end, dot + 5) + 6, y - 3.6, row.words, BOLD if row.emphasised else SEMIBOLD, 10, colour))
