"""A backup of an audit: when it was made, on what occasion, and how far the history had come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Occasion(StrEnum):
    """Why a backup was made; part of its file name, so the codes stay."""

    HALF_HOUR = "half-hour"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_PASSPHRASE = "before-passphrase"  # noqa: S105 - a code, no secret
    ASKED_FOR = "asked-for"


@dataclass(frozen=True, slots=True)
class Backup:
    """One kept backup. `made_at` is UTC, `sequence` the last change it holds, `size` in bytes."""

    path: Path
    made_at: datetime
    sequence: int
    occasion: Occasion
    size: int
