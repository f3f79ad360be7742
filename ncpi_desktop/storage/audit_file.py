"""An audit file: made, opened, changed and closed. One SQLite database is one inspection of one force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from ncpi_desktop.domain.errors import KnownError, NotSavedError, OutputNotWrittenError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.change_log import About, ChangeInProgress
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.migrations import SCHEMA_VERSION, bring_up_to_date
from ncpi_desktop.storage.opening import (
    brought_up_in_memory,
    can_write,
    cannot_open,
    connect_soundly,
    make_new,
    version_of,
    why,
)
from ncpi_desktop.words import _

BeforeMigrating = Callable[[Connection], None]
"""Given an older file before it is brought up to this version: makes the backup, and raises where that fails."""


class AuditFile:
    """An open audit file. Reads go through the repositories; every write goes through `change`.

    `brought_up_in_memory` says that it is of an older version and is read from a copy in memory that was brought up to this one.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        *,
        read_only: bool,
        key: FileKey | None = None,
        in_memory: bool = False,
    ) -> None:
        self.path = path
        self.brought_up_in_memory = in_memory
        self.connection = connection
        self.read_only = read_only
        self.key = key
        self.still_ours: Callable[[], bool] = lambda: True
        self._place = _place_of(path)

    @classmethod
    def create(cls, path: Path, *, key: FileKey | None = None) -> AuditFile:
        """Make an empty audit file at `path` and open it; with a `key` it is protected from its first byte.

        Raises:
            OutputNotWrittenError: something stands there already (it is left alone), or the folder can't be written.
        """
        refuse_if_taken(path)
        try:
            connection = make_new(path, key)
        except (DatabaseError, OSError) as error:
            raise OutputNotWrittenError(
                _("“{name}” can't be made: {why}.").format(name=path.name, why=why(error)),
                todo=_("Choose a folder you may write to, with room left on the disk."),
            ) from None
        return cls(path, connection, read_only=False, key=key)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        key: FileKey | None = None,
        before_migrating: BeforeMigrating | None = None,
    ) -> AuditFile:
        """Open the audit file at `path`; one that can't be written is opened for reading.

        A file of an older version is brought up to this one after `before_migrating` has made its backup; without that, or for reading
        only, a copy in memory is brought up and the file stays as it is.

        Raises:
            FileRefusedError: it is not a sound audit file of this version; it is untouched.
            FileProtectedError: it needs a passphrase, or `key` is not its key.
        """
        read_only = read_only or not can_write(path)
        connection = connect_soundly(path, read_only=read_only, key=key)
        in_memory = False
        try:
            older = version_of(connection) < SCHEMA_VERSION
            if older and (read_only or before_migrating is None):
                connection, read_only, in_memory = brought_up_in_memory(connection), True, True
            elif older and before_migrating is not None:
                before_migrating(connection)
                bring_up_to_date(connection, told_at=datetime.now(UTC))
        except (DatabaseError, ValueError) as error:
            connection.close()
            raise cannot_open(path, error) from None
        except BaseException:
            connection.close()
            raise
        return cls(path, connection, read_only=read_only, key=key, in_memory=in_memory)

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
                todo=self.how_to_write(),
            )
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self._refuse_if_taken_over()
        except DatabaseError as error:
            raise self.not_saved(error) from None
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
                raise self.not_saved(error) from None
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
            raise cannot_open(self.path, error) from error
        finally:
            self._roll_back()

    def write_anew(self) -> None:
        """Write every page anew, so that none holds a rest of what was deleted or replaced before; nothing is changed by it.

        Raises:
            NotSavedError: the disk or another program stands in the way; the file is as it was.
        """
        self._refuse_if_moved()
        try:
            self.connection.execute("VACUUM")
        except DatabaseError as error:
            raise self.not_saved(error) from None

    def how_to_write(self) -> str:
        """Return what to do about a file that is open for reading only."""
        if can_write(self.path):
            return _("Close it where it is open for work, then open it here again.")
        return _("Copy it to a folder you may write to, and open the copy.")

    def last_sequence(self) -> int:
        """Return the sequence of the last change; 0 in a file without history."""
        row = self.connection.execute("SELECT max(sequence) FROM history").fetchone()
        return row[0] or 0

    def last_seal(self) -> str:
        """Return the seal of the last change: what workbook and report were made from."""
        row = self.connection.execute("SELECT seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
        return row[0] if row else ""

    def _refuse_if_taken_over(self) -> None:
        if not self.still_ours():
            self._roll_back()
            raise NotSavedError(
                _("“{name}” was taken over from another machine.").format(name=self.path.name),
                safe=_("Everything saved before is in that file, and what you typed is still on screen."),
                todo=_("Save a copy elsewhere, and settle with whoever works in it now."),
            )

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

    def not_saved(self, error: Exception) -> KnownError:
        """Return what a person is told of a write that failed with `error`."""
        if _place_of(self.path) != self._place:
            return self._moved()
        return NotSavedError(
            _("Not saved: {why}.").format(why=why(error)),
            safe=_("Everything saved before is safe, and what you typed is still on screen."),
            todo=_("See that the disk has room and the file is not open elsewhere, then try again."),
        )

    def not_read(self, error: Exception) -> KnownError:
        """Return what a person is told of a reading that failed with `error`."""
        return cannot_open(self.path, error)


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
