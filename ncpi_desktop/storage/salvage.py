"""Copies every sound row of a damaged audit into a new one, and tells what is missing, row by row, in the new one's history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.change import record_text, value_digest
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.early_files import first_form
from ncpi_desktop.storage.engine import Connection, DatabaseError, IntegrityError
from ncpi_desktop.storage.kept_tables import TABLE_CALLED
from ncpi_desktop.storage.methodology_repository import put_methodology
from ncpi_desktop.storage.practice_repository import put_back_practice
from ncpi_desktop.storage.wreck import Beat, Table, Wreck, our_tables

DERIVED = frozenset({"worklist", "tallies", "second_readings", "results"})
METHODOLOGY = ("methodology", "grades", "areas", "stages", "criteria", "reasons")

Known = Callable[[str], Methodology | None]
"""Gives the methodology with a code that the program itself knows, or None."""


@dataclass
class Salvaged:
    """What was brought over: how many rows of each table, how many had to be left because what they stand on is lost, what was made anew."""

    kept: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    made_anew: list[str] = field(default_factory=list)
    expected_entries: dict[str, int] = field(default_factory=dict)

    @property
    def holds_an_audit(self) -> bool:
        """Whether there is an inspection and a methodology: without them nothing opens."""
        return bool(self.kept.get("inspection")) and bool(self.kept.get("methodology"))


def copy_sound_rows(wreck: Wreck, change: ChangeInProgress, known: Known, beat: Beat) -> Salvaged:
    """Copy every row of `wreck` that can be read and keeps the rules of the schema into the new file that `change` writes to.

    The history comes first, as it stands: the few rows without which nothing else could be kept (inspection, people, methodology) are
    made anew from it, or from the methodologies that the program knows, where theirs are lost.
    """
    salvaged = Salvaged()
    run = change.connection
    tables = {table.name: table for table in our_tables()}
    for name in ("history", "history_values", "inspection", "people", *METHODOLOGY):
        _copy_table(wreck, run, tables[name], salvaged, beat)
    for name, mend in (("inspection", _mend_inspection), ("people", _mend_people)):
        if mend(run):
            salvaged.made_anew.append(name)
            salvaged.kept[name] = run.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    _mend_methodology(run, known, salvaged)
    done = {"history", "history_values", "inspection", "people", *METHODOLOGY, *DERIVED}
    for table in tables.values():
        if table.name not in done:
            _copy_table(wreck, run, table, salvaged, beat)
    if put_back := put_back_practice(run):
        salvaged.made_anew.append("practice_cases")
        salvaged.kept["practice_cases"] = salvaged.kept.get("practice_cases", 0) + put_back
    salvaged.expected_entries = _expected_entries(wreck, tables["worklist"], beat)
    if salvaged.holds_an_audit:
        _build_derived(run)
    return salvaged


def _copy_table(wreck: Wreck, run: Connection, table: Table, salvaged: Salvaged, beat: Beat) -> None:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    insert = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(table.columns))})'
    kept = left = 0
    moment = table.columns.index("at") if table.name == "history" else None
    for row in wreck.rows(table, _parents(run, table), beat):
        try:
            if moment is not None:
                datetime.fromisoformat(row[moment])
            run.execute(insert, row)
            kept += 1
        except (IntegrityError, ValueError, TypeError, OverflowError):
            left += 1
    salvaged.kept[table.name] = kept
    if left:
        salvaged.left[table.name] = left


def _parents(run: Connection, table: Table) -> Iterable[object]:
    """Return what the first column of a key may hold: the keys of the table that it points to, in order."""
    if table.has_rows_by_number:
        return ()
    for row in run.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall():
        if row[3] == table.key[0]:
            return [key for (key,) in run.execute(f'SELECT "{row[4]}" FROM "{row[2]}" ORDER BY 1')]
    return ()


def _mend_inspection(run: Connection) -> bool:
    if run.execute("SELECT 1 FROM inspection").fetchone():
        return False
    told = run.execute(
        'SELECT v."row", v.new_value, h.at FROM history_values v JOIN history h USING (sequence) WHERE "table" = \'inspection\''
        " AND operation = 'add' AND new_value IS NOT NULL ORDER BY sequence LIMIT 1"
    ).fetchone()
    if told is None:
        return False
    identity, text, at = told
    try:
        record = json.loads(text)
        for name, value in run.execute(
            "SELECT field, new_value FROM history_values WHERE \"table\" = 'inspection' AND operation = 'set' ORDER BY sequence, position"
        ):
            record[name] = value
        record.setdefault("created_at", at)
        held = {name: record[name] for name in TABLE_CALLED["inspection"].field_called if name in record}
        columns = ", ".join(f'"{column}"' for column in held)
        run.execute(
            f"INSERT INTO inspection (id, identity, {columns}) VALUES (1, ?{', ?' * len(held)})",
            (identity, *held.values()),
        )
    except (DatabaseError, ValueError, TypeError, AttributeError):
        return False
    return True


def _mend_people(run: Connection) -> bool:
    """Put people back who are lost: nobody is ever taken out, so the n-th whom the history tells of is number n.

    That holds only where those who are left stand at that number; else nobody is put back.
    """
    told = run.execute(
        "SELECT \"row\", new_value FROM history_values WHERE \"table\" = 'people' AND operation = 'add' ORDER BY sequence, position"
    ).fetchall()
    there = dict(run.execute("SELECT identity, id FROM people").fetchall())
    numbers = {identity: number for number, (identity, _record) in enumerate(told, start=1)}
    if any(numbers.get(identity) != number for identity, number in there.items()):
        return False
    mended = False
    for identity, text in told:
        try:
            record = json.loads(text or "")
            if identity not in there:
                run.execute(
                    "INSERT INTO people (id, identity, name) VALUES (?, ?, ?)",
                    (numbers[identity], identity, record["name"]),
                )
                run.executemany(
                    "INSERT OR IGNORE INTO roles (person_id, role) VALUES (?, ?)",
                    [(numbers[identity], role) for role in record.get("roles", ())],
                )
                mended = True
        except (DatabaseError, ValueError, TypeError, KeyError):
            continue
    return mended


def _mend_methodology(run: Connection, known: Known, salvaged: Salvaged) -> None:
    """Where the methodology is not whole any more, take the program's own: only if the history says that it is the very same.

    Where what the history says of it is lost too, every row that is left has to be one of the program's own: without its areas no case
    could be kept.
    """
    told = run.execute(
        "SELECT \"row\", salt, new_digest FROM history_values WHERE \"table\" = 'methodology' AND operation = 'add' AND salt <> ''"
        " ORDER BY sequence LIMIT 1"
    ).fetchone()
    if told is not None and _stands(run, *told):
        return
    code = told[0] if told is not None else _code_of_methodology(run)
    ours = known(str(code)) if code else None
    if ours is None:
        return
    left = _rows_of_methodology(run)
    run.execute("SAVEPOINT mending")
    for table in reversed(METHODOLOGY):
        run.execute(f"DELETE FROM {table}")
    put_methodology(run, ours)
    mended = _stands(run, *told) if told is not None else left < _rows_of_methodology(run)
    if not mended:
        run.execute("ROLLBACK TO mending")
    run.execute("RELEASE mending")
    if not mended:
        return
    salvaged.made_anew.append("methodology")
    for table in METHODOLOGY:
        salvaged.kept[table] = run.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        salvaged.left.pop(table, None)


def _code_of_methodology(run: Connection) -> str | None:
    """Return which methodology the file was made with, by itself or by what the inspection says."""
    for table, column in (("methodology", "code"), ("inspection", "methodology")):
        row = run.execute(f"SELECT {column} FROM {table}").fetchone()
        if row is not None:
            return str(row[0])
    return None


def _rows_of_methodology(run: Connection) -> set[tuple[object, ...]]:
    """Return every row of the methodology, each with its table."""
    return {(table, *row) for table in METHODOLOGY for row in run.execute(f"SELECT * FROM {table}").fetchall()}


def _stands(run: Connection, code: str, salt: str, digest: str) -> bool:
    """Return whether the methodology in the file is the one whose digest the history holds, in today's form or in that of version 1."""
    kept = TABLE_CALLED["methodology"]
    try:
        standing = kept.row(run, code)
        if standing is None:
            return False
        forms = (kept.record(standing), first_form("methodology", standing))
    except (DatabaseError, ValueError, TypeError, KeyError, AttributeError):
        return False
    return any(form is not None and value_digest(salt, record_text(form)) == digest for form in forms)


def _expected_entries(wreck: Wreck, worklist: Table, beat: Beat) -> dict[str, int]:
    """Return how many entries each case had, by its identity's reference, from the queue: derived, and yet good for counting."""
    reference, entries = worklist.columns.index("reference"), worklist.columns.index("entries")
    return {
        row[reference]: row[entries]
        for row in wreck.rows(worklist, (), beat)
        if isinstance(row[reference], str) and isinstance(row[entries], int)
    }


def _build_derived(run: Connection) -> None:
    rebuild_derived(run)
    for table in ("entry_search", "review_search"):
        run.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
