"""What a rescued audit lacks: laid beside the replay of its history and its queue, told in the history for good, handed on for the list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.early_files import tell_the_rest
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.history_integrity import Span, broken_changes, told_spans
from ncpi_desktop.storage.replay import Kind, RowFault, row_faults
from ncpi_desktop.storage.wreck import Beat

_OF_THE_HISTORY = frozenset({"history", "history_values"})
"""What was taken out of the history by a redaction stands as rows of these; their loss is told with the changes."""


@dataclass
class Missing:
    """What is lost or doubtful. References name cases; nothing here is text of a case.

    `lost` counts rows of a table by case (empty: of none, or of an unknown one), `altered` those that are not as the history leads to,
    `changes` are the numbers of lost changes that no earlier rescue declared, `last` that of the last one kept where more may have followed
    (None: none has). `faults` are the rows themselves, for the line of the rescue.
    """

    lost: dict[tuple[str, str], int] = field(default_factory=dict)
    altered: dict[tuple[str, str], int] = field(default_factory=dict)
    changes: list[Span] = field(default_factory=list)
    last: int | None = None
    faults: Sequence[RowFault] = ()


def compare_with_history(run: Connection, expected_entries: dict[str, int], at: datetime, beat: Beat) -> Missing:
    """Return what the rescued rows lack against the rescued history, and which of them are not as it leads to.

    A history that is all of version 1 gets the line first, of the moment `at`, that tells the rest: as when such a file is brought up.
    """
    broken = broken_changes(run, beat)
    boundary = (tell_the_rest(run, at) or 0) if broken.is_first_form else broken.told_the_rest
    missing = Missing(changes=broken.changes, faults=tuple(row_faults(run, boundary, broken.lost, beat)))
    for fault in missing.faults:
        if fault.table in _OF_THE_HISTORY:
            continue
        if fault.kind is Kind.MISSING:
            _count(missing.lost, fault.table, _reference_of(run, fault.table, fault.identity))
        elif fault.kind is Kind.ALTERED:
            _count(missing.altered, fault.table, fault.reference)
    _count_entries(run, missing, expected_entries)
    return missing


def tell_rescue(change: ChangeInProgress, missing: Missing) -> None:
    """Write into the line of the rescue which changes were lost, and how each row stands that does not follow from those that were kept.

    A lost row is told as taken away, with nothing of what it held; one that no kept change leads to is told anew, as it stands. From here
    on the replay of the history leads to the rescued audit; the check remarks on the gap, and on how many rows were not as the history told.
    """
    change.set("rescue", "", "lost", None, told_spans(missing.changes))
    if missing.last is not None:
        change.set("rescue", "", "lost-after", None, missing.last)
    altered = sum(fault.kind is Kind.ALTERED for fault in missing.faults)
    if altered:
        change.set("rescue", "", "told-anew", None, altered)
    for fault in missing.faults:
        if fault.kind is Kind.MISSING:
            change.remove(fault.table, fault.identity, {})
        elif fault.kind is Kind.UNTOLD:
            change.add_standing(fault.table, fault.identity)
        elif fault.kind is Kind.ALTERED:
            change.tell_anew(fault.table, fault.identity)


def _count_entries(run: Connection, missing: Missing, expected: dict[str, int]) -> None:
    """Count cases and entries that the queue knew of, and of which the history does not say whose they were."""
    held = dict(
        run.execute(
            "SELECT c.reference, count(e.id) FROM cases c LEFT JOIN entries e ON e.case_id = c.id GROUP BY c.id"
        ).fetchall()
    )
    told = {case for table, case in missing.lost if table == "cases"}
    for reference, count in expected.items():
        if reference not in held and reference not in told:
            _count(missing.lost, "cases", reference)
        elif reference in held and count > held[reference]:
            missing.lost["entries", reference] = count - held[reference]
    if any(case for table, case in missing.lost if table == "entries"):
        missing.lost.pop(("entries", ""), None)  # the same ones, of which the history does not say whose they were


def _reference_of(run: Connection, table: str, row: str) -> str:
    """Return the reference of the case that a lost row belonged to, as far as the history and the other rows say."""
    if table == "own_grades":
        found = run.execute("SELECT reference FROM cases WHERE identity = ?", (row,)).fetchone()
        return str(found[0]) if found else ""
    told = run.execute(
        'SELECT h.case_reference, v.new_value FROM history_values v JOIN history h USING (sequence) WHERE v."table" = ? AND v."row" = ?'
        " AND v.operation = 'add' ORDER BY sequence DESC LIMIT 1",
        (table, row),
    ).fetchone()
    if told is None:
        return ""
    reference, text = told
    if reference:
        return str(reference)
    try:
        record = json.loads(text) if text else {}
        found = run.execute("SELECT reference FROM cases WHERE identity = ?", (record.get("case", ""),)).fetchone()
    except (ValueError, AttributeError):
        return ""
    return str(found[0]) if found else ""


def _count(counted: dict[tuple[str, str], int], table: str, reference: str) -> None:
    counted[table, reference] = counted.get((table, reference), 0) + 1
