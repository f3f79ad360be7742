"""Where a file lies: on this machine's own disk, or on a share, in a synchronised folder or on a stick, where more can go wrong."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path, PurePath

_SHARES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "9p",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
    }
)
_SYNCHRONISED = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud ?drive|nextcloud|owncloud|syncthing|box sync)\b.*", re.IGNORECASE
)
_STICKS = ("/media/", "/run/media/")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
"""What Windows' GetDriveTypeW returns."""


class Surroundings(StrEnum):
    """Where a file lies, as far as it can be told."""

    ORDINARY = "ordinary"
    SHARE = "share"
    SYNCHRONISED = "synchronised"
    REMOVABLE = "removable"


def surroundings_of(path: Path) -> Surroundings:
    """Return where `path` lies; what can't be told is ordinary."""
    place = path.resolve()
    if is_synchronised(place, os.environ):
        return Surroundings.SYNCHRONISED
    return _by_the_system(place)


def is_synchronised(place: PurePath, environment: Mapping[str, str]) -> bool:
    """Return whether `place` is in a folder that a known service copies elsewhere."""
    named = (environment.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"))
    if any(root and place.is_relative_to(root) for root in named):
        return True
    return any(_SYNCHRONISED.fullmatch(part) for part in place.parts[:-1])


def on_linux(place: PurePath, mounts: Iterable[str], is_removable: Callable[[str], bool]) -> Surroundings:
    """Return where `place` lies by the lines of ``/proc/self/mountinfo``; `is_removable` is asked for a device such as *8:17*."""
    best, kind, device = "", "", ""
    for line in mounts:
        fields, _dash, rest = line.partition(" - ")
        parts = fields.split(" ")
        if len(parts) < 5 or not rest:
            continue
        root = parts[4].encode().decode("unicode_escape", "replace")
        if len(root) >= len(best) and place.is_relative_to(root):
            best, kind, device = root, rest.split(" ", 1)[0], parts[2]
    if kind in _SHARES:
        return Surroundings.SHARE
    if best.startswith(_STICKS) or is_removable(device):
        return Surroundings.REMOVABLE
    return Surroundings.ORDINARY


def _is_removable(device: str) -> bool:
    block = Path("/sys/dev/block") / device
    for folder in (block, block.resolve().parent):  # a partition's disk stands above it
        try:
            return (folder / "removable").read_text().strip() == "1"
        except OSError:
            continue
    return False


if sys.platform == "win32":

    def _by_the_system(place: Path) -> Surroundings:
        import ctypes

        if place.drive.startswith("\\\\"):
            return Surroundings.SHARE
        found = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
        known = {_DRIVE_REMOTE: Surroundings.SHARE, _DRIVE_REMOVABLE: Surroundings.REMOVABLE}
        return known.get(found, Surroundings.ORDINARY)

else:

    def _by_the_system(place: Path) -> Surroundings:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return Surroundings.ORDINARY
        return on_linux(place, mounts, _is_removable)
