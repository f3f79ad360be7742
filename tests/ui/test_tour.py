"""The tour, as it is called: pictures of every page, the workbook and the report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_tour_leaves_pictures_workbook_and_report(tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    surroundings = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    surroundings.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "ncpi_desktop", "tour", str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=surroundings,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    written = {path.name for path in folder.iterdir()}
    assert {Path(line).name for line in done.stdout.splitlines()} == written
    for page in (
        "01-start",
        "02-overview",
        "03-review",
        "09-history",
        "10-preferences",
        "11-keys",
        "16-refer-to-force",
        "17-referrals",
    ):
        assert {f"{page}-light.png", f"{page}-dark.png"} <= written
    assert {"02-overview-large-text.png", "03-review-large-text.png"} <= written
    assert {"northshire-police.xlsx", "northshire-police.pdf"} <= written
