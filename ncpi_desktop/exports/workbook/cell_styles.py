"""The styles of the cells: made once in a workbook, then named by their number in every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ncpi_desktop.exports.charts.palette import CARD, INK, LINE, MUTED, RAIL, grade_colours

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COUNT_FORMAT: Final = "#,##0"
PERCENT_FORMAT: Final = '0"%"'
MOMENT_FORMAT: Final = "d mmm yyyy hh:mm"


class CellStyles:
    """The style numbers of one workbook, and how its titles and headers look."""

    def __init__(self, workbook: Workbook) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        self._sheet: Worksheet = workbook.worksheets[0]
        self._border = Border(bottom=Side(style="thin", color=_plain(LINE)))
        self._words = Alignment(vertical="top", wrap_text=True)
        self._figures = Alignment(vertical="top", horizontal="right")
        ink = Font(color=_plain(INK))
        self.text = self._made(font=ink, alignment=self._words)
        self.quoted = self._made(font=ink, alignment=self._words, quotePrefix=True)
        self.count = self._made(font=ink, alignment=self._figures, number_format=COUNT_FORMAT)
        self.percent = self._made(font=ink, alignment=self._figures, number_format=PERCENT_FORMAT)
        self.not_known = self._made(font=Font(color=_plain(MUTED)), alignment=self._figures)
        self.moment = self._made(
            font=ink, alignment=Alignment(vertical="top", horizontal="left"), number_format=MOMENT_FORMAT
        )
        self._tones: dict[str, int] = {}

    def tone(self, tone: str) -> int:
        """Return the style of a grade's word: its colours say the same once more, never alone."""
        from openpyxl.styles import Font, PatternFill

        if tone not in self._tones:
            colours = grade_colours(tone)
            self._tones[tone] = self._made(
                font=Font(color=_plain(colours.text)),
                fill=PatternFill("solid", start_color=_plain(colours.ground)),
                alignment=self._words,
            )
        return self._tones[tone]

    def _made(self, **looks: Any) -> int:
        from openpyxl.cell import Cell

        cell = Cell(self._sheet, row=1, column=1)
        cell.border = self._border
        for name, look in looks.items():
            setattr(cell, name, look)
        return cell.style_id


def put_text(cell: Cell, text: str) -> None:
    """Put `text` into `cell` as text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True  # type: ignore[assignment]


def look_as_header(cell: Cell) -> None:
    """Make `cell` look as the header of a table."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(bold=True, color=_plain(CARD))
    cell.fill = PatternFill("solid", start_color=_plain(RAIL))
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def look_as_heading(cell: Cell, *, size: float = 11, bold: bool = False, muted: bool = False) -> None:
    """Make `cell` look as a line above the table; it runs on over the empty cells beside it."""
    from openpyxl.styles import Alignment, Font

    cell.font = Font(size=size, bold=bold, color=_plain(MUTED if muted else INK))
    cell.alignment = Alignment(vertical="center")


def _plain(colour: str) -> str:
    return colour.removeprefix("#").upper()
