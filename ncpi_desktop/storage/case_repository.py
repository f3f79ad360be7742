"""Keeps the cases and their records."""

from __future__ import annotations

from collections.abc import Iterable

from ncpi_desktop.domain.casework.case import Case, CaseKey, Child, Entry, EntryKind, StrategyDiscussion
from ncpi_desktop.storage.allocation_repository import allocate
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import to_text


def add_case(change: ChangeInProgress, case: Case) -> CaseKey:
    """Add `case` with its whole record; keys and identities in it are given anew. Returns its key in this file."""
    identity = fresh_identity()
    run = change.connection
    key = run.execute(
        "INSERT INTO cases (identity, reference, area, added_at) VALUES (?, ?, ?, ?)",
        (identity, case.reference, case.area, to_text(change.at)),
    ).lastrowid
    run.executemany(
        "INSERT INTO case_tags (case_id, position, tag) VALUES (?, ?, ?)",
        [(key, place, tag) for place, tag in enumerate(case.tags)],
    )
    run.executemany(
        "INSERT INTO children (case_id, position, pseudonym, age) VALUES (?, ?, ?, ?)",
        [(key, place, child.pseudonym, child.age) for place, child in enumerate(case.children)],
    )
    change.add_standing("cases", identity)
    for place, entry in enumerate(case.entries, start=1):
        _add_entry(change, int(key or 0), place, entry)
    if case.allocated_to is not None:
        allocate(change, CaseKey(int(key or 0)), case.allocated_to)
    return CaseKey(int(key or 0))


def seal_own_grade(change: ChangeInProgress, case: CaseKey, grade: str, rationale: str) -> None:
    """Keep the force's own grade of a case; nobody is shown it before the inspectors' grade is submitted."""
    change.connection.execute(
        "INSERT INTO own_grades (case_id, grade, rationale) VALUES (?, ?, ?)", (case, grade, rationale)
    )
    (identity,) = change.connection.execute("SELECT identity FROM cases WHERE id = ?", (case,)).fetchone()
    change.add_standing("own_grades", identity)


def seal_own_stage_grades(change: ChangeInProgress, case: CaseKey, grades: Iterable[tuple[str, str]]) -> None:
    """Keep the force's own grades of the stages of a case, as (stage, grade); sealed as its overall grade is."""
    for stage, grade in grades:
        identity = fresh_identity()
        change.connection.execute(
            "INSERT INTO own_stage_grades (identity, case_id, stage, grade) VALUES (?, ?, ?, ?)",
            (identity, case, stage, grade),
        )
        change.add_standing("own_stage_grades", identity)


def _add_entry(change: ChangeInProgress, case: int, place: int, entry: Entry) -> None:
    identity = fresh_identity()
    run = change.connection
    key = run.execute(
        "INSERT INTO entries (identity, case_id, position, day, time, kind, heading, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (identity, case, place, entry.day, entry.time, entry.kind.value, entry.heading, entry.text),
    ).lastrowid
    run.execute("INSERT INTO entry_search (rowid, heading, text) VALUES (?, ?, ?)", (key, entry.heading, entry.text))
    if entry.strategy is not None:
        _add_strategy(run, int(key or 0), entry.strategy)
    change.add_standing("entries", identity)


def _add_strategy(run: Connection, entry: int, strategy: StrategyDiscussion) -> None:
    answers = (strategy.in_time, strategy.rationale_recorded, strategy.actions_recorded)
    run.execute(
        "INSERT INTO strategy_discussions (entry_id, in_time, rationale_recorded, actions_recorded) VALUES (?, ?, ?, ?)",
        (entry, *(None if answer is None else int(answer) for answer in answers)),
    )
    agencies = dict.fromkeys((*strategy.invited, *strategy.present))
    run.executemany(
        "INSERT INTO strategy_agencies (entry_id, agency, position, invited, present) VALUES (?, ?, ?, ?, ?)",
        [
            (entry, agency, place, int(agency in strategy.invited), int(agency in strategy.present))
            for place, agency in enumerate(agencies)
        ],
    )


def read_case(connection: Connection, key: CaseKey) -> Case:
    """Return the case with its whole record."""
    identity, reference, area = connection.execute(
        "SELECT identity, reference, area FROM cases WHERE id = ?", (key,)
    ).fetchone()
    tags = connection.execute("SELECT tag FROM case_tags WHERE case_id = ? ORDER BY position", (key,))
    allocated = connection.execute(
        "SELECT person_id FROM allocations WHERE case_id = ? AND purpose = 'first'", (key,)
    ).fetchone()
    return Case(
        key=key,
        identity=identity,
        reference=reference,
        area=area,
        tags=tuple(tag for (tag,) in tags),
        children=read_children(connection, key),
        entries=_read_entries(connection, key),
        allocated_to=allocated[0] if allocated else None,
    )


def read_children(connection: Connection, case: CaseKey) -> tuple[Child, ...]:
    """Return the children of a case."""
    rows = connection.execute("SELECT pseudonym, age FROM children WHERE case_id = ? ORDER BY position", (case,))
    return tuple(Child(*row) for row in rows)


def _read_entries(connection: Connection, case: CaseKey) -> tuple[Entry, ...]:
    rows = connection.execute(
        "SELECT id, identity, day, time, kind, heading, text FROM entries WHERE case_id = ? ORDER BY position", (case,)
    ).fetchall()
    return tuple(
        Entry(key, identity, day, time, EntryKind(kind), heading, text, read_strategy(connection, key, kind))
        for key, identity, day, time, kind, heading, text in rows
    )


def read_strategy(connection: Connection, entry: int, kind: str) -> StrategyDiscussion | None:
    """Return how the strategy discussion that an entry tells of was held; None for an entry of another kind."""
    if kind != EntryKind.STRATEGY_DISCUSSION:
        return None
    held = connection.execute(
        "SELECT in_time, rationale_recorded, actions_recorded FROM strategy_discussions WHERE entry_id = ?", (entry,)
    ).fetchone()
    if held is None:
        return None
    agencies = connection.execute(
        "SELECT agency, invited, present FROM strategy_agencies WHERE entry_id = ? ORDER BY position", (entry,)
    ).fetchall()
    in_time, rationale, actions = (None if answer is None else bool(answer) for answer in held)
    return StrategyDiscussion(
        invited=tuple(agency for agency, invited, _present in agencies if invited),
        present=tuple(agency for agency, _invited, present in agencies if present),
        in_time=in_time,
        rationale_recorded=rationale,
        actions_recorded=actions,
    )


def read_own_grade(connection: Connection, case: CaseKey) -> tuple[str, str] | None:
    """Return the force's own grade and its rationale, or None. Callers decide who may see it."""
    row = connection.execute("SELECT grade, rationale FROM own_grades WHERE case_id = ?", (case,)).fetchone()
    return (row[0], row[1]) if row else None


def read_own_stage_grades(connection: Connection, case: CaseKey) -> tuple[tuple[str, str], ...]:
    """Return the force's own grades of the stages, as (stage, grade) in report order. Callers decide who may see them."""
    rows = connection.execute(
        "SELECT o.stage, o.grade FROM own_stage_grades o JOIN stages s ON s.code = o.stage WHERE o.case_id = ? ORDER BY s.position",
        (case,),
    )
    return tuple((stage, grade) for stage, grade in rows)


def names_of(connection: Connection, case: CaseKey) -> tuple[str, str]:
    """Return reference and identity of a case."""
    row = connection.execute("SELECT reference, identity FROM cases WHERE id = ?", (case,)).fetchone()
    return row[0], row[1]


def find_case(connection: Connection, reference: str) -> CaseKey | None:
    """Return the key of the case called `reference`, or None."""
    row = connection.execute("SELECT id FROM cases WHERE reference = ?", (reference,)).fetchone()
    return CaseKey(row[0]) if row else None


def case_identified(connection: Connection, identity: str) -> CaseKey | None:
    """Return the key of the case with that identity, or None."""
    row = connection.execute("SELECT id FROM cases WHERE identity = ?", (identity,)).fetchone()
    return CaseKey(row[0]) if row else None


def entry_keys(connection: Connection, case: CaseKey) -> dict[str, int]:
    """Return the keys of the entries of a case in this file, by their identities."""
    rows = connection.execute("SELECT identity, id FROM entries WHERE case_id = ?", (case,))
    return {str(identity): int(key) for identity, key in rows}


def case_keys_after(connection: Connection, position: int, count: int) -> list[tuple[int, CaseKey]]:
    """Return up to `count` (queue position, case) after `position`, in queue order: a page of an export."""
    rows = connection.execute(
        "SELECT position, case_id FROM worklist WHERE position > ? ORDER BY position LIMIT ?", (position, count)
    )
    return [(place, CaseKey(case)) for place, case in rows]
