"""What this laptop remembers between two runs: names of files and looks, and never a word of a case."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from ncpi_desktop.domain.record.backup import ROOM, BackupPlace
from ncpi_desktop.ui.theme.theme import LARGEST_SCALE, SMALLEST_SCALE, ThemePreference

MOST_RECENT: Final = 6
MOST_PLACES: Final = 40
IDLE_MINUTES: Final = (0, 2, 5, 10, 15, 30, 60)
"""After how many minutes without a touch a protected audit may be locked; 0 is never."""

USUAL_IDLE_MINUTES: Final = 10

PlaceValue = str | int | bool | list[int]

_CODE: Final = re.compile(r"[a-z0-9-]{0,64}")
"""What may be kept of a place as words: identities and codes. A case's reference has capitals, a sentence has spaces."""


class Preferences:
    """Settings in one ini file under the person's own configuration; a test gives another `path`.

    Kept: the reviewer's name, looks, the window's geometry, the paths of recent files, and by a file's identity the page and place last
    shown, as identities and codes only; and which file is open, so that a crash can be told.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._settings = (
            QSettings(str(path), QSettings.Format.IniFormat)
            if path is not None
            else QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "NCPI Case Review", "ncpi-desktop")
        )

    @property
    def path(self) -> Path:
        """Where they are kept."""
        return Path(self._settings.fileName())

    @property
    def reviewer(self) -> str:
        """The name of the person at this laptop; empty until given."""
        return self._text("reviewer")

    @reviewer.setter
    def reviewer(self, name: str) -> None:
        self._settings.setValue("reviewer", name.strip())

    @property
    def theme(self) -> ThemePreference:
        """The looks chosen; an unknown word means the system's."""
        found = self._text("theme")
        return cast("ThemePreference", found) if found in get_args(ThemePreference) else "system"

    @theme.setter
    def theme(self, preference: ThemePreference) -> None:
        self._settings.setValue("theme", preference)

    @property
    def text_scale(self) -> int:
        """Text size in per cent, 100 to 200."""
        found = self._text("text_scale")
        return min(max(int(found), SMALLEST_SCALE), LARGEST_SCALE) if found.isdecimal() else SMALLEST_SCALE

    @text_scale.setter
    def text_scale(self, percent: int) -> None:
        self._settings.setValue("text_scale", str(percent))

    @property
    def idle_minutes(self) -> int:
        """Minutes without a touch after which a protected audit is locked; 0 for never."""
        found = self._text("idle_minutes")
        return int(found) if found.isdecimal() and int(found) in IDLE_MINUTES else USUAL_IDLE_MINUTES

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._settings.setValue("idle_minutes", str(minutes))

    @property
    def backup_place(self) -> BackupPlace:
        """Where backups go, and how many bytes those of one inspection may take."""
        folder, limit = self._text("backup_folder"), self._text("backup_limit")
        return BackupPlace(Path(folder) if folder else None, int(limit) if limit.isdecimal() else ROOM)

    @backup_place.setter
    def backup_place(self, place: BackupPlace) -> None:
        self._settings.setValue("backup_folder", str(place.root or ""))
        self._settings.setValue("backup_limit", str(place.limit))

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place and size as Qt packed them; None before the first run ended."""
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) and not found.isEmpty() else None

    @geometry.setter
    def geometry(self, packed: QByteArray) -> None:
        self._settings.setValue("geometry", packed)

    @property
    def open_file(self) -> Path | None:
        """The audit that is open now; after a crash, the one that was."""
        found = self._text("open_file")
        return Path(found) if found else None

    @open_file.setter
    def open_file(self, path: Path | None) -> None:
        self._settings.setValue("open_file", str(path) if path is not None else "")

    def recent_files(self) -> list[Path]:
        """Return the files opened last, newest first; some may be gone."""
        return [Path(text) for text in self._texts("recent_files")]

    def note_file(self, path: Path) -> None:
        """Put `path` first among the recent files."""
        text = str(path.resolve())
        kept = [text, *(other for other in self._texts("recent_files") if other != text)]
        self._settings.setValue("recent_files", json.dumps(kept[:MOST_RECENT]))

    def forget_file(self, path: Path) -> None:
        """Take `path` off the recent files."""
        kept = [other for other in self._texts("recent_files") if other != str(path)]
        self._settings.setValue("recent_files", json.dumps(kept))

    def place(self, file_identity: str) -> dict[str, PlaceValue]:
        """Return where somebody was in that file; empty where it is not known."""
        found = self._places().get(file_identity, {})
        return {key: value for key, value in found.items() if _may_be_kept(value)}

    def keep_place(self, file_identity: str, place: Mapping[str, object]) -> None:
        """Keep where somebody was; anything but identities, codes and numbers is left out."""
        places = self._places()
        places.pop(file_identity, None)
        places[file_identity] = {key: value for key, value in place.items() if _may_be_kept(value)}  # type: ignore[misc]
        newest = dict(list(places.items())[-MOST_PLACES:])
        self._settings.setValue("places", json.dumps(newest))

    def write(self) -> None:
        """Write them out now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        found = self._settings.value(key, "")
        return found if isinstance(found, str) else ""

    def _texts(self, key: str) -> list[str]:
        found = self._parsed(key)
        return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []

    def _places(self) -> dict[str, dict[str, PlaceValue]]:
        found = self._parsed("places")
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(key, str) and isinstance(value, dict)}

    def _parsed(self, key: str) -> object:
        try:
            parsed: object = json.loads(self._text(key) or "null")
        except ValueError:
            return None
        return parsed


def _may_be_kept(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, int) for part in value)
    return isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value) is not None)
