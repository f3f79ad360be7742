"""The type of the report: sizes, weights and spacing, in points."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from ncpi_desktop.exports.charts.palette import CITED, INK, MUTED, NEUTRAL
from ncpi_desktop.exports.charts.typefaces import BOLD, REGULAR, SEMIBOLD, register_typefaces

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
MARGIN: Final = 50.0
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN


class Type:
    """Every paragraph style of the report, by what it is for."""

    def __init__(self) -> None:
        register_typefaces()
        self.headline = _style("headline", BOLD, 16.5, 21, spaceAfter=7)
        self.section = _style("section", BOLD, 16, 20, spaceAfter=6)
        self.heading = _style("heading", BOLD, 12.5, 16, spaceBefore=12, spaceAfter=5)
        self.entry = _style("entry", SEMIBOLD, 10.5, 14)
        self.body = _style("body", REGULAR, 10.2, 14.6, spaceAfter=5)
        self.small = _style("small", REGULAR, 9.2, 12.8, spaceAfter=3)
        self.muted = _style("muted", REGULAR, 8.5, 11.5, colour=MUTED, spaceAfter=3)
        self.caption = _style("caption", REGULAR, 8.2, 11, colour=MUTED, spaceBefore=4, spaceAfter=2)
        self.cell = _style("cell", REGULAR, 9.2, 12)
        self.cell_strong = _style("cell-strong", SEMIBOLD, 9.2, 12)
        self.cell_head = _style("cell-head", SEMIBOLD, 8.2, 10.5, colour=MUTED)
        self.cell_head_right = _style("cell-head-right", SEMIBOLD, 8.2, 10.5, colour=MUTED, alignment=TA_RIGHT)
        self.right = _style("right", REGULAR, 9.2, 12, colour=MUTED, alignment=TA_RIGHT)
        self.passage = _style("passage", REGULAR, 9.4, 13, leftIndent=14, rightIndent=4, spaceBefore=4, spaceAfter=1)
        self.passage.backColor = HexColor(CITED)
        self.passage.borderPadding = 3
        self.point = _style("point", REGULAR, 10.2, 14.6, leftIndent=18, bulletIndent=5, spaceAfter=3)
        self.point.bulletFontSize = 10.2
        self.written_heading = _style("written-heading", SEMIBOLD, 10.6, 14.6, spaceBefore=5, spaceAfter=3)
        self.written_subheading = _style(
            "written-subheading", SEMIBOLD, 9.6, 13.4, colour=MUTED, spaceBefore=4, spaceAfter=2
        )
        self.finding = _style("finding", BOLD, 11.4, 15, spaceBefore=7, spaceAfter=3)
        self.told = _style("told", REGULAR, 9.4, 13, leftIndent=14, rightIndent=8, spaceBefore=9, spaceAfter=9)
        self.told.backColor = HexColor(NEUTRAL)
        self.told.borderPadding = 5
        self.source = _style("source", REGULAR, 8.2, 11, colour=MUTED, leftIndent=14, spaceBefore=2, spaceAfter=4)


@cache
def styles() -> Type:
    """Return the styles, built when the first report is."""
    return Type()


def _style(name: str, face: str, size: float, leading: float, *, colour: str = INK, **rest: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        bulletFontName=REGULAR,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        **rest,
    )
