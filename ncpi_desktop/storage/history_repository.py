"""Reads the history: a page of it for people, one step of it for undo, all of it for the check of its chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import Change, Operation, ValueChange
from ncpi_desktop.storage.engine import Connection

_COLUMNS = "sequence, at, person, person_identity, action, case_identity, case_reference, detail, reason, step, undoes, previous_seal, seal"


def history_page(connection: Connection, before: int | None, count: int, case_identity: str = "") -> list[Change]:
    """Return up to `count` steps before sequence `before` (None: the newest), newest first; a burst of typing is one step.

    The values are left out: a list does not show them.
    """
    limit = before if before is not None else 2**62
    if case_identity:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM history WHERE case_identity = ? AND sequence < ? AND step = sequence ORDER BY sequence DESC LIMIT ?",
            (case_identity, limit, count),
        ).fetchall()
    else:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM history WHERE sequence < ? AND step = sequence ORDER BY sequence DESC LIMIT ?",
            (limit, count),
        ).fetchall()
    set_back = _steps_set_back(connection, rows[-1][0], limit, case_identity) if rows else set()
    return [_change_from(row, (), row[9] in set_back) for row in rows]


def _steps_set_back(connection: Connection, first: int, limit: int, case_identity: str) -> set[int]:
    """Return the steps among changes from `first` up to `limit` with a change whose time is before that of the change before it."""
    of_case = "c.case_identity = ?3 AND" if case_identity else ""
    rows = connection.execute(
        f"SELECT DISTINCT c.step FROM history c JOIN history p ON p.sequence = c.sequence - 1 WHERE {of_case}"
        " c.sequence >= ?1 AND c.sequence < ?2 AND c.at < p.at",
        (first, limit, case_identity) if case_identity else (first, limit),
    )
    return {step for (step,) in rows}


def recent_changes(connection: Connection, person_identity: str, count: int) -> list[Change]:
    """Return the newest changes of a person, and redactions by anybody, among the last `count` of the file, oldest first, without values."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM history ORDER BY sequence DESC LIMIT ?", (count,)).fetchall()
    return [_change_from(row, ()) for row in reversed(rows) if row[3] == person_identity or row[4] == Action.REDACT]


def step_changes(connection: Connection, step: int) -> list[Change]:
    """Return the changes of one step with their values, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM history WHERE sequence >= ? AND step = ? ORDER BY sequence", (step, step)
    ).fetchall()
    return [_change_from(row, values_of(connection, row[0])) for row in rows]


def chain(connection: Connection) -> Iterator[tuple[Change, str, str]]:
    """Yield every change with its salt and the digest of its words, in order, for the check of the chain."""
    rows = connection.execute(f"SELECT {_COLUMNS}, salt, texts_digest FROM history ORDER BY sequence")
    for row in rows:
        yield _change_from(row[:13], values_of(connection, row[0])), row[13], row[14]


def values_of(connection: Connection, sequence: int) -> tuple[ValueChange, ...]:
    """Return the values of one change, in order."""
    rows = connection.execute(
        'SELECT "table", "row", field, operation, old_value, new_value, "offset", salt, old_digest, new_digest,'
        " redacted_because FROM history_values WHERE sequence = ? ORDER BY position",
        (sequence,),
    )
    return tuple(ValueChange(row[0], row[1], row[2], Operation(row[3]), *row[4:]) for row in rows)


def _change_from(row: tuple[Any, ...], values: tuple[ValueChange, ...], clock_set_back: bool = False) -> Change:
    return Change(
        sequence=row[0],
        at=datetime.fromisoformat(row[1]),
        person=str(row[2]),
        person_identity=str(row[3]),
        action=str(row[4]),
        case_identity=str(row[5]),
        case_reference=str(row[6]),
        detail=str(row[7]),
        reason=str(row[8]),
        step=row[9],
        undoes=row[10],
        values=values,
        previous_seal=str(row[11]),
        seal=str(row[12]),
        clock_set_back=clock_set_back,
    )
