"""Copies an audit file through SQLite, which a plain copy of an open file is no substitute for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage import opening
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import Connection, DatabaseError, connect

Tick = Callable[[int, int], None]

PAGES = (64, 64, 256, 256, 1024)
"""How many pages are copied at a time, attempt by attempt: each restart takes larger steps, so that it is sooner done."""

PAUSE = 0.001
"""Seconds between two steps, in which nothing is locked: whoever wants to commit gets in."""

_LOOK_AGAIN = 0.005
_STEPPED = (0, 101)
"""What SQLite answers to a step that copied something, and to the last one."""


class KeptChangingError(Exception):
    """Somebody changed the file during each attempt to copy it."""


class _RestartedError(Exception):
    """SQLite began the copy anew since the file was changed."""


def connect_to_copy(path: Path, key: FileKey | None) -> Connection:
    """Connect to an audit that this process has found sound and has open: only to copy it, without a check that would lock it meanwhile."""
    connection = connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, key=key)
    opening.set_up(connection)
    return connection


def copy_whole(file: AuditFile, target: Path, tick: Tick = lambda done, total: None) -> None:
    """Copy the open `file` as `copy_through` does. `Raises:` as there."""
    copy_through(file.connection, target, file.key, tick)


def copy_through(source: Connection, target: Path, key: FileKey | None, tick: Tick = lambda done, total: None) -> None:
    """Copy the audit behind `source` as of one moment into a new database at `target`; whoever works in it goes on doing so.

    It is copied some pages at a time, the file locked for the one step alone. When it is changed in between, SQLite begins anew; after
    the last attempt this gives up rather than hold the file. The copy is closed by whoever works in it: its row is taken out. It is not
    synced.

    Raises:
        KeptChangingError: somebody changed the file during each attempt.
        OSError: it could not be written whole.
    """
    if not target.parent.is_dir():
        raise FileNotFoundError(target.parent)
    for pages in PAGES:
        try:
            _copy(source, target, key, pages, tick)
        except _RestartedError:
            target.unlink()  # What stands there is half of one moment; the next attempt begins with nothing.
            continue
        except DatabaseError as error:
            if "locked" in str(error):
                raise KeptChangingError from None
            raise OSError(None, opening.why(error)) from None
        return
    raise KeptChangingError


def _copy(source: Connection, target: Path, key: FileKey | None, pages: int, tick: Tick) -> None:
    copy = connect(str(target), key=key)
    expected: int | None = None

    def stepped(status: int, remaining: int, total: int) -> None:
        nonlocal expected
        if status not in _STEPPED:
            return  # Somebody is committing: looked at again in a moment.
        if expected is not None and remaining > max(0, expected - pages):
            raise _RestartedError
        expected = remaining
        tick(total - remaining, total)
        if remaining:
            time.sleep(PAUSE)

    try:
        opening.set_up(copy)
        for pragma in ("synchronous = OFF", "journal_mode = OFF"):  # A copy that is broken off is thrown away.
            copy.execute(f"PRAGMA {pragma}").fetchall()
        source.backup(copy, pages=pages, progress=stepped, sleep=_LOOK_AGAIN)
        if opening.version_of(copy) >= 2:
            copy.execute("DELETE FROM writer")
    finally:
        copy.close()
