"""Recognises what kind of file a stranger's file is, by its first bytes and never by its name, or refuses it in a sentence."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.words import _

LARGEST_FILE = 512 * 1024 * 1024
"""A source larger than this many bytes is refused."""

HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1024 * 1024


class SourceKind(Enum):
    """What a source is read as."""

    TEXT = auto()
    WORKBOOK = auto()
    DATABASE = auto()


def refused_source(happened: str, todo: str = "") -> FileRefusedError:
    """Return the refusal of a source that can't be read at all."""
    return FileRefusedError(happened, safe=_("Nothing was brought in."), todo=todo)


def damaged_workbook(name: str) -> FileRefusedError:
    """Return the refusal of a workbook whose inside is damaged."""
    return refused_source(
        _("“{name}” is a damaged workbook and can't be read soundly.").format(name=name),
        _("Open it in the spreadsheet program, save it under a new name, and bring that in."),
    )


def recognise(path: Path) -> SourceKind:
    """Return what `path` is to be read as.

    Raises:
        FileRefusedError: missing, a folder, without permission, empty, too large, or a kind of file that holds no table.
    """
    head, size = _head_of(path)
    name = path.name
    if size == 0:
        raise refused_source(_("“{name}” is empty.").format(name=name), _("Choose the file that holds the cases."))
    if head.startswith(b"SQLite format 3\x00"):
        return SourceKind.DATABASE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse_if_larger(name, size)
        return SourceKind.WORKBOOK
    if head.startswith(_OLE):
        raise _ole_refused(path)
    _refuse_unless_text(name, head)
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        raise refused_source(
            _("“{name}” is not a workbook, whatever its name says, or its beginning is damaged.").format(name=name),
            _("Open it in the spreadsheet program and save it as an Excel workbook (.xlsx)."),
        )
    _refuse_if_larger(name, size)
    return SourceKind.TEXT


def _head_of(path: Path) -> tuple[bytes, int]:
    name = path.name
    try:
        if path.is_dir():
            raise refused_source(_("“{name}” is a folder, not a file with cases.").format(name=name))
        if path.exists() and not path.is_file():  # Reading a pipe or a device could wait for ever.
            raise refused_source(_("“{name}” is not a file with cases.").format(name=name))
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES), path.stat().st_size
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise refused_source(
            _("There is no file “{name}” at that place.").format(name=name),
            _("Check the name and the folder, or that the stick is plugged in."),
        ) from None
    except PermissionError:
        raise refused_source(
            _("You are not allowed to read “{name}”.").format(name=name),
            _("Ask for permission, or copy it to a folder of your own."),
        ) from None
    except OSError as error:
        raise unreadable(name, error) from None


def unreadable(name: str, error: OSError) -> FileRefusedError:
    """Return the refusal of a source that the disk does not give."""
    return refused_source(
        _("“{name}” can't be read: {why}.").format(name=name, why=error.strerror or type(error).__name__),
        _("Check the disk or the stick it is on."),
    )


def _refuse_if_larger(name: str, size: int) -> None:
    if size > LARGEST_FILE:
        raise refused_source(
            _("“{name}” is larger than {limit} MB.").format(name=name, limit=LARGEST_FILE // _CHUNK),
            _("Split it into several files, and bring them in one after the other."),
        )


def _ole_refused(path: Path) -> FileRefusedError:
    if _holds(path, _ENCRYPTED):
        return refused_source(
            _("“{name}” is protected by a password.").format(name=path.name),
            _("Open it in the spreadsheet program, save a copy without a password, and bring that in."),
        )
    return refused_source(
        _("“{name}” is an old Office document (.xls or .doc).").format(name=path.name),
        _("Open it in the spreadsheet program and save it as an Excel workbook (.xlsx)."),
    )


def _holds(path: Path, wanted: bytes) -> bool:
    kept = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if wanted in kept + chunk:
                return True
            kept = chunk[-len(wanted) :]
    return False


def _refuse_unless_text(name: str, head: bytes) -> None:
    kind = ""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")):
        kind = _("a picture")
    elif head.startswith(b"%PDF-"):
        kind = _("a PDF document")
    elif head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        kind = _("a packed archive")
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<html", b"<!doctype", b"<?xml", b"{\\rtf")):
        kind = _("a web page or another document")
    elif _is_binary(head):
        kind = _("a file of another program")
    if kind:
        raise refused_source(
            _("“{name}” is {kind}, not a table of cases.").format(name=name, kind=kind),
            _("Choose an Excel workbook (.xlsx) or a CSV file."),
        )


def _is_binary(head: bytes) -> bool:
    # Text in UTF-16 is half NULs, all of them on one side; control characters other than that are rare in any text.
    controls = sum(byte < 32 and byte not in b"\t\n\r\x00" for byte in head)
    one_sided = min(head[::2].count(0), head[1::2].count(0)) * 20 <= len(head)
    return controls * 10 > len(head) or not one_sided
