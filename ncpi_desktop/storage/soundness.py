"""Decides whether an audit file may be trusted: its schema is ours, what is read at opening is of a sensible size, its pages hold."""

from __future__ import annotations

import re
from pathlib import Path

from ncpi_desktop.domain.errors import FileProtectedError
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError
from ncpi_desktop.storage.guard import briefly
from ncpi_desktop.storage.history_integrity import last_seal_holds
from ncpi_desktop.storage.migrations import APPLICATION_ID, SCHEMA_DIGESTS, SCHEMA_VERSION, digest_of
from ncpi_desktop.storage.refusal import another_program, damaged, foreign_schema, made_by_newer, too_large
from ncpi_desktop.storage.schema_comparison import foreign_things, statements_of
from ncpi_desktop.storage.schema_pages import OversizedSchemaError, statements_on_pages
from ncpi_desktop.storage.sizes import too_large_to_open
from ncpi_desktop.words import _

QUICK_CHECK_LIMIT = 24 * 1024 * 1024
"""Files up to this many bytes are checked page by page when opened (some 30 ms); larger ones when asked, or after a crash."""

CHECKED_AFTER_CRASH = 256 * 1024 * 1024

_IO_ERROR = 10
"""SQLite's number for what the disk reports, in the lowest byte of its codes."""

_ERROR_CODE = re.compile(r"error code[= ](\d+)")
"""How SQLite's check of the pages, which raises nothing, tells that it could not read one."""


def refuse_foreign_pages(path: Path) -> None:
    """Look at what the plain database at `path` says it holds, before SQLite reads any of it.

    Where its pages make no sense, or a log beside it holds newer ones, nothing is decided here: `refuse_unsound` does.

    Raises:
        FileRefusedError: there are tables, views or triggers in it that are not ours, or more of them than any audit has.
    """
    try:
        with path.open("rb") as stream:
            version = int.from_bytes(stream.read(64)[60:64], "big")
        found = statements_on_pages(path)
    except OversizedSchemaError:
        raise foreign_schema(path.name, (_("more of them than any audit has"),)) from None
    except (ValueError, IndexError, OSError):
        return
    if version in SCHEMA_DIGESTS and digest_of(found) != SCHEMA_DIGESTS[version]:
        raise foreign_schema(path.name, foreign_things(found, version))


def refuse_wrong_key(connection: Connection, path: Path) -> None:
    """Return where the key of `connection` is that of the protected file at `path`, and an audit is inside.

    Raises:
        FileProtectedError: the key is another one.
        FileRefusedError: it is not an audit file, or of a newer version.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except OperationalError:
        raise
    except DatabaseError as error:
        if "not a database" not in str(error):
            raise  # It was deciphered and makes no sense: damage, not a wrong key.
        raise FileProtectedError(
            _("“{name}” does not open with this passphrase.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_(
                "Type it again, with its capitals and spaces. If it never opens, the file may be damaged: use a backup."
            ),
        ) from None
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise another_program(path.name)
    if _version(connection) > SCHEMA_VERSION:
        raise made_by_newer(path.name)


def refuse_unsound(connection: Connection, path: Path, *, after_a_crash: bool = False) -> None:
    """Return where the file may be read and written; a change that was broken off (`after_a_crash`) has it looked at more closely.

    Raises:
        FileRefusedError: its schema is not ours, it holds more than any audit has, or it is damaged.
        DatabaseError: SQLite can't read it, or takes too long.
    """
    with briefly(connection):
        version = _version(connection)
        if version not in SCHEMA_DIGESTS:
            raise damaged(path.name)
        found = statements_of(connection)
        if digest_of(found) != SCHEMA_DIGESTS[version]:
            raise foreign_schema(path.name, foreign_things(found, version))
        roots, different = connection.execute(
            "SELECT count(*), count(DISTINCT rootpage) FROM sqlite_schema WHERE rootpage > 0"
        ).fetchone()
        if roots != different:
            raise damaged(path.name)
        table = too_large_to_open(connection)
        if table:
            raise too_large(path.name, table)
        if not connection.execute(
            "SELECT EXISTS (SELECT 1 FROM inspection) AND EXISTS (SELECT 1 FROM methodology)"
        ).fetchone()[0]:
            raise damaged(path.name)
        if (after_a_crash or _was_left_open(connection, version)) and not last_seal_holds(connection):
            raise damaged(path.name)
    if path.stat().st_size <= (CHECKED_AFTER_CRASH if after_a_crash else QUICK_CHECK_LIMIT):
        (found_wrong,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if any(int(code) & 0xFF == _IO_ERROR for code in _ERROR_CODE.findall(found_wrong)):
            raise OperationalError("disk I/O error")
        if found_wrong != "ok":
            raise damaged(path.name)


def _was_left_open(connection: Connection, version: int) -> bool:
    """Return whether a writer is in the file: one at work now, or one that never closed it, perhaps in the midst of a change."""
    return version >= 2 and connection.execute("SELECT 1 FROM writer").fetchone() is not None


def _version(connection: Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
