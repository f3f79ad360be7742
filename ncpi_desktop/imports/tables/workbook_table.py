"""Reads a table from a workbook, row by row and in bounded memory: values only, nothing run, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.imports.tables.source_file import damaged_workbook, refused_source
from ncpi_desktop.imports.tables.source_row import SourceRow
from ncpi_desktop.imports.tables.workbook_archive import LARGEST_UNPACKED, WorkbookArchive, too_large
from ncpi_desktop.imports.tables.workbook_parts import Contents, Sheet, local, read_contents, unescaped
from ncpi_desktop.words import _, ngettext

MOST_ROWS = 1_048_576
MOST_COLUMNS = 1000

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_WHOLE = re.compile(r"-?[0-9]{1,15}\Z")


class WorkbookTable:
    """The sheet of a workbook that holds the table, while it is being read.

    That is the visible sheet with most of the headings `known` (see `lookup.plain_form`); the first one where none has any.
    """

    def __init__(self, path: Path, known: frozenset[str]) -> None:
        self.notes: list[str] = []
        self._archive = WorkbookArchive(path)
        try:
            self._contents = read_contents(self._archive)
            sheet = self._choose(known)
            self._note_what_is_left_out(sheet)
            self._reader = SheetReader(self._archive, sheet, self._contents)
            self._rows = self._reader.rows()
            self.heading_row, cells, _faults = next(self._rows, (0, {}, []))
        except BaseException:
            self._archive.__exit__(None, None, None)
            raise
        width = max((place for place, text in cells.items() if text.strip()), default=-1) + 1
        self.headings = tuple(cells.get(place, "") for place in range(width))

    def __enter__(self) -> WorkbookTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.__exit__(kind, error, trace)

    @property
    def share_read(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._reader.share_read

    def rows(self) -> Iterator[SourceRow]:
        """Yield the rows below the headings; a value beyond them is a fault."""
        width = len(self.headings)
        for number, cells, faults in self._rows:
            beyond = [place for place, text in cells.items() if place >= width and text.strip()]
            found = [(place, _("A value stands in a column without a heading.")) for place in beyond[:1]]
            yield SourceRow(number, [cells.get(place, "") for place in range(width)], (*faults, *found))
        if self._reader.formulas:
            self.notes.append(
                ngettext(
                    "{count} formula was taken as the value last worked out.",
                    "{count} formulas were taken as the values last worked out.",
                    self._reader.formulas,
                ).format(count=self._reader.formulas)
            )

    def _choose(self, known: frozenset[str]) -> Sheet:
        visible = [sheet for sheet in self._contents.sheets if sheet.visible] or list(self._contents.sheets[:1])
        if len(visible) == 1:
            return visible[0]
        return max(visible, key=lambda sheet: self._headings_known(sheet, known))

    def _headings_known(self, sheet: Sheet, known: frozenset[str]) -> int:
        first = next(SheetReader(self._archive, sheet, self._contents).rows(), None)
        return len({plain_form(text) for text in first[1].values()} & known) if first else -1

    def _note_what_is_left_out(self, chosen: Sheet) -> None:
        parts = self._archive.parts
        others = len(self._contents.sheets) - 1
        if others > 0:
            self.notes.append(
                ngettext(
                    "Only the sheet “{sheet}” was read; {count} other was left out.",
                    "Only the sheet “{sheet}” was read; {count} others were left out.",
                    others,
                ).format(sheet=chosen.name, count=others)
            )
        if any("vbaproject" in part.casefold() for part in parts):
            self.notes.append(_("The workbook holds macros. They were ignored: only values were read."))
        if any(part.startswith("xl/externalLinks/") for part in parts):
            self.notes.append(_("The workbook has links to other files. They were not followed."))


Cells = dict[int, str]
Faults = list[tuple[int, str]]


class SheetReader:
    """Reads the rows of one sheet as (number, cells by column index, faults)."""

    def __init__(self, archive: WorkbookArchive, sheet: Sheet, contents: Contents) -> None:
        self.formulas = 0
        self.share_read = 0.0
        self._archive = archive
        self._sheet = sheet
        self._contents = contents
        self._done: list[tuple[int, Cells, Faults]] = []
        self._number = 0
        self._cells: Cells = {}
        self._faults: Faults = []
        self._column = -1
        self._type = "n"
        self._is_date = False
        self._has_formula = False
        self._pieces: list[str] = []
        self._in_value = False
        self._in_phonetics = False
        self._taken = 0

    def rows(self) -> Iterator[tuple[int, Cells, Faults]]:
        """Yield every row that is not blank, in the order of the sheet."""
        size = max(1, self._archive.size_of(self._sheet.part))
        for read in self._archive.parse(self._sheet.part, self._set_up):
            self.share_read = min(1.0, read / size)
            ready, self._done = self._done, []
            yield from ready
        yield from self._done
        self.share_read = 1.0

    def _set_up(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match local(tag):
            case "c":
                self._begin_cell(attributes)
            case "v" | "t":
                self._in_value = not self._in_phonetics
            case "f":
                self._has_formula = True
            case "rPh":
                self._in_phonetics = True
            case "row":
                self._begin_row(attributes)

    def _end(self, tag: str) -> None:
        match local(tag):
            case "v" | "t":
                self._in_value = False
            case "c":
                self._end_cell()
            case "rPh":
                self._in_phonetics = False
            case "row":
                if self._faults or any(text and not text.isspace() for text in self._cells.values()):
                    self._done.append((self._number, self._cells, self._faults))

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._pieces.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes.get("r", self._number + 1))
        if not 0 < self._number <= MOST_ROWS:
            raise damaged_workbook(self._archive.name)
        self._cells, self._faults, self._column = {}, [], -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else _column_of(place)
        if self._column >= MOST_COLUMNS:
            raise refused_source(
                _("“{name}” has more than {limit} columns.").format(name=self._archive.name, limit=MOST_COLUMNS),
                _("Keep the columns that an audit needs, and bring it in again."),
            )
        self._type = attributes.get("t", "n")
        self._is_date = int(attributes.get("s", "0")) in self._contents.date_styles
        self._has_formula = False
        self._pieces = []

    def _end_cell(self) -> None:
        text = "".join(self._pieces)
        if self._has_formula:
            if not text and self._type != "str":
                reason = _(
                    "The formula has no value stored with it. Open the workbook, save it, and bring it in again."
                )
                self._faults.append((self._column, reason))
                return
            self.formulas += 1
        if self._type == "e":
            self._faults.append((self._column, _("The cell shows an error instead of a value.")))
            return
        value = self._value_of(text)
        self._taken += len(value)
        if self._taken > LARGEST_UNPACKED:
            # A shared text can be referred to without end, so what is taken counts too, not only what is unpacked.
            raise too_large(self._archive.name)
        if value:
            self._cells[self._column] = value

    def _value_of(self, text: str) -> str:
        match self._type:
            case "s":
                place = int(text)
                if place < 0:
                    raise damaged_workbook(self._archive.name)
                return self._contents.shared_texts[place]
            case "inlineStr" | "str":
                return unescaped(text)
            case "b":
                return "TRUE" if text.strip() in ("1", "true") else "FALSE"
            case "n" if text:
                return _date_text(text, self._contents.epoch) if self._is_date else _number_text(text)
            case _:
                return text


def _column_of(place: str) -> int:
    found = _PLACE.match(place)
    if found is None:
        raise ValueError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _number_text(text: str) -> str:
    if _WHOLE.match(text):
        return text
    value = float(text)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _date_text(text: str, epoch: datetime) -> str:
    """Return a date, a date with its time, or below one day a time alone, as ISO 8601 without a zone."""
    days = float(text)
    if not 0 <= days < 2_958_466:  # The day after 31 December 9999.
        return _number_text(text)
    moment = epoch + timedelta(seconds=round(days * 86_400))
    if days < 1:
        return moment.time().isoformat()
    return moment.isoformat() if days % 1 else moment.date().isoformat()
