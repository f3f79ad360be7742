"""Looks through an audit file for anything unsound: its pages, its tables, its kept counts, its history."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.guard import briefly
from ncpi_desktop.storage.history_integrity import (
    ChainWalk,
    altered_cases,
    altered_entries,
    altered_methodology,
    last_seal_holds,
    walk_chain,
)
from ncpi_desktop.storage.journal import refuse_strange_companions
from ncpi_desktop.storage.judgement_integrity import altered_judgements
from ncpi_desktop.storage.migrations import APPLICATION_ID, SCHEMA_DIGEST, SCHEMA_DIGESTS, SCHEMA_VERSION, schema_digest
from ncpi_desktop.storage.refusal import SQLITE_MAGIC, page_size_of
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.sizes import oversized_values
from ncpi_desktop.storage.soundness import refuse_foreign_pages
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.storage.worklist_repository import state_of
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


def damage_in(path: Path) -> tuple[str, ...]:
    """Return what is wrong inside a file that says it is an audit file and yet can't be opened; nothing of it is run.

    Empty where it is no audit file of this version or before, or where nothing of that sort is wrong with it.
    """
    if not path.is_file():  # reading a pipe would wait for ever
        return ()
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except OSError:
        return ()
    ours = header[:16] == SQLITE_MAGIC and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not ours or int.from_bytes(header[60:64], "big") > SCHEMA_VERSION:
        return ()
    try:
        refuse_strange_companions(path, page_size_of(path), protected=False)
        refuse_foreign_pages(path)
    except FileRefusedError as refusal:
        return (refusal.happened,)
    try:
        # SQLite looks into the search index only where it might write, so the file is opened as for work.
        mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
        connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True)
    except DatabaseError:
        return (_unreadable(),)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        version = int.from_bytes(header[60:64], "big")
        with briefly(connection):
            ours = schema_digest(connection) == SCHEMA_DIGESTS.get(version)
        if not ours:
            return (_("Its tables, views or triggers are not those that this program makes."),)
        found = tuple(_told(_page_faults(connection)))
        broken_off = () if last_seal_holds(connection) else (_("The last change is not whole: it was broken off."),)
        return found + broken_off
    except OperationalError as error:
        return () if "locked" in str(error) else (_unreadable(),)
    except (DatabaseError, ValueError, TypeError):
        return (_unreadable(),)
    finally:
        connection.close()


def examine(connection: Connection, asked: str, writable: bool, tick: Tick) -> Examination:
    """Look through the whole file, linear in its size. Nothing in it is changed.

    `asked` is a seal to look for in the history (empty: none). The search index can be compared with its texts only where the file is
    `writable`; a remark says so where it is not. `tick` may raise to stop.
    """
    total = _rows_to_walk(connection)
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % 200 == 0:
            tick(done, total)

    with _stoppable(connection, lambda: tick(min(done, total), total)):
        connection.execute("BEGIN")
        try:
            chain, problems = _tables_and_history(connection, asked, advance)
        finally:
            connection.execute("ROLLBACK")
        remark = ""
        if not writable:
            remark = _("The search index was not compared with the texts: the file is open for reading only.")
        elif not _begin_writing(connection):
            remark = _("The search index was not compared with the texts: another program is writing to the file.")
        else:
            problems += _sorted_out(_search_faults(connection))
    tick(total, total)
    remarks = (*((remark,) if remark else ()), *chain.declared)
    return Examination(tuple(dict.fromkeys(problems)), remarks, chain)


def _tables_and_history(connection: Connection, asked: str, advance: Callable[[], None]) -> tuple[ChainWalk, list[str]]:
    problems = _sorted_out(_page_faults(connection))
    large = _sorted_out(oversized_values(connection))
    if large:  # What is read from here on is read whole.
        return ChainWalk(0, "", large[0]), [*problems, *large]
    try:
        chain = walk_chain(connection, asked, advance)
    except DatabaseError:
        chain = ChainWalk(0, "", _unreadable())
    problems += [chain.fault] if chain.fault else []
    for faults in (
        _unreadable_tables(connection),
        altered_methodology(connection),
        altered_cases(connection),
        altered_entries(connection, advance),
        altered_judgements(connection),
        _queue_faults(connection),
        _count_faults(connection),
    ):
        problems += _sorted_out(faults)
    return chain, problems


def _rows_to_walk(connection: Connection) -> int:
    try:
        (rows,) = connection.execute("SELECT (SELECT max(sequence) FROM history), (SELECT max(id) FROM entries)")
        return 1 + (rows[0] or 0) + (rows[1] or 0)
    except (DatabaseError, TypeError):
        return 1


@contextmanager
def _stoppable(connection: Connection, beat: Callable[[], None]) -> Iterator[None]:
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
    """Read every row once: text that is no text any more shows only when it is read."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    for (table,) in tables.fetchall():
        try:
            for _row in connection.execute(f'SELECT * FROM "{table}"'):
                pass
        except DatabaseError:
            yield _("The table “{table}” holds something that can't be read.").format(table=table)


def _queue_faults(connection: Connection) -> Iterator[str]:
    cases, lines, last = connection.execute(
        "SELECT (SELECT count(*) FROM cases), count(*), coalesce(max(position), 0) FROM worklist"
    ).fetchone()
    if not cases == lines == last:
        yield _("The queue does not have one line for each case, in unbroken order.")
    wrong = connection.execute(
        "SELECT w.reference FROM worklist w JOIN cases c ON c.id = w.case_id LEFT JOIN allocations a ON a.case_id = c.id AND"
        " a.purpose = 'first' LEFT JOIN reviews r ON r.case_id = c.id AND r.purpose = 'first' AND r.state <> 'superseded'"
        " WHERE w.reference <> c.reference OR w.area <> c.area OR w.allocated_to IS NOT a.person_id"
        " OR w.entries <> (SELECT count(*) FROM entries e WHERE e.case_id = c.id)"
        " OR (r.id IS NULL AND (w.state <> 'to-do' OR w.grade IS NOT NULL OR w.not_sure <> 0))"
        " OR (r.state = 'submitted' AND (w.state <> 'submitted' OR w.grade IS NOT r.grade))"
        " OR (r.state = 'draft' AND w.grade IS NOT NULL) OR w.not_sure <> coalesce(r.not_sure, 0)"
    )
    for (reference,) in wrong:
        yield _line_of(reference)
    drafts = connection.execute(
        "SELECT w.case_id, w.reference, w.state FROM reviews r JOIN worklist w ON w.case_id = r.case_id"
        " WHERE r.purpose = 'first' AND r.state = 'draft'"
    ).fetchall()
    for case, reference, state in drafts:
        if state_of(current_review(connection, CaseKey(case))) != state:
            yield _line_of(reference)


def _count_faults(connection: Connection) -> Iterator[str]:
    kept, counted = read_tallies(connection), recount(connection)
    wrong = sorted({key.measure for key in kept.keys() | counted.keys() if kept.get(key, 0) != counted.get(key, 0)})
    for measure in wrong:
        yield _("The kept counts of “{measure}” differ from a full recount.").format(measure=measure)


def _begin_writing(connection: Connection) -> bool:
    """Begin what a look into the search index needs, though it writes nothing; False where another program is writing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except OperationalError:
        return False
    return True


def _search_faults(connection: Connection) -> Iterator[str]:
    try:
        for table in ("entry_search", "review_search"):
            try:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except DatabaseError:
                yield _("The search index “{table}” does not fit the texts.").format(table=table)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _line_of(reference: str) -> str:
    return _("The line of case {reference} in the queue does not fit the case.").format(reference=reference)


def _unreadable() -> str:
    return _("Part of the file can't be read.")
