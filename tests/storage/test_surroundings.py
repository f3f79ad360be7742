"""Shares, synchronised folders and sticks are told from the laptop's own disk."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from ncpi_desktop.storage.surroundings import Surroundings, is_synchronised, on_linux, surroundings_of

MOUNTS = (
    "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
    "30 22 0:45 / /srv/team rw - nfs4 server:/team rw",
    "31 22 0:46 / /srv/share\\040two rw - cifs //server/share rw",
    "32 22 8:17 / /media/inspector/STICK rw - vfat /dev/sdb1 rw",
    "33 22 8:33 / /data rw - ext4 /dev/sdc1 rw",
    "a line that is cut",
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/home/inspector/audit.ncpi", Surroundings.ORDINARY),
        ("/srv/team/audit.ncpi", Surroundings.SHARE),
        ("/srv/team-other/audit.ncpi", Surroundings.ORDINARY),
        ("/srv/share two/audit.ncpi", Surroundings.SHARE),
        ("/media/inspector/STICK/audit.ncpi", Surroundings.REMOVABLE),
        ("/data/audit.ncpi", Surroundings.REMOVABLE),
    ],
)
def test_the_mount_says_where_it_lies(place: str, expected: Surroundings) -> None:
    assert on_linux(PurePosixPath(place), MOUNTS, lambda device: device == "8:33") is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (PureWindowsPath(r"C:\Users\i\OneDrive - Inspectorate\audit.ncpi"), True),
        (PureWindowsPath(r"C:\Users\i\Documents\audit.ncpi"), False),
        (PurePosixPath("/home/i/Dropbox/audits/a.ncpi"), True),
        (PurePosixPath("/home/i/Google Drive/a.ncpi"), True),
        (PurePosixPath("/home/i/Nextcloud/a.ncpi"), True),
        (PurePosixPath("/home/i/dropboxes/a.ncpi"), False),
        (PurePosixPath("/home/i/audits/dropbox"), False),
        (PurePosixPath("/work/cloud/a.ncpi"), True),
    ],
)
def test_a_synchronised_folder_is_told_by_its_name_or_by_the_system(place: PurePosixPath, expected: bool) -> None:
    assert is_synchronised(place, {"OneDriveCommercial": "/work/cloud"}) is expected


def test_this_machine_is_asked(tmp_path: Path) -> None:
    assert surroundings_of(tmp_path / "audit.ncpi") in set(Surroundings)
    assert surroundings_of(tmp_path / "OneDrive" / "audit.ncpi") is Surroundings.SYNCHRONISED
