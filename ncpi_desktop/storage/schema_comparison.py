"""Compares the schema of a file with the expected one, statement by statement, and names what is foreign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ncpi_desktop.storage.engine import Connection, connect
from ncpi_desktop.storage.migrations import SCHEMAS, in_one_line, statements_in
from ncpi_desktop.storage.schema_pages import Statement
from ncpi_desktop.words import _, ngettext

TOLD = 5
"""So many foreign things are named; the rest are counted."""

LONGEST_NAME = 60
"""So much of a foreign name is shown: it is text from outside."""

# How sqlite-utils keeps which migrations were applied.
_MIGRATIONS_TABLE = (
    'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n   "migration_set" TEXT,\n   "name" TEXT,\n   "applied_at" TEXT\n)',
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"\n    ON "_sqlite_migrations" ("migration_set", "name")',
)


def statements_of(connection: Connection) -> list[Statement]:
    """Return every statement that made the tables, views, indexes and triggers of this file."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
    return [Statement(str(kind), str(name), str(sql)) for kind, name, sql in rows]


@cache
def expected_statements(version: int) -> tuple[Statement, ...]:
    """Return the statements of an audit file of that schema version, made once in memory."""
    connection = connect(":memory:")
    try:
        for statement in _MIGRATIONS_TABLE:
            connection.execute(statement)
        for script in SCHEMAS[version]:
            for statement in statements_in(script):
                connection.execute(statement)
        return tuple(statements_of(connection))
    finally:
        connection.close()


def foreign_things(found: Sequence[Statement], version: int) -> tuple[str, ...]:
    """Return in words what `found` has that a file of that version does not have, and what it lacks; empty where they are alike.

    Names are cut to a safe length and hold no control characters.
    """
    expected = {(held.kind, held.name): in_one_line(held.sql or "") for held in expected_statements(version)}
    there = {(held.kind, held.name): in_one_line(held.sql) for held in found if held.sql is not None}
    named = []
    for (kind, name), sql in there.items():
        if (kind, name) not in expected:
            named.append(_unknown(kind, sql).format(name=shown(name)))
        elif expected[kind, name] != sql:
            named.append(_altered(kind, sql).format(name=shown(name)))
    named += [
        _("{kind} “{name}” is missing").format(kind=_kind(kind), name=name)
        for kind, name in expected
        if (kind, name) not in there
    ]
    if len(named) > TOLD:
        more = len(named) - TOLD
        named[TOLD:] = [ngettext("and {count} more", "and {count} more", more).format(count=more)]
    return tuple(named)


def shown(name: str) -> str:
    """Return a name from outside as it may be shown: one short line without control characters."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"


def _unknown(kind: str, sql: str) -> str:
    if kind == "table" and sql.upper().startswith("CREATE VIRTUAL"):
        return _("unknown virtual table “{name}”")
    return {
        "table": _("unknown table “{name}”"),
        "index": _("unknown index “{name}”"),
        "view": _("unknown view “{name}”"),
        "trigger": _("unknown trigger “{name}”"),
    }.get(kind, _("unknown entry “{name}”"))


def _altered(kind: str, sql: str) -> str:
    if kind == "table" and "GENERATED ALWAYS" in sql.upper():
        return _("table “{name}” with a generated column")
    return {
        "table": _("altered table “{name}”"),
        "index": _("altered index “{name}”"),
        "trigger": _("altered trigger “{name}”"),
    }.get(kind, _("altered entry “{name}”"))


def _kind(kind: str) -> str:
    return {"table": _("table"), "index": _("index"), "trigger": _("trigger")}.get(kind, _("entry"))
