"""Reads the small parts of a workbook: which sheets it has, its shared texts, and which styles show dates."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from datetime import datetime
from xml.parsers import expat

from ncpi_desktop.imports.tables.source_file import damaged_workbook
from ncpi_desktop.imports.tables.workbook_archive import LARGEST_UNPACKED, WorkbookArchive, too_large

MOST_SHARED_TEXTS = 5_000_000
LARGEST_SHARED_TEXTS = LARGEST_UNPACKED // 4
"""The shared texts have to be held in memory; this many bytes at most."""

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that mean dates and times without being spelt out (ECMA-376 part 1, 18.8.30)."""

_NOT_A_DATE_PART = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the part it is in, and whether a reader of the workbook sees it."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds besides its rows; `epoch` is the day its dates count from."""

    sheets: tuple[Sheet, ...]
    shared_texts: tuple[str, ...]
    date_styles: frozenset[int]
    epoch: datetime


def read_contents(archive: WorkbookArchive) -> Contents:
    """Return what the workbook holds besides its rows. `Raises:` FileRefusedError where it is damaged."""
    workbook = _main_part(archive)
    links = _relations(archive, workbook)
    sheets, epoch = _sheets(archive, workbook, {key: target for key, (kind, target) in links.items()})
    texts = next((target for kind, target in links.values() if kind == "sharedStrings"), "")
    styles = next((target for kind, target in links.values() if kind == "styles"), "")
    return Contents(sheets, _shared_texts(archive, texts), _date_styles(archive, styles), epoch)


def local(name: str) -> str:
    """Return a tag's or an attribute's name without its namespace."""
    return name[name.rfind(" ") + 1 :]


def unescaped(text: str) -> str:
    """Return `text` with `_x000D_` and the like as the characters they stand for (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return escaped[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # Half a character is left as it was spelt.


def _main_part(archive: WorkbookArchive) -> str:
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def _relations(archive: WorkbookArchive, part: str) -> dict[str, tuple[str, str]]:
    """Return id to (kind, part) of what `part` refers to inside the archive; what lies outside is never followed."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = (posixpath.basename(attributes["Type"]), target)

    if source in archive.parts:
        _parse_small(archive, source, start)
    return found


def _sheets(archive: WorkbookArchive, part: str, targets: dict[str, str]) -> tuple[tuple[Sheet, ...], datetime]:
    sheets: list[Sheet] = []
    from_1904: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "sheet":
            key = next((value for field, value in attributes.items() if field.endswith(" id")), "")
            visible = attributes.get("state", "visible") == "visible"
            if targets.get(key, "") in archive.parts:
                sheets.append(Sheet(attributes.get("name", ""), targets[key], visible))
        elif name == "workbookPr":
            from_1904.append(attributes.get("date1904", "0") in ("1", "true"))

    _parse_small(archive, part, start)
    if not sheets:
        raise damaged_workbook(archive.name)
    # Excel counts 29 February 1900, which never was; beginning two days early makes every later day right.
    return tuple(sheets), datetime(1904, 1, 1) if any(from_1904) else datetime(1899, 12, 30)  # noqa: DTZ001


def _date_styles(archive: WorkbookArchive, part: str) -> frozenset[int]:
    custom: dict[int, str] = {}
    styles: list[int] = []
    in_cells: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            in_cells.append(True)
        elif name == "cellStyles":
            in_cells.clear()
        elif name == "xf" and in_cells:
            styles.append(int(attributes.get("numFmtId", "0")))

    if part in archive.parts:
        _parse_small(archive, part, start)
    return frozenset(place for place, code in enumerate(styles) if _shows_date(code, custom))


def _shows_date(code: int, custom: dict[int, str]) -> bool:
    if code in custom:
        return bool(re.search(r"[dmyhs]", _NOT_A_DATE_PART.sub("", custom[code].split(";")[0]), re.IGNORECASE))
    return code in _DATE_FORMATS


def _shared_texts(archive: WorkbookArchive, part: str) -> tuple[str, ...]:
    if part not in archive.parts:
        return ()
    if archive.size_of(part) > LARGEST_SHARED_TEXTS:
        raise too_large(archive.name)
    reader = _SharedTexts(archive.name)
    for _read in archive.parse(part, reader.set_up):
        if len(reader.texts) > MOST_SHARED_TEXTS:
            raise too_large(archive.name)
    return tuple(reader.texts)


class _SharedTexts:
    """Gathers the shared texts; runs of one text are joined, and how it is pronounced is left out."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self._name = name
        self._pieces: list[str] = []
        self._in_text = False
        self._in_phonetics = False

    def set_up(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "t":
            self._in_text = not self._in_phonetics
        elif name == "rPh":
            self._in_phonetics = True

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_phonetics = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            self._pieces.clear()

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


def _parse_small(archive: WorkbookArchive, part: str, start: object) -> None:
    def set_up(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start  # type: ignore[assignment]

    for _read in archive.parse(part, set_up):
        pass
