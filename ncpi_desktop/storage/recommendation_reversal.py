"""Takes back, or puts in place again, what was written in recommendations: the part of undo and redo that is about them."""

from __future__ import annotations

import json
from typing import Any, Final

from ncpi_desktop.domain.errors import BugError
from ncpi_desktop.domain.record.change import Operation, ValueChange
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import IntegrityError
from ncpi_desktop.storage.finding_reversal import ChangedSinceError
from ncpi_desktop.storage.kept_tables import record_standing

TABLE: Final = "recommendations"
_TEXTS: Final = frozenset({"text", "particulars", "finding", "summary", "detail", "progress"})
_LINKS: Final = {
    "cases": ("recommendation_cases", "case_id", "cases"),
    "findings": ("recommendation_findings", "finding_id", "findings"),
}


def apply_to_recommendation(change: ChangeInProgress, value: ValueChange) -> None:
    """Write one value of a step.

    Raises:
        ChangedSinceError: what stands there is not what the value replaces.
    """
    try:
        if value.operation is Operation.ADD:
            _put(change, value)
        elif value.operation is Operation.REMOVE:
            _take(change, value)
        elif value.operation is Operation.SPLICE and value.field in _TEXTS:
            _splice(change, value)
        elif value.field in _LINKS:
            _set_links(change, value)
        elif value.field == "deadline":
            _refuse_unless_same(_standing(change, value), value.old)
            _update(change, value.row, "deadline = ?", value.new)
            change.set(TABLE, value.row, "deadline", value.old, value.new)
        elif value.field == "follows":
            _set_follows(change, value)
        else:
            raise BugError(f"undo: {TABLE}.{value.field} is not undoable")
    except IntegrityError:
        # A status was logged since, its number is another's now, or what it was linked to is gone.
        raise ChangedSinceError from None


def _splice(change: ChangeInProgress, value: ValueChange) -> None:
    now = str(_standing(change, value))
    start, old, new = value.offset or 0, str(value.old or ""), str(value.new or "")
    _refuse_unless_same(now[start : start + len(old)], old)
    text = now[:start] + new + now[start + len(old) :]
    _update(change, value.row, f'"{value.field}" = ?', text)
    change.splice(TABLE, value.row, value.field, now, text)


def _set_links(change: ChangeInProgress, value: ValueChange) -> None:
    standing = record_standing(change.connection, TABLE, value.row).get(value.field, [])
    _refuse_unless_same(standing, json.loads(str(value.old)))
    _write_links(change, value.row, value.field, json.loads(str(value.new)))
    change.set(TABLE, value.row, value.field, value.old, value.new)


def _set_follows(change: ChangeInProgress, value: ValueChange) -> None:
    standing = record_standing(change.connection, TABLE, value.row).get("follows")
    _refuse_unless_same(standing, value.old)
    _update(change, value.row, "follows = (SELECT id FROM recommendations WHERE identity = ?)", value.new)
    change.set(TABLE, value.row, "follows", value.old, value.new)


def _take(change: ChangeInProgress, value: ValueChange) -> None:
    """Take a recommendation away that was added, while it is as it was added and the last one of its inspection."""
    run, record = change.connection, json.loads(str(value.old))
    row = run.execute("SELECT id, origin, number FROM recommendations WHERE identity = ?", (value.row,)).fetchone()
    if row is None or record_standing(run, TABLE, value.row) != record:
        raise ChangedSinceError
    (last,) = run.execute("SELECT max(number) FROM recommendations WHERE origin = ?", (row[1],)).fetchone()
    _refuse_unless_same(row[2], last)
    for table, _column, _of in _LINKS.values():
        run.execute(f"DELETE FROM {table} WHERE recommendation_id = ?", (row[0],))
    run.execute("DELETE FROM recommendations WHERE id = ?", (row[0],))
    change.remove(TABLE, value.row, record)


def _put(change: ChangeInProgress, value: ValueChange) -> None:
    record: dict[str, Any] = json.loads(str(value.new))
    change.connection.execute(
        "INSERT INTO recommendations (identity, number, origin, text, particulars, finding, deadline, status)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(value.row, record["number"], record["origin"], record["text"], record.get("particulars", "")),
            *(record.get("finding", ""), record["deadline"], record["status"]),
        ),
    )
    for field in _LINKS:
        _write_links(change, value.row, field, record.get(field, []))
    change.add(TABLE, value.row, record)


def _write_links(change: ChangeInProgress, identity: str, field: str, links: list[str]) -> None:
    run, (table, column, of) = change.connection, _LINKS[field]
    (key,) = run.execute("SELECT id FROM recommendations WHERE identity = ?", (identity,)).fetchone()
    run.execute(f"DELETE FROM {table} WHERE recommendation_id = ?", (key,))
    run.executemany(
        f"INSERT INTO {table} (recommendation_id, {column}) VALUES (?, (SELECT id FROM {of} WHERE identity = ?))",
        [(key, link) for link in links],
    )


def _standing(change: ChangeInProgress, value: ValueChange) -> Any:
    row = change.connection.execute(
        f'SELECT "{value.field}" FROM recommendations WHERE identity = ?', (value.row,)
    ).fetchone()
    if row is None:
        raise ChangedSinceError
    return row[0]


def _update(change: ChangeInProgress, identity: str, assignment: str, value: object) -> None:
    change.connection.execute(f"UPDATE recommendations SET {assignment} WHERE identity = ?", (value, identity))


def _refuse_unless_same(now: object, then: object) -> None:
    if now != then:
        raise ChangedSinceError
