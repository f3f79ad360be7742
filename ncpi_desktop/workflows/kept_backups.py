"""The backups that are kept of an audit: listed, found sound, saved elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.backup_check import is_of_past
from ncpi_desktop.storage.backup_folder import backups_folder
from ncpi_desktop.storage.backup_folder import kept_backups as backups_in
from ncpi_desktop.storage.judgement_pages import count_cases
from ncpi_desktop.words import _
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.keeping_backups import BackupOrder, Tick, keep_backup
from ncpi_desktop.workflows.session import AuditSession


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup as the open audit sees it. `changes_ago` counts the changes since; None for one of another copy of the audit."""

    backup: Backup
    changes_ago: int | None


def folder_of(session: AuditSession, place: BackupPlace | None = None) -> Path:
    """Return where the backups of the open audit stand."""
    return backups_folder(session.inspection.identity, (place or session.backups).root)


def kept_backups(session: AuditSession, place: BackupPlace | None = None) -> list[KeptBackup]:
    """Return the backups of the open audit, newest first. None of them is opened for it."""
    last = session.file.last_sequence()
    listed = []
    for backup in backups_in(folder_of(session, place)):
        ours = not backup.seal or is_of_past(session.file.connection, backup.sequence, backup.seal)
        listed.append(KeptBackup(backup, max(0, last - backup.sequence) if ours else None))
    return listed


def back_up_before(
    session: AuditSession, occasion: Occasion, tick: Tick = lambda done, total: None, place: BackupPlace | None = None
) -> Backup:
    """Make a checked backup before a risky act (or when asked for) from any thread that has its own `session`, and return it.

    Without a `place` it goes where the session says. `Raises:` as `keep_backup`.
    """
    return keep_backup(order_for(session, occasion, place), tick)


def order_for(session: AuditSession, occasion: Occasion, place: BackupPlace | None = None) -> BackupOrder:
    """Return what to back up for `session`, for a thread that has no session of its own. Whoever takes it forgets its key in the end."""
    key = session.file.key
    return BackupOrder(
        path=session.path,
        inspection=session.inspection.identity,
        occasion=occasion,
        now=session.clock(),
        key=key.copy() if key is not None else None,
        place=place or session.backups,
    )


def needs_backup(session: AuditSession, place: BackupPlace | None = None) -> bool:
    """Return whether the open audit holds changes that no backup of it has; an audit without cases and the sample need none."""
    if session.inspection.is_sample or not count_cases(session.file.connection):
        return False
    newest = max(
        (kept.backup.sequence for kept in kept_backups(session, place) if kept.changes_ago is not None), default=0
    )
    return session.file.last_sequence() > newest


def refuse_unless_sound(
    backup: Backup, others: Iterable[Backup], key: FileKey | None, tick: Tick = lambda done, total: None
) -> None:
    """Return where `backup` holds to the full check.

    Raises:
        FileRefusedError: it is damaged; it is named, and the newest sound one of the `others` is offered.
    """
    problem = _problem_of(backup, key, tick)
    if not problem:
        return
    next_sound = next((other for other in others if other != backup and not _problem_of(other, key, tick)), None)
    todo = _("No other backup of this audit is sound. Keep the file, and check the audit itself.")
    if next_sound is not None:
        todo = _("Use the one of {time} instead: it is sound.").format(time=time_of(next_sound))
    raise FileRefusedError(
        _("The backup of {time} is damaged: {problem}").format(time=time_of(backup), problem=problem),
        safe=_("The audit itself is untouched."),
        todo=todo,
    )


def newest_sound(
    backups: Iterable[Backup], key: FileKey | None, tick: Tick = lambda done, total: None
) -> Backup | None:
    """Return the first of `backups` that holds to the full check; None where none does."""
    return next((backup for backup in backups if not _problem_of(backup, key, tick)), None)


def time_of(backup: Backup) -> str:
    """Return when a backup was made, in local time, such as *14/05/2018 10:42:07*."""
    return backup.made_at.astimezone().strftime("%d/%m/%Y %H:%M:%S")


def _problem_of(backup: Backup, key: FileKey | None, tick: Tick) -> str:
    try:
        return next(iter(check(backup.path, tick=tick, key=key).problems), "")
    except FileRefusedError as refusal:
        return refusal.happened
