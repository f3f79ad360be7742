"""Brings an audit under another key, or none: made anew aside, put in place by one rename, the old bytes overwritten behind it.

Beside an audit *A.ncpi* stand meanwhile `.A.ncpi.making` (not whole yet), `.A.ncpi.new-key` (whole and synced) and `.A.ncpi.old-key`
(another name for the old file, so that it can still be found and overwritten after the rename). Whatever moment the program ends at,
*A.ncpi* is the old file or the new one; `sweep` takes away what was left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ncpi_desktop.domain.errors import KnownError, NotSavedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.journal import journal_of
from ncpi_desktop.storage.migrations import schema_digest
from ncpi_desktop.storage.opening import connect_again
from ncpi_desktop.storage.refusal import is_plain
from ncpi_desktop.words import _

_CHUNK = 1024 * 1024


def making_path(audit: Path) -> Path:
    """Return where `audit` is made anew."""
    return audit.with_name(f".{audit.name}.making")


def new_key_path(audit: Path) -> Path:
    """Return where the audit under its new key waits, whole, to take the old one's place."""
    return audit.with_name(f".{audit.name}.new-key")


def old_key_path(audit: Path) -> Path:
    """Return the second name of the old file, from before the rename until it is overwritten."""
    return audit.with_name(f".{audit.name}.old-key")


def make_under_key(audit: Path, key: FileKey | None, new_key: FileKey | None) -> Path:
    """Copy the closed or idle `audit` into a file of its own under `new_key`, compared and not synced yet; return where it stands.

    Raises:
        OSError: there is no room, or the folder can't be written.
        DatabaseError: the audit can't be read.
    """
    part = making_path(audit)
    _take_away(part)
    with closing(connect_again(audit, key)) as connection:
        # The key stands in the statement since the engine takes none as a parameter here; it is hexadecimal of our own making.
        words = f'"{new_key.as_words()}"' if new_key is not None else "''"
        connection.execute(f"ATTACH DATABASE ? AS made KEY {words}", (str(part),))
        connection.execute("BEGIN")
        connection.execute("SELECT sqlcipher_export('made')").fetchall()
        for number in ("application_id", "user_version"):  # which the export leaves out
            (value,) = connection.execute(f"PRAGMA main.{number}").fetchone()
            connection.execute(f"PRAGMA made.{number} = {value}")
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE made")
        with closing(connect_again(part, new_key)) as made:
            sound = made.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            if not sound or _shape_of(made) != _shape_of(connection):
                raise OSError(None, "the copy differs")
    shutil.copymode(audit, part)
    return part


def ready(audit: Path) -> None:
    """Sync the file made anew beside `audit` and give it the name of a whole one."""
    part = making_path(audit)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(new_key_path(audit))
    _sync_folder(audit.parent)


def put_in_place(audit: Path, key: FileKey | None, seal: str) -> None:
    """Let the whole file beside `audit` take its place, where the last change of `audit` still bears `seal`; overwrite the old bytes.

    Raises:
        NotSavedError: somebody changed the audit meanwhile; it is as they left it.
        OSError: the folder can't be written, or another program has the audit open.
    """
    with _nobody_writing(audit, key, seal):
        handle = _replace(audit)
    _forget_bytes(audit, handle)


def bring_backup_in_place(backup: Path) -> None:
    """Let the whole file beside a backup take its place, and overwrite the old bytes.

    Raises:
        OSError: the folder can't be written, or another program has the backup open.
    """
    _forget_bytes(backup, _replace(backup))


def sweep(audit: Path, key: FileKey | None, backups: Path) -> None:
    """Take away what a change of passphrase that was broken off has left beside `audit`, and bring its backups to the end it had reached.

    For the audit's one writer alone. A backup made anew under the key that the audit has now takes its place; under any other it goes.
    """
    _take_away(making_path(audit), new_key_path(audit))
    _forget_old(audit)
    for left in backups.glob(".*.ncpi.*") if backups.is_dir() else ():
        backup = left.with_name(left.name.removeprefix(".").rpartition(".ncpi.")[0] + ".ncpi")
        if left == new_key_path(backup) and backup.exists() and _opens_like(left, audit, key):
            bring_backup_in_place(backup)
        elif left == old_key_path(backup):
            _forget_old(backup)
        elif left in (making_path(backup), new_key_path(backup), journal_of(making_path(backup))):
            _take_away(left)


def _forget_old(path: Path) -> None:
    old = old_key_path(path)
    if not old.exists() or not path.exists():
        return  # Without the file itself, its second name may be the last of it.
    if old.samefile(path):
        old.unlink()  # The rename had not come: this is only a second name of the file itself.
    else:
        _take_away(old)


def _opens_like(made: Path, audit: Path, key: FileKey | None) -> bool:
    if is_plain(made) != is_plain(audit):
        return False
    try:
        AuditFile.open(made, read_only=True, key=key).close()
    except KnownError:
        return False
    return True


def _shape_of(connection: Connection) -> list[object]:
    """Return what a copy must have in common: statements, numbers of the header, how many rows each table has, the last seal."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    return [
        schema_digest(connection),
        *(connection.execute(f"PRAGMA {number}").fetchone() for number in ("application_id", "user_version")),
        *((name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()) for name in tables),
        connection.execute("SELECT seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone(),
    ]


def _replace(audit: Path) -> int | None:
    """Rename the whole file over `audit`; the old one keeps a second name, or is returned as a handle where there can be none."""
    old = old_key_path(audit)
    handle = None
    try:
        old.hardlink_to(audit)
    except OSError:  # a stick, whose file system knows no second names
        handle = _handle_on(audit)
    try:
        new_key_path(audit).replace(audit)
    except OSError:
        old.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)
        raise
    _sync_folder(audit.parent)  # Only now may the old bytes go: the new name is on the disk.
    return handle


def _forget_bytes(audit: Path, handle: int | None) -> None:
    if handle is not None and os.fstat(handle).st_nlink == 0:
        _overwrite(handle)
    elif handle is not None:
        os.close(handle)
    _take_away(old_key_path(audit))


@contextmanager
def _nobody_writing(audit: Path, key: FileKey | None, seal: str) -> Iterator[None]:
    """Keep everybody, also a program that knows nothing of our lock, from writing into `audit` in the block."""
    with closing(connect_again(audit, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        last = connection.execute("SELECT seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
        if last is None or last[0] != seal:
            raise NotSavedError(
                _("“{name}” was changed by somebody else meanwhile.").format(name=audit.name),
                safe=_("The file is as they left it, under the passphrase it had."),
                todo=_("Try again when nobody else works in it."),
            )
        if os.name == "nt":
            connection.close()  # Windows lets no open file be replaced; our own lock holds on.
        yield


def _handle_on(path: Path) -> int | None:
    if os.name == "nt":
        return None  # A file that is open here could not be replaced.
    try:
        return os.open(path, os.O_WRONLY)
    except OSError:
        return None


def _take_away(*paths: Path) -> None:
    """Overwrite each file, and its journal, and take it away. Bytes that have another name too are somebody else's: they stay."""
    for path in (each for audit in paths for each in (audit, journal_of(audit))):
        if not path.exists():
            continue
        if path.stat().st_nlink == 1:
            try:
                _overwrite(os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0)))
            except OSError:
                pass  # What can't be overwritten is taken away at least.
        path.unlink(missing_ok=True)


def _overwrite(handle: int) -> None:
    """Write zeros over a file, sync and close it. A solid state disk may keep the old bytes elsewhere all the same."""
    try:
        left = os.fstat(handle).st_size
        os.lseek(handle, 0, os.SEEK_SET)
        while left > 0:
            left -= os.write(handle, bytes(min(left, _CHUNK)))
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot sync a folder; its rename is journalled.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
