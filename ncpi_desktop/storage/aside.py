"""A hidden folder for a copy that lives a moment; what a killed program left of one is taken away by the next."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORGOTTEN_AFTER = 24 * 60 * 60
"""Seconds after which nobody works in such a folder any more."""


@contextmanager
def aside(where: Path, prefix: str) -> Iterator[Path]:
    """Give an empty folder in `where` whose name begins with `prefix`; it is gone afterwards.

    Raises:
        OSError: it can't be made.
    """
    for left in where.glob(f"{_literally(prefix)}*"):
        try:
            if left.is_dir() and time.time() - left.stat().st_mtime > FORGOTTEN_AFTER:
                shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue
    with tempfile.TemporaryDirectory(prefix=prefix, dir=where, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _literally(prefix: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in prefix)
