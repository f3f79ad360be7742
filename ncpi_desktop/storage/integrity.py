"""Looks through an audit file for anything unsound: its pages, its history, its tables, its kept counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.derived_integrity import (
    count_faults,
    queue_faults,
    result_faults,
    search_faults,
    second_reading_faults,
)
from ncpi_desktop.storage.early_files import tell_the_rest
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.file_header import header_faults
from ncpi_desktop.storage.guard import briefly
from ncpi_desktop.storage.history_integrity import ChainWalk, last_seal_holds, walk_chain
from ncpi_desktop.storage.journal import refuse_strange_companions
from ncpi_desktop.storage.migrations import (
    APPLICATION_ID,
    MIGRATION_SET,
    MIGRATIONS,
    SCHEMA_DIGEST,
    SCHEMA_DIGESTS,
    SCHEMA_VERSION,
    schema_digest,
)
from ncpi_desktop.storage.opening import is_of_the_disk
from ncpi_desktop.storage.refusal import SQLITE_MAGIC, page_size_of
from ncpi_desktop.storage.replay import altered_rows
from ncpi_desktop.storage.sizes import oversized_values
from ncpi_desktop.storage.soundness import refuse_foreign_pages
from ncpi_desktop.words import _, ngettext

TOLD = 10
"""So many faults of one sort are told singly; the rest are counted."""

BEAT = 200_000
"""After so many steps of SQLite's machine the check asks whether it is to go on."""

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found. `problems` are sentences without text of a case; `chain` is how far the history holds."""

    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    chain: ChainWalk


def damage_in(path: Path, key: FileKey | None = None) -> tuple[str, ...]:
    """Return what is wrong inside a file that says it is an audit file and yet can't be opened; nothing of it is run.

    Empty where it is no audit file of this version or before (a protected one says so only to its `key`), or where nothing of that sort
    is wrong with it.
    """
    plain = _plain_or_with_key(path, key)
    if plain is None:
        return ()
    try:
        refuse_strange_companions(path, page_size_of(path), protected=not plain)
        if plain:
            refuse_foreign_pages(path)
    except FileRefusedError as refusal:
        return (refusal.happened,)
    try:
        # SQLite looks into the search index only where it might write, so the file is opened as for work.
        mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
        connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, key=None if plain else key)
    except DatabaseError:
        return (_unreadable(),)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        application, version = (
            connection.execute(f"PRAGMA {number}").fetchone()[0] for number in ("application_id", "user_version")
        )
        if not _is_ours(application, version):
            return ()
        with briefly(connection):
            ours = schema_digest(connection) == SCHEMA_DIGESTS.get(version)
        if not ours:
            return (_("Its tables, views or triggers are not those that this program makes."),)
        found = tuple(_told(_page_faults(connection)))
        broken_off = () if last_seal_holds(connection) else (_("The last change is not whole: it was broken off."),)
        return found + broken_off
    except OperationalError as error:
        return () if "locked" in str(error) or is_of_the_disk(error) else (_unreadable(),)
    except (DatabaseError, ValueError, TypeError):
        return (_unreadable(),)
    finally:
        connection.close()


def _plain_or_with_key(path: Path, key: FileKey | None) -> bool | None:
    """Return whether an audit file of this version or before is plain; None where it is none, or a protected one without its key."""
    if not path.is_file():  # reading a pipe would wait for ever
        return None
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except OSError:
        return None
    if header[:16] != SQLITE_MAGIC:
        return False if key is not None else None
    ours = _is_ours(int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))
    return True if ours else None


def _is_ours(application: int, version: int) -> bool:
    return application == APPLICATION_ID and version <= SCHEMA_VERSION


def examine(file: AuditFile, asked: str, tick: Tick) -> Examination:
    """Look through the whole file, linear in its size: its pages, the chain of its history, and the present state against its replay.

    Nothing in it is changed. `asked` is a seal to look for in the history (empty: none). The search index can be compared with its texts
    only where the file may be written; a remark says so where it may not. `tick` may raise to stop.
    """
    connection = file.connection
    total = _rows_to_walk(connection)
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % 200 == 0:
            tick(min(done, total), total)

    with stoppable(connection, lambda: tick(min(done, total), total)):
        connection.execute("BEGIN")
        try:
            chain, problems = _tables_and_history(file, asked, advance)
        finally:
            connection.execute("ROLLBACK")
        remarks = _clock_remarks(chain)
        if file.read_only:
            remarks.append(_("The search index was not compared with the texts: the file is open for reading only."))
        elif not _begin_writing(connection):
            remarks.append(
                _("The search index was not compared with the texts: another program is writing to the file.")
            )
        else:
            problems += _sorted_out(search_faults(connection))
    tick(total, total)
    remarks += chain.declared
    return Examination(tuple(dict.fromkeys(problems)), tuple(remarks), chain)


def _tables_and_history(file: AuditFile, asked: str, advance: Callable[[], None]) -> tuple[ChainWalk, list[str]]:
    connection = file.connection
    problems = _sorted_out(header_faults(file.path)) + _sorted_out(_page_faults(connection))
    large = _sorted_out(oversized_values(connection))
    if large:  # What is read from here on is read whole.
        return ChainWalk(0, "", large[0]), [*problems, *large]
    try:
        chain = walk_chain(connection, asked, advance)
    except DatabaseError:
        chain = ChainWalk(0, "", _unreadable())
    problems += [chain.fault] if chain.fault else []
    boundary = chain.told_the_rest
    if file.brought_up_in_memory and chain.is_first_form:
        try:
            boundary = tell_the_rest(connection, datetime.now(UTC)) or 0
        except (DatabaseError, ValueError, TypeError):
            problems.append(_unreadable())
    for faults in (
        _unreadable_tables(connection),
        _migration_faults(connection),
        altered_rows(connection, boundary, chain.lost, advance),
        queue_faults(connection),
        second_reading_faults(connection),
        result_faults(connection),
        count_faults(connection),
    ):
        problems += _sorted_out(faults)
    return chain, problems


def _clock_remarks(chain: ChainWalk) -> list[str]:
    if not chain.times_set_back:
        return []
    numbers = ", ".join(str(number) for number in chain.set_back)
    more = _(" and others") if chain.times_set_back > len(chain.set_back) else ""
    return [
        ngettext(
            "The clock was set back before change {numbers}{more}: its time is before that of the change before it.",
            "The clock was set back before changes {numbers}{more}: their times are before those of the changes before them.",
            chain.times_set_back,
        ).format(numbers=numbers, more=more)
    ]


def _rows_to_walk(connection: Connection) -> int:
    try:
        (rows,) = connection.execute(
            "SELECT (SELECT max(sequence) FROM history), (SELECT count(*) FROM history_values), (SELECT max(id) FROM entries)"
        )
        return 1 + (rows[0] or 0) + 2 * (rows[1] or 0) + (rows[2] or 0)
    except (DatabaseError, TypeError):
        return 1


@contextmanager
def stoppable(connection: Connection, beat: Callable[[], None]) -> Iterator[None]:
    """Let `beat` stop a long query by raising: SQLite alone would swallow what a callback raises."""
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            beat()
        except BaseException as error:
            stopped.append(error)
        return int(bool(stopped))

    connection.set_progress_handler(look, BEAT)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        if stopped:
            raise stopped[0]


def _sorted_out(faults: Iterable[str]) -> list[str]:
    """Return the faults found before the file could not be read on, and that it could not."""
    found: list[str] = []
    try:
        found.extend(_told(faults))
    except (DatabaseError, ValueError, TypeError, KeyError):
        found.append(_unreadable())
    return found


def _told(faults: Iterable[str]) -> Iterator[str]:
    running = iter(faults)
    yield from islice(running, TOLD)
    more = sum(1 for _fault in running)
    if more:
        yield ngettext("And {count} more of this sort.", "And {count} more of this sort.", more).format(count=more)


def _page_faults(connection: Connection) -> Iterator[str]:
    for (fault,) in connection.execute("PRAGMA integrity_check(100)"):
        if fault != "ok":
            yield _("SQLite finds: {fault}").format(fault=" ".join(str(fault).split()))
    orphans: dict[str, int] = {}
    for row in connection.execute("PRAGMA foreign_key_check"):
        orphans[row[0]] = orphans.get(row[0], 0) + 1
    for table, count in orphans.items():
        yield ngettext(
            "{count} row of “{table}” points to one that is not there.",
            "{count} rows of “{table}” point to ones that are not there.",
            count,
        ).format(count=count, table=table)
    if schema_digest(connection) != SCHEMA_DIGEST:
        yield _("Its tables, views or triggers are not those that this program makes.")


def _unreadable_tables(connection: Connection) -> Iterator[str]:
    """Read every row that neither the chain nor the replay reads: text that is no text any more shows only when it is read."""
    for table in ("worklist", "tallies", "second_readings", "results", "writer", "_sqlite_migrations"):
        try:
            for _row in connection.execute(f'SELECT * FROM "{table}"'):
                pass
        except DatabaseError:
            yield _("The table “{table}” holds something that can't be read.").format(table=table)


def _migration_faults(connection: Connection) -> Iterator[str]:
    told = connection.execute("SELECT migration_set, name, applied_at FROM _sqlite_migrations ORDER BY id").fetchall()
    if [name for _of, name, _at in told] != list(MIGRATIONS) or not all(
        of == MIGRATION_SET and _is_moment(at) for of, _name, at in told
    ):
        yield _("What the file says of the versions it went through is not what this program writes.")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _begin_writing(connection: Connection) -> bool:
    """Begin what a look into the search index needs, though it writes nothing; False where another program is writing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except OperationalError:
        return False
    return True


def _unreadable() -> str:
    return _("Part of the file can't be read.")
