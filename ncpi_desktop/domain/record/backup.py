"""A backup of an audit: when it was made, on what occasion, and how far the history had come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ncpi_desktop.words import _

ROOM = 2 * 1024**3
"""How many bytes the backups of one inspection may take where nothing else was chosen."""

SEAL_SHOWN = 12
"""So many characters of a seal tell one copy of an audit from another by the names of their backups."""


class Occasion(StrEnum):
    """Why a backup was made; part of its file name, so the codes stay."""

    HALF_HOUR = "half-hour"
    ON_CLOSING = "on-closing"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_IMPORT = "before-import"
    BEFORE_MERGE = "before-merge"
    BEFORE_RESTORE = "before-restore"
    BEFORE_PASSPHRASE = "before-passphrase"  # noqa: S105 - a code, no secret
    ASKED_FOR = "asked-for"

    @property
    def words(self) -> str:
        """The occasion as people read it."""
        return {
            Occasion.HALF_HOUR: _("after half an hour of work"),
            Occasion.ON_CLOSING: _("when the audit was closed"),
            Occasion.BEFORE_MIGRATION: _("before a newer version took the file over"),
            Occasion.BEFORE_IMPORT: _("before cases were brought in"),
            Occasion.BEFORE_MERGE: _("before another file was merged"),
            Occasion.BEFORE_RESTORE: _("before a value was brought back"),
            Occasion.BEFORE_PASSPHRASE: _("before the passphrase was changed"),
            Occasion.ASKED_FOR: _("asked for"),
        }[self]


@dataclass(frozen=True, slots=True)
class Backup:
    """One kept backup. `made_at` is UTC, `sequence` the last change it holds, `seal` the beginning of that change's seal, `size` in bytes."""

    path: Path
    made_at: datetime
    sequence: int
    occasion: Occasion
    size: int
    seal: str = ""


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go and how many bytes those of one inspection may take; without a `root`, to the person's own data folder."""

    root: Path | None = None
    limit: int = ROOM
