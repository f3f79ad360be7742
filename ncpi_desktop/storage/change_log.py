"""Writes the history: every change in one transaction with the line that tells it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from ncpi_desktop.domain.record.change import (
    FIRST_SEAL,
    WHOLE_ROW,
    Change,
    Operation,
    Value,
    ValueChange,
    record_text,
    seal_of,
    splice_between,
    texts_digest_of,
    value_digest,
)
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.kept_tables import record_standing, stands_once
from ncpi_desktop.storage.moments import to_text


class About(TypedDict, total=False):
    """What a change is about, beside who makes it: the case, its detail and reason in words, the step it undoes or goes on with."""

    case_identity: str
    case_reference: str
    detail: str
    reason: str
    undoes: int | None
    continues: int | None


class ChangeInProgress:
    """One change while it is being made. Repositories write nothing without one, and tell it each value they replace."""

    def __init__(
        self,
        connection: Connection,
        action: str,
        *,
        at: datetime,
        person: str,
        person_identity: str,
        **about: Unpack[About],
    ) -> None:
        self.connection = connection
        self.at = at
        self.person = person
        self.person_identity = person_identity
        self.action = action
        self.case_identity = about.get("case_identity", "")
        self.case_reference = about.get("case_reference", "")
        self.detail = about.get("detail", "")
        self.reason = about.get("reason", "")
        self.undoes = about.get("undoes")
        self.continues = about.get("continues")
        self.values: list[ValueChange] = []
        self.sequence: int | None = None
        self.previous_seal = ""
        self.seal = ""

    def set(self, table: str, row: str, field: str, old: Value, new: Value) -> None:
        """Tell that `field` went from `old` to `new`; nothing is told where they are the same."""
        if old != new:
            self.values.append(ValueChange(table, row, field, Operation.SET, old, new))

    def splice(self, table: str, row: str, field: str, old: str, new: str) -> None:
        """Tell that a text changed; only the characters that differ are kept."""
        if old != new:
            offset, removed, put = splice_between(old, new)
            self.values.append(ValueChange(table, row, field, Operation.SPLICE, removed, put, offset))

    def add(self, table: str, row: str, record: Mapping[str, object], *, kept_in_table: bool = False) -> None:
        """Tell that a row was added. With `kept_in_table` the history keeps its digest and not its text a second time."""
        self._tell_row(Operation.ADD, table, row, record, kept_in_table)

    def add_standing(self, table: str, row: str) -> None:
        """Tell that the row of `table` which stands there now, with all that is within it, was added; `kept_tables` says how."""
        self.add(table, row, record_standing(self.connection, table, row), kept_in_table=stands_once(table))

    def tell_anew(self, table: str, row: str) -> None:
        """Tell how a row stands now, where what the history told of it before was taken out or told too little."""
        record = record_standing(self.connection, table, row)
        self._tell_row(Operation.SET, table, row, record, stands_once(table))

    def remove(self, table: str, row: str, record: Mapping[str, object]) -> None:
        """Tell that a row was taken away, and all that it held."""
        self.values.append(ValueChange(table, row, WHOLE_ROW, Operation.REMOVE, record_text(record), None))

    def remove_standing(self, table: str, row: str) -> None:
        """Tell that the row which stands there still is about to be taken away, with all that it holds."""
        self.remove(table, row, record_standing(self.connection, table, row))

    def _tell_row(
        self, operation: Operation, table: str, row: str, record: Mapping[str, object], kept_in_table: bool
    ) -> None:
        text = record_text(record)
        salt = os.urandom(8).hex()
        told = ValueChange(table, row, WHOLE_ROW, operation, None, None if kept_in_table else text, None, salt)
        self.values.append(replace(told, old_digest=value_digest(salt, None), new_digest=value_digest(salt, text)))

    def line(self) -> Change:
        """Return the line that was written, without its values: what undo needs to know of it."""
        sequence = self.sequence or 0
        return Change(
            sequence=sequence,
            at=self.at,
            person=self.person,
            person_identity=self.person_identity,
            action=self.action,
            case_identity=self.case_identity,
            case_reference=self.case_reference,
            detail=self.detail,
            reason=self.reason,
            step=self.continues or sequence,
            undoes=self.undoes,
            values=(),
            previous_seal=self.previous_seal,
            seal=self.seal,
        )

    def write(self) -> int:
        """Seal the change onto the one before it and write both; return its sequence. The transaction stays open."""
        last = self.connection.execute("SELECT sequence, seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
        sequence, previous_seal = (last[0] + 1, last[1]) if last else (1, FIRST_SEAL)
        salt = os.urandom(8).hex()
        at = to_text(self.at)
        values = [_with_digests(value) for value in self.values]
        texts = texts_digest_of(salt, self.person, self.case_reference, self.detail, self.reason)
        seal = seal_of(
            *(previous_seal, sequence, at, self.person_identity, self.action, self.case_identity, texts, values),
            steps=(self.continues or sequence, self.undoes),
        )
        self.connection.execute(
            "INSERT INTO history (sequence, at, person, person_identity, action, case_identity, case_reference, detail, reason,"
            " step, undoes, salt, texts_digest, previous_seal, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(sequence, at, self.person, self.person_identity, self.action, self.case_identity),
                *(self.case_reference, self.detail, self.reason, self.continues or sequence, self.undoes),
                *(salt, texts, previous_seal, seal),
            ),
        )
        self.connection.executemany(
            'INSERT INTO history_values (sequence, position, "table", "row", field, operation, old_value, new_value, "offset",'
            " salt, old_digest, new_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(sequence, position, value.table, value.row, value.field, value.operation.value),
                    *(value.old, value.new, value.offset, value.salt, value.old_digest, value.new_digest),
                )
                for position, value in enumerate(values)
            ),
        )
        self.sequence, self.previous_seal, self.seal = sequence, previous_seal, seal
        return sequence


def _with_digests(value: ValueChange) -> ValueChange:
    if value.salt:
        return value
    salt = os.urandom(8).hex()
    return replace(value, salt=salt, old_digest=value_digest(salt, value.old), new_digest=value_digest(salt, value.new))
