"""Who may work in a file: one at a time. Everybody else reads, and is told who works in it and since when."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from ncpi_desktop.domain.errors import FileInUseError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock
from ncpi_desktop.storage.writer_row import beat, claim, is_writer, read_writer, withdraw
from ncpi_desktop.words import _

BEAT_EVERY = timedelta(seconds=60)
"""How often an open file gives a sign of life."""

SILENT_FOR = timedelta(minutes=3)
"""A file whose writer on another machine has been silent for so long may be taken over."""


class Writing:
    """The right to write in one open file, until it is given back."""

    def __init__(
        self, file: AuditFile, lock: WriterLock, writer: Writer | None, token: str, *, after_crash: bool = False
    ) -> None:
        self._file = file
        self._writer = writer
        self._token = token
        self._claimed = False
        self.lock = lock
        self.after_crash = after_crash

    @classmethod
    def begin(
        cls, file: AuditFile, person: str, now: datetime, *, beside: Writing | None = None, take_over: bool = False
    ) -> Writing:
        """Take the right to write in `file`; with `beside` it is shared with work of the same process.

        What a program that ended without closing has left on this machine is taken over without a question: the system has given its
        lock up. Left on another machine, it is taken where `take_over` says so.

        Raises:
            FileInUseError: somebody else works in it, or left it open on another machine.
        """
        if beside is not None:
            return cls(file, beside.lock.share(), None, beside._token)
        writer = Writer.here(person, now)
        try:
            lock = WriterLock.acquire(file.path, writer)
        except LockHeldError as held:
            raise in_use(file.path.name, held.holder) from None
        try:
            with file.reading() as connection:
                found = read_writer(connection)
            if found is not None and found[0].machine != socket.gethostname():
                _refuse_unless_taken(file.path.name, found[0], found[1], now, take_over=take_over)
        except BaseException:
            lock.release()
            raise
        writing = cls(file, lock, writer, uuid4().hex, after_crash=found is not None)
        writing.beat(now)
        return writing

    def beat(self, now: datetime) -> None:
        """Give a sign of life. A full disk does not matter: the next beat tries again."""
        if self._writer is None or self._file.connection.in_transaction:
            return
        try:
            if self._claimed:
                beat(self._file.connection, self._token, now)
                return
            claim(self._file.connection, self._writer, self._token, now)
            self._claimed = True
            self._file.still_ours = partial(is_writer, self._file.connection, self._token)
        except DatabaseError:
            return

    def go_on(self, file: AuditFile, now: datetime) -> None:
        """Go on in the same audit, opened anew as `file` after it was locked or came under another passphrase; the lock was held.

        Raises:
            FileInUseError: somebody on another machine took the file over meanwhile.
        """
        with file.reading() as connection:
            found = read_writer(connection)
        if found is not None and found[0].machine != socket.gethostname():
            _refuse_unless_taken(file.path.name, found[0], found[1], now, take_over=False)
        self._file = file
        self._claimed = False
        self.beat(now)

    def end(self) -> None:
        """Give the right back, before the file is closed."""
        try:
            if self._claimed:
                withdraw(self._file.connection, self._token)
        except DatabaseError:
            pass  # The disk is gone or full; the next to open the file is told, and may take it.
        finally:
            self.lock.release()


def _refuse_unless_taken(name: str, holder: Writer, beat_at: datetime, now: datetime, *, take_over: bool) -> None:
    silent = abs(now - beat_at) >= SILENT_FOR
    if silent and take_over:
        return
    if not silent:
        raise in_use(name, holder)
    raise FileInUseError(
        _("{person} on {machine} had “{name}” open and did not close it; the last sign of life was at {time}.").format(
            person=_named(holder), machine=holder.machine, name=name, time=_clock(beat_at)
        ),
        safe=_("The file is untouched and can be read."),
        todo=_("If nobody works in it any more, take it over; where it is open still, close it there first."),
        person=holder.person,
        machine=holder.machine,
        may_take=True,
    )


def in_use(name: str, holder: Writer | None) -> FileInUseError:
    """Return what is told of a file that `holder` has open for work."""
    if holder is None:
        happened = _("“{name}” is open for work in another window.").format(name=name)
    else:
        happened = _("“{name}” is open for work: {person} on {machine}, since {time}.").format(
            name=name, person=_named(holder), machine=holder.machine, time=_clock(holder.since)
        )
    return FileInUseError(
        happened,
        safe=_("The file is untouched and can be read."),
        todo=_("Close it there to work in it here."),
        person=holder.person if holder else "",
        machine=holder.machine if holder else "",
    )


def _named(holder: Writer) -> str:
    return holder.person or _("somebody who gave no name")


def _clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%d/%m/%Y %H:%M")
