"""Reads the history: a page of it for people, one step of it for undo, all of it for the check of its chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

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
        )
    else:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM history WHERE sequence < ? AND step = sequence ORDER BY sequence DESC LIMIT ?",
            (limit, count),
        )
    return [_change_from(row, ()) for row in rows]


def recent_changes(connection: Connection, person_identity: str, count: int) -> list[Change]:
    """Return the newest changes of a person among the last `count` of the file, oldest first, without values."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM history ORDER BY sequence DESC LIMIT ?", (count,)).fetchall()
    return [_change_from(row, ()) for row in reversed(rows) if row[3] == person_identity]


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
        'SELECT "table", "row", field, operation, old_value, new_value, "offset", salt, old_digest, new_digest FROM history_values'
        " WHERE sequence = ? ORDER BY position",
        (sequence,),
    )
    return tuple(ValueChange(row[0], row[1], row[2], Operation(row[3]), *row[4:]) for row in rows)


def _change_from(row: tuple[Any, ...], values: tuple[ValueChange, ...]) -> Change:
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
    )
