"""Takes back, or puts in place again, what was written in findings and notices: the part of undo and redo that is about no case."""

from __future__ import annotations

import json
from typing import Any, Final

from ncpi_desktop.domain.errors import BugError
from ncpi_desktop.domain.record.change import Operation, ValueChange
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import IntegrityError
from ncpi_desktop.storage.finding_repository import links_standing
from ncpi_desktop.storage.kept_tables import record_standing

TABLES: Final = frozenset({"findings", "illustrations", "notices"})
_FIELDS: Final = {
    "findings": frozenset({"title", "kind", "subject", "stage", "position"}),
    "illustrations": frozenset({"cleared_because"}),
    "notices": frozenset(),
}


class ChangedSinceError(Exception):
    """What stands there is no longer what the step left."""


def apply_to_finding(change: ChangeInProgress, value: ValueChange) -> None:
    """Write one value of a step.

    Raises:
        ChangedSinceError: what stands there is not what the value replaces.
    """
    try:
        if value.operation is Operation.ADD:
            _put(change, value)
        elif value.operation is Operation.REMOVE:
            _take(change, value)
        elif value.operation is Operation.SPLICE and value.field == "text":
            _splice(change, value)
        elif value.field in ("reasons", "cases") and value.table == "findings":
            _set_links(change, value)
        elif value.field in _FIELDS[value.table]:
            _set(change, value)
        else:
            raise BugError(f"undo: {value.table}.{value.field} is not undoable")
    except IntegrityError:
        # A recommendation rests on the finding since, or the finding or case of an illustration is gone.
        raise ChangedSinceError from None


def _set(change: ChangeInProgress, value: ValueChange) -> None:
    _refuse_unless_same(_standing(change, value), value.old)
    change.connection.execute(f"UPDATE {value.table} SET {value.field} = ? WHERE identity = ?", (value.new, value.row))
    change.set(value.table, value.row, value.field, value.old, value.new)


def _splice(change: ChangeInProgress, value: ValueChange) -> None:
    now = str(_standing(change, value))
    start, old, new = value.offset or 0, str(value.old or ""), str(value.new or "")
    _refuse_unless_same(now[start : start + len(old)], old)
    text = now[:start] + new + now[start + len(old) :]
    change.connection.execute(f"UPDATE {value.table} SET text = ? WHERE identity = ?", (text, value.row))
    change.splice(value.table, value.row, "text", now, text)


def _standing(change: ChangeInProgress, value: ValueChange) -> Any:
    row = change.connection.execute(
        f"SELECT {value.field} FROM {value.table} WHERE identity = ?", (value.row,)
    ).fetchone()
    if row is None:
        raise ChangedSinceError
    return row[0]


def _set_links(change: ChangeInProgress, value: ValueChange) -> None:
    _refuse_unless_same(links_standing(change.connection, value.row, value.field), value.old)
    _write_links(change, value.row, value.field, json.loads(str(value.new)))
    change.set("findings", value.row, value.field, value.old, value.new)


def _write_links(change: ChangeInProgress, finding: str, field: str, links: list[str]) -> None:
    run = change.connection
    (key,) = run.execute("SELECT id FROM findings WHERE identity = ?", (finding,)).fetchone()
    table = "finding_reasons" if field == "reasons" else "finding_cases"
    put = (
        "INSERT INTO finding_reasons (finding_id, reason) VALUES (?, ?)"
        if field == "reasons"
        else "INSERT INTO finding_cases (finding_id, case_id) VALUES (?, (SELECT id FROM cases WHERE identity = ?))"
    )
    run.execute(f"DELETE FROM {table} WHERE finding_id = ?", (key,))
    run.executemany(put, [(key, link) for link in links])


def _take(change: ChangeInProgress, value: ValueChange) -> None:
    """Take away what was added, while it is as it was added: what somebody else wrote in it since is not theirs to lose."""
    run, record = change.connection, json.loads(str(value.old))
    row = run.execute(f"SELECT id FROM {value.table} WHERE identity = ?", (value.row,)).fetchone()
    if row is None or record_standing(run, value.table, value.row) != record:
        raise ChangedSinceError
    if value.table == "findings":
        # Illustrations, and recommendations that rest on it since, stand in the way of the last line.
        for links in ("finding_reasons", "finding_cases"):
            run.execute(f"DELETE FROM {links} WHERE finding_id = ?", row)
    run.execute(f"DELETE FROM {value.table} WHERE id = ?", row)
    change.remove(value.table, value.row, record)


def _put(change: ChangeInProgress, value: ValueChange) -> None:
    run, record = change.connection, json.loads(str(value.new))
    if value.table == "findings":
        run.execute(
            "INSERT INTO findings (identity, position, subject, stage, kind, title, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(value.row, record["position"], record.get("subject", "casework"), record.get("stage")),
                *(record["kind"], record["title"], record.get("text", "")),
            ),
        )
        for field in ("reasons", "cases"):
            _write_links(change, value.row, field, record.get(field, []))
    else:
        run.execute(
            "INSERT INTO illustrations (identity, finding_id, case_id, position, text, cleared_because) VALUES (?,"
            " (SELECT id FROM findings WHERE identity = ?), (SELECT id FROM cases WHERE identity = ?), ?, ?, ?)",
            (
                *(value.row, record["finding"], record["case"], record["position"], record.get("text", "")),
                record.get("cleared_because", ""),
            ),
        )
    change.add(value.table, value.row, record)


def _refuse_unless_same(now: object, then: object) -> None:
    if now != then:
        raise ChangedSinceError
