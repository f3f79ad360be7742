"""Writes a file aside and puts it in place only when it is whole: an old export survives any failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.words import _


@contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """Give a path beside `target` to write to; when the block ends well it is synced and takes `target`'s place.

    On any failure what stood at `target` is untouched and the part file is gone.

    Raises:
        OutputNotWrittenError: the folder, the disk or a program that has `target` open stands in the way.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        _sync(part)
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _not_written(target, error) from None
    finally:
        with suppress(OSError):  # A disk that fails may not let it go; what is told is why it failed.
            part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot sync a folder; its rename is journalled.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_written(target: Path, error: OSError) -> OutputNotWrittenError:
    if isinstance(error, PermissionError):
        happened = _("“{name}” can't be written: it is open in another program, or the folder is closed to you.")
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        happened = _("“{name}” can't be written: there is no such folder.")
    else:
        happened = _("“{name}” can't be written: {why}.")
    return OutputNotWrittenError(
        happened.format(name=target.name, why=error.strerror or type(error).__name__),
        safe=_("An earlier export of that name is as it was, and the audit file is untouched."),
        todo=_("Close it there, or choose another folder with room left."),
    )
