"""Files of earlier schema versions, as those versions of the program wrote them: the sample with a day's work on it.

Version 1: typing in four pieces, an undo and a redo, a submission, a reopening, a parked case, a newcomer.
Version 3: a grade, a rationale and an undo.
"""

from __future__ import annotations

import lzma
from pathlib import Path

_FILES = Path(__file__).parent / "files"


def early_file(folder: Path, version: int = 1) -> Path:
    """Put the file of that version (1 or 3) into `folder`; return where it stands."""
    path = folder / "Early.ncpi"
    path.write_bytes(lzma.decompress((_FILES / f"version-{version}.ncpi.xz").read_bytes()))
    return path
