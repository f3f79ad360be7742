"""Writes the rows of a table as markup into a file of its own, so that memory does not grow with them.

The library writes sheets, styles, tables and charts; for the rows themselves it needs five times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Final, Protocol

from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.exports.workbook.cell_styles import CellStyles
from ncpi_desktop.exports.workbook.safe_text import LONGEST, QUOTED_FIRST, pieces_of, plain_text, xml_text
from ncpi_desktop.exports.workbook.table_sheet import (
    HEADER_ROW,
    Coefficient,
    GradeWord,
    Percent,
    Points,
    TableSheet,
    Value,
)
from ncpi_desktop.words import _

LAST_ROW: Final = 1_048_576
IN_MEMORY: Final = 4 * 2**20
CHUNK: Final = 2**20
LINE_POINTS: Final = 15
HIGHEST_POINTS: Final = 409
_EPOCH: Final = datetime(1899, 12, 30, tzinfo=UTC)


class KeepsLongTexts(Protocol):
    """Keeps in full what is too long for its cell."""

    def keep(self, sheet: str, row: int, of: str, column: str, pieces: Sequence[str]) -> None:
        """Keep `pieces`, which stood at `column` and `row` of `sheet`; `of` is what the row is about."""


class RowStream:
    """The rows of one sheet, below its header, first in memory, then in a nameless file in `folder`.

    Close it when they are copied: the file is then gone.
    """

    def __init__(self, sheet: TableSheet, styles: CellStyles, long_texts: KeepsLongTexts | None, folder: Path) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet = sheet
        self.rows = 0
        self.size = 0
        self._styles = styles
        self._long_texts = long_texts
        self._letters = [get_column_letter(place) for place in range(1, len(sheet.columns) + 1)]
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(folder))  # noqa: SIM115 closed by its owner
        self._waiting: list[str] = []
        self._room = [room_of(column.width) for column in sheet.columns]
        self._lines = 1
        self.heights: list[float] | None = [] if sheet.charts else None
        self._grades: dict[GradeWord, str] = {}
        self._fillers: dict[type, Callable[[Any, int, int], str]] = {
            str: self._text,
            int: lambda value, _column, _row: f' s="{styles.count}"><v>{value}</v></c>',
            datetime: lambda value, _column, _row: f' s="{styles.moment}"><v>{serial_of(value)!r}</v></c>',
            Percent: self._percent,
            Points: self._points,
            Coefficient: self._coefficient,
            type(None): lambda _value, _column, _row: f' s="{styles.text}"/>',
            GradeWord: self._grade,
        }

    def __enter__(self) -> RowStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def last_row(self) -> int:
        """The row of the sheet that was written last."""
        return HEADER_ROW + self.rows

    @property
    def ref(self) -> str:
        """The cells of the table, header included."""
        return f"A{HEADER_ROW}:{self._letters[-1]}{self.last_row}"

    @property
    def dimension(self) -> str:
        """The cells in use, from the title on."""
        return f"A1:{self._letters[-1]}{self.last_row}"

    def add(self, values: Sequence[Value]) -> None:
        """Write one row.

        Raises:
            OutputNotWrittenError: the sheet is full.
        """
        row = self.last_row + 1
        if row > LAST_ROW:
            raise _full(self.sheet.name)
        self._about = values[0]
        self._lines = 1
        fillers = self._fillers
        cells = "".join(
            f'<c r="{letters}{row}"{fillers[type(value)](value, column, row)}'
            for column, (letters, value) in enumerate(zip(self._letters, values, strict=True))
        )
        height = min(LINE_POINTS * self._lines, HIGHEST_POINTS)
        self._waiting.append(f'<row r="{row}" ht="{height}">{cells}</row>')
        if self.heights is not None:
            self.heights.append(height)
        self.rows += 1
        if len(self._waiting) >= 200:
            self._flush()

    def copy_to(self, write: Callable[[bytes], object]) -> None:
        """Give every row to `write`, piece by piece."""
        self._flush()
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            write(chunk)

    def _flush(self) -> None:
        data = "".join(self._waiting).encode()
        self._waiting.clear()
        self._file.write(data)
        self.size += len(data)

    def _text(self, value: str, column: int, row: int) -> str:
        if not value:
            return f' s="{self._styles.text}"/>'
        text = plain_text(value)
        if len(text) > self._room[column] or "\n" in text:
            self._lines = max(self._lines, lines_of(text, self._room[column]))
        if 2 * len(text) > LONGEST and len(pieces := pieces_of(text)) > 1:
            text = shortened(text)
            if self._long_texts is not None:
                about = self._about if isinstance(self._about, str) else ""
                self._long_texts.keep(self.sheet.name, row, about, self.sheet.headers[column], pieces)
        style = self._styles.quoted if text[0] in QUOTED_FIRST else self._styles.text
        return inline(text, style)

    def _percent(self, value: Percent, _column: int, _row: int) -> str:
        if value.value is None:
            return inline(_("n/a"), self._styles.not_known)
        return f' s="{self._styles.percent}"><v>{value.value}</v></c>'

    def _points(self, value: Points, _column: int, _row: int) -> str:
        if value.value is None:
            return inline(_("n/a"), self._styles.not_known)
        return f' s="{self._styles.points}"><v>{value.value}</v></c>'

    def _coefficient(self, value: Coefficient, _column: int, _row: int) -> str:
        if value.value is None:
            return inline(_("n/a"), self._styles.not_known)
        return f' s="{self._styles.coefficient}"><v>{value.value!r}</v></c>'

    def _grade(self, value: GradeWord, column: int, _row: int) -> str:
        if len(value.label) > self._room[column]:
            self._lines = max(self._lines, lines_of(value.label, self._room[column]))
        made = self._grades.get(value)
        if made is None:
            made = self._grades[value] = inline(pieces_of(plain_text(value.label))[0], self._styles.tone(value.tone))
        return made


def inline(text: str, style: int) -> str:
    """Return the rest of a cell's markup: its style and plain text that stands in the cell itself and is never a formula."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' s="{style}" t="inlineStr"><is><t{space}>{xml_text(text)}</t></is></c>'


def room_of(width: float) -> int:
    """Return how many characters of ordinary words fit on a line of a column, whose `width` counts digits; the indent takes two."""
    return max(4, int(1.05 * width) - 2)


def lines_of(text: str, room: int) -> int:
    """Return how many lines `text` needs where `room` characters fit on one."""
    if len(text) > HIGHEST_POINTS * room:
        return int(HIGHEST_POINTS)
    return sum(max(1, -(-len(line) // room)) for line in text.split("\n"))


def shortened(text: str) -> str:
    """Return the beginning of a text too long for a cell, and where the whole of it stands."""
    pointer = _(" … [the whole text stands on the sheet “Long texts”]")
    return pieces_of(text, LONGEST - len(pointer))[0] + pointer


def serial_of(moment: datetime) -> float:
    """Return `moment` (UTC where it names no zone) as a spreadsheet counts it: days since 30 December 1899, to the second."""
    known = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    since = known.replace(microsecond=0) - _EPOCH
    return since.days + since.seconds / 86_400


def _full(name: str) -> OutputNotWrittenError:
    return OutputNotWrittenError(
        _("The sheet “{sheet}” would need more than {rows} rows, which no workbook can hold.").format(
            sheet=name, rows=f"{LAST_ROW:,}"
        ),
        safe=_("An earlier export of that name is as it was, and the audit file is untouched."),
        todo=_("Export the report instead, or split the audit into smaller files."),
    )
