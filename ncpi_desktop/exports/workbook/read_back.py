"""Reads a finished workbook back and compares it with the findings, before anyone gets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZipFile

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.row_stream import CHUNK, RowStream, shortened
from ncpi_desktop.exports.workbook.safe_text import pieces_of, plain_text
from ncpi_desktop.exports.workbook.table_sheet import HEADER_ROW, Coefficient, GradeWord, Percent, Points, Value
from ncpi_desktop.words import _

_DIGITS: Final = "0123456789"


class MismatchError(Exception):
    """What was read back is not what was to be written; the sheet is named, never a text of it."""


def check_tables(path: Path, streams: Sequence[RowStream]) -> None:
    """Compare every cell of the tables of `streams`, whose rows can be drawn up again, with what they were to hold.

    Raises:
        MismatchError: a sheet, a header or a value differs.
    """
    from openpyxl import load_workbook

    with path.open("rb") as file:  # by its handle: the library refuses the name of a part file
        workbook = load_workbook(file, read_only=True)
        for stream in streams:
            sheet = stream.sheet
            if sheet.name not in workbook.sheetnames:
                raise MismatchError(sheet.name)
            rows = workbook[sheet.name].iter_rows(min_row=HEADER_ROW, values_only=True)
            if tuple(next(rows, ())) != sheet.headers:
                raise MismatchError(sheet.name)
            expected = [[_shown(value) for value in row] for row in sheet.rows]
            if expected and [[_read(value) for value in row] for row in rows] != expected:
                raise MismatchError(sheet.name)


def check_cases(path: Path, member: str, grade_column: str, findings: Findings, withheld: int = 0) -> None:
    """Compare the cases with the headline: how many there are, and how many have each grade.

    Of `withheld` cases the grade is counted in the headline and not told here. Every part of the file is read, piece by piece, so that
    memory does not grow with it.

    Raises:
        MismatchError: a number differs.
        BadZipFile, zlib.error, ExpatError: a part is damaged.
    """
    tally = _Tally(grade_column)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    tally.listen(parser)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as stream:  # read to its end, which compares its checksum
                while chunk := stream.read(CHUNK):
                    if name == member:
                        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    scale = findings.methodology.scale
    expected: Counter[str] = Counter()
    for code, count in findings.overall.counts:
        expected[plain_text(scale[code].label)] += count
    # A table without cases says so in one row.
    missing = Counter(expected)
    missing.subtract(tally.grades)
    if tally.rows != max(1, findings.cases) or min(missing.values(), default=0) < 0 or missing.total() != withheld:
        raise MismatchError(_("Cases"))


class _Tally:
    """Counts rows below the header, and the words of one column."""

    def __init__(self, column: str) -> None:
        self.rows = 0
        self.grades: Counter[str] = Counter()
        self._column = column
        self._words: list[str] = []

    def listen(self, parser: expat.XMLParserType) -> None:
        """Take part in what `parser` reads."""
        column = self._column
        words = self._words

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "c":
                if self.rows and attributes["r"].rstrip(_DIGITS) == column:
                    parser.CharacterDataHandler = words.append
            elif name == "row" and int(attributes["r"]) > HEADER_ROW:
                self.rows += 1

        def end(name: str) -> None:
            if name == "c" and parser.CharacterDataHandler is not None:
                parser.CharacterDataHandler = None
                if words:
                    self.grades["".join(words)] += 1
                    words.clear()

        parser.StartElementHandler = start
        parser.EndElementHandler = end


def _shown(value: Value) -> object:
    """Return how `value` reads once it stands in a cell."""
    if isinstance(value, Percent | Points | Coefficient):
        return _("n/a") if value.value is None else value.value
    if isinstance(value, GradeWord):
        return plain_text(value.label)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    if isinstance(value, str):
        text = plain_text(value)
        return (text if len(pieces_of(text)) == 1 else shortened(text)) or None
    return value


def _read(value: Any) -> object:
    """Return a value as read, times to the second: days as fractions are a hair off."""
    if isinstance(value, datetime):
        return datetime.fromtimestamp(round(value.replace(tzinfo=UTC).timestamp()), UTC).replace(tzinfo=None)
    return value
