"""Keeps backups that nobody has to think of: copied aside, read back and checked, listed only then, and thinned."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError, OutputNotWrittenError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.domain.record.thinning import staying
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup import KeptChangingError, connect_to_copy, copy_through
from ncpi_desktop.storage.backup_check import fault_by_pages, is_of_past, last_change
from ncpi_desktop.storage.backup_folder import backup_name, backups_folder, kept_backups, sweep
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.opening import why
from ncpi_desktop.storage.soundness import QUICK_CHECK_LIMIT
from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock
from ncpi_desktop.words import _
from ncpi_desktop.workflows.checking import check

Tick = Callable[[int, int], None]

LEFT_FREE = 16 * 1024 * 1024
"""So many bytes a backup leaves on its disk: the audit itself may be on the same one and needs room to be saved."""

WAITED_FOR = 30.0
"""Seconds that a backup waits while another window makes one of the same inspection."""

_WHOLE = 1000


class BackupNotMadeError(OutputNotWrittenError):
    """No backup was made; the audit and the earlier backups are as they were. With `again` it is worth another try by itself."""

    def __init__(self, happened: str, *, todo: str = "", again: bool = False) -> None:
        self.again = again
        super().__init__(
            happened, safe=_("The audit is untouched, and the earlier backups are as they were."), todo=todo
        )


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """What to back up: the audit at `path` of that inspection, with its key where it is protected, to `place`.

    With `thorough` off the copy is checked as a large one is (see `keep_backup`); `wait` is how many seconds it waits for another window.
    """

    path: Path
    inspection: str
    occasion: Occasion
    now: datetime
    key: FileKey | None = None
    place: BackupPlace = field(default_factory=BackupPlace)
    thorough: bool = True
    wait: float = WAITED_FOR

    @property
    def folder(self) -> Path:
        """Where the backups of this inspection stand."""
        return backups_folder(self.inspection, self.place.root)


def keep_backup(order: BackupOrder, tick: Tick = lambda done, total: None, source: Connection | None = None) -> Backup:
    """Make a backup, check it, list it, and thin the older ones. Somebody may go on grading in the audit meanwhile.

    The copy is made under another name, on a connection of its own unless the `source` is given. It is read back with the full `check`:
    pages, tables, history, judgements. A file of more than 24 MiB is looked at page by page, for its last seal and its counts alone: the
    full check walks the history in Python and would take the window's time for minutes, while the copy is SQLite's own, page by page. Only
    then it is synced and gets its name, so nothing half or unsound is ever listed. What a killed attempt left is swept first.

    Raises:
        BackupNotMadeError: the disk is full, the folder closed, the audit kept changing or is damaged.
    """
    folder = order.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder, order, tick):
            sweep(folder)
            _refuse_without_room(order)
            return _copied_checked_listed(order, tick, source)
    except OutputNotWrittenError as error:
        if isinstance(error, BackupNotMadeError):
            raise
        raise BackupNotMadeError(_("No backup was made. {why}").format(why=error.happened), todo=_make_room()) from None
    except KeptChangingError:
        raise _kept_changing() from None
    except (OSError, DatabaseError) as error:
        if isinstance(error, DatabaseError) and "locked" in str(error):
            raise _kept_changing() from None
        # What was said of a copy that failed is in words already; what the system says of a folder is not.
        told = error.strerror if isinstance(error, OSError) and error.errno is None else None
        raise BackupNotMadeError(
            _("No backup was made: {why}.").format(why=told or why(error)), todo=_make_room()
        ) from None


def _copied_checked_listed(order: BackupOrder, tick: Tick, source: Connection | None) -> Backup:
    folder = order.folder
    part = folder / ".new.ncpi.part"
    connection = source if source is not None else connect_to_copy(order.path, order.key)
    try:
        copy_through(connection, part, order.key, lambda done, total: tick(_WHOLE // 2 * done // max(1, total), _WHOLE))
        sequence, seal = _refuse_unless_sound(order, part, connection, tick)
        name = backup_name(order.now, sequence, order.occasion, seal)
        with put_in_place(folder / name) as aside:
            part.replace(aside)
        made = next(backup for backup in kept_backups(folder) if backup.path.name == name)
        _thin(order, made, connection)
    finally:
        part.unlink(missing_ok=True)
        if source is None:
            connection.close()
    tick(_WHOLE, _WHOLE)
    return made


def _refuse_unless_sound(order: BackupOrder, part: Path, source: Connection, tick: Tick) -> tuple[int, str]:
    """Return the last change of the copy and its seal, which must be one of the source's own past."""

    def told(done: int, total: int) -> None:
        tick(_WHOLE // 2 + _WHOLE // 2 * done // max(1, total), _WHOLE)

    try:
        if order.thorough and part.stat().st_size <= QUICK_CHECK_LIMIT:
            for problem in check(part, tick=told, key=order.key).problems[-1:]:
                raise _damaged(problem)
        copy = AuditFile.open(part, read_only=True, key=order.key)
    except FileRefusedError:
        raise _damaged(_("its copy can't be opened soundly")) from None
    try:
        problem = fault_by_pages(copy.connection, told)
        sequence, seal = last_change(copy.connection)
    finally:
        copy.close()
    if not problem and not is_of_past(source, sequence, seal):
        problem = _("the copy does not end with a change of the audit")
    if problem:
        raise _damaged(problem)
    return sequence, seal


def _thin(order: BackupOrder, made: Backup, source: Connection) -> None:
    """Take away what no longer stays. Nothing goes in favour of one that can't be opened any more."""
    held = kept_backups(order.folder)
    apart = {backup for backup in held if backup.seal and not is_of_past(source, backup.sequence, backup.seal)}
    opened: dict[Backup, bool] = {made: True}
    while True:
        unsound = {backup for backup, opens in opened.items() if not opens}
        kept = staying(held, order.now.astimezone(), order.place.limit, unsound=unsound, apart=apart)
        unseen = kept - apart - opened.keys()
        if len(kept) == len(held) or not unseen:
            break
        opened.update((backup, _opens(backup, order.key)) for backup in unseen)
    for backup in held:
        if backup not in kept and backup != made:
            backup.path.unlink(missing_ok=True)


def _opens(backup: Backup, key: FileKey | None) -> bool:
    try:
        AuditFile.open(backup.path, read_only=True, key=key).close()
    except FileProtectedError:
        return True  # Under an earlier passphrase: nothing can be said against it.
    except FileRefusedError:
        return False
    return True


@contextmanager
def _alone_in(folder: Path, order: BackupOrder, tick: Tick) -> Iterator[None]:
    """Let one window at a time make, sweep and thin in `folder`: a part that is there is then nobody's."""
    until = time.monotonic() + order.wait
    while True:
        try:
            lock = WriterLock.acquire(folder / "backups", Writer.here("", order.now))
            break
        except LockHeldError:
            if time.monotonic() >= until:
                raise BackupNotMadeError(
                    _("No backup was made: another window is making one of the same inspection."), again=True
                ) from None
            tick(0, _WHOLE)
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()


def _refuse_without_room(order: BackupOrder) -> None:
    if shutil.disk_usage(order.folder).free < order.path.stat().st_size + LEFT_FREE:
        raise BackupNotMadeError(_("No backup was made: the disk is full."), todo=_make_room())


def _kept_changing() -> BackupNotMadeError:
    return BackupNotMadeError(
        _("No backup was made: the audit kept changing while it was copied."),
        todo=_("It is made when nobody is typing or grading for a moment."),
        again=True,
    )


def _damaged(problem: str) -> BackupNotMadeError:
    return BackupNotMadeError(
        _("No backup was made, since a check found the audit damaged: {problem}.").format(problem=problem.rstrip(".")),
        todo=_("Check the audit, and compare it with an older backup."),
    )


def _make_room() -> str:
    return _("Make room on the disk, or choose another folder for backups.")
