"""Refuses what is not a sound audit file, in a sentence, before SQLite is let near it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from ncpi_desktop.domain.errors import FileDamagedError, FileProtectedError, FileRefusedError
from ncpi_desktop.storage.migrations import APPLICATION_ID, SCHEMA_VERSION
from ncpi_desktop.words import _

SQLITE_MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100

PROTECTED_PAGE = 4096
"""A protected file is made of pages of this size, all of it like random bytes: nothing else tells it."""


def refuse_unless_audit(path: Path, *, protected: bool = False, broken_off: bool = False) -> None:
    """Look at the first hundred bytes of `path`; return where they are those of an audit file this program can open.

    With `protected` a file that may be a protected one is let through: what it is shows only with its key. With `broken_off` a journal
    stands beside it: a power cut may have left the file shorter than it says, until that change is taken back.

    Raises:
        FileRefusedError: missing, a folder, without permission, empty, another kind of file, cut short, or made by a newer program.
        FileProtectedError: it may be a protected audit file, and no key was given.
    """
    header, size = _header_of(path)
    name = path.name
    if size == 0:
        raise _refused(_("“{name}” is empty: it holds no audit.").format(name=name))
    if header[:16] != SQLITE_MAGIC:
        if not _may_be_protected(path, size, broken_off=broken_off):
            raise _no_audit(path, header, size)
        if not protected:
            raise FileProtectedError(
                _("“{name}” is protected by a passphrase, or it is not an audit file.").format(name=name),
                safe=_("The file is untouched."),
                todo=_("Give its passphrase to open it."),
            )
        return
    if size < HEADER_BYTES:
        raise _refused(_("“{name}” is cut short: hardly anything of it is there.").format(name=name))
    page_size = _page_size(header)
    pages = struct.unpack(">I", header[28:32])[0]
    application, version = struct.unpack(">I", header[68:72])[0], struct.unpack(">I", header[60:64])[0]
    if application != APPLICATION_ID:
        raise another_program(name)
    if version > SCHEMA_VERSION:
        raise made_by_newer(name)
    if page_size < 512 or page_size & (page_size - 1) or (size < pages * page_size and not broken_off):
        raise _cut_short(name)


def refuse_unless_rescuable(path: Path) -> None:
    """Return where it is worth looking for an audit in the file at `path`, however damaged.

    Raises:
        FileRefusedError: missing, a folder, without permission, empty, plainly of another kind, or made by a newer program.
    """
    header, size = _header_of(path)
    if size == 0:
        raise _refused(_("“{name}” is empty: it holds no audit.").format(name=path.name))
    another = _not_an_audit(path.name, header)
    if another is not None:
        raise _refused(another)
    ours = header[:16] == SQLITE_MAGIC and header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if ours and int.from_bytes(header[60:64], "big") > SCHEMA_VERSION:
        raise made_by_newer(path.name)


def nothing_to_save(path: Path) -> FileRefusedError:
    """Return the refusal to rescue a file in which no audit can be found any more."""
    return FileRefusedError(
        _("Nothing of an audit can be read in “{name}” any more.").format(name=path.name),
        safe=_("The file is untouched."),
        todo=_("Use a backup or another copy of it, and keep the damaged file."),
    )


def is_plain(path: Path) -> bool:
    """Return whether `path` is a database that anybody can read."""
    with path.open("rb") as stream:
        return stream.read(16) == SQLITE_MAGIC


def page_size_of(path: Path) -> int:
    """Return the page size of the database at `path`, which has passed `refuse_unless_audit`."""
    with path.open("rb") as stream:
        header = stream.read(18)
    return PROTECTED_PAGE if header[:16] != SQLITE_MAGIC else _page_size(header)


def salt_of(path: Path) -> bytes:
    """Return the salt of a protected file: its first bytes.

    Raises:
        FileRefusedError: it can't be read.
    """
    return _header_of(path)[0][:16]


def another_program(name: str) -> FileRefusedError:
    """Return the refusal of somebody else's database."""
    return _refused(_("“{name}” is a database of another program, not an audit file.").format(name=name))


def made_by_newer(name: str) -> FileRefusedError:
    """Return the refusal of a file that a newer program made."""
    return FileRefusedError(
        _("“{name}” was made by a newer version of this program.").format(name=name),
        safe=_("The file is untouched."),
        todo=_("Open it with that version, or ask for an update."),
    )


def _may_be_protected(path: Path, size: int, *, broken_off: bool) -> bool:
    """Return whether the file is of whole pages, or was when the change that a journal holds was broken off, and begins like random bytes."""
    return size >= PROTECTED_PAGE and (broken_off or size % PROTECTED_PAGE == 0) and _is_like_chance(path)


def _is_like_chance(path: Path) -> bool:
    """Return whether the first page has no more of any byte than chance lets random bytes have.

    Of 4,096 random bytes each value comes some 16 times; 64 times or more comes by chance in one file of 10 to the 16th.
    """
    with path.open("rb") as stream:
        first = stream.read(PROTECTED_PAGE)
    return max(first.count(value) for value in set(first)) < len(first) // 64


def _page_size(header: bytes) -> int:
    size: int = struct.unpack(">H", header[16:18])[0]
    return 65536 if size == 1 else size


def _no_audit(path: Path, header: bytes, size: int) -> FileRefusedError:
    happened = _not_an_audit(path.name, header)
    if happened is None and size > PROTECTED_PAGE and _is_like_chance(path):
        return FileRefusedError(
            _("“{name}” is not an audit file, or it is a protected one that was cut short.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("If it is yours, copy it again from where it came, or use a backup."),
        )
    return _refused(happened or _("“{name}” is not an audit file.").format(name=path.name))


def takes_too_long(name: str) -> FileRefusedError:
    """Return the refusal of a file that keeps SQLite busy where a sound one answers at once."""
    return FileRefusedError(
        _("“{name}” takes too long to be looked through: what it holds is not what this program writes.").format(
            name=name
        ),
        safe=_("The file is untouched, and nothing in it was run."),
        todo=_("Use a copy from a source you trust."),
    )


def too_large(name: str, table: str) -> FileRefusedError:
    """Return the refusal of a file whose `table` holds more than any audit has."""
    return FileRefusedError(
        _("“{name}” holds more in “{table}” than any audit has.").format(name=name, table=table),
        safe=_("The file is untouched, and nothing of it was loaded."),
        todo=_("Use a copy from a source you trust."),
    )


def foreign_schema(name: str, things: Sequence[str]) -> FileRefusedError:
    """Return the refusal of a file with tables, views or triggers of somebody else's; `things` names them."""
    happened = _("“{name}” has tables, views or triggers that this program did not make").format(name=name)
    return FileRefusedError(
        f"{happened}: {', '.join(things)}." if things else f"{happened}.",
        safe=_("The file is untouched, and nothing in it was run."),
        todo=_("Use a copy from a source you trust."),
    )


def damaged(name: str) -> FileDamagedError:
    """Return the refusal of a file whose inside is damaged."""
    return FileDamagedError(
        _("“{name}” is damaged and can't be opened soundly.").format(name=name),
        safe=_("The file is untouched."),
        todo=_("Use a backup, another copy of it, or save what can be saved into a new file; keep the damaged one."),
    )


def _header_of(path: Path) -> tuple[bytes, int]:
    name = path.name
    try:
        if path.is_dir():
            raise _refused(_("“{name}” is a folder, not an audit file.").format(name=name))
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise _refused(_("“{name}” is not an audit file.").format(name=name))
        with path.open("rb") as stream:
            return stream.read(HEADER_BYTES), path.stat().st_size
    except FileNotFoundError:
        raise FileRefusedError(
            _("There is no file “{name}” at that place.").format(name=name),
            todo=_("Check the name and the folder, or that the stick is plugged in."),
        ) from None
    except PermissionError:
        raise FileRefusedError(
            _("You are not allowed to read “{name}”.").format(name=name),
            safe=_("The file is untouched."),
            todo=_("Ask for permission, or copy it to a folder of your own."),
        ) from None
    except OSError as error:
        raise FileRefusedError(
            _("“{name}” can't be read: {why}.").format(name=name, why=error.strerror or type(error).__name__),
            todo=_("Check the disk or the stick it is on."),
        ) from None


def _not_an_audit(name: str, header: bytes) -> str | None:
    if header[:4] == b"PK\x03\x04":
        return _("“{name}” is a zip archive or a workbook, not an audit file.").format(name=name)
    if header[:3] == b"\xff\xd8\xff" or header[:8] == b"\x89PNG\r\n\x1a\n":
        return _("“{name}” is a picture, not an audit file.").format(name=name)
    if header[:5] == b"%PDF-":
        return _("“{name}” is a PDF document, not an audit file.").format(name=name)
    return None


def _refused(happened: str) -> FileRefusedError:
    return FileRefusedError(
        happened,
        safe=_("The file is untouched."),
        todo=_("Choose a file that ends in .ncpi, or make a new audit and bring the cases in."),
    )


def _cut_short(name: str) -> FileDamagedError:
    return FileDamagedError(
        _("“{name}” is cut short: part of it is missing, as after a copy that was broken off.").format(name=name),
        safe=_("The file is untouched."),
        todo=_("Copy it again from where it came, use a backup, or save what can be saved into a new file."),
    )
