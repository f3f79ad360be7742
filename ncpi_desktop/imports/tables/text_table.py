"""Reads a table from a CSV file, whatever its encoding and delimiter, row by row."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.imports.tables.source_file import HEAD_BYTES, LARGEST_FILE, refused_source, unreadable
from ncpi_desktop.imports.tables.source_row import ROW_AS_A_WHOLE, SourceRow
from ncpi_desktop.words import _

LONGEST_LINE = 64 * 1024 * 1024
"""A line or a cell of more characters than this is refused: it would not fit into memory."""

_DELIMITERS = (",", ";", "\t")
_CHUNK = 1024 * 1024


class TextTable:
    """A CSV file while it is being read; `Raises:` FileRefusedError where it is no text or has no headings."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self.notes: list[str] = []
        self._encoding = encoding_of(path)
        if self._encoding == "cp1252":
            self.notes.append(_("The file is not in UTF-8; it was read as Western European text (Windows-1252)."))
        csv.field_size_limit(LONGEST_LINE)
        self._raw = path.open("rb")
        self._size = max(1, path.stat().st_size)
        try:
            announced = self._announced_delimiter()
            self._records = self._records_with(announced or self._best_delimiter(), skip_first=announced is not None)
            self.heading_row, headings = next(self._records, (0, []))
        except BaseException:
            self._raw.close()
            raise
        while headings and not headings[-1].strip():
            headings.pop()
        self.headings = tuple(headings)

    def __enter__(self) -> TextTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._raw.close()

    @property
    def share_read(self) -> float:
        """How much has been read, from 0 to 1."""
        return 1.0 if self._raw.closed else min(1.0, self._raw.tell() / self._size)

    def rows(self) -> Iterator[SourceRow]:
        """Yield the rows below the headings; a row with more or fewer cells than headings has a fault."""
        wanted = len(self.headings)
        for number, cells in self._records:
            faults: tuple[tuple[int, str], ...] = ()
            if len(cells) < wanted or any(cell.strip() for cell in cells[wanted:]):
                reason = _("The row has {cells} cells, and there are {headings} headings.")
                faults = ((ROW_AS_A_WHOLE, reason.format(cells=len(cells), headings=wanted)),)
            yield SourceRow(number, (cells + [""] * (wanted - len(cells)))[:wanted], faults)

    def _announced_delimiter(self) -> str | None:
        # Excel writes and reads a first line `sep=;`, and does not count it as a row.
        first = next(self._lines(), "").strip().casefold()
        return first[4] if len(first) == 5 and first.startswith("sep=") and first[4] in ",;\t|" else None

    def _best_delimiter(self) -> str:
        found = {mark: self._width_with(mark) for mark in _DELIMITERS}
        return max(_DELIMITERS, key=lambda mark: found[mark])

    def _width_with(self, delimiter: str) -> int:
        try:
            return len(next(self._records_with(delimiter), (0, []))[1])
        except FileRefusedError:
            return 0

    def _records_with(self, delimiter: str, *, skip_first: bool = False) -> Iterator[tuple[int, list[str]]]:
        number = 0
        lines = self._lines()
        try:
            if skip_first:
                next(lines, None)
            for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), start=1):
                if any(cell and not cell.isspace() for cell in cells):
                    yield number, cells
        except csv.Error:
            raise refused_source(
                _("“{name}” has a quotation mark out of place in row {row}, or one that is never closed.").format(
                    name=self._name, row=number + 1
                ),
                _("Correct that row, or save the table as an Excel workbook (.xlsx)."),
            ) from None

    def _lines(self) -> Iterator[str]:
        self._raw.seek(0)
        stream = io.TextIOWrapper(self._raw, encoding=self._encoding, newline="")
        try:
            while line := stream.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise refused_source(
                        _("“{name}” has a line of more than {limit} million characters.").format(
                            name=self._name, limit=LONGEST_LINE // 1_000_000
                        ),
                        _("See whether it is a table at all, and split the text that is so long."),
                    )
                yield line
        except UnicodeError:
            raise _not_text(self._name) from None
        except OSError as error:
            raise unreadable(self._name, error) from None
        finally:
            if not self._raw.closed:
                stream.detach()


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: by its byte order mark, else UTF-16 by its NULs, else UTF-8, else Windows-1252.

    Raises:
        FileRefusedError: it is none of these.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd, half = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if half and odd * 10 > half * 4 and even * 20 <= half:
        return "utf-16-le"
    if half and even * 10 > half * 4 and odd * 20 <= half:
        return "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    raise _not_text(path.name)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
                read += len(chunk)
                if read > LARGEST_FILE:  # It grew since its size was looked at.
                    return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _not_text(name: str) -> FileRefusedError:
    return refused_source(
        _("“{name}” is not text in UTF-8, UTF-16 or Windows-1252.").format(name=name),
        _("Save it from the spreadsheet program as “CSV UTF-8” or as an Excel workbook (.xlsx)."),
    )
