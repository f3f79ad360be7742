"""Where backups are kept: in the person's own data folder by the identity of the inspection, never beside the audit on a stick."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from ncpi_desktop.domain.record.backup import SEAL_SHOWN, Backup, Occasion

_NAME = re.compile(
    rf"(?P<at>\d{{8}}T\d{{6}}Z)-(?P<sequence>\d{{8,}})-(?P<occasion>{'|'.join(Occasion)})(?:-(?P<seal>[0-9a-f]{{{SEAL_SHOWN}}}))?\.ncpi"
)
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


def backup_name(made_at: datetime, sequence: int, occasion: Occasion, seal: str = "") -> str:
    """Return the name of a backup: moment in UTC, last change, occasion, beginning of its seal, and no word of the inspection."""
    sealed = f"-{seal[:SEAL_SHOWN]}" if seal else ""
    return f"{made_at.astimezone(UTC):{_MOMENT}}-{sequence:08d}-{occasion.value}{sealed}.ncpi"


def kept_backups(folder: Path) -> list[Backup]:
    """Return the backups in `folder`, newest first; empty where there is none. Files of other names are left alone."""
    found = []
    for path in folder.glob("*.ncpi") if folder.is_dir() else ():
        backup = _backup_at(path)
        if backup is not None:
            found.append(backup)
    return sorted(found, key=lambda backup: (backup.made_at, backup.sequence, backup.path.name), reverse=True)


def sweep(folder: Path) -> None:
    """Take away what a killed attempt left: parts that never got their name. Nobody else may be making a backup there meanwhile."""
    for part in folder.glob(".*.part*"):
        part.unlink(missing_ok=True)


def _backup_at(path: Path) -> Backup | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    try:
        made_at = datetime.strptime(named["at"], _MOMENT).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, OSError):  # no such day; or thinned by another window in between
        return None
    return Backup(path, made_at, int(named["sequence"]), Occasion(named["occasion"]), size, named["seal"] or "")
