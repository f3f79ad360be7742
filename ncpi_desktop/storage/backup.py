"""Copies an audit file through SQLite, which a plain copy of an open file is no substitute for."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import DatabaseError, connect


def copy_whole(file: AuditFile, target: Path) -> None:
    """Copy `file` as of one moment into a new database at `target`; whoever works in it goes on doing so.

    Raises:
        OSError: it could not be written whole.
    """
    if not target.parent.is_dir():
        raise FileNotFoundError(target.parent)
    copy = None
    try:
        copy = connect(str(target), key=file.key)
        file.connection.backup(copy)
        copy.execute("DELETE FROM writer")  # Nobody has the copy open.
    except DatabaseError as error:
        raise OSError(None, str(error)) from None
    finally:
        if copy is not None:
            copy.close()
