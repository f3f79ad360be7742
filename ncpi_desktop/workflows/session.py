"""An open audit and the person working on it: what every workflow is given first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Inspection, Person
from ncpi_desktop.domain.casework.rights import Act, may, newcomer, refuse_unless_may
from ncpi_desktop.domain.errors import FileInUseError, FileRefusedError, NotSavedError
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.backup import BackupPlace
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.domain.record.steps import StepLedger
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup_folder import backups_folder
from ncpi_desktop.storage.change_log import About, ChangeInProgress
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.history_repository import recent_changes
from ncpi_desktop.storage.inspection_repository import add_person, find_renamed, read_inspection, read_people
from ncpi_desktop.storage.methodology_repository import read_methodology
from ncpi_desktop.storage.new_key import sweep
from ncpi_desktop.words import _
from ncpi_desktop.workflows.migrating import open_up_to_date
from ncpi_desktop.workflows.one_writer import Writing

UNDO_REACH = 300
"""How many of the file's last changes are looked through for steps to undo when it is opened."""

ReadingError = DatabaseError
"""What reading raises where a file turns out damaged, or stays locked, behind the sentences of the workflows."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def _another_audit(name: str) -> FileRefusedError:
    return FileRefusedError(
        _("“{name}” is another audit now than the one that was open.").format(name=name),
        safe=_("The file is untouched, and what was saved before is in the one that was open."),
        todo=_("Put the file back where it was, or plug the stick in again."),
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What a workflow changed, so that whoever shows it can look again.

    `saved_at` is when it was committed; None where there was nothing to change. `step` lets typing go on as the same step.
    """

    case: CaseKey | None = None
    saved_at: datetime | None = None
    step: int | None = None


class AuditSession:
    """One person at work in one open audit file."""

    def __init__(self, file: AuditFile, clock: Clock = utc_now) -> None:
        self.file = file
        self.writing: Writing | None = None
        self.backups = BackupPlace()
        self.remark: NotSavedError | None = None
        self.clock = clock
        self.inspection: Inspection = read_inspection(file.connection)
        self.methodology: Methodology = read_methodology(file.connection)
        self.people: tuple[Person, ...] = read_people(file.connection)
        self.person: Person | None = None
        self.ledger = StepLedger()
        self.is_resting = False
        self._left_at = 0
        self._name = ""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        person: str = "",
        clock: Clock = utc_now,
        read_only: bool = False,
        key: FileKey | None = None,
        beside: AuditSession | None = None,
        take_over: bool = False,
        backups: BackupPlace | None = None,
    ) -> AuditSession:
        """Open the audit at `path` and sign `person` in. Unless it is opened for reading only, this process is then its one writer.

        `beside` is a session of the same process that has the file open already; `take_over` takes a file that was left open on
        another machine. An older file is brought up to this version after a checked backup to `backups`; where none can be made it is open
        for reading only, and `remark` says why.

        Raises:
            FileRefusedError: it is not a sound audit file; it is untouched.
            FileProtectedError: it needs a passphrase, or `key` is not its key.
            FileInUseError: somebody else works in it; it may be opened for reading.
        """
        place = backups or BackupPlace()
        opened = open_up_to_date(path, person=person, clock=clock, read_only=read_only, key=key, place=place)
        file = opened.file
        writing = None
        try:
            with file.reading():  # Damage that shows only here is refused before the file is told who opens it.
                session = cls(file, clock)
                session.sign_in(person)
                seen = file.last_sequence()
            if not file.read_only:
                held = beside.writing if beside is not None else None
                writing = session.writing = Writing.begin(file, person, clock(), beside=held, take_over=take_over)
                with file.reading():
                    if file.last_sequence() != seen:  # Whoever worked in it until a moment ago may have changed people.
                        session.read_people_again()
                        session.sign_in(person)
                if beside is None:
                    sweep(path.resolve(), key, backups_folder(session.inspection.identity, place.root))
            session.backups, session.remark = place, opened.remark
        except BaseException:
            if writing is not None:
                writing.end()
            file.close()
            raise
        return session

    @property
    def path(self) -> Path:
        """Where the audit file is."""
        return self.file.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.file.read_only

    @property
    def as_of(self) -> datetime:
        """The moment from which ages and deadlines are told (see `Inspection.as_of`)."""
        return self.inspection.as_of(self.clock())

    @property
    def name(self) -> str:
        """The name of the person at work; empty where none was given."""
        return self._name

    @property
    def at_work(self) -> Person | None:
        """Who works, as the rules see it: somebody new is an inspector already; None where nobody has signed in."""
        return newcomer(self._name) if self.person is None and self._name else self.person

    @property
    def may_change(self) -> bool:
        """Whether anything can be changed: neither the file nor the role of who works stands in the way."""
        return not self.read_only and self.may(Action.GRADE)

    def may(self, act: Action | Act) -> bool:
        """Return whether who works may do `act`, as far as roles go."""
        return may(self.at_work, act, self.people)

    def refuse_unless_may(self, act: Action | Act) -> None:
        """Let `act` through only where who works may do it.

        Raises:
            RefusedError: the role does not allow it.
        """
        refuse_unless_may(self.at_work, act, self.people)

    def sign_in(self, name: str) -> None:
        """Let `name` be who does what follows. Someone new is written into the file with their first change, not before.

        Who was renamed is known under the old name too, unless somebody else bears it now.
        """
        self._name = storable(name).strip()
        self.person = next((person for person in self.people if person.name == self._name), None)
        if self.person is None and self._name:
            self.person = find_renamed(self.file.connection, self._name)
            self._name = self.person.name if self.person is not None else self._name
        self.ledger = StepLedger()
        if self.person is not None:
            for change in recent_changes(self.file.connection, self.person.identity, UNDO_REACH):
                self.ledger.note(change)

    def read_people_again(self) -> None:
        """Look again at who works on the inspection, after it was changed; who is signed in stays so, under a new name if need be."""
        self.people = read_people(self.file.connection)
        if self.person is not None:
            key = self.person.key
            self.person = next((person for person in self.people if person.key == key), None)
        if self.person is not None:
            self._name = self.person.name

    def person_named(self, key: int | None) -> str:
        """Return the name of the person with `key`; empty where there is none."""
        return next((person.name for person in self.people if person.key == key), "")

    @contextmanager
    def change(self, action: Action, **about: Unpack[About]) -> Iterator[ChangeInProgress]:
        """Make one change in this person's name, all of it or nothing; the ledger follows once it is committed.

        Every workflow writes through here, so this is where roles are asked: none can forget it.

        Raises:
            RefusedError: the role of who works does not allow it.
            NotSavedError: nothing of it was kept, and why.
        """
        if self.remark is not None:
            raise self.remark
        self.refuse_unless_may(action)
        self._write_newcomer()
        person = self.person
        with self.file.change(
            action,
            at=self.clock(),
            person=person.name if person else self._name,
            person_identity=person.identity if person else "",
            **about,
        ) as change:
            yield change
        if change.sequence is not None:
            self.ledger.note(change.line())

    def rest(self) -> None:
        """Close the file, forget its key, and hold on to the right to write; nothing can be read or changed before `wake`."""
        self._left_at = self.file.last_sequence()
        self.file.close()
        if self.file.key is not None:
            self.file.key.forget()
        self.is_resting = True

    def wake(self, key: FileKey | None) -> bool:
        """Open the file again under `key`; return whether it is as it was when it was left: False where somebody changed it meanwhile.

        Where somebody took it over meanwhile it is open for reading only. Where this fails the session still rests.

        Raises:
            FileRefusedError: what stands there now is no sound audit file, or another one.
            FileProtectedError: `key` is not its key.
        """
        file = AuditFile.open(self.path, read_only=self.read_only, key=key)
        try:
            with file.reading() as connection:
                if read_inspection(connection).identity != self.inspection.identity:
                    raise _another_audit(self.path.name)
            sequence = file.last_sequence()
            if self.writing is not None:
                file = self._write_on(file, key)
        except BaseException:
            file.close()
            raise
        same = sequence == self._left_at
        self.file, self.is_resting = file, False
        if not same:
            self.people = read_people(file.connection)
            self.inspection = read_inspection(file.connection)
            self.sign_in(self._name)
        return same

    def _write_on(self, file: AuditFile, key: FileKey | None) -> AuditFile:
        if self.writing is None:
            return file
        try:
            if not file.read_only:
                self.writing.go_on(file, self.clock())
                return file
        except FileInUseError:
            file.close()
            file = AuditFile.open(self.path, read_only=True, key=key)
        self.writing.lock.release()
        self.writing = None
        return file

    def close(self) -> None:
        """Close the file and let others write."""
        if self.writing is not None:
            self.writing.end()
            self.writing = None
        self.file.close()

    def _write_newcomer(self) -> None:
        if self.person is not None or not self._name or self.read_only:
            return
        with self.file.change(
            Action.NAME_PERSON, at=self.clock(), person=self._name, person_identity="", detail=self._name
        ) as change:
            add_person(change, self._name, newcomer(self._name).roles)
        self.people = read_people(self.file.connection)
        self.sign_in(self._name)
