"""The first hundred bytes of a plain audit file, as this program writes them (SQLite's file format, section 1.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ncpi_desktop.storage.refusal import HEADER_BYTES, SQLITE_MAGIC
from ncpi_desktop.words import _

_EXPECTED: Final = (
    (18, ">B", 1),  # written with a journal
    (19, ">B", 1),  # read with a journal
    (20, ">B", 0),  # no bytes of a page reserved
    (21, ">BBB", (64, 32, 32)),  # shares of a page
    (44, ">I", 4),  # schema format
    (48, ">I", 0),  # suggested cache
    (52, ">I", 0),  # no auto-vacuum
    (56, ">I", 1),  # UTF-8
    (64, ">I", 0),  # no incremental vacuum
    (72, ">20s", bytes(20)),  # reserved
)
"""Offset, form and value of each field that stays the same; counters, sizes and versions are looked at elsewhere."""


def header_faults(path: Path) -> Iterator[str]:
    """Yield a sentence where the header is not one that this program writes; none for a protected file, whose pages are sealed.

    Raises:
        ValueError: it can't be read.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
    except OSError as error:
        raise ValueError(str(error.errno)) from None
    if header[:16] != SQLITE_MAGIC or len(header) < HEADER_BYTES:
        return
    for offset, form, expected in _EXPECTED:
        found = struct.unpack_from(form, header, offset)
        if found != (expected if isinstance(expected, tuple) else (expected,)):
            yield _("The beginning of the file is not as this program writes it.")
            return
