"""The pieces that sections are put together from: headings with bookmarks, figures, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from ncpi_desktop.exports.charts.characters import label_of
from ncpi_desktop.exports.charts.palette import INK, LINE, NEUTRAL
from ncpi_desktop.exports.charts.typefaces import REGULAR, SEMIBOLD
from ncpi_desktop.exports.report.prose import label_markup
from ncpi_desktop.exports.report.styles import WIDTH, styles

Cell = str | Flowable
ROOM_FOR_SECTION: Final = 150.0


class Heading(Paragraph):
    """A heading that the list of bookmarks leads to."""

    def __init__(self, title: str, style: ParagraphStyle, level: int) -> None:
        super().__init__(label_markup(title), style)
        self._title = label_of(title)
        self._level = level

    def draw(self) -> None:
        """Draw the heading and set its bookmark; reportlab calls this."""
        key = f"heading-{id(self)}-{self.canv.getPageNumber()}"
        self.canv.bookmarkHorizontal(key, 0, self.height + 6)
        self.canv.addOutlineEntry(self._title, key, self._level, closed=True)
        super().draw()


def section(title: str, room: float = ROOM_FOR_SECTION) -> Iterator[Flowable]:
    """Yield the heading of a section; it goes to the next page where less than `room` points are left."""
    yield CondPageBreak(room)
    yield Spacer(1, 14)
    yield Heading(title, styles().section, 0)


def subheading(title: str, room: float = 100.0, level: int = 1) -> Iterator[Flowable]:
    """Yield a heading within a section, never alone at the foot of a page."""
    yield CondPageBreak(room)
    yield Heading(title, styles().heading, level)


def figure(drawing: Drawing, caption: str) -> Flowable:
    """Return a chart with its caption, kept on one page."""
    return KeepTogether([drawing, Paragraph(label_markup(caption), styles().caption)])


def head_cell(words: str, *, right: bool = True) -> Paragraph:
    """Return a cell for the head of a column."""
    return Paragraph(label_markup(words), styles().cell_head_right if right else styles().cell_head)


def name_cell(words: str, *, strong: bool = False) -> Paragraph:
    """Return the cell that names a row."""
    return Paragraph(label_markup(words), styles().cell_strong if strong else styles().cell)


def figures_table(
    head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, total: bool = False
) -> Table:
    """Return a table whose first column names its rows and whose others are figures; its head is repeated on every page.

    `total` sets the last row off as the sum.
    """
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 9.2, 12),
        ("TEXTCOLOR", (0, 0), (-1, -1), HexColor(INK)),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 3.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.6),
    ]
    if total:
        commands += [
            ("FONT", (0, -1), (-1, -1), SEMIBOLD, 9.2, 12),
            ("BACKGROUND", (0, -1), (-1, -1), HexColor(NEUTRAL)),
        ]
    table = Table([list(head), *map(list, rows)], colWidths=list(widths), repeatRows=1, hAlign="LEFT")
    table.setStyle(TableStyle(commands))
    table.spaceBefore, table.spaceAfter = 4, 6
    return table


def plain_table(rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, ruled: bool = False) -> Table:
    """Return rows side by side without a head: a label and its value, or a name and its count."""
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 9.2, 12),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
    ]
    if ruled:
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)))
    table = Table([list(row) for row in rows], colWidths=list(widths), hAlign="LEFT")
    table.setStyle(TableStyle(commands))
    return table


def rule() -> Flowable:
    """Return a thin line across the page."""
    line = Table([[""]], colWidths=[WIDTH], rowHeights=[5])
    line.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)), ("FONT", (0, 0), (-1, -1), REGULAR)])
    )
    return line
