"""How an audit file is connected to: found plain or protected, looked at before it is trusted, and refused in a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.migrations import (
    APPLICATION_ID,
    SCHEMA_DIGESTS,
    SCHEMA_VERSION,
    bring_up_to_date,
    schema_digest,
)
from ncpi_desktop.storage.refusal import another_program, damaged, is_plain, made_by_newer, refuse_unless_audit
from ncpi_desktop.words import _

QUICK_CHECK_LIMIT = 24 * 1024 * 1024
"""Files up to this many bytes are checked page by page when opened (some 30 ms); larger ones when asked."""


def can_write(path: Path) -> bool:
    """Return whether `path` and its folder let a change be made: the journal stands beside the file."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect_soundly(path: Path, *, read_only: bool, key: FileKey | None) -> Connection:
    """Connect to the audit file at `path` after it has been found sound, of whatever version; nothing of it is run before.

    A change that a power cut broke off is taken back first, for reading too.

    Raises:
        FileRefusedError: it is not a sound audit file; it is untouched.
        FileProtectedError: it needs a passphrase, or `key` is not its key.
    """
    refuse_unless_audit(path, protected=key is not None)
    key = None if is_plain(path) else key
    mode = _mode(path, read_only=read_only)
    try:
        connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, key=key)
    except DatabaseError:
        raise damaged(path.name) from None
    try:
        if key is not None:
            _refuse_wrong_key(
                connection, path
            )  # First of all: some settings read the file too, and would call it damaged.
        set_up(connection)
        _refuse_unsound(connection, path)
        if not read_only:
            _keep_one_file(connection)
        elif mode == "rw":
            connection.execute("PRAGMA query_only = ON")
    except (DatabaseError, ValueError) as error:  # a damaged name in an error message is no text
        connection.close()
        raise cannot_open(path, error) from None
    except BaseException:
        connection.close()
        raise
    return connection


def connect_again(path: Path, key: FileKey | None) -> Connection:
    """Connect to an audit file that was found sound before, for work on it as a whole; whether the key fits shows at the first read."""
    connection = connect(f"file:{quote(str(path.resolve()))}?mode=rw", uri=True, key=key)
    set_up(connection)
    return connection


def _mode(path: Path, *, read_only: bool) -> str:
    """Return how to open the file: for reading too as for writing where a change has to be taken back first."""
    return "rw" if can_write(path) and (not read_only or journal_of(path).exists()) else "ro"


def refuse_unless_fits(path: Path, key: FileKey) -> None:
    """Return where `key` opens the protected file at `path`. Nothing else of it is looked at: opening it does that.

    Raises:
        FileProtectedError: it does not, or the file is damaged where it begins.
        FileRefusedError: it is none of ours, or can't be read.
    """
    try:
        mode = _mode(path, read_only=True)
        connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, key=key)
    except DatabaseError:
        raise damaged(path.name) from None
    try:
        _refuse_wrong_key(connection, path)
    except OperationalError as error:
        raise cannot_open(path, error) from None
    finally:
        connection.close()


def make_new(path: Path, key: FileKey | None) -> Connection:
    """Make an empty audit file at `path`; where that fails there is none."""
    connection = connect(str(path), key=key)
    try:
        set_up(connection)
        _keep_one_file(connection)
        bring_up_to_date(connection)
    except BaseException:
        connection.close()
        path.unlink(missing_ok=True)
        raise
    return connection


def brought_up_in_memory(old: Connection) -> Connection:
    """Return a copy of an older file in memory, brought up to this version: to read it without touching it. Closes `old`."""
    copy = connect(":memory:")
    try:
        set_up(copy)
        old.backup(copy)
        bring_up_to_date(copy)
    except BaseException:
        copy.close()
        raise
    finally:
        old.close()
    return copy


def set_up(connection: Connection) -> None:
    """Set what holds for every connection; none of it writes to the file."""
    for pragma in (
        "busy_timeout = 2000",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "cache_size = -4000",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def version_of(connection: Connection) -> int:
    """Return the schema version that a file says it has."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def journal_of(path: Path) -> Path:
    """Return where the journal of a change stands while the change is made."""
    return path.with_name(path.name + "-journal")


def _keep_one_file(connection: Connection) -> None:
    # Only once the file is known to be ours: it takes a file out of another journal mode by writing to it.
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _refuse_wrong_key(connection: Connection, path: Path) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except OperationalError:
        raise
    except DatabaseError:
        raise FileProtectedError(
            _("“{name}” does not open with this passphrase.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_(
                "Type it again, with its capitals and spaces. If it never opens, the file may be damaged: use a backup."
            ),
        ) from None
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise another_program(path.name)
    if version_of(connection) > SCHEMA_VERSION:
        raise made_by_newer(path.name)


def _refuse_unsound(connection: Connection, path: Path) -> None:
    version = version_of(connection)
    if version in SCHEMA_DIGESTS and schema_digest(connection) != SCHEMA_DIGESTS[version]:
        raise FileRefusedError(
            _("“{name}” has tables, views or triggers that this program did not make.").format(name=path.name),
            safe=_("The file is untouched, and nothing in it was run."),
            todo=_("Use a copy from a source you trust."),
        )
    if version < 1 or not connection.execute("SELECT count(*) FROM inspection, methodology").fetchone()[0]:
        raise damaged(path.name)
    if path.stat().st_size <= QUICK_CHECK_LIMIT:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(path.name)


def cannot_open(path: Path, error: Exception) -> FileRefusedError:
    """Return the refusal of a file that the engine can't read, for the reason that `error` gives."""
    if isinstance(error, OperationalError) and "locked" in str(error):
        return FileRefusedError(
            _("“{name}” is in use by another program or another window.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Close it there, then open it again."),
        )
    if isinstance(error, OperationalError) and "readonly" in str(error) and journal_of(path).exists():
        return FileRefusedError(
            _("A change to “{name}” was broken off, and it can't be taken back here.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Copy it together with “{journal}” to a folder you may write to, and open the copy.").format(
                journal=journal_of(path).name
            ),
        )
    return damaged(path.name)


def why(error: Exception) -> str:
    """Return in words why the disk or the engine refused a write."""
    text = str(error).casefold()
    if "full" in text or "no space" in text:
        return _("the disk is full")
    if "locked" in text or "busy" in text:
        return _("another program has the file open")
    if "readonly" in text or "read-only" in text:
        return _("the file or its folder can't be written")
    if "malformed" in text or "not a database" in text:
        return _("the file is damaged")
    if "unable to open" in text or isinstance(error, PermissionError):
        return _("the folder can't be written")
    return _("the disk reported an error")
