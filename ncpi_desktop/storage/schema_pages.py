"""Reads what a database says it holds (`sqlite_schema`, on its first page) without SQLite: nothing of a stranger's file is parsed or run.

The layout is that of https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

MOST_STATEMENTS = 1_000
LONGEST_STATEMENT = 64 * 1024
"""Ours are some ninety statements, the longest 659 characters; more than these nobody but an attacker writes."""

_MOST_PAGES = 2_000
_LEAF, _INTERIOR = 0x0D, 0x05
_ENCODINGS = {0: "utf-8", 1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}


class Statement(NamedTuple):
    """One row of `sqlite_schema`: the kind (table, index, view, trigger), its name, and how it was made (None: by SQLite itself)."""

    kind: str
    name: str
    sql: str | None


class Root(NamedTuple):
    """Where the pages of one table or index begin."""

    kind: str
    name: str
    page: int


class OversizedSchemaError(Exception):
    """There is more of it than any audit file has."""


def statements_on_pages(path: Path) -> list[Statement]:
    """Return the statements of the plain database at `path` as they stand on its pages.

    Raises:
        OversizedSchemaError: there are too many of them, or they are too long.
        ValueError: the pages make no sense.
        OSError: they can't be read.
    """
    with path.open("rb") as stream:
        return [statement for statement, _root in _Pages(stream).rows()]


def roots_on_pages(path: Path) -> list[Root]:
    """Return where tables and indexes begin, as far as the pages can be read; a damaged page costs what stands on it."""
    found: list[Root] = []
    try:
        with path.open("rb") as stream:
            for statement, root in _Pages(stream, lenient=True).rows():
                found.append(Root(statement.kind, statement.name, root))
    except (OversizedSchemaError, ValueError, IndexError, OSError):
        return found
    return found


class _Pages:
    """The pages of one database file."""

    def __init__(self, stream: BufferedReader, *, lenient: bool = False) -> None:
        self._lenient = lenient
        header = stream.read(100)
        if len(header) < 100:
            raise ValueError("no header")
        self._stream = stream
        self._size = int.from_bytes(header[16:18], "big")
        self._size = 65536 if self._size == 1 else self._size
        if self._size < 512 or self._size & (self._size - 1):
            raise ValueError("page size")
        self._usable = self._size - header[20]
        if self._usable < 480:
            raise ValueError("page size")
        self._encoding = _ENCODINGS.get(int.from_bytes(header[56:60], "big"), "utf-8")
        self._read = 0

    def rows(self) -> Iterator[tuple[Statement, int]]:
        """Yield every row of the table whose root is page 1, with the page where what it tells of begins."""
        found, to_read = 0, [1]
        while to_read:
            try:
                for row in self._rows_of(to_read.pop(), to_read):
                    found += 1
                    if found > MOST_STATEMENTS:
                        raise OversizedSchemaError
                    yield row
            except (ValueError, IndexError):
                if not self._lenient:
                    raise

    def _rows_of(self, number: int, to_read: list[int]) -> Iterator[tuple[Statement, int]]:
        page = self._page(number)
        at = 100 if number == 1 else 0
        kind, cells = page[at], int.from_bytes(page[at + 3 : at + 5], "big")
        if kind not in (_LEAF, _INTERIOR):
            raise ValueError("page kind")
        start = at + (8 if kind == _LEAF else 12)
        if start + 2 * cells > self._size:
            raise ValueError("cells")
        if kind == _INTERIOR:
            to_read.append(int.from_bytes(page[at + 8 : at + 12], "big"))
        for place in range(start, start + 2 * cells, 2):
            cell = int.from_bytes(page[place : place + 2], "big")
            if kind == _INTERIOR:
                to_read.append(int.from_bytes(page[cell : cell + 4], "big"))
                continue
            yield self._row(page, cell)

    def _page(self, number: int) -> bytes:
        self._read += 1
        if self._read > _MOST_PAGES:
            raise OversizedSchemaError
        if number < 1:
            raise ValueError("page number")
        self._stream.seek((number - 1) * self._size)
        page = self._stream.read(self._size)
        if len(page) < self._size:
            raise ValueError("page missing")
        return page

    def _row(self, page: bytes, cell: int) -> tuple[Statement, int]:
        length, at = _varint(page, cell)
        if length > LONGEST_STATEMENT:
            raise OversizedSchemaError
        _rowid, at = _varint(page, at)
        values = self._values(self._payload(page, at, length))
        if len(values) != 5 or not isinstance(values[0], str) or not isinstance(values[1], str):
            raise ValueError("row")
        sql = values[4]
        if sql is not None and not isinstance(sql, str):
            raise ValueError("row")
        root = values[3]
        return Statement(values[0], values[1], sql), root if isinstance(root, int) else 0

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        here = length
        if length > self._usable - 35:
            least = (self._usable - 12) * 32 // 255 - 23
            spread = least + (length - least) % (self._usable - 4)
            here = spread if spread <= self._usable - 35 else least
        held = bytearray(page[at : at + here])
        following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
        while len(held) < length:
            page = self._page(following)
            following = int.from_bytes(page[:4], "big")
            held += page[4 : 4 + min(self._usable - 4, length - len(held))]
        return bytes(held)

    def _values(self, record: bytes) -> list[str | int | None]:
        header, at = _varint(record, 0)
        values: list[str | int | None] = []
        body = header
        while at < header:
            kind, at = _varint(record, at)
            size = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
            held = record[body : body + size]
            if len(held) < size:
                raise ValueError("record")
            body += size
            if kind >= 13 and kind % 2:
                values.append(held.decode(self._encoding))
            elif kind in (8, 9):
                values.append(kind - 8)
            elif kind in (0, 7) or kind >= 10:
                values.append(None)
            else:
                values.append(int.from_bytes(held, "big", signed=True))
        return values


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number of variable length at `at`, and where the next one begins."""
    if 0 <= at < len(data) and data[at] < 0x80:
        return data[at], at + 1
    value = 0
    for place in range(at, at + 9):
        if not 0 <= place < len(data):
            raise ValueError("number")
        if place == at + 8:
            return value << 8 | data[place], place + 1
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    raise ValueError("number")
