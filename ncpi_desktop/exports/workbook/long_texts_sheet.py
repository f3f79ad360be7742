"""The sheet of the texts that no single cell can hold: each in full, in parts to be read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ncpi_desktop.exports.workbook.cell_styles import CellStyles
from ncpi_desktop.exports.workbook.row_stream import RowStream
from ncpi_desktop.exports.workbook.safe_text import one_line
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet
from ncpi_desktop.words import _


def long_texts_sheet() -> TableSheet:
    """Return the sheet without its rows, which come while the other sheets are written."""
    return TableSheet(
        name=_("Long texts"),
        table="LongTexts",
        title=_("Texts too long for one cell"),
        sentence=_(
            "Joined in the order of their parts, they are the whole text. The cell they belong to holds its beginning."
        ),
        columns=(
            Column(_("Sheet"), 14),
            Column(_("Row"), 9, figures=True),
            Column(_("First cell of that row"), 22),
            Column(_("Column"), 20),
            Column(_("Part"), 8, figures=True),
            Column(_("Of parts"), 9, figures=True),
            Column(_("Text"), 110),
        ),
        rows=(),
    )


class LongTexts:
    """Gathers long texts in a stream of their own."""

    def __init__(self, styles: CellStyles, folder: Path) -> None:
        self.stream = RowStream(long_texts_sheet(), styles, None, folder)

    def keep(self, sheet: str, row: int, of: str, column: str, pieces: Sequence[str]) -> None:
        """Keep `pieces`, which stood at `column` and `row` of `sheet`; `of` is what the row is about."""
        for part, piece in enumerate(pieces, start=1):
            self.stream.add((sheet, row, one_line(of, 100), column, part, len(pieces), piece))
