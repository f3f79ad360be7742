"""Tries on a copy what SQLite will do to an audit whose last change was broken off, before it is done to the audit itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.aside import aside
from ncpi_desktop.storage.derived_integrity import count_faults, queue_faults, result_faults, second_reading_faults
from ncpi_desktop.storage.engine import Connection, DatabaseError, OperationalError, connect
from ncpi_desktop.storage.guard import briefly
from ncpi_desktop.storage.history_integrity import walk_chain
from ncpi_desktop.storage.journal import journal_of, strange_journal
from ncpi_desktop.storage.migrations import SCHEMA_VERSION
from ncpi_desktop.storage.replay import row_faults
from ncpi_desktop.storage.soundness import refuse_unsound, refuse_wrong_key

REHEARSED_UP_TO = 64 * 1024 * 1024
"""Bytes of file and journal together; copying and trying these takes some tenths of a second, after a crash only."""


def rehearse(path: Path, key: FileKey | None, *, thoroughly: bool) -> None:
    """Take the last change of the audit at `path` back in a copy beside it, and look whether a sound audit is left.

    `thoroughly` compares what is left with the history too. Where there is no room for the copy, or the audit is too large for it, what
    stands in the journal has to be proof enough.

    Raises:
        FileRefusedError: no sound audit would be left; audit and journal are as they were.
        FileProtectedError: `key` is not its key.
    """
    try:
        if path.stat().st_size + journal_of(path).stat().st_size > REHEARSED_UP_TO:
            return
        with aside(path.parent, f".{path.name}.rehearsal-") as folder:
            copy = folder / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(journal_of(path), journal_of(copy))
            _take_back(path, copy, key, thoroughly=thoroughly)
    except OSError:
        return


def _take_back(path: Path, copy: Path, key: FileKey | None, *, thoroughly: bool) -> None:
    connection = None
    try:
        connection = connect(str(copy), key=key)
        with briefly(connection):
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
                connection.execute(f"PRAGMA {pragma}")
            if key is not None:
                refuse_wrong_key(connection, path)
        refuse_unsound(connection, copy, after_a_crash=True)
        if thoroughly and not _follows_from_its_history(connection):
            raise strange_journal(path)
    except FileProtectedError:
        raise
    except OperationalError as error:
        if "interrupted" in str(error):
            raise strange_journal(path) from None
    except (DatabaseError, ValueError, FileRefusedError):
        raise strange_journal(path) from None
    finally:
        if connection is not None:
            connection.close()


def _follows_from_its_history(connection: Connection) -> bool:
    """Return whether chain and rows hold: a journal that lost a part of itself, or is another's, can leave sound pages of two states."""
    chain = walk_chain(connection, "", _go_on)
    if chain.fault:
        return False
    if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
        return True  # Its history does not tell all of its rows before it is brought up to date.
    faults = (
        row_faults(connection, chain.told_the_rest, chain.lost, _go_on),
        queue_faults(connection),
        second_reading_faults(connection),
        result_faults(connection),
        count_faults(connection),
    )
    return not any(next(iter(found), None) is not None for found in faults)


def _go_on() -> None:
    """Nobody stops a rehearsal."""
