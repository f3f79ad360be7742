"""Replays the history: rebuilds every row of the audit from what was told of it, and compares it with the one that stands there.

Both sides are gone through in one order, a row at a time, so that memory holds one row however large the file is; beside it stands
only what SQLite sorts, which is some hundred bytes for each value of the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from typing import Any, Final, NamedTuple

from ncpi_desktop.domain.record.change import WHOLE_ROW
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.folding import Folding, Told
from ncpi_desktop.storage.history_integrity import Span, is_in
from ncpi_desktop.storage.kept_table import KeptTable, Standing
from ncpi_desktop.storage.kept_tables import KEPT_TABLES, TABLE_CALLED
from ncpi_desktop.words import _

Advance = Callable[[], None]
"""Called after each value and row looked at; raises to stop."""

# Only the keys are sorted, not the texts; the limit keeps SQLite from leaving the order out. The stage grades are told as fields of their
# review. The first version told a force's own grade by the reference of its case.
_SORTED: Final = (
    'SELECT k.place, k.named, v.sequence, v."table", v.field, v.operation, v.old_value, v.new_value, v."offset", v.salt, v.new_digest'
    " FROM (SELECT sequence, position, CASE \"table\" WHEN 'stage_grades' THEN 'reviews' ELSE \"table\" END AS place,"
    ' CASE "table" WHEN \'own_grades\' THEN coalesce((SELECT identity FROM cases WHERE reference = "row"), "row") ELSE "row" END'
    " AS named FROM history_values ORDER BY place, named, sequence, position LIMIT -1) k"
    " CROSS JOIN history_values v ON v.sequence = k.sequence AND v.position = k.position"
)

_NO_TABLE: Final = frozenset({"protection", "rescue", "final-report"})
"""What the history tells of and no table holds: under which passphrase the file came, and which changes were lost before a rescue."""


class Kind(Enum):
    """What is amiss with a row: gone, not known to the history, not as the history leads to; or what can't be read, or is none of ours."""

    MISSING = auto()
    UNTOLD = auto()
    ALTERED = auto()
    UNREADABLE = auto()
    FOREIGN = auto()


class RowFault(NamedTuple):
    """One row that is not as the history leads to; `reference` names its case where it stands there and is about one."""

    kind: Kind
    table: str
    identity: str = ""
    reference: str = ""
    position: int | None = None


_SENSELESS: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def altered_rows(connection: Connection, boundary: int, lost: Sequence[Span], advance: Advance) -> Iterator[str]:
    """Yield a sentence for each row that is not what the history leads to. The rest as in `row_faults`."""
    for fault in row_faults(connection, boundary, lost, advance):
        yield _sentence(fault)


def row_faults(connection: Connection, boundary: int, lost: Sequence[Span], advance: Advance) -> Iterator[RowFault]:
    """Yield each row that is not what the history leads to, that it does not know, or that is no longer there.

    `boundary` is the change that told what version 1 had not told; 0 where there is none. What changes in `lost` say counts for nothing.
    """
    seen = set()
    told = (row for row in connection.execute(_SORTED) if not lost or not is_in(lost, row[2]))
    for place, values in groupby(told, key=lambda row: row[0]):
        if place in _NO_TABLE:
            continue
        table = TABLE_CALLED.get(place)
        if table is None:
            yield RowFault(Kind.FOREIGN, place)
            continue
        seen.add(place)
        yield from _compare(connection, table, values, boundary, advance)
    for table in KEPT_TABLES:
        if table.name not in seen:
            yield from _compare(connection, table, iter(()), boundary, advance)


def _compare(
    connection: Connection, table: KeptTable, values: Iterator[tuple[Any, ...]], boundary: int, advance: Advance
) -> Iterator[RowFault]:
    folded = _folded(table, values, boundary, advance)
    standing = table.rows(connection)
    try:
        yield from _merged(connection, table, folded, standing, advance)
    except (DatabaseError, *_SENSELESS):
        yield RowFault(Kind.UNREADABLE, table.name)
        for _row in folded:
            pass


def _merged(
    connection: Connection,
    table: KeptTable,
    folded: Iterator[tuple[str, Folding | None]],
    standing: Iterator[tuple[str, Standing]],
    advance: Advance,
) -> Iterator[RowFault]:
    row = next(standing, None)
    for identity, folding in folded:
        while row is not None and row[0] < identity:
            advance()
            yield RowFault(Kind.UNTOLD, table.name, row[0], table.case_of(connection, row[0]))
            row = next(standing, None)
        if row is None or identity < row[0]:
            if folding is None or folding.stands:
                yield RowFault(Kind.MISSING, table.name, identity)
            continue
        advance()
        if folding is None or not folding.stands or not folding.agrees_with(row[1]):
            reference = table.case_of(connection, identity)
            yield RowFault(Kind.ALTERED, table.name, identity, reference, row[1].get("position"))
        row = next(standing, None)
    while row is not None:
        advance()
        yield RowFault(Kind.UNTOLD, table.name, row[0], table.case_of(connection, row[0]))
        row = next(standing, None)


def _folded(
    table: KeptTable, values: Iterator[tuple[Any, ...]], boundary: int, advance: Advance
) -> Iterator[tuple[str, Folding | None]]:
    """Yield each row that the history tells of, by its identity; None where what it tells, since it last told the whole, makes no sense."""
    for identity, told in groupby(values, key=lambda row: row[1]):
        folding: Folding | None = Folding(table, boundary)
        for value in told:
            advance()
            told_now = Told._make(value[2:])
            if folding is None and told_now.field == WHOLE_ROW:
                folding = Folding(
                    table, boundary
                )  # As after a rescue: told whole, it no longer rests on what came before.
            try:
                if folding is not None:
                    folding.take(told_now)
            except _SENSELESS:
                folding = None
        yield identity, folding


def _sentence(fault: RowFault) -> str:
    if fault.kind is Kind.FOREIGN:
        return _("The history tells of “{table}”, which is no part of an audit.").format(table=fault.table)
    if fault.kind is Kind.UNREADABLE:
        return _("The table “{table}” holds something that can't be read.").format(table=fault.table)
    table = TABLE_CALLED[fault.table]
    if fault.kind is Kind.MISSING:
        return _missing(table)
    if fault.kind is Kind.UNTOLD:
        return _untold(table, fault.reference)
    return _altered(table, fault.reference, fault.position)


def _missing(table: KeptTable) -> str:
    if table.name == "cases":
        return _("A case that was brought in is no longer in the file.")
    if table.name == "entries":
        return _("An entry of a record that was brought in is no longer in the file.")
    if table.name == "own_grades":
        return _("The force's own grade of a case that was brought in is no longer in the file.")
    if table.name == "own_stage_grades":
        return _("The force's own grade of a stage that was brought in is no longer in the file.")
    if table.name in ("reviews", "given_reasons", "citations"):
        return _("Judgements that the history tells of are no longer in the file.")
    return _("“{table}” lacks a row that the history tells of.").format(table=table.name)


def _untold(table: KeptTable, reference: str) -> str:
    if table.name == "reviews":
        return _("Case {reference} has a review that the history does not tell of.").format(reference=reference)
    if table.name in ("history", "history_values"):
        return _("Something was taken out of the history without a redaction that tells of it.")
    if reference:
        return _("Case {reference} has a row in “{table}” that the history does not tell of.").format(
            reference=reference, table=table.name
        )
    return _("“{table}” has a row that the history does not tell of.").format(table=table.name)


def _altered(table: KeptTable, reference: str, position: int | None) -> str:
    if table.name == "methodology":
        return _("The methodology is not the one that the file was made with.")
    if table.name == "cases":
        return _("Case {reference} is not as it was brought in.").format(reference=reference)
    if table.name == "entries":
        return _("Entry {position} of case {reference} is not as it was brought in.").format(
            position=position, reference=reference
        )
    if table.name == "own_grades":
        return _("The force's own grade of case {reference} is not as it was brought in.").format(reference=reference)
    if table.name == "own_stage_grades":
        sentence = _("The force's own grades of the stages of case {reference} are not as they were brought in.")
        return sentence.format(reference=reference)
    if table.name in ("reviews", "given_reasons", "citations"):
        return _("The judgement of case {reference} is not the one that the history leads to.").format(
            reference=reference
        )
    return _("What stands in “{table}” is not what the history leads to.").format(table=table.name)
