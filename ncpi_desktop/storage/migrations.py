"""Brings an audit file to this program's schema version, through sqlite-utils' Migrations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.early_files import tell_the_rest
from ncpi_desktop.storage.engine import Connection, utilities
from ncpi_desktop.storage.schema import FIRST_SCHEMA, FOURTH_SCHEMA, SECOND_SCHEMA, THIRD_SCHEMA

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x4E435049
"""*NCPI* in ASCII, at offset 68 of the file, so that a file says what it is before SQLite reads it."""

SCHEMA_VERSION = 4

SCHEMA_DIGESTS = {
    1: "a768e808c3980f4853e1da8526ed887b2f599f808a3040fc43aaca9948ac7666",
    2: "decd258f32e40d3c9f0b8c5fa93c9ce0e2a73d7f459fc197a732cba143cea512",
    3: "466d5c7a9cd92e47aa08757dbba04c32d60cb9e7a686c0fd3724470dfb7bbb10",
    4: "034618fa5782370a7bd5868ea9918f1698473486ea2f66c267b496e2428b72cb",
}
"""By version, the digest of all statements in `sqlite_schema`; a file of that version with another digest is not ours."""

SCHEMA_DIGEST = SCHEMA_DIGESTS[SCHEMA_VERSION]

_STEPS = (FIRST_SCHEMA, SECOND_SCHEMA, THIRD_SCHEMA, FOURTH_SCHEMA)
SCHEMAS = {
    version: tuple(script for step in _STEPS[:version] for script in step) for version in range(1, len(_STEPS) + 1)
}
"""By version, the scripts that together make its tables."""


MIGRATION_SET = "ncpi-desktop"
MIGRATIONS = ("first_schema", "one_writer", "second_reading", "force_and_findings")
"""The names under which a file says which migrations it went through, in their order."""


def statements_in(script: str) -> list[str]:
    """Return the statements of `script`; triggers, whose bodies hold semicolons, stay whole."""
    parts: list[str] = []
    for piece in script.strip().split(";\n"):
        statement = piece.strip().rstrip(";").strip()
        if statement:
            parts.append(statement + (";" if statement.endswith("END") else ""))
    return parts


def _migrations(told_at: datetime | None) -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)

    @migrations()
    def first_schema(db: Database) -> None:
        _run_all(db, FIRST_SCHEMA)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")

    @migrations()
    def one_writer(db: Database) -> None:
        _run_all(db, SECOND_SCHEMA)
        db.execute("DELETE FROM tallies WHERE cases = 0")
        if told_at is not None:
            tell_the_rest(db.conn, told_at)
        db.execute("PRAGMA user_version = 2")

    @migrations()
    def second_reading(db: Database) -> None:
        _run_all(db, THIRD_SCHEMA)
        db.execute("PRAGMA user_version = 3")

    @migrations()
    def force_and_findings(db: Database) -> None:
        _run_all(db, FOURTH_SCHEMA)
        # What is derived is laid anew by the last migration, whatever the file's version was: here alone the tables are those it reads.
        rebuild_derived(db.conn)
        db.execute("PRAGMA user_version = 4")

    return migrations


def _run_all(db: Database, scripts: tuple[str, ...]) -> None:
    for script in scripts:
        for statement in statements_in(script):
            db.execute(statement)


def bring_up_to_date(connection: Connection, *, told_at: datetime | None = None) -> None:
    """Apply every migration not yet applied, each in one transaction with its record and its version number.

    A file of version 1 gets a line of history, of the moment `told_at`, that tells what that version did not; without a moment it gets
    none: for a copy that is only read, whose last seal must stay that of the file.
    """
    _migrations(told_at).apply(utilities(connection))


def schema_digest(connection: Connection) -> str:
    """Return the digest of every statement that made the tables, indexes and triggers of this file."""
    return digest_of(connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def digest_of(statements: Iterable[tuple[str, str, str | None]]) -> str:
    """Return the digest of statements (kind, name, how it was made); what SQLite adds by itself has none of its own and is left out."""
    told = sorted((kind, name, in_one_line(sql)) for kind, name, sql in statements if sql is not None)
    text = "\n".join(" ".join(statement) for statement in told)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def in_one_line(sql: str) -> str:
    """Return a statement with single spaces; other blanks than SQLite's own are part of a name, and stay."""
    return " ".join(sql.split()) if sql.isascii() else re.sub(r"[ \t\n\f\r]+", " ", sql).strip(" ")
