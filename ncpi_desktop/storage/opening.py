"""How an audit file is connected to: found plain or protected, looked at before it is trusted, and refused in a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import quote

from ncpi_desktop.domain.errors import FileDamagedError, FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.guard import briefly, guard
from ncpi_desktop.storage.journal import Pending, journal_of, refuse_strange_companions
from ncpi_desktop.storage.migrations import bring_up_to_date
from ncpi_desktop.storage.refusal import damaged, is_plain, page_size_of, refuse_unless_audit, takes_too_long
from ncpi_desktop.storage.rehearsal import rehearse
from ncpi_desktop.storage.soundness import refuse_foreign_pages, refuse_unsound, refuse_wrong_key
from ncpi_desktop.words import _

_MOMENT = 0.05
"""Seconds after which a small change that somebody was just making is made."""


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
    broken_off = journal_of(path).exists()
    refuse_unless_audit(path, protected=key is not None, broken_off=broken_off)
    key = None if is_plain(path) else key
    broken_off = _is_broken_off(path, key)
    if not broken_off and key is None:
        refuse_foreign_pages(path)
    mode = "rw" if can_write(path) and (not read_only or broken_off) else "ro"
    try:
        connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, key=key)
    except DatabaseError as error:
        raise cannot_open(path, error) from None
    try:
        with briefly(connection):
            if key is not None:
                # First: half of what is set up reads the file, and would take it for damaged.
                refuse_wrong_key(connection, path)
            set_up(connection)
        refuse_unsound(connection, path, after_a_crash=broken_off)
        if not read_only:
            _keep_one_file(connection)
        elif mode == "rw":
            connection.execute("PRAGMA query_only = ON")
        guard(connection)
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


def refuse_unless_fits(path: Path, key: FileKey) -> None:
    """Return where `key` is that of the protected file at `path`; whether the file is sound is left to its opening.

    Raises:
        FileProtectedError: the key is another one.
        FileRefusedError: it is no audit file, or can't be read.
    """
    if journal_of(path).exists():  # A change may have to be taken back first, which is looked at closely.
        connect_soundly(path, read_only=True, key=key).close()
        return
    refuse_unless_audit(path, protected=True)
    try:
        connection = connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, key=key)
    except DatabaseError as error:
        raise cannot_open(path, error) from None
    try:
        refuse_wrong_key(connection, path)
    except DatabaseError as error:
        raise cannot_open(path, error) from None
    finally:
        connection.close()


def _is_broken_off(path: Path, key: FileKey | None) -> bool:
    """Return whether the last change was broken off and can be taken back soundly.

    A journal that somebody at work is just writing may look strange for a moment; one that is, stays as it is.
    """
    while True:
        seen = _state_of(journal_of(path))
        try:
            pending = refuse_strange_companions(path, page_size_of(path), protected=key is not None)
            if pending is not Pending.NOTHING:
                rehearse(path, key, thoroughly=pending is Pending.IN_PARTS)
            return pending is not Pending.NOTHING
        except FileDamagedError:
            time.sleep(_MOMENT)
            if _state_of(journal_of(path)) == seen:
                raise


def _state_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


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


def _keep_one_file(connection: Connection) -> None:
    # Only once the file is known to be ours: it takes a file out of another journal mode by writing to it.
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def cannot_open(path: Path, error: Exception) -> FileRefusedError:
    """Return the refusal of a file that the engine can't read, for the reason that `error` gives."""
    if isinstance(error, OperationalError) and "locked" in str(error):
        return FileRefusedError(
            _("“{name}” is in use by another program or another window.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Close it there, then open it again."),
        )
    if isinstance(error, OperationalError) and "interrupted" in str(error):
        return takes_too_long(path.name)
    if isinstance(error, OperationalError) and "readonly" in str(error) and journal_of(path).exists():
        return FileRefusedError(
            _("A change to “{name}” was broken off, and it can't be taken back here.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Copy it together with “{journal}” to a folder you may write to, and open the copy.").format(
                journal=journal_of(path).name
            ),
        )
    if is_of_the_disk(error):
        return FileRefusedError(
            _("“{name}” can't be read: {why}.").format(name=path.name, why=why(error)),
            safe=_("The file is untouched."),
            todo=_("Check the disk or the stick it is on."),
        )
    return damaged(path.name)


def is_of_the_disk(error: Exception) -> bool:
    """Return whether the disk is at fault and not the file: what stands there may be sound."""
    text = str(error).casefold()
    words = ("disk i/o", "disk is full", "unable to open")
    return isinstance(error, OperationalError) and any(word in text for word in words)


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
