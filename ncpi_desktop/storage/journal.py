"""Looks at what stands beside an audit before SQLite acts on it: it would roll back any journal of that name, and take in any log.

A journal that is cut short, or of another file, would wreck the audit; one that names a further file could have that deleted. The layout
is that of https://www.sqlite.org/fileformat2.html, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from io import BufferedReader
from pathlib import Path

from ncpi_desktop.domain.errors import FileDamagedError, FileRefusedError
from ncpi_desktop.words import _

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_TO_THE_END = 0xFFFFFFFF
_SECTORS = frozenset(2**power for power in range(5, 17))
_STEP = 200
"""The checksum of a page adds up every so many bytes of it, from its end."""

_WRITTEN_IN_ONE = 500
"""A change of so many pages fits into the memory that a connection is given (see `set_up`), and more."""


class _StrangeError(Exception):
    """The journal can't be of this file's last change."""


class Pending(Enum):
    """Whether a change was broken off.

    One that did not fit into memory is written in parts, the file's first page among the last: whether later parts were lost, nothing in
    the journal tells.
    """

    NOTHING = 0
    IN_ONE = 1
    IN_PARTS = 2


@dataclass(frozen=True, slots=True)
class _Audit:
    """What of the audit a journal has to fit: its page size, how many pages it has, and its first page (empty where it is protected)."""

    page_size: int
    pages: int
    first: bytes


def journal_of(path: Path) -> Path:
    """Return where the journal of a change stands while the change is made."""
    return path.with_name(path.name + "-journal")


def refuse_strange_companions(path: Path, page_size: int, *, protected: bool) -> Pending:
    """Return whether a change of the audit at `path` was broken off, so that SQLite will take it back by its journal.

    Raises:
        FileRefusedError: what stands beside the file does not belong to it; all of it is left as it is.
    """
    log = path.with_name(path.name + "-wal")
    if _size_of(log):
        raise FileRefusedError(
            _("Beside “{name}” stands “{log}”, which this program does not make.").format(name=path.name, log=log.name),
            safe=_("Both are untouched."),
            todo=_("Close the audit in the other program. If “{log}” stays, move it away and check the audit.").format(
                log=log.name
            ),
        )
    journal = journal_of(path)
    if not _size_of(journal):
        return Pending.NOTHING
    try:
        with path.open("rb") as stream:
            first = stream.read(page_size)
        audit = _Audit(page_size, path.stat().st_size // page_size, b"" if protected else first)
        with journal.open("rb") as stream:
            return _pending(stream, _size_of(journal), audit)
    except _StrangeError:
        raise strange_journal(path) from None
    except FileNotFoundError:
        return Pending.NOTHING  # Its change was finished meanwhile.
    except OSError:
        raise strange_journal(path) from None


def strange_journal(path: Path) -> FileDamagedError:
    """Return the refusal of an audit beside which the journal of another file, or a broken one, stands."""
    return FileDamagedError(
        _("Beside “{name}” stands a journal that is broken, or of another file.").format(name=path.name),
        safe=_("Both are untouched: taking the change back by it would damage the audit."),
        todo=_("Keep both. Use a backup, or copy file and journal again together from where they came."),
    )


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _pending(stream: BufferedReader, size: int, audit: _Audit) -> Pending:
    head = stream.read(28)
    if not head or head[0] == 0:
        return Pending.NOTHING  # Its pages were not yet synced, so nothing of the change has reached the file.
    if len(head) < 28 or head[:8] != _MAGIC:
        raise _StrangeError
    initial, sector, page_size = (int.from_bytes(head[place : place + 4], "big") for place in (16, 20, 24))
    if page_size != audit.page_size or sector not in _SECTORS or initial < 1:
        raise _StrangeError
    stream.seek(max(0, size - 8))
    if size > 28 and stream.read(8) == _MAGIC:
        raise _StrangeError  # It ends with the name of a further file. No change of ours is made in two files at once.
    held, parts = _records(stream, size, audit, initial, sector)
    first = held.get(1, audit.first)
    if initial > audit.pages and any(number not in held for number in range(audit.pages + 1, initial + 1)):
        raise _StrangeError
    if audit.first:
        _refuse_another_beginning(first, audit.first, initial)
    in_one = parts == 1 and 1 in held and len(held) <= _WRITTEN_IN_ONE
    return Pending.IN_ONE if in_one else Pending.IN_PARTS


def _records(
    stream: BufferedReader, size: int, audit: _Audit, initial: int, sector: int
) -> tuple[dict[int, bytes], int]:
    """Return the pages that the journal holds (of all but the first only that they are there), and in how many parts."""
    held: dict[int, bytes] = {}
    at = parts = 0
    while at + 28 <= size:
        stream.seek(at)
        head = stream.read(28)
        if head[:8] != _MAGIC:
            break  # A part that was not yet synced when the change was broken off.
        count, nonce = int.from_bytes(head[8:12], "big"), int.from_bytes(head[12:16], "big")
        at, parts = at + sector, parts + 1
        length = audit.page_size + 8
        if count == _TO_THE_END:
            count = max(0, size - at) // length
        if at + count * length > max(size, at):
            raise _StrangeError
        stream.seek(at)
        for _record in range(count):
            record = stream.read(length)
            number, page = int.from_bytes(record[:4], "big"), record[4:-4]
            if not 1 <= number <= initial or _checksum(nonce, page) != int.from_bytes(record[-4:], "big"):
                raise _StrangeError
            held[number] = page if number == 1 else b""
        at = -(-(at + count * length) // sector) * sector
    return held, parts


def _checksum(nonce: int, page: bytes) -> int:
    return (nonce + sum(page[len(page) - _STEP : 0 : -_STEP])) & 0xFFFFFFFF


def _refuse_another_beginning(before: bytes, now: bytes, initial: int) -> None:
    """Refuse where the first page before the change can't have been that of this file.

    Kind, application and page size stay, the number of pages was told, and a change moves the file's counter by one or has not moved it yet.
    """
    for start, end in ((0, 18), (56, 60), (68, 72)):
        if before[start:end] != now[start:end]:
            raise _StrangeError
    counter, moved = int.from_bytes(before[24:28], "big"), int.from_bytes(now[24:28], "big")
    if int.from_bytes(before[28:32], "big") != initial or (moved - counter) & 0xFFFFFFFF not in (0, 1):
        raise _StrangeError
