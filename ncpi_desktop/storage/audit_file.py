"""An audit file: made, opened, changed and closed. One SQLite database is one inspection of one force."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Unpack
from urllib.parse import quote

from ncpi_desktop.domain.errors import FileRefusedError, KnownError, NotSavedError, OutputNotWrittenError
from ncpi_desktop.storage.change_log import About, ChangeInProgress
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.migrations import SCHEMA_DIGEST, SCHEMA_VERSION, bring_up_to_date, schema_digest
from ncpi_desktop.storage.refusal import damaged, refuse_unless_audit
from ncpi_desktop.words import _

QUICK_CHECK_LIMIT = 24 * 1024 * 1024
"""Files up to this many bytes are checked page by page when opened (some 30 ms); larger ones when asked."""


class AuditFile:
    """An open audit file. Reads go through the repositories; every write goes through `change`."""

    def __init__(self, path: Path, connection: Connection, *, read_only: bool) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self._place = _place_of(path)

    @classmethod
    def create(cls, path: Path) -> AuditFile:
        """Make an empty audit file at `path` and open it.

        Raises:
            OutputNotWrittenError: something stands there already (it is left alone), or the folder can't be written.
        """
        refuse_if_taken(path)
        try:
            connection = connect(str(path))
            try:
                _set_up(connection)
                _keep_one_file(connection)
                bring_up_to_date(connection)
            except BaseException:
                connection.close()
                path.unlink(missing_ok=True)
                raise
        except (DatabaseError, OSError) as error:
            raise OutputNotWrittenError(
                _("“{name}” can't be made: {why}.").format(name=path.name, why=_why(error)),
                todo=_("Choose a folder you may write to, with room left on the disk."),
            ) from None
        return cls(path, connection, read_only=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> AuditFile:
        """Open the audit file at `path`; one that can't be written is opened for reading.

        A change that a power cut broke off is taken back first, for reading too.

        Raises:
            FileRefusedError: it is not a sound audit file of this version; it is untouched.
        """
        refuse_unless_audit(path)
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        read_only = read_only or not writable
        mode = "rw" if writable and (not read_only or _journal_of(path).exists()) else "ro"
        try:
            connection = connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True)
        except DatabaseError:
            raise damaged(path.name) from None
        try:
            _set_up(connection)
            _refuse_unsound(connection, path)
            if not read_only:
                _keep_one_file(connection)
            elif mode == "rw":
                connection.execute("PRAGMA query_only = ON")
        except (DatabaseError, ValueError) as error:  # a damaged name in an error message is no text
            connection.close()
            raise _cannot_open(path, error) from None
        except BaseException:
            connection.close()
            raise
        return cls(path, connection, read_only=read_only)

    def close(self) -> None:
        """Close the file; it is then one file without companions."""
        self.connection.close()

    @contextmanager
    def change(
        self, action: str, *, at: datetime, person: str, person_identity: str, **about: Unpack[About]
    ) -> Iterator[ChangeInProgress]:
        """Make one change: all of it and its history line, or nothing.

        Where no value was replaced nothing is written, not even a history line.

        Raises:
            NotSavedError: nothing of the change was kept, and why.
        """
        if self.read_only:
            raise NotSavedError(
                _("This file is open for reading only."),
                safe=_("Nothing was changed."),
                todo=_("Copy it to a folder you may write to, and open the copy."),
            )
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except DatabaseError as error:
            raise self._not_saved(error) from None
        change = ChangeInProgress(
            self.connection, action, at=at, person=person, person_identity=person_identity, **about
        )
        try:
            yield change
            if change.values:
                change.write()
                self._refuse_if_moved()
                self.connection.execute("COMMIT")
            else:
                self.connection.execute("ROLLBACK")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, DatabaseError | OSError):
                raise self._not_saved(error) from None
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read several things as of one moment; nothing is locked before the first read.

        Raises:
            FileRefusedError: what stands there can't be read, or makes no sense: the file is damaged.
        """
        try:
            self.connection.execute("BEGIN")
            yield self.connection
        except (DatabaseError, ValueError, KeyError) as error:
            raise _cannot_open(self.path, error) from error
        finally:
            self._roll_back()

    def last_sequence(self) -> int:
        """Return the sequence of the last change; 0 in a file without history."""
        row = self.connection.execute("SELECT max(sequence) FROM history").fetchone()
        return row[0] or 0

    def last_seal(self) -> str:
        """Return the seal of the last change: what workbook and report were made from."""
        row = self.connection.execute("SELECT seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
        return row[0] if row else ""

    def _refuse_if_moved(self) -> None:
        # Without this, SQLite goes on writing into a file that is no longer at its place, and says all is well.
        if _place_of(self.path) != self._place:
            raise self._moved()

    def _roll_back(self) -> None:
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except DatabaseError:
            # SQLite has rolled back by itself after some disk errors, and says so with an error of its own.
            return

    def _moved(self) -> KnownError:
        return NotSavedError(
            _("“{name}” was moved, replaced or deleted while it was open.").format(name=self.path.name),
            safe=_("Everything saved before is in that file, and what you typed is still on screen."),
            todo=_("Put the file back where it was, or plug the stick in again."),
        )

    def _not_saved(self, error: Exception) -> KnownError:
        if _place_of(self.path) != self._place:
            return self._moved()
        return NotSavedError(
            _("Not saved: {why}.").format(why=_why(error)),
            safe=_("Everything saved before is safe, and what you typed is still on screen."),
            todo=_("See that the disk has room and the file is not open elsewhere, then try again."),
        )


def refuse_if_taken(path: Path) -> None:
    """Return where nothing stands at `path`.

    Raises:
        OutputNotWrittenError: something does; it is left alone.
    """
    if path.exists():
        raise OutputNotWrittenError(
            _("“{name}” exists already.").format(name=path.name),
            safe=_("It was left as it is."),
            todo=_("Choose another name."),
        )


def _place_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _set_up(connection: Connection) -> None:
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


def _keep_one_file(connection: Connection) -> None:
    # Only once the file is known to be ours: it takes a file out of another journal mode by writing to it.
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _refuse_unsound(connection: Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == SCHEMA_VERSION and schema_digest(connection) != SCHEMA_DIGEST:
        raise FileRefusedError(
            _("“{name}” has tables, views or triggers that this program did not make.").format(name=path.name),
            safe=_("The file is untouched, and nothing in it was run."),
            todo=_("Use a copy from a source you trust."),
        )
    if version < SCHEMA_VERSION or not connection.execute("SELECT count(*) FROM inspection, methodology").fetchone()[0]:
        raise damaged(path.name)
    if path.stat().st_size <= QUICK_CHECK_LIMIT:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(path.name)


def _cannot_open(path: Path, error: Exception) -> FileRefusedError:
    if isinstance(error, OperationalError) and "locked" in str(error):
        return FileRefusedError(
            _("“{name}” is in use by another program or another window.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Close it there, then open it again."),
        )
    if isinstance(error, OperationalError) and "readonly" in str(error) and _journal_of(path).exists():
        return FileRefusedError(
            _("A change to “{name}” was broken off, and it can't be taken back here.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Copy it together with “{journal}” to a folder you may write to, and open the copy.").format(
                journal=_journal_of(path).name
            ),
        )
    return damaged(path.name)


def _why(error: Exception) -> str:
    text = str(error).casefold()
    if "full" in text:
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
