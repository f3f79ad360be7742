"""A file of schema version 1, as that version of the program wrote it: the sample with a day's work on it.

Made by the program of version 1: typing in four pieces, an undo and a redo, a submission, a reopening, a parked case, a newcomer.
"""

from __future__ import annotations

import lzma
from pathlib import Path

_PACKED = Path(__file__).parent / "files" / "version-1.ncpi.xz"


def early_file(folder: Path) -> Path:
    """Put the file of version 1 into `folder`; return where it stands."""
    path = folder / "Early.ncpi"
    path.write_bytes(lzma.decompress(_PACKED.read_bytes()))
    return path
