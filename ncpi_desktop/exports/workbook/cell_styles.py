"""The styles of the cells: made once in a workbook, then named by their number in every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ncpi_desktop.exports.charts.palette import CARD, INK, LINE, MUTED, RAIL, grade_colours

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell: TypeAlias = Cell | MergedCell

COUNT_FORMAT: Final = "#,##0"
PERCENT_FORMAT: Final = '0"%"'
COEFFICIENT_FORMAT: Final = '0.00;"−"0.00'
POINTS_FORMAT: Final = '"+"0" points";"−"0" points";0" points"'
MOMENT_FORMAT: Final = "d mmm yyyy hh:mm"
TYPEFACE: Final = "Calibri"
"""On every office laptop; the report's own typeface can't be carried in a workbook."""


class CellStyles:
    """The style numbers of one workbook, and how its titles and headers look."""

    def __init__(self, workbook: Workbook) -> None:
        from openpyxl.styles import Alignment, Border, Side

        self._sheet: Worksheet = workbook.worksheets[0]
        self._border = Border(bottom=Side(style="thin", color=_plain(LINE)))
        self._words = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)
        self._figures = Alignment(vertical="top", horizontal="right", indent=1)
        ink = _font(INK)
        self.text = self._made(font=ink, alignment=self._words)
        self.quoted = self._made(font=ink, alignment=self._words, quotePrefix=True)
        self.count = self._made(font=ink, alignment=self._figures, number_format=COUNT_FORMAT)
        self.percent = self._made(font=ink, alignment=self._figures, number_format=PERCENT_FORMAT)
        self.not_known = self._made(font=_font(MUTED), alignment=self._figures)
        self.points = self._made(font=ink, alignment=self._figures, number_format=POINTS_FORMAT)
        self.coefficient = self._made(font=ink, alignment=self._figures, number_format=COEFFICIENT_FORMAT)
        dated = Alignment(vertical="top", horizontal="left", indent=1)
        self.moment = self._made(font=ink, alignment=dated, number_format=MOMENT_FORMAT)
        self._tones: dict[str, int] = {}

    def tone(self, tone: str) -> int:
        """Return the style of a grade's word: its colour says the same once more, never alone."""
        if tone not in self._tones:
            font = _font(grade_colours(tone).text, bold=True)
            self._tones[tone] = self._made(font=font, alignment=self._words)
        return self._tones[tone]

    def _made(self, **looks: Any) -> int:
        from openpyxl.cell import Cell

        cell = Cell(self._sheet, row=1, column=1)
        cell.border = self._border
        for name, look in looks.items():
            setattr(cell, name, look)
        return cell.style_id


def put_text(cell: AnyCell, text: str) -> None:
    """Put `text` into `cell` as text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def look_as_header(cell: AnyCell, *, figures: bool) -> None:
    """Make `cell` look as the header of a table."""
    from openpyxl.styles import Alignment, PatternFill

    cell.font = _font(CARD, bold=True)
    cell.fill = PatternFill("solid", start_color=_plain(RAIL))
    cell.alignment = Alignment(vertical="center", horizontal="right" if figures else "left", wrap_text=True, indent=1)


def look_as_heading(cell: AnyCell, *, size: float = 11, bold: bool = False, muted: bool = False) -> None:
    """Make `cell` look as a line above the table; it runs on over the empty cells beside it."""
    from openpyxl.styles import Alignment

    cell.font = _font(MUTED if muted else INK, size=size, bold=bold)
    cell.alignment = Alignment(vertical="center")


def _font(colour: str, *, size: float = 11, bold: bool = False) -> Font:
    from openpyxl.styles import Font

    return Font(name=TYPEFACE, family=2, size=size, bold=bold, color=_plain(colour))


def _plain(colour: str) -> str:
    return colour.removeprefix("#").upper()
