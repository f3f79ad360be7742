"""Opens an audit of an older version: backed up and checked first, then brought up to this one; else read as it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ncpi_desktop.domain.errors import KnownError, NotSavedError
from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.inspection_repository import read_identity
from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock
from ncpi_desktop.words import _
from ncpi_desktop.workflows.one_writer import in_use


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file; `remark` says why an older one was not brought up to this version and is read from a copy in memory."""

    file: AuditFile
    remark: NotSavedError | None = None


def open_up_to_date(
    path: Path, *, person: str, clock: Callable[[], datetime], read_only: bool, key: FileKey | None, place: BackupPlace
) -> Opened:
    """Open the audit at `path`. An older one that may be written is brought up to this version after a checked backup.

    Where the backup can't be made the file stays of its version, untouched, and is open for reading only: the work can be looked at and
    exported, and nothing is risked. Nobody else may have it open for work meanwhile.

    Raises:
        FileRefusedError: it is not a sound audit file; it is untouched.
        FileInUseError: an older file is open for work elsewhere.
    """
    from ncpi_desktop.workflows.keeping_backups import BackupNotMadeError

    with ExitStack() as held:
        first = _backing_up(path, person, clock, key, place, held)
        try:
            return Opened(AuditFile.open(path, read_only=read_only, key=key, before_migrating=first))
        except BackupNotMadeError as error:
            remark = _not_brought_up(path.name, error)
    return Opened(AuditFile.open(path, read_only=True, key=key), remark)


def _backing_up(
    path: Path, person: str, clock: Callable[[], datetime], key: FileKey | None, place: BackupPlace, held: ExitStack
) -> Callable[[Connection], None]:
    def back_up_first(connection: Connection) -> None:
        from ncpi_desktop.workflows.keeping_backups import BackupOrder, keep_backup

        now = clock()
        try:
            held.callback(WriterLock.acquire(path, Writer.here(person, now)).release)
        except LockHeldError as lock:
            raise in_use(path.name, lock.holder) from None
        inspection = read_identity(connection)
        keep_backup(BackupOrder(path, inspection, Occasion.BEFORE_MIGRATION, now, key, place), source=connection)

    return back_up_first


def _not_brought_up(name: str, error: KnownError) -> NotSavedError:
    return NotSavedError(
        _("“{name}” was made by an older version, and is brought up to this one only after a backup. {why}").format(
            name=name, why=error.happened
        ),
        safe=_("The file is untouched. It is open for reading only."),
        todo=_("{todo} Then open it again.").format(todo=error.todo) if error.todo else _("Open it again."),
    )
