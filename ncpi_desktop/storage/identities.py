"""Gives new rows their identity."""

from __future__ import annotations

import os
import time

from ncpi_desktop.domain.record.identity import new_identity


def fresh_identity() -> str:
    """Return an identity that no other copy of any file will give."""
    return new_identity(time.time_ns() // 1_000_000, os.urandom(10))
