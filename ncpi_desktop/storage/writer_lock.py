"""One writer at a time: a lock of the operating system on a small file beside the audit, held while the audit is open for work.

The lock stands on a file of its own since a second handle on the audit itself would drop SQLite's locks when it is closed. The system
gives it up by itself when the program ends, however it ends; what then is left of the file means nothing.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedRandom
from pathlib import Path

from ncpi_desktop.storage.moments import from_text, to_text

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and nobody could read the locked ones: so one far behind the words."""

WAIT, WAITS = 0.01, 20
"""Seconds between two looks at a held lock that does not say by whom, and how many."""

if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BufferedRandom) -> None:
        stream.seek(_LOCKED_BYTE)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: BufferedRandom) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who has a file open for work: the name given, the machine and its process, since when (UTC)."""

    person: str
    machine: str
    process: int
    since: datetime

    @classmethod
    def here(cls, person: str, since: datetime) -> Writer:
        """Return this process as a writer."""
        return cls(person, socket.gethostname(), os.getpid(), since)


class LockHeldError(Exception):
    """Somebody else holds the lock; `holder` says who, where that can be read."""

    def __init__(self, holder: Writer | None) -> None:
        self.holder = holder
        super().__init__("held")


class WriterLock:
    """The lock on one audit. Work of the same process that opens the file a second time shares it."""

    def __init__(self, path: Path, stream: BufferedRandom | None) -> None:
        self._path = path
        self._stream = stream
        self._shares = 1
        self._guard = threading.Lock()

    @classmethod
    def acquire(cls, audit: Path, writer: Writer) -> WriterLock:
        """Lock `audit` for this process.

        Where the file system knows no locks, or the folder takes no file, the lock holds nothing: the heartbeat in the audit is then alone.

        Raises:
            LockHeldError: somebody holds it.
        """
        path = lock_path(audit)
        waits = WAITS
        while True:
            try:
                stream = _opened(path)
            except OSError:
                return cls(path, None)
            try:
                _lock(stream)
            except (BlockingIOError, PermissionError):
                holder = _read(path)
                stream.close()
                if holder is None and waits:  # Its holder is just writing who they are, or just leaving.
                    waits -= 1
                    time.sleep(WAIT)
                    continue
                raise LockHeldError(holder) from None
            except OSError:
                stream.close()
                return cls(path, None)
            if _is_at(stream, path):
                break
            stream.close()  # Its last holder took the file away in between.
        _write(stream, writer)
        return cls(path, stream)

    def share(self) -> WriterLock:
        """Return this lock for a second connection of the same process; it is given up when both have released it."""
        with self._guard:
            self._shares += 1
        return self

    def release(self) -> None:
        """Give the lock up, with the last share its file too."""
        with self._guard:
            self._shares -= 1
            if self._shares or self._stream is None:
                return
            stream, self._stream = self._stream, None
        ours = _is_at(stream, self._path)  # After another stick took the place of ours, what stands there is theirs.
        if sys.platform == "win32":
            stream.close()
        if ours:
            with suppress(OSError):  # The disk is gone or closed to us; a lock file that nobody holds means nothing.
                self._path.unlink(missing_ok=True)  # While it is still held, so that nobody locks a file that is going.
        with suppress(OSError):
            stream.close()


def lock_path(audit: Path) -> Path:
    """Return where the lock of `audit` stands."""
    return audit.with_name(f".{audit.name}.lock")


def _opened(path: Path) -> BufferedRandom:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(handle, "r+b")


def _is_at(stream: BufferedRandom, path: Path) -> bool:
    try:
        there = path.stat()
    except OSError:
        return False
    held = os.fstat(stream.fileno())
    return (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)


def _write(stream: BufferedRandom, writer: Writer) -> None:
    told = {
        "person": writer.person,
        "machine": writer.machine,
        "process": writer.process,
        "since": to_text(writer.since),
    }
    try:
        stream.seek(0)
        stream.truncate()
        stream.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
        stream.flush()
    except OSError:
        return  # A full disk: the lock holds all the same, only its words are missing.


def _read(path: Path) -> Writer | None:
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(4096))
        since = from_text(str(told["since"]))
        return Writer(str(told["person"]), str(told["machine"]), int(told["process"]), since) if since else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
