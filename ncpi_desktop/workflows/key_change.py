"""One change of an audit's key: the file and its backups made anew aside and checked, then put in place; before or after, never between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ncpi_desktop.domain.errors import FileRefusedError, KnownError, NotSavedError, OutputNotWrittenError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage import new_key as aside
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup_folder import backups_folder, kept_backups
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.inspection_repository import tell_protection
from ncpi_desktop.storage.opening import why
from ncpi_desktop.storage.refusal import is_plain
from ncpi_desktop.storage.writer_row import withdraw_all
from ncpi_desktop.words import _
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.one_writer import Writing
from ncpi_desktop.workflows.session import AuditSession, Clock

Tick = Callable[[int, int], None]
"""Told how much is done, of how much; raises to stop the work, of which nothing is then kept."""

_PART = 100
"""What one file counts for in `Tick`."""


@dataclass(frozen=True, slots=True)
class Protection:
    """How a file stands after its protection was changed: its `key` (None: none), and the names of backups that did not follow.

    Those can't be read, or another program had them open; they are as they were.
    """

    key: FileKey | None
    left: tuple[str, ...] = ()


class KeyChange:
    """Brings the audit at `path` from `key` under `new_key`; None is no key at all."""

    def __init__(self, path: Path, key: FileKey | None, new_key: FileKey | None) -> None:
        self._path = path.resolve()
        self._key = None if is_plain(self._path) else key
        self._new_key = new_key
        self._left: list[str] = []

    def run(self, person: str, beside: AuditSession | None, clock: Clock, tick: Tick) -> Protection:
        """Make the change; see `protecting.set_passphrase` for what is raised. Whatever is, the file and its backups are as they were."""
        session = AuditSession.open(self._path, person=person, key=self._key, beside=beside, clock=clock)
        folder = backups_folder(session.inspection.identity, (beside or session).backups.root)
        try:
            session.refuse_unless_may(self._action())
            seal = session.file.last_seal()
            writing = _writing_in(session)
            staged = self._make_all(session, seal, folder, tick)
        except BaseException:
            aside.sweep(self._path, self._key, folder)
            session.close()
            raise
        lock = (
            writing.lock.share()
        )  # Held to the end, while no handle of ours is on the file: nobody else comes to write.
        session.close()
        try:
            with _told(self._path):
                aside.put_in_place(self._path, self._key, seal)
            self._bring_in_place(staged)
            self._bring_in_place(self._stage_backups(folder, lambda done: None))  # made since, under the key before
        except BaseException:
            aside.sweep(self._path, self._new_key if self._is_in_place() else self._key, folder)
            raise
        finally:
            lock.release()
        return Protection(self._new_key, tuple(dict.fromkeys(self._left)))

    def _make_all(self, session: AuditSession, seal: str, folder: Path, tick: Tick) -> list[Path]:
        """Make the file and its backups anew, whole and synced beside the old ones; return the backups that are ready."""
        total = _PART * (1 + len(kept_backups(folder)))
        with _told(self._path):
            part = aside.make_under_key(self._path, self._key, self._new_key)
            self._tell_in(part, session)
            found = check(part, seal, lambda done, of: tick(_PART * done // max(1, of), total), key=self._new_key)
            if not found.sound or found.asked_at is None:
                raise _damaged(self._path.name, found.problems)
            aside.ready(self._path)
            staged = self._stage_backups(folder, lambda done: tick(_PART * (1 + done), total))
        tick(total, total)
        return staged

    def _tell_in(self, part: Path, session: AuditSession) -> None:
        """Write the line of history into the new file, so that the old one stays as it was; nobody has the new one open."""
        person = session.person
        file = AuditFile.open(part, key=self._new_key)
        try:
            with file.change(
                self._action(),
                at=session.clock(),
                person=person.name if person else session.name,
                person_identity=person.identity if person else "",
            ) as change:
                tell_protection(change, session.inspection.identity, self._key, self._new_key)
                withdraw_all(change.connection)
        finally:
            file.close()

    def _action(self) -> Action:
        if self._new_key is None:
            return Action.REMOVE_PASSPHRASE
        return Action.CHANGE_PASSPHRASE if self._key is not None else Action.SET_PASSPHRASE

    def _stage_backups(self, folder: Path, done: Callable[[int], None]) -> list[Path]:
        staged = []
        for place, backup in enumerate(kept_backups(folder)):
            done(place)
            if self._is_under_new_key(backup.path):
                continue
            key = None if is_plain(backup.path) else self._key
            try:
                AuditFile.open(backup.path, read_only=True, key=key).close()
                aside.make_under_key(backup.path, key, self._new_key)
            except (KnownError, DatabaseError):
                self._left.append(backup.path.name)
                continue
            aside.ready(backup.path)
            staged.append(backup.path)
        return staged

    def _is_under_new_key(self, path: Path) -> bool:
        if self._new_key is None or is_plain(path):
            return self._new_key is None and is_plain(path)
        try:
            AuditFile.open(path, read_only=True, key=self._new_key).close()
        except KnownError:
            return False
        return True

    def _bring_in_place(self, backups: list[Path]) -> None:
        for backup in backups:
            try:
                aside.bring_backup_in_place(backup)
            except OSError:
                self._left.append(
                    backup.name
                )  # Another program has it open; the next opening of the audit tries again.

    def _is_in_place(self) -> bool:
        return self._is_under_new_key(self._path)


def _writing_in(session: AuditSession) -> Writing:
    if session.writing is None:
        raise NotSavedError(
            _("This file is open for reading only."), safe=_("Nothing was changed."), todo=session.file.how_to_write()
        )
    return session.writing


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in a sentence what the disk or the engine refuses.

    Raises:
        OutputNotWrittenError: it did.
    """
    try:
        yield
    except (DatabaseError, OSError) as error:
        raise OutputNotWrittenError(
            _("The passphrase of “{name}” was not changed: {why}.").format(name=path.name, why=why(error)),
            safe=_("The file and its backups are as they were."),
            todo=_(
                "See that the disk has room for a second copy and that the file is not open elsewhere, then try again."
            ),
        ) from None


def _damaged(name: str, problems: tuple[str, ...]) -> FileRefusedError:
    return FileRefusedError(
        _("“{name}” is not sound, so its passphrase was not changed: {problem}").format(
            name=name, problem=problems[0] if problems else _("the copy differs.")
        ),
        safe=_("The file and its backups are as they were."),
        todo=_("Check the file, and use a backup if it is damaged."),
    )
