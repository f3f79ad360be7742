"""Gives new rows their identity, and a newly protected file its salt."""

from __future__ import annotations

import os
import time

from ncpi_desktop.domain.record.file_key import SALT_BYTES
from ncpi_desktop.domain.record.identity import new_identity


def fresh_identity() -> str:
    """Return an identity that no other copy of any file will give."""
    return new_identity(time.time_ns() // 1_000_000, os.urandom(10))


def fresh_salt() -> bytes:
    """Return the salt of a file that is about to be protected; it becomes the first bytes of the file."""
    return os.urandom(SALT_BYTES)
