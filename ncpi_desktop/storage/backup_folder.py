"""Where backups are kept: in the person's own data folder by the identity of the inspection, never beside the audit on a stick."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from ncpi_desktop.domain.record.backup import Backup, Occasion

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d{8,})-([a-z-]+)\.ncpi")
_MOMENT = "%Y%m%dT%H%M%SZ"


def backups_root() -> Path:
    """Return the folder of all backups of this person on this machine."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "ncpi-desktop" / "backups"


def backups_folder(inspection: str, root: Path | None = None) -> Path:
    """Return the folder of the backups of one inspection, by its identity."""
    return (root or backups_root()) / inspection


def backup_name(made_at: datetime, sequence: int, occasion: Occasion) -> str:
    """Return the name of a backup: moment in UTC, last change, occasion, and no word of the inspection."""
    return f"{made_at.astimezone(UTC):{_MOMENT}}-{sequence:08d}-{occasion.value}.ncpi"


def kept_backups(folder: Path) -> list[Backup]:
    """Return the backups in `folder`, newest first; empty where there is none. Files of other names are left alone."""
    found = []
    for path in folder.glob("*.ncpi") if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named and named[3] in set(Occasion):
            made_at = datetime.strptime(named[1], _MOMENT).replace(tzinfo=UTC)
            found.append(Backup(path, made_at, int(named[2]), Occasion(named[3]), path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.sequence, backup.path.name), reverse=True)
