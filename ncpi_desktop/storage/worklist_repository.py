"""The queue as kept rows: positions are dense in queue order, so that any stretch of it is one indexed read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import OPEN_STATES, CaseState, QueueChoice, QueueFilter, WorklistRow
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.moderation.second_reading import TO_READ_AGAIN
from ncpi_desktop.storage.engine import Connection, DatabaseError

_COLUMNS = "position, case_id, reference, area, entries, state, grade, not_sure, allocated_to"
_OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)


_TO_READ_AGAIN = ", ".join(f"'{state.value}'" for state in TO_READ_AGAIN)


def natural_key(reference: str) -> str:
    """Return `reference` so that DA-9 sorts before DA-10."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), reference.casefold())


def rebuild_worklist(connection: Connection) -> None:
    """Lay the whole queue anew: by area in report order, then by reference. For after an import; linear in the file."""
    connection.create_function("natural_key", 1, natural_key, deterministic=True)
    connection.execute("DELETE FROM worklist")
    connection.execute(
        "INSERT INTO worklist (position, case_id, reference, area, entries, state, grade, not_sure, allocated_to)"
        " SELECT row_number() OVER (ORDER BY a.position, natural_key(c.reference), c.reference), c.id, c.reference, c.area,"
        "  (SELECT count(*) FROM entries e WHERE e.case_id = c.id), 'to-do', NULL, 0,"
        "  (SELECT person_id FROM allocations l WHERE l.case_id = c.id AND l.purpose = 'first')"
        " FROM cases c JOIN areas a ON a.code = c.area WHERE c.id NOT IN (SELECT case_id FROM practice_cases)"
    )
    connection.execute(
        "UPDATE worklist SET state = 'submitted', grade = r.grade, not_sure = r.not_sure FROM reviews r"
        " WHERE r.case_id = worklist.case_id AND r.purpose = 'first' AND r.state = 'submitted'"
    )
    drafts = connection.execute("SELECT case_id FROM reviews WHERE purpose = 'first' AND state = 'draft'").fetchall()
    from ncpi_desktop.storage.review_repository import current_review

    for (case,) in drafts:
        refresh_worklist(connection, CaseKey(case), current_review(connection, CaseKey(case)))


def refresh_worklist(connection: Connection, case: CaseKey, review: Review | None) -> None:
    """Bring the line of one case up to date with its current first review."""
    state = state_of(review)
    grade = review.grade if review is not None and state is CaseState.SUBMITTED else None
    not_sure = int(review is not None and review.not_sure)
    connection.execute(
        "UPDATE worklist SET state = ?1, grade = ?2, not_sure = ?3 WHERE case_id = ?4 AND (state <> ?1 OR grade IS NOT ?2 OR not_sure <> ?3)",
        (state.value, grade, not_sure, case),
    )


def give_line(connection: Connection, case: CaseKey, person: int | None) -> None:
    """Note in the queue whose case it is now; None: nobody's."""
    connection.execute("UPDATE worklist SET allocated_to = ? WHERE case_id = ?", (person, case))


def state_of(review: Review | None) -> CaseState:
    """Return how far a case has come, from its current first review."""
    if review is None:
        return CaseState.TO_DO
    if not review.is_editable:
        return CaseState.SUBMITTED
    if review.parked_because:
        return CaseState.PARKED
    return CaseState.TO_DO if review.is_blank and review.supersedes is None else CaseState.IN_PROGRESS


def worklist_row(connection: Connection, case: CaseKey) -> WorklistRow:
    """Return the line of one case.

    Raises:
        DatabaseError: it has none: the queue is damaged.
    """
    row = connection.execute(f"SELECT {_COLUMNS} FROM worklist WHERE case_id = ?", (case,)).fetchone()
    if row is None:
        raise DatabaseError("a case without a line in the queue")
    return _row_from(row)


def worklist_page(connection: Connection, first: int, count: int) -> list[WorklistRow]:
    """Return up to `count` lines from queue position `first` on."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM worklist WHERE position >= ? ORDER BY position LIMIT ?", (first, count)
    )
    return [_row_from(row) for row in rows]


def worklist_rows_at(connection: Connection, positions: Sequence[int]) -> list[WorklistRow]:
    """Return the lines at `positions` (at most some hundreds), in queue order."""
    marks = ", ".join("?" * len(positions))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM worklist WHERE position IN ({marks}) ORDER BY position", tuple(positions)
    )
    return [_row_from(row) for row in rows]


def positions_after(connection: Connection, chosen: QueueFilter, after: int, count: int) -> list[int]:
    """Return up to `count` positions after `after` that the filter shows: one indexed stretch, however large the file."""
    if chosen.choice is QueueChoice.SECOND:
        parts = " UNION ALL ".join(
            f"SELECT * FROM (SELECT position FROM second_readings WHERE reader = ?1 AND state = '{state.value}' AND position > ?2"
            " ORDER BY position LIMIT ?3)"
            for state in TO_READ_AGAIN
        )
        rows = connection.execute(
            f"SELECT position FROM ({parts}) ORDER BY position LIMIT ?3", (chosen.person, after, count)
        )
        return [position for (position,) in rows]
    clause, parameters = _clause(chosen)
    if "state IN" in clause:
        # Two ranges of one index, merged: a plain IN would sort every open case first.
        parts = " UNION ALL ".join(
            f"SELECT * FROM (SELECT position FROM worklist WHERE state = '{state.value}' AND position > ?1 ORDER BY position LIMIT ?2)"
            for state in OPEN_STATES
        )
        rows = connection.execute(f"SELECT position FROM ({parts}) ORDER BY position LIMIT ?2", (after, count))
    else:
        rows = connection.execute(
            f"SELECT position FROM worklist WHERE position > ? AND {clause} ORDER BY position LIMIT ?",
            (after, *parameters, count),
        )
    return [position for (position,) in rows]


def next_open(connection: Connection, after: int) -> int | None:
    """Return the position of the next case to do after `after`, whoever's it is, round to the start; None where none is left."""
    sql = "SELECT position FROM worklist INDEXED BY worklist_by_state WHERE state = ? AND position > ? ORDER BY position LIMIT 1"
    for start in (after, 0):
        found = [row[0] for state in OPEN_STATES if (row := connection.execute(sql, (state.value, start)).fetchone())]
        if found:
            return int(min(found))
    return None


def next_open_of(connection: Connection, after: int, person: int) -> int | None:
    """Return the position of the next case to do of a person (their key), round to the start; None where none of theirs is left."""
    sql = (
        "SELECT position FROM worklist INDEXED BY worklist_by_person WHERE allocated_to = ? AND position > ?"
        f" AND state IN ({_OPEN}) ORDER BY position LIMIT 1"
    )
    for start in (after, 0):
        row = connection.execute(sql, (person, start)).fetchone()
        if row is not None:
            return int(row[0])
    return None


def next_second(connection: Connection, after: int, person: int) -> int | None:
    """Return the position of the next case that a person reads again after `after`, round to the start; None where none is left."""
    sql = f"SELECT min(position) FROM second_readings WHERE reader = ? AND state IN ({_TO_READ_AGAIN}) AND position > ?"
    for start in (after, 0):
        (position,) = connection.execute(sql, (person, start)).fetchone()
        if position is not None:
            return int(position)
    return None


def count_second(connection: Connection, person: int) -> int:
    """Return how many cases a person has to read again."""
    sql = f"SELECT count(*) FROM second_readings WHERE reader = ? AND state IN ({_TO_READ_AGAIN})"
    return int(connection.execute(sql, (person,)).fetchone()[0])


def case_at(connection: Connection, position: int) -> CaseKey | None:
    """Return the case at a queue position, or None."""
    row = connection.execute("SELECT case_id FROM worklist WHERE position = ?", (position,)).fetchone()
    return CaseKey(row[0]) if row else None


def _clause(chosen: QueueFilter) -> tuple[str, tuple[object, ...]]:
    match chosen.choice:
        case QueueChoice.TO_DO:
            return f"state IN ({_OPEN})", ()
        case QueueChoice.MINE:
            return "allocated_to = ?", (chosen.person,)
        case QueueChoice.NOT_SURE:
            return "not_sure = 1", ()
        case QueueChoice.PARKED:
            return "state = 'parked'", ()
        case QueueChoice.SUBMITTED:
            return "state = 'submitted'", ()
        case QueueChoice.ALL | QueueChoice.SECOND:
            return "1", ()


def _row_from(row: tuple[Any, ...]) -> WorklistRow:
    position, case, reference, area, entries, state, grade, not_sure, allocated = row
    return WorklistRow(
        position,
        CaseKey(case),
        reference,
        area,
        entries,
        CaseState(state),
        grade,
        bool(not_sure),
        allocated,
    )
