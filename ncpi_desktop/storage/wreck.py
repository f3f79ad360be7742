"""Makes a damaged audit readable as far as it goes: in a copy, with a header and a table of contents of our own, row by row.

A plain copy's table of contents names our tables alone, without indexes, triggers or rules: what is damaged there, or foreign, does not matter
then. Where a table's rows begin is read from the damaged file or, where that is lost, is where this program lays them in every new file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.aside import aside
from ncpi_desktop.storage.engine import Connection, DatabaseError, connect
from ncpi_desktop.storage.guard import briefly
from ncpi_desktop.storage.journal import Pending, journal_of, refuse_strange_companions
from ncpi_desktop.storage.migrations import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    SCHEMAS,
    bring_up_to_date,
    statements_in,
)
from ncpi_desktop.storage.refusal import PROTECTED_PAGE, SQLITE_MAGIC
from ncpi_desktop.storage.schema_comparison import expected_statements
from ncpi_desktop.storage.schema_pages import Statement, roots_on_pages
from ncpi_desktop.storage.sizes import LARGEST_VALUE

MOST_FAILURES = 5_000
"""So many rows in a row that can't be read end a table whose last row is not known."""

MOST_FAILURES_IN_ALL = 2_000_000

Row = tuple[Any, ...]
Beat = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ours as it is read: its columns in order, and those that its rows are ordered by (a plain key: `id` or the row number).

    `defaults` holds in SQL what each column is in a row that an earlier version wrote, which had no such column.
    """

    name: str
    columns: tuple[str, ...]
    defaults: tuple[str, ...]
    key: tuple[str, ...]
    has_rows_by_number: bool
    root: int

    @property
    def plain_statement(self) -> str:
        """How the copy's table of contents tells of it: columns and key, and no rule."""
        columns = [f'"{column}" DEFAULT {told}' for column, told in zip(self.columns, self.defaults, strict=True)]
        if not self.has_rows_by_number:
            key = ", ".join(f'"{column}"' for column in self.key)
            return f'CREATE TABLE "{self.name}" ({", ".join(columns)}, PRIMARY KEY ({key})) WITHOUT ROWID'
        if self.key[0] != "rowid":
            columns[self.columns.index(self.key[0])] = f'"{self.key[0]}" INTEGER PRIMARY KEY'
        return f'CREATE TABLE "{self.name}" ({", ".join(columns)})'


@cache
def our_tables() -> tuple[Table, ...]:
    """Return every table that is not derived, parents before children."""
    connection = connect(":memory:")
    try:
        bring_up_to_date(connection)
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
            if not name.startswith(("_", "sqlite_", "entry_search", "review_search"))
        ]
        return tuple(_table(connection, name) for name in names if name != "writer")
    finally:
        connection.close()


def _table(connection: Connection, name: str) -> Table:
    sql, root = connection.execute("SELECT sql, rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    told = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = tuple(row[1] for row in sorted((row for row in told if row[5]), key=lambda row: int(row[5])))
    by_number = "WITHOUT ROWID" not in sql
    if by_number and not (len(keys) == 1 and any(row[5] and row[2] == "INTEGER" for row in told)):
        keys = ("rowid",)
    return Table(name, tuple(row[1] for row in told), tuple(row[4] or "NULL" for row in told), keys, by_number, root)


class Wreck:
    """A damaged audit, open for reading in a copy of its own; `close` takes the copy away."""

    def __init__(self, path: Path, key: FileKey | None, beside: Path) -> None:
        """Copy the file at `path` into a hidden folder in `beside` and make it readable; the file itself is only read.

        Raises:
            FileRefusedError: nothing of it can be read, or it is no audit.
            OSError: there is no room for the copy.
        """
        self.journal_left_out = False
        self.damaged: set[str] = set()
        self.open_ended: set[str] = set()
        self.absent: frozenset[str] = frozenset()
        self._lacking: frozenset[tuple[str, str]] = frozenset()
        self._ending = ExitStack()
        try:
            self._copy = self._ending.enter_context(aside(beside, ".rescue-")) / "copy.ncpi"
            shutil.copyfile(path, self._copy)
            self._take_journal_along(path, protected=key is not None)
            self._key = key
            self.connection = self._protected() if key is not None else self._plain()
        except BaseException:
            self._ending.close()
            raise

    def close(self) -> None:
        """Close the copy and take it away."""
        self.connection.close()
        self._ending.close()

    def rows(self, table: Table, parents: Iterable[object], beat: Beat) -> Iterator[Row]:
        """Yield every row of `table` that can be read: round a bad page, from both sides.

        Tables in which anything could not be read are then in `damaged`, those whose end is not known in `open_ended`; those in `absent` the
        version of the file did not have yet. `parents` are the
        values that the first column of its key may have: where there is no number to go on by, each of them is tried.
        """
        if table.name in self.absent:
            return
        if not _is_there(self.connection, table):
            self._stumbled(table)
            self.open_ended.add(table.name)
        elif table.has_rows_by_number:
            yield from self._rows_by_number(table, beat)
        else:
            yield from self._rows_by_key(table, parents, beat)

    def _rows_by_number(self, table: Table, beat: Beat) -> Iterator[Row]:
        last = _last_number(self.connection, table)
        if last is None:
            self._stumbled(table)
            self.open_ended.add(table.name)
        reached, failed, failed_in_all = -1, 0, 0
        while (last is None or reached < last) and failed < MOST_FAILURES and failed_in_all < MOST_FAILURES_IN_ALL:
            beat()
            ended = False
            try:
                for row in self.connection.execute(
                    self._reading(table, "rowid >= ?", "rowid", with_number=True), (reached + 1,)
                ):
                    if row[0] <= reached:
                        break  # The pages lead back: what follows is no order of rows any more.
                    reached, failed = row[0], 0
                    beat()
                    yield row[1:]
                else:
                    ended = True
            except (DatabaseError, ValueError):
                self._stumbled(table)
            if ended:
                return
            reached, failed, failed_in_all = reached + 1, failed + 1, failed_in_all + 1

    def _rows_by_key(self, table: Table, parents: Iterable[object], beat: Beat) -> Iterator[Row]:
        """Yield the rows from the beginning up to the first bad page, then those from the end back, then what stands between."""
        first: Row | None = None
        for row in self._until_bad(table, "1", (), ""):
            beat()
            first = _key_of(table, row)
            yield row
        if first is not None and not self._has_more(table, first):
            return
        key = ", ".join(f'"{column}"' for column in table.key)
        after = f"({key}) > ({', '.join('?' * len(table.key))})" if first is not None else "1"
        last: Row | None = None
        for row in self._until_bad(table, after, first or (), " DESC"):
            beat()
            last = _key_of(table, row)
            yield row
        for parent in parents:
            beat()
            if (first is None or parent >= first[0]) and (last is None or parent <= last[0]):
                for row in self._under(table, parent):
                    if (first is None or _key_of(table, row) > first) and (last is None or _key_of(table, row) < last):
                        yield row

    def _has_more(self, table: Table, first: Row) -> bool:
        key = ", ".join(f'"{column}"' for column in table.key)
        marks = ", ".join("?" * len(table.key))
        try:
            more = f'SELECT 1 FROM "{table.name}" WHERE ({key}) > ({marks}) LIMIT 1'
            return self.connection.execute(more, first).fetchone() is not None
        except (DatabaseError, ValueError):
            self._stumbled(table)
            return True

    def _under(self, table: Table, parent: object) -> list[Row]:
        found: dict[Row, Row] = {}
        for direction in ("", " DESC"):
            for row in self._until_bad(table, f'"{table.key[0]}" = ?', (parent,), direction):
                found[_key_of(table, row)] = row
        return list(found.values())

    def _until_bad(self, table: Table, condition: str, values: Row, direction: str) -> Iterator[Row]:
        order = ", ".join(f'"{column}"{direction}' for column in table.key)
        try:
            yield from self.connection.execute(self._reading(table, condition, order), values)
        except (DatabaseError, ValueError):
            self._stumbled(table)

    def _reading(self, table: Table, condition: str, order: str, *, with_number: bool = False) -> str:
        read = [
            f'{default} AS "{column}"' if (table.name, column) in self._lacking else f'"{column}"'
            for column, default in zip(table.columns, table.defaults, strict=True)
        ]
        # A value larger than any of ours is not read at all: it is damage, or meant to fill the memory.
        small = " AND ".join(
            f'coalesce(octet_length("{column}"), 0) <= {LARGEST_VALUE}'
            for column in table.columns
            if (table.name, column) not in self._lacking
        )
        number = "rowid, " if with_number else ""
        return f'SELECT {number}{", ".join(read)} FROM "{table.name}" NOT INDEXED WHERE {condition} AND {small} ORDER BY {order}'

    def _take_journal_along(self, path: Path, *, protected: bool) -> None:
        if not journal_of(path).exists():
            return
        try:
            with path.open("rb") as stream:
                header = stream.read(18)
            size = PROTECTED_PAGE if protected else int.from_bytes(header[16:18], "big")
            pending = refuse_strange_companions(path, 65536 if size == 1 else size, protected=protected)
            if pending is not Pending.NOTHING:
                shutil.copyfile(journal_of(path), journal_of(self._copy))
        except FileRefusedError:
            self.journal_left_out = True

    def _protected(self) -> Connection:
        """Open the copy with its key. Nothing can be laid over what only the key can write, so its own table of contents has to do.

        Where that breaks off, SQLite goes by the part before; nothing foreign may stand in it.
        """
        connection = self._with_key()
        try:
            with briefly(connection):
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version not in SCHEMAS or not set(_legible_statements(connection)) <= set(
                    expected_statements(version)
                ):
                    raise ValueError("schema")
                self.absent, self._lacking = _tables_since(version), _columns_since(version)
        except BaseException:
            connection.close()
            raise
        return connection

    def _with_key(self) -> Connection:
        connection = connect(str(self._copy), key=self._key)
        # Where the end is missing, SQLite reads what is there only if it is told that the file is being mended.
        for pragma in ("writable_schema = ON", "trusted_schema = OFF", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _stumbled(self, table: Table) -> None:
        """Note that something of `table` can't be read; a page that can't be deciphered spoils the connection for all others."""
        self.damaged.add(table.name)
        if self._key is not None:
            self.connection.close()
            self.connection = self._with_key()

    def _plain(self) -> Connection:
        if journal_of(self._copy).exists():
            connection = connect(str(self._copy))
            try:
                connection.execute("PRAGMA user_version").fetchone()  # takes the broken-off change back
            except DatabaseError:
                self.journal_left_out = True
            finally:
                connection.close()
            journal_of(self._copy).unlink(missing_ok=True)
        roots = {root.name: root.page for root in roots_on_pages(self._copy) if root.kind == "table"}
        self.absent = _tables_since(_version_of(self._copy)) - roots.keys() if roots else frozenset()
        _lay_first_page(self._copy)
        connection = connect(str(self._copy))
        try:
            connection.execute("PRAGMA writable_schema = ON").fetchall()
            _take_our_contents(connection, roots, self.absent)
        except BaseException:
            connection.close()
            raise
        connection.close()
        return connect(str(self._copy))


def _legible_statements(connection: Connection) -> Iterator[Statement]:
    try:
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
            yield Statement(kind, name, sql)
    except DatabaseError as error:
        if "malformed" not in str(error):
            raise


def _tables_since(version: int) -> frozenset[str]:
    """Return the tables that a file of `version` has not got yet; of a version that makes no sense, none."""
    if version not in SCHEMAS:
        return frozenset()
    there = {statement.name for statement in expected_statements(version) if statement.kind == "table"}
    return frozenset(table.name for table in our_tables()) - there


def _columns_since(version: int) -> frozenset[tuple[str, str]]:
    """Return the columns (table, column) that came into tables of `version` later: such a file has its own table of contents."""
    connection = connect(":memory:")
    try:
        for script in SCHEMAS[version]:
            for statement in statements_in(script):
                connection.execute(statement)
        there = {
            (table.name, row[1])
            for table in our_tables()
            for row in connection.execute(f'PRAGMA table_info("{table.name}")')
        }
    finally:
        connection.close()
    return frozenset((table.name, column) for table in our_tables() for column in table.columns) - there


def _version_of(path: Path) -> int:
    with path.open("rb") as stream:
        return int.from_bytes(stream.read(64)[60:64], "big")


def _take_our_contents(connection: Connection, roots: dict[str, int], absent: frozenset[str]) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute("PRAGMA secure_delete = OFF").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM sqlite_schema")
    taken: set[int] = set()
    for table in our_tables():
        if table.name in absent:
            continue
        root = roots.get(table.name, table.root)
        if not 1 < root <= pages or root in taken:
            root = table.root
        if not 1 < root <= pages or root in taken:
            continue
        taken.add(root)
        connection.execute(
            "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, ?, ?)",
            (table.name, table.name, root, table.plain_statement),
        )
    connection.execute("COMMIT")


def _lay_first_page(path: Path) -> None:
    """Write a sound header and an empty table of contents over the first page of `path`; the size is that of the file."""
    with path.open("r+b") as stream:
        header = stream.read(100).ljust(100, b"\0")
        size = int.from_bytes(header[16:18], "big")
        size = 65536 if size == 1 else size
        if header[:16] != SQLITE_MAGIC or size < 512 or size & (size - 1):
            size = PROTECTED_PAGE
        length = stream.seek(0, 2)
        pages = max(1, -(-length // size))
        stream.truncate(pages * size)
        version = int.from_bytes(header[60:64], "big")
        page = bytearray(size)
        page[:24] = SQLITE_MAGIC + (size if size < 65536 else 1).to_bytes(2, "big") + bytes((1, 1, 0, 64, 32, 32))
        for place, number in (
            (24, 1), (28, pages), (40, 1), (44, 4), (56, 1), (60, version if version in SCHEMAS else SCHEMA_VERSION),
            (68, APPLICATION_ID), (92, 1), (96, 3_045_000),
        ):  # fmt: skip
            page[place : place + 4] = number.to_bytes(4, "big")
        page[100] = 0x0D
        page[105:107] = (size & 0xFFFF).to_bytes(2, "big")
        stream.seek(0)
        stream.write(page)


def _is_there(connection: Connection, table: Table) -> bool:
    try:
        connection.execute(f'SELECT 1 FROM "{table.name}" WHERE 0').fetchall()
    except DatabaseError:
        return False
    return True


def _last_number(connection: Connection, table: Table) -> int | None:
    try:
        row = connection.execute(f'SELECT rowid FROM "{table.name}" ORDER BY rowid DESC LIMIT 1').fetchone()
    except (DatabaseError, ValueError):
        return None
    return int(row[0]) if row else -1


def _key_of(table: Table, row: Row) -> Row:
    return tuple(row[table.columns.index(column)] for column in table.key)
