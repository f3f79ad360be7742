"""Takes values back, or puts them in place again: what undo and redo write. Each is a change of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final

from ncpi_desktop.domain.errors import BugError, RefusedError
from ncpi_desktop.domain.grading.review import ReviewKey
from ncpi_desktop.domain.record.change import Operation, ValueChange
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection, IntegrityError
from ncpi_desktop.storage.finding_reversal import TABLES, ChangedSinceError, apply_to_finding
from ncpi_desktop.storage.recommendation_reversal import TABLE as RECOMMENDATIONS
from ncpi_desktop.storage.recommendation_reversal import apply_to_recommendation
from ncpi_desktop.storage.review_repository import refresh_search, write_stage
from ncpi_desktop.words import _

_FIELDS = frozenset({"grade", "not_sure", "parked_because"})
_TEXTS = frozenset({"rationale", "notes"})
_STAY = frozenset({"reviews", "notices"})
_BEYOND_CASES: Final[dict[str, Callable[[ChangeInProgress, ValueChange], None]]] = {
    **dict.fromkeys(TABLES, apply_to_finding),
    RECOMMENDATIONS: apply_to_recommendation,
}


def reverse(change: ChangeInProgress, values: Iterable[ValueChange]) -> None:
    """Take `values` back, last first. Where a value has been changed since, nothing is written.

    Raises:
        RefusedError: a value is no longer what the step left.
    """
    for value in reversed(list(values)):
        if value.table in _STAY and value.operation is Operation.ADD:
            continue  # A draft that was begun stays, blank: taking the row away would lose its identity.
        _apply(change, _inverse(value))


def repeat(change: ChangeInProgress, values: Iterable[ValueChange]) -> None:
    """Put `values` in place again, in their order. `Raises:` as `reverse`."""
    for value in values:
        if value.table in _STAY and value.operation is Operation.ADD:
            continue
        _apply(change, value)


def _inverse(value: ValueChange) -> ValueChange:
    turned = {Operation.ADD: Operation.REMOVE, Operation.REMOVE: Operation.ADD}
    operation = turned.get(value.operation, value.operation)
    return ValueChange(
        *(value.table, value.row, value.field, operation, value.new, value.old, value.offset),
        redacted_because=value.redacted_because,
    )


def _apply(change: ChangeInProgress, value: ValueChange) -> None:
    if value.redacted_because is not None:
        raise RefusedError(
            _(
                "Part of what this step wrote was taken out of the file, so it can't be taken back or put in place again."
            ),
            safe=_("Nothing was changed."),
            todo=_("Write what is needed anew."),
        )
    if value.table in _BEYOND_CASES:
        try:
            _BEYOND_CASES[value.table](change, value)
        except ChangedSinceError:
            raise _changed_since() from None
    elif value.table == "stage_grades":
        _set_stage(change, value)
    elif value.table == "reviews" and value.field in _TEXTS:
        _splice(change, value)
    elif value.table == "reviews" and value.field in _FIELDS:
        _set_field(change, value)
    elif value.table in ("given_reasons", "citations"):
        try:
            _put_or_take(change, value)
        except IntegrityError:
            # Someone else cited a passage for the reason since, or gave it anew, or withdrew it.
            raise _changed_since() from None
    else:
        raise BugError(f"undo: {value.table}.{value.field} is not undoable")


def _set_stage(change: ChangeInProgress, value: ValueChange) -> None:
    run = change.connection
    key = _draft(run, value.row)
    row = run.execute("SELECT grade FROM stage_grades WHERE review_id = ? AND stage = ?", (key, value.field)).fetchone()
    _refuse_unless_same(row[0] if row else None, value.old)
    write_stage(run, key, value.field, value.new)  # type: ignore[arg-type]
    change.set("stage_grades", value.row, value.field, value.old, value.new)


def _set_field(change: ChangeInProgress, value: ValueChange) -> None:
    run = change.connection
    key = _draft(run, value.row)
    (now,) = run.execute(f"SELECT {value.field} FROM reviews WHERE id = ?", (key,)).fetchone()
    _refuse_unless_same(now, value.old)
    run.execute(f"UPDATE reviews SET {value.field} = ? WHERE id = ?", (value.new, key))
    change.set("reviews", value.row, value.field, value.old, value.new)


def _splice(change: ChangeInProgress, value: ValueChange) -> None:
    run = change.connection
    key = _draft(run, value.row)
    (now,) = run.execute(f"SELECT {value.field} FROM reviews WHERE id = ?", (key,)).fetchone()
    start, old, new = value.offset or 0, str(value.old or ""), str(value.new or "")
    _refuse_unless_same(now[start : start + len(old)], old)
    text = now[:start] + new + now[start + len(old) :]
    refresh_search(run, key, value.field, text)
    change.splice("reviews", value.row, value.field, now, text)


def _put_or_take(change: ChangeInProgress, value: ValueChange) -> None:
    run = change.connection
    if value.operation is Operation.REMOVE:
        found = run.execute(f"DELETE FROM {value.table} WHERE identity = ? RETURNING id", (value.row,)).fetchall()
        _refuse_unless_same(len(found), 1)
        change.remove(value.table, value.row, json.loads(str(value.old)))
        return
    record = json.loads(str(value.new))
    if value.table == "given_reasons":
        key = _draft(run, record["review"])
        run.execute(
            "INSERT INTO given_reasons (identity, review_id, reason) VALUES (?, ?, ?)",
            (value.row, key, record["reason"]),
        )
    else:
        run.execute(
            'INSERT INTO citations (identity, given_reason_id, entry_id, start, "end", passage) VALUES (?,'
            " (SELECT id FROM given_reasons WHERE identity = ?), (SELECT id FROM entries WHERE identity = ?), ?, ?, ?)",
            (
                *(value.row, record["given_reason"], record["entry"]),
                *(record["start"], record["end"], record["passage"]),
            ),
        )
    change.add(value.table, value.row, record)


def _draft(run: Connection, review: str) -> ReviewKey:
    row = run.execute("SELECT id, state FROM reviews WHERE identity = ?", (review,)).fetchone()
    if row is None or row[1] != "draft":
        raise RefusedError(
            _("This step belongs to a review that has been submitted."),
            safe=_("Nothing was changed."),
            todo=_("Reopen the review with a reason first."),
        )
    return ReviewKey(row[0])


def _refuse_unless_same(now: object, then: object) -> None:
    if now != then:
        raise _changed_since()


def _changed_since() -> RefusedError:
    return RefusedError(
        _("This step can't be taken back: what it wrote has been changed since."),
        safe=_("Nothing was changed."),
        todo=_("Look in the history for what it was before."),
    )
