"""What a kept table is: how a row of it stands as a record, and how the history tells it.

`kept_tables` lists them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property
from typing import Any, NamedTuple

from ncpi_desktop.domain.record.change import Value
from ncpi_desktop.storage.engine import Connection


class Kind(Enum):
    """What a field of a record holds: a value, another row, a list of values, other rows in their places, values by name."""

    PLAIN = auto()
    REFERENCE = auto()
    LIST = auto()
    PLACES = auto()
    NAMED = auto()


class Reference(NamedTuple):
    """Another row: its identity, and its key in this file, by which the first version told it."""

    identity: str | None
    key: int | None


Standing = dict[str, Any]
"""A row as it stands, by field: values, `Reference`s, lists and mappings."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the SQL that reads it, and what it is in a row of which nothing else is told."""

    name: str
    sql: str
    kind: Kind = Kind.PLAIN
    default: Any = None


@dataclass(frozen=True)
class KeptTable:
    """One table of the audit, with the tables that are lists within its rows (`within`).

    `stands_once` means that the history holds a digest of the whole record and not its text a second time: brought-in records.
    `source` is what the fields are read from; `identity` names the row there.
    """

    name: str
    source: str
    fields: tuple[Field, ...]
    identity: str = "t.identity"
    within: tuple[str, ...] = ()
    stands_once: bool = False
    about_case: str = ""

    @cached_property
    def field_called(self) -> dict[str, Field]:
        """The fields by name."""
        return {held.name: held for held in self.fields}

    def only(self, names: Iterable[str]) -> KeptTable:
        """Return the table with these fields alone: for a file on its way up, which lacks the columns of later versions."""
        return replace(self, fields=tuple(self.field_called[name] for name in names))

    @cached_property
    def _select(self) -> str:
        columns = [
            f"{held.sql}, {_key_of(held.sql)}" if held.kind is Kind.REFERENCE else held.sql for held in self.fields
        ]
        return f"SELECT {self.identity}, {', '.join(columns)} FROM {self.source}"

    def rows(self, connection: Connection) -> Iterator[tuple[str, Standing]]:
        """Yield every row by its identity, in the order of identities, one at a time."""
        for row in connection.execute(f"{self._select} ORDER BY 1"):
            yield row[0], self._standing(row)

    def row(self, connection: Connection, identity: str) -> Standing | None:
        """Return one row; None where there is none."""
        found = connection.execute(f"{self._select} {self._where}", (identity,)).fetchone()
        return self._standing(found) if found else None

    @cached_property
    def _where(self) -> str:
        return f"{'AND' if ' WHERE ' in self.source else 'WHERE'} {self.identity} = ?"

    def case_of(self, connection: Connection, identity: str) -> str:
        """Return the reference of the case that a row is about; empty where it is about none."""
        if not self.about_case:
            return ""
        found = connection.execute(f"SELECT {self.about_case} FROM {self.source} {self._where}", (identity,)).fetchone()
        return str(found[0] or "") if found else ""

    def beginning(self) -> Standing:
        """Return what a new row is, as far as nothing is told of it."""
        return {held.name: {} if held.kind is Kind.NAMED else held.default for held in self.fields}

    def record(self, standing: Standing) -> dict[str, object]:
        """Return a row as the history tells it when it is added: whole where it stands once, else what is not as in any new row."""
        told = {held.name: _by_identity(held, standing[held.name]) for held in self.fields}
        if self.stands_once:
            return told
        return {name: value for name, value in told.items() if value != self.field_called[name].default}

    def _standing(self, row: tuple[Any, ...]) -> Standing:
        found: Standing = {}
        place = 1
        for held in self.fields:
            value = row[place]
            if held.kind is Kind.REFERENCE:
                place += 1
                value = Reference(value, row[place])
            elif held.kind is not Kind.PLAIN and value is not None:
                value = json.loads(value)
            found[held.name] = value
            place += 1
        return found


def as_value(held: Field, standing: object) -> Value:
    """Return a field of a row as the history keeps a single value: lists as JSON."""
    value = _by_identity(held, standing)
    if held.kind in (Kind.LIST, Kind.PLACES, Kind.NAMED) and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return value  # type: ignore[no-any-return]


def agrees(held: Field, told: Any, standing: Any) -> bool:
    """Return whether what the history tells of a field is what stands there.

    The first version told other rows by their keys in the file, which stay, and lists in the order in which they were written.
    """
    if held.kind is Kind.REFERENCE:
        return bool(told == (standing.key if isinstance(told, int) else standing.identity))
    if held.kind in (Kind.PLAIN, Kind.NAMED):
        return bool(told == standing)
    if isinstance(told, str):
        told = json.loads(told)
    if held.kind is Kind.LIST:
        return bool(told == standing) or (bool(told) and bool(standing) and sorted(told) == standing)
    if told and isinstance(told[0], int):
        told = [[place, key] for place, key in enumerate(told)]
        return bool(told == [[place, key] for place, _identity, key in standing])
    return bool(told == _by_identity(held, standing))


def _by_identity(held: Field, standing: Any) -> Any:
    if held.kind is Kind.REFERENCE:
        return standing.identity
    if held.kind is Kind.PLACES:
        return [[place, identity] for place, identity, _key in standing]
    return standing


def _key_of(sql: str) -> str:
    return f"{sql.split('.')[0]}.id"
