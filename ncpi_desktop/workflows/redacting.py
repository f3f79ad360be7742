"""Taking words out of an audit that identify somebody: out of its texts, search, history, and every kept backup."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ncpi_desktop.domain.errors import FileRefusedError, KnownError, NotSavedError, RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.redaction import LONGEST, SHORTEST, Places, Sought
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup_folder import backups_folder, kept_backups
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.integrity import stoppable
from ncpi_desktop.storage.redaction import find_places, is_fixed, take_out
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession, Changed

Tick = Callable[[int, int], None]
"""Told how much is done, of how much; raises to stop."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was taken out of the audit, and out of how many of its backups.

    `remarks` are sentences on what could not be done: a backup that does not open is named there, and still holds the words.
    """

    places: Places
    changed: Changed
    backups: int = 0
    remarks: tuple[str, ...] = ()


def find_words(session: AuditSession, words: str, tick: Tick = lambda done, total: None) -> Places:
    """Return where `words` stand, in texts, in the history and in kept backups, whatever their capitals; nothing is changed.

    Raises:
        RefusedError: they are too short to be looked for, or stand in what can't be taken out.
    """
    sought = _sought(words)
    with session.file.reading() as connection:
        _refuse_fixed(connection, sought)
    places = _places_in(session.file, sought, tick)
    backups = 0
    for backup in kept_backups(backups_folder(session.inspection.identity, session.backups.root)):
        try:
            backups += _is_in_backup(session, backup.path, sought, tick)
        except (FileRefusedError, DatabaseError):
            continue  # Named when the words are taken out.
    return replace(places, backups=backups)


def redact(session: AuditSession, words: str, because: str, tick: Tick = lambda done, total: None) -> Redacted:
    """Take `words` out of the audit for ever, in one change that says why, then out of every kept backup of it.

    What they stood in keeps a mark. The history keeps the digests, so that its chain holds. Stopped by `tick`, nothing is changed; once
    the audit is done, a stop leaves the backups that were not reached as they were, and a remark says so.

    Words that were taken out of the audit before are looked for in its backups alone.

    Raises:
        RefusedError: who works here may not; the words are too short, or nowhere; there is no reason, or it holds the words.
        NotSavedError: nothing of it was kept, and why.
    """
    session.refuse_unless_may(Action.REDACT)
    sought, because = _sought(words), storable(because).strip()
    _refuse_reason(sought, because)
    with session.change(Action.REDACT, reason=because) as change:
        places = _take_out(change, sought, because, tick)
    remarks = _written_anew(session.file) if places.total else []
    backups, unreached = _redact_backups(session, sought, because, tick)
    if not places.total and not backups:
        raise _nowhere(unreached)
    saved_at = change.at if change.sequence is not None else None
    return Redacted(places, Changed(None, saved_at), backups, (*remarks, *unreached))


def _written_anew(file: AuditFile) -> list[str]:
    try:
        file.write_anew()
    except NotSavedError as error:
        rests = _("The words are out of every text, but rests of them may stand between the pages of the file: {why}")
        return [rests.format(why=error.happened)]
    return []


def _nowhere(unreached: list[str]) -> RefusedError:
    return RefusedError(
        " ".join((_("These words are nowhere in this audit."), *unreached)),
        safe=_("Nothing was changed."),
        todo=_("Type them as they stand in the record; capitals do not matter."),
    )


def _sought(words: str) -> Sought:
    sought = Sought(storable(words))
    if sought.length < SHORTEST:
        raise RefusedError(
            _("These words are too short to be taken out: they would be found inside of others."),
            safe=_("Nothing was changed."),
            todo=_("Give at least {count} characters.").format(count=SHORTEST),
        )
    if sought.length > LONGEST:
        raise RefusedError(
            _("These words are too long to be taken out at once."),
            safe=_("Nothing was changed."),
            todo=_("Give at most {count} characters: only what identifies somebody.").format(count=LONGEST),
        )
    return sought


def _refuse_reason(sought: Sought, because: str) -> None:
    if not because:
        raise RefusedError(
            _("Words are taken out with a reason."),
            safe=_("Nothing was changed."),
            todo=_("Say in a few words what they were, such as: a telephone number."),
        )
    if sought.is_in(because):
        raise RefusedError(
            _("The reason holds the words themselves, and it stays in the history."),
            safe=_("Nothing was changed."),
            todo=_("Say what they were without naming them, such as: a telephone number."),
        )


def _refuse_fixed(connection: Connection, sought: Sought) -> None:
    if is_fixed(connection, sought):
        raise RefusedError(
            _(
                "These words also stand in the name of somebody who works on the inspection, of the force, in the methodology, or"
                " in what an older version sealed."
            ),
            safe=_("Nothing was changed."),
            todo=_("Give more of what identifies the child, such as the whole name."),
        )


def _take_out(change: ChangeInProgress, sought: Sought, because: str, tick: Tick) -> Places:
    run = change.connection
    _refuse_fixed(run, sought)
    with _Progress(run, tick) as progress:
        found = find_places(run, sought, progress.advance)
        places = found.places
        if not places.total:
            return places
        take_out(change, found, because)
    change.detail = ngettext("{count} place", "{count} places", places.total).format(count=places.total)
    return places


def _redact_backups(session: AuditSession, sought: Sought, because: str, tick: Tick) -> tuple[int, list[str]]:
    """Take the words out of each kept backup; return of how many, and a sentence for each that still may hold them."""
    done, remarks = 0, []
    for backup in kept_backups(backups_folder(session.inspection.identity, session.backups.root)):
        try:
            done += _redact_backup(session, backup.path, sought, because, _stopping(tick))
        except _StoppedError:
            remarks.append(
                _(
                    "Stopped: the backup “{name}” and those before it may still hold the words. Take them out once more."
                ).format(name=backup.path.name)
            )
            break
        except (KnownError, DatabaseError, OSError) as error:
            why = error.happened if isinstance(error, KnownError) else _("it can't be read or written")
            remarks.append(
                _("The backup “{name}” still holds what it held: {why}").format(name=backup.path.name, why=why)
            )
    return done, remarks


def _redact_backup(session: AuditSession, path: Path, sought: Sought, because: str, tick: Tick) -> bool:
    """Take the words out of a copy of one backup, check it, and put it in its place; return whether they were in it."""
    if not _is_in_backup(session, path, sought, tick):
        return False
    key = session.file.key
    with put_in_place(path) as part:
        shutil.copyfile(path, part)
        copy = AuditFile.open(part, key=key, before_migrating=lambda _connection: None)
        try:
            _redact_copy(copy, session, sought, because, session.clock(), tick)
        finally:
            copy.close()
        report = check(part, key=key)
        if not report.sound:
            raise FileRefusedError(report.problems[0])
    return True


def _is_in_backup(session: AuditSession, path: Path, sought: Sought, tick: Tick) -> bool:
    file = AuditFile.open(path, read_only=True, key=session.file.key)
    try:
        return _places_in(file, sought, tick).total > 0
    finally:
        file.close()


def _places_in(file: AuditFile, sought: Sought, tick: Tick) -> Places:
    with file.reading() as connection, _Progress(connection, tick) as progress:
        return find_places(connection, sought, progress.advance).places


def _redact_copy(
    copy: AuditFile, session: AuditSession, sought: Sought, because: str, at: datetime, tick: Tick
) -> None:
    person = session.person
    with copy.change(
        Action.REDACT,
        at=at,
        person=person.name if person else session.name,
        person_identity=person.identity if person else "",
        reason=because,
    ) as change:
        _take_out(change, sought, because, tick)
    copy.write_anew()


class _StoppedError(Exception):
    """The person stopped the work while it was in the backups: the audit itself is done, and that is to be told."""


def _stopping(tick: Tick) -> Tick:
    def told(done: int, total: int) -> None:
        try:
            tick(done, total)
        except Exception:
            raise _StoppedError from None

    return told


class _Progress:
    """Counts the rows looked at, tells `tick` now and then, and lets it stop what SQLite does in one go."""

    def __init__(self, connection: Connection, tick: Tick) -> None:
        self._tick = tick
        self._done = 0
        (values,) = connection.execute("SELECT count(*) FROM history_values").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        self._total = 1 + 2 * int(values) + int(entries)
        self._stopping = stoppable(connection, self._tell)

    def advance(self) -> None:
        """Count one row."""
        self._done += 1
        if self._done % 50 == 0:
            self._tell()

    def _tell(self) -> None:
        self._tick(min(self._done, self._total), self._total)

    def __enter__(self) -> _Progress:
        self._stopping.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.__exit__(*error)  # type: ignore[arg-type]
