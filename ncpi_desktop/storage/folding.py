"""Folds what the history tells of one row, value by value, into the row that should stand; and says whether it is the one that does."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from ncpi_desktop.domain.record.change import WHOLE_ROW, record_text, value_digest
from ncpi_desktop.storage.early_files import first_form
from ncpi_desktop.storage.kept_table import KeptTable, Kind, Standing, agrees


class Told(NamedTuple):
    """One value of the history, as it is stored."""

    sequence: int
    table: str
    field: str
    operation: str
    old: Any
    new: Any
    offset: int | None
    salt: str
    new_digest: str


class _Unknown:
    """What was taken out of the history, until a later change tells it anew."""


UNKNOWN: Final = _Unknown()

_ALIASES: Final = {"reviewer_id": "reviewer"}
"""A column that was told under its own name."""


class Folding:
    """One row while its history is gone through. `boundary` is the change that told what version 1 had not (0: none did)."""

    def __init__(self, table: KeptTable, boundary: int) -> None:
        self._table = table
        self._boundary = boundary
        self._digest: tuple[str, str, bool] | None = None
        self._first_old: dict[str, Any] = {}
        self._fields: Standing = {}
        self.stands = False

    def take(self, told: Told) -> None:
        """Take in the next value of the row, in order.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: it makes no sense.
        """
        if told.operation == "remove":
            self.stands = False
        elif told.field == WHOLE_ROW:
            self._take_row(told)
        elif told.table == "stage_grades":
            self._take_stage(told)
        else:
            self._take_field(told)

    def _take_row(self, told: Told) -> None:
        self.stands = True
        self._first_old = {}
        if self._table.stands_once:
            self._fields = {}
            early = told.operation == "add" and told.sequence < self._boundary
            self._digest = (told.salt, told.new_digest, early) if told.salt else None
        elif not told.salt:
            self._fields = dict.fromkeys(self._table.field_called, UNKNOWN)
        else:
            self._fields = self._table.beginning()
            for name, value in json.loads(told.new).items():
                self._put(name, value)

    def _take_stage(self, told: Told) -> None:
        stages = self._fields["stages"]
        if stages is UNKNOWN or not told.salt:
            self._fields["stages"] = UNKNOWN
        elif told.new is None:
            stages.pop(told.field, None)
        else:
            stages[told.field] = told.new

    def _take_field(self, told: Told) -> None:
        name = _ALIASES.get(told.field, told.field)
        if not told.salt:
            self._put(name, UNKNOWN)
        elif told.operation == "splice":
            text = self._fields[name]
            if text is not UNKNOWN:
                start = int(told.offset or 0)
                self._fields[name] = text[:start] + told.new + text[start + len(told.old) :]
        else:
            self._first_old.setdefault(name, told.old)
            self._put(name, told.new)

    def _put(self, name: str, value: Any) -> None:
        # The first version told the counts of earlier results with their rows, and no word of what it has no column for.
        held = self._table.field_called[name]
        if held.kind is Kind.NAMED and isinstance(value, str):
            value = json.loads(value)
        self._fields[name] = value

    def agrees_with(self, standing: Standing) -> bool:
        """Return whether the row as it stands is the one that the history leads to."""
        for name, told in self._fields.items():
            if told is UNKNOWN or not agrees(self._table.field_called[name], told, standing[name]):
                return False
        return not self._table.stands_once or self._fits_digest(standing)

    def _fits_digest(self, standing: Standing) -> bool:
        if self._digest is None:
            return False
        salt, digest, early = self._digest
        before = standing if not self._first_old else standing | self._first_old
        record = first_form(self._table.name, standing) if early else None
        if early and record is None:
            return False
        if record is None:
            record = self._table.record(standing) | {name: before[name] for name in self._first_old}
        return value_digest(salt, record_text(record)) == digest
